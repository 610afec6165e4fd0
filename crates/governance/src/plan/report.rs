//! The figures of a work report (Article 11(2)): each names the query that answers it. Whoever composes them
//! stands right of this crate; here they are kept as they were when the report was submitted.

use chrono::NaiveDate;
use gongjian_kernel::Result;
use serde::{Deserialize, Serialize};

use super::Instrument;

/// A recorded fact, and where it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// `members_at_end`
    pub key: String,
    pub label_zh: String,
    pub label_en: String,
    /// Nothing where there is nothing to count from: a rate of none.
    pub value: Option<f64>,
    /// `count` or `percent`.
    pub unit: FigureUnit,
    /// The last day that it counts.
    pub as_of: NaiveDate,
    pub source: FigureSource,
}

/// A request that answers the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureSource {
    pub path: String,
    pub query: String,
    /// Where the figure stands in the answer, as a JSON Pointer.
    pub pointer: String,
}

gongjian_kernel::words! {
    /// What a figure counts in.
    pub enum FigureUnit as "figure_unit" ("数据单位", "Unit of a figure") {
        Count = "count" ("个（件、次）", "Count"),
        Percent = "percent" ("百分比", "Percent"),
    }
}

impl Instrument {
    /// The figures as they were frozen; `None` while the report is a draft, or where it is no report.
    pub fn frozen_figures(&self) -> Result<Option<Vec<Figure>>> {
        Ok(self.figures.as_deref().map(serde_json::from_str).transpose()?)
    }
}

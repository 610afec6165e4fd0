//! What clients see of an issue.

mod issue;
mod records;
mod summary;

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use gongjian_membership::UnitId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) use issue::IssueView;
pub(crate) use records::{IssueEventView, NoteView, SheetView, SimilarIssue, SimilarIssues};
pub(crate) use summary::IssueSummary;

pub(crate) type Names = HashMap<UnitId, String>;

/// RFC 3339, UTC, three decimals.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// 单位 / A unit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UnitRef {
    /// 单位标识 / Id of the unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    id: Uuid,
    /// 单位名称 / Name of the unit.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("云栖材料科学研究院"))]
    name: String,
}

impl UnitRef {
    pub(crate) fn of(id: UnitId, names: &Names) -> Self {
        Self { id: id.0, name: names.get(&id).cloned().unwrap_or_default() }
    }
}

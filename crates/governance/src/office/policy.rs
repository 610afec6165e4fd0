//! What Article 12 leaves open: when an annual term ends, and how early a successor is looked for.

use chrono::{Datelike as _, NaiveDate};
use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 年度执行副会长的任期（第十二条）/ The terms of annual vice-presidents (Article 12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficePolicy {
    /// 年度任期在哪一月届满，自该月最后一日止 / The month whose last day is the last of an annual term.
    #[schema(minimum = 1, maximum = 12, example = 12)]
    pub annual_term_ends_in_month: u32,
    /// 届满前多少天提示产生继任者 / Days before the end from which a successor is looked for.
    #[schema(minimum = 1, maximum = 365, example = 60)]
    pub successor_notice_days: u32,
}

impl Default for OfficePolicy {
    fn default() -> Self {
        Self { annual_term_ends_in_month: 12, successor_notice_days: 60 }
    }
}

impl OfficePolicy {
    /// The first day after an annual term that begins on this day: one year at most.
    #[must_use]
    pub fn end_of_annual_term(&self, from: NaiveDate) -> NaiveDate {
        let year = if from.month() <= self.annual_term_ends_in_month { from.year() } else { from.year() + 1 };
        let (year, month) = match self.annual_term_ends_in_month {
            12 => (year + 1, 1),
            month => (year, month + 1),
        };
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(from)
    }
}

impl Policy for OfficePolicy {
    const NAME: &'static str = "offices";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |at: &str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(at, "out_of_range", Say::fixed(zh, en)));
        };
        if !(1..=12).contains(&self.annual_term_ends_in_month) {
            fault("/annual_term_ends_in_month", "应为 1 至 12。", "Give 1 to 12.");
        }
        if !(1..=365).contains(&self.successor_notice_days) {
            fault("/successor_notice_days", "应为 1 至 365。", "Give 1 to 365.");
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annual_term_ends_with_the_year_or_the_month_that_is_set() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let policy = OfficePolicy::default();
        assert_eq!(policy.end_of_annual_term(day("2026-03-10")), day("2027-01-01"));
        let summer = OfficePolicy { annual_term_ends_in_month: 6, ..policy };
        assert_eq!(summer.end_of_annual_term(day("2026-03-10")), day("2026-07-01"));
        assert_eq!(summer.end_of_annual_term(day("2026-07-01")), day("2027-07-01"));
    }
}

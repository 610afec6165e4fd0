//! What Article 25 leaves open: how soon 「及时」 is, and what receipts are called.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 备案的时限与回执（第二十五条）/ Limits and receipts of filings (Article 25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilingPolicy {
    /// 备案时限（工作日），自入会或变更之日起，当日不计 / Working days in which to file, from the day of joining or of the change, which does not count.
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub filing_workdays: u32,
    /// 提醒时点（工作日），自同一日起 / Working days after which the unit is reminded, from the same day.
    #[schema(minimum = 0, maximum = 250, example = 5)]
    pub reminder_workdays: u32,
    /// 回执编号代字，如 BA → BA-2026-0012 / What receipt numbers begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "BA")]
    pub receipt_prefix: String,
    /// 同一人可否兼任固定代表和联络人；章程为“各一人” / Whether one person may be both representative and liaison; the charter says one each.
    #[schema(example = false)]
    pub one_person_may_be_both: bool,
}

impl Default for FilingPolicy {
    fn default() -> Self {
        Self {
            filing_workdays: 10,
            reminder_workdays: 5,
            receipt_prefix: "BA".to_owned(),
            one_person_may_be_both: false,
        }
    }
}

const LONGEST_LIMIT: u32 = 250;

impl Policy for FilingPolicy {
    const NAME: &'static str = "filing";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
        };
        if !(1..=LONGEST_LIMIT).contains(&self.filing_workdays) {
            fault("/filing_workdays", "out_of_range", "应为 1 至 250。", "Give 1 to 250.");
        }
        if self.reminder_workdays >= self.filing_workdays {
            fault("/reminder_workdays", "out_of_range", "应早于备案时限。", "It must come before the limit.");
        }
        let prefix = &self.receipt_prefix;
        if !(1..=10).contains(&prefix.len()) || !prefix.bytes().all(|b| b.is_ascii_uppercase()) {
            fault("/receipt_prefix", "invalid_prefix", "应为 1 至 10 个大写字母。", "Give 1 to 10 capital letters.");
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

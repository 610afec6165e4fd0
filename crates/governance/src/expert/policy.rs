//! What Article 15 leaves open: how soon experts answer.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::briefing::policy::{LONGEST_LIMIT, is_prefix};

/// 专家咨询（第十五条）/ Expert advice (Article 15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertPolicy {
    /// 答复期限（工作日），自指派之日起，当日不计 / Working days to answer in, from the day of assignment, which does not count.
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub answer_workdays: u32,
    /// 临期提醒（工作日），亮黄灯 / Working days before the deadline from which the light is yellow.
    #[schema(minimum = 0, maximum = 250, example = 2)]
    pub yellow_workdays: u32,
    /// 咨询编号代字，如 ZX → ZX-2026-0001 / What numbers of enquiries begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "ZX")]
    pub enquiry_prefix: String,
}

impl Default for ExpertPolicy {
    fn default() -> Self {
        Self { answer_workdays: 10, yellow_workdays: 2, enquiry_prefix: "ZX".to_owned() }
    }
}

impl Policy for ExpertPolicy {
    const NAME: &'static str = "expert";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
        };
        if !(1..=LONGEST_LIMIT).contains(&self.answer_workdays) {
            fault("/answer_workdays", "out_of_range", "应为 1 至 250。", "Give 1 to 250.");
        }
        if self.yellow_workdays >= self.answer_workdays {
            fault("/yellow_workdays", "out_of_range", "应少于答复期限。", "It must be less than the limit.");
        }
        if !is_prefix(&self.enquiry_prefix) {
            fault("/enquiry_prefix", "invalid_prefix", "应为 1 至 10 个大写字母。", "Give 1 to 10 capital letters.");
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

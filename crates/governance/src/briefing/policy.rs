//! What Article 2 leaves open: how often 「定期」 is, how long units have to reply.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

gongjian_kernel::words! {
    /// What becomes of an opinion that comes after the deadline, before the call is closed.
    pub enum LateOpinions as "late_opinions" ("逾期意见的处理", "Late opinions") {
        Refused = "refused" ("不予接收", "Refused"),
        Marked = "marked" ("接收并标明逾期", "Taken and marked as late"),
    }
}

/// 通报与征求意见（第二条）/ Briefings and calls for opinion (Article 2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BriefingPolicy {
    /// 通报间隔（月），“定期”的含义 / Months between briefings: what 「定期」 means.
    #[schema(minimum = 1, maximum = 12, example = 3)]
    pub briefing_interval_months: u32,
    /// 通报编号代字，如 TB → TB-2026-0001 / What numbers of briefings begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "TB")]
    pub briefing_prefix: String,
    /// 征求意见编号代字 / What numbers of calls for opinion begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "ZQ")]
    pub call_prefix: String,
    /// 征求意见的期限（工作日），征求时可另定 / Working days to reply in, where a call names none.
    #[schema(minimum = 1, maximum = 250, example = 10)]
    pub opinion_workdays: u32,
    /// 逾期意见的处理 / What becomes of late opinions.
    pub late_opinions: LateOpinions,
}

impl Default for BriefingPolicy {
    fn default() -> Self {
        Self {
            briefing_interval_months: 3,
            briefing_prefix: "TB".to_owned(),
            call_prefix: "ZQ".to_owned(),
            opinion_workdays: 10,
            late_opinions: LateOpinions::Refused,
        }
    }
}

/// The longest limit in working days that anybody may set.
pub const LONGEST_LIMIT: u32 = 250;

/// Whether numbers may begin with it.
pub(crate) fn is_prefix(prefix: &str) -> bool {
    (1..=10).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_uppercase())
}

impl Policy for BriefingPolicy {
    const NAME: &'static str = "briefing";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
        };
        if !(1..=12).contains(&self.briefing_interval_months) {
            fault("/briefing_interval_months", "out_of_range", "应为 1 至 12。", "Give 1 to 12.");
        }
        for (at, prefix) in [("/briefing_prefix", &self.briefing_prefix), ("/call_prefix", &self.call_prefix)] {
            if !is_prefix(prefix) {
                fault(at, "invalid_prefix", "应为 1 至 10 个大写字母。", "Give 1 to 10 capital letters.");
            }
        }
        if !(1..=LONGEST_LIMIT).contains(&self.opinion_workdays) {
            fault("/opinion_workdays", "out_of_range", "应为 1 至 250。", "Give 1 to 250.");
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

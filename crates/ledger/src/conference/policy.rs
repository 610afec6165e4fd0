//! What Articles 19 and 22 leave open: what numbers of conferences begin with, how soon measures are due at most.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 联席会与地区事务协调会（第十九、二十二条）/ Conferences (Articles 19 and 22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConferencePolicy {
    /// 联席会编号代字，如 JM → JM-2026-001 / What numbers of joint conferences begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "JM")]
    pub joint_prefix: String,
    /// 地区事务协调会编号代字，如 ZM → ZM-2026-001 / What numbers of zone meetings begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "ZM")]
    pub zone_prefix: String,
    /// 议定措施的完成期限至多（日历日）/ Days within which an agreed measure is due, at most.
    #[schema(minimum = 1, maximum = 1100, example = 366)]
    pub measure_days_max: u32,
}

impl Default for ConferencePolicy {
    fn default() -> Self {
        Self { joint_prefix: "JM".to_owned(), zone_prefix: "ZM".to_owned(), measure_days_max: 366 }
    }
}

impl Policy for ConferencePolicy {
    const NAME: &'static str = "conferences";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        for (at, prefix) in [("/joint_prefix", &self.joint_prefix), ("/zone_prefix", &self.zone_prefix)] {
            let letters = prefix.bytes().all(|byte| byte.is_ascii_uppercase());
            if !letters || !(1..=10).contains(&prefix.len()) {
                let detail = Say::fixed("应为 1 至 10 个大写字母。", "Give 1 to 10 capital letters.");
                faults.push(FieldFault::body(at, "invalid_prefix", detail));
            }
        }
        if self.joint_prefix == self.zone_prefix {
            let detail = Say::fixed("两种会议的代字不能相同。", "The two kinds bear different letters.");
            faults.push(FieldFault::body("/zone_prefix", "duplicate", detail));
        }
        if !(1..=1100).contains(&self.measure_days_max) {
            let detail = Say::fixed("应为 1 至 1100。", "Give 1 to 1100.");
            faults.push(FieldFault::body("/measure_days_max", "out_of_range", detail));
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

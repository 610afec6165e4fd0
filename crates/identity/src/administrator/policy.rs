//! What the standard leaves open about administrators.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 管理员授权配置。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GrantPolicy {
    /// 管理员授权提出后至多几日内确认，逾期失效（日历日）。
    #[schema(minimum = 1, maximum = 90, example = 7)]
    pub proposal_days: u32,
}

impl Default for GrantPolicy {
    fn default() -> Self {
        Self { proposal_days: 7 }
    }
}

impl Policy for GrantPolicy {
    const NAME: &'static str = "grants";

    fn check(&self) -> Result<()> {
        if (1..=90).contains(&self.proposal_days) {
            return Ok(());
        }
        let detail = Say::fixed("须在 1 与 90 之间。", "It must lie between 1 and 90.");
        Err(Refusal::invalid(vec![FieldFault::body("/proposal_days", "out_of_range", detail)]))
    }
}

//! What Article 18 leaves open: how long a term of the rotation is, how far it is laid ahead, when it is handed over.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 街道分会（第十八条）/ Street branches (Article 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BranchPolicy {
    /// 轮值任期（月），未另行商定时适用 / Months of a term, where the branch has agreed on no other.
    #[schema(minimum = 1, maximum = 60, example = 6)]
    pub rotation_months: u32,
    /// 现任之后预先排定的任期数 / Terms that are laid after the one that runs.
    #[schema(minimum = 1, maximum = 20, example = 4)]
    pub terms_ahead: u32,
    /// 届满前多少天应提交交接报告 / Days before the end from which the report is asked for.
    #[schema(minimum = 1, maximum = 90, example = 15)]
    pub handover_days: u32,
}

impl Default for BranchPolicy {
    fn default() -> Self {
        Self { rotation_months: 6, terms_ahead: 4, handover_days: 15 }
    }
}

impl Policy for BranchPolicy {
    const NAME: &'static str = "branches";

    fn check(&self) -> Result<()> {
        let limits = [
            ("/rotation_months", self.rotation_months, 60),
            ("/terms_ahead", self.terms_ahead, 20),
            ("/handover_days", self.handover_days, 90),
        ];
        let faults = limits.into_iter().filter(|(_, value, most)| !(1..=*most).contains(value)).map(|(at, _, most)| {
            let detail = Say::new(format!("应为 1 至 {most}。"), format!("Give 1 to {most}."));
            FieldFault::body(at, "out_of_range", detail)
        });
        let faults: Vec<FieldFault> = faults.collect();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

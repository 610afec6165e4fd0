//! What Articles 20 and 21 leave open: limits and numbers of projects.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 项目（第二十、二十一条）/ Projects (Articles 20 and 21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPolicy {
    /// 形式审查期限（工作日）/ Working days for the check of form.
    #[schema(minimum = 1, maximum = 250, example = 5)]
    pub check_workdays: u32,
    /// 补正期限（工作日）/ Working days for a correction.
    #[schema(minimum = 1, maximum = 250, example = 5)]
    pub correction_workdays: u32,
    /// 可退回补正的次数 / How often a declaration may be returned.
    #[schema(minimum = 0, maximum = 10, example = 1)]
    pub corrections: u32,
    /// 公示期至少（工作日）/ Working days of publicity, at least.
    #[schema(minimum = 1, maximum = 250, example = 5)]
    pub publicity_workdays: u32,
    /// 项目编号代字，如 QHXM → QHXM-2026-001 / What numbers of projects begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "QHXM")]
    pub number_prefix: String,
}

impl Default for ProjectPolicy {
    fn default() -> Self {
        Self {
            check_workdays: 5,
            correction_workdays: 5,
            corrections: 1,
            publicity_workdays: 5,
            number_prefix: "QHXM".to_owned(),
        }
    }
}

impl Policy for ProjectPolicy {
    const NAME: &'static str = "projects";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let mut fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
            faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
        };
        let limits = [
            ("/check_workdays", self.check_workdays),
            ("/correction_workdays", self.correction_workdays),
            ("/publicity_workdays", self.publicity_workdays),
        ];
        for (at, days) in limits {
            if !(1..=250).contains(&days) {
                fault(at, "out_of_range", "应为 1 至 250。", "Give 1 to 250.");
            }
        }
        if self.corrections > 10 {
            fault("/corrections", "out_of_range", "应为 0 至 10。", "Give 0 to 10.");
        }
        let letters = self.number_prefix.bytes().all(|byte| byte.is_ascii_uppercase());
        if !letters || !(1..=10).contains(&self.number_prefix.len()) {
            fault("/number_prefix", "invalid_prefix", "应为 1 至 10 个大写字母。", "Give 1 to 10 capital letters.");
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

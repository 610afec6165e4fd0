//! What the charter leaves open about joining.

use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 入会配置（第八、九条）/ Joining (Articles 8 and 9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoiningPolicy {
    /// 申请编号代字，如 RH → RH-2026-0001 / What application numbers begin with.
    #[schema(pattern = "^[A-Z]{1,10}$", min_length = 1, max_length = 10, example = "RH")]
    pub application_prefix: String,
    /// 是否受理网上公开申请 / Whether units apply online by themselves.
    #[schema(example = true)]
    pub public_applications: bool,
    /// 同一网络地址每日申请次数上限 / Applications from one address within a day.
    #[schema(minimum = 1, maximum = 1000, example = 20)]
    pub applications_per_address: u32,
    /// 同一统一社会信用代码每日申请次数上限 / Applications for one credit code within a day.
    #[schema(minimum = 1, maximum = 100, example = 5)]
    pub applications_per_code: u32,
}

impl Default for JoiningPolicy {
    fn default() -> Self {
        Self {
            application_prefix: "RH".to_owned(),
            public_applications: true,
            applications_per_address: 20,
            applications_per_code: 5,
        }
    }
}

impl Policy for JoiningPolicy {
    const NAME: &'static str = "joining";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        let prefix = &self.application_prefix;
        if !(1..=10).contains(&prefix.len()) || !prefix.bytes().all(|b| b.is_ascii_uppercase()) {
            let detail = Say::fixed("申请编号前缀应为 1 至 10 个大写字母。", "The prefix has 1 to 10 capital letters.");
            faults.push(FieldFault::body("/application_prefix", "invalid_prefix", detail));
        }
        for (pointer, value, most) in [
            ("/applications_per_address", self.applications_per_address, 1000),
            ("/applications_per_code", self.applications_per_code, 100),
        ] {
            if !(1..=most).contains(&value) {
                let detail = Say::new(format!("应在 1 至 {most} 之间。"), format!("From 1 to {most}."));
                faults.push(FieldFault::body(pointer, "out_of_range", detail));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

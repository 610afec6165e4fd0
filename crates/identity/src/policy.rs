//! Rules for accounts that the charter leaves open: two profiles of passwords and sessions, and how long
//! codes live. An administrator changes them through the API.

use chrono::{DateTime, Duration, Utc};
use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Work, policy};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::role::Role;

gongjian_kernel::words! {
    /// Which rules hold for passwords and sessions.
    pub enum PasswordProfile as "password_profile" ("密码规则", "Password profile") {
        /// NIST SP 800-63B-4: length and guessability, no composition, no expiry.
        Nist = "nist" ("长度与强度（NIST 800-63B）", "Length and strength (NIST 800-63B)"),
        /// GB/T 22239-2019 8.1.4.1, with the numbers that assessors ask for.
        Mlps = "mlps" ("等保三级", "MLPS level 3"),
    }
}

/// 账号配置：章程未规定的密码、会话与一次性代码规则。mlps_ 开头的成员只在等保规则下适用。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AccountPolicy {
    /// 密码规则：nist 或 mlps（等保三级）。
    #[schema(example = "nist")]
    pub profile: PasswordProfile,
    /// 秘书处和管理员须启用第二验证因素。
    #[schema(example = false)]
    pub second_factor_required: bool,
    /// 邀请码有效日历日数。
    #[schema(minimum = 1, maximum = 30, example = 7)]
    pub invitation_days: u32,
    /// 密码重置码有效分钟数。
    #[schema(minimum = 5, maximum = 120, example = 30)]
    pub reset_code_minutes: u32,
    /// 等保：密码最短字符数。
    #[schema(minimum = 8, maximum = 64, example = 10)]
    pub mlps_min_length: u32,
    /// 等保：大写字母、小写字母、数字、其他字符四类中至少几类。
    #[schema(minimum = 1, maximum = 4, example = 3)]
    pub mlps_character_classes: u32,
    /// 等保：密码至多使用的日历日数。
    #[schema(minimum = 1, maximum = 366, example = 90)]
    pub mlps_max_age_days: u32,
    /// 等保：新密码不得与最近几次相同。
    #[schema(minimum = 0, maximum = 24, example = 5)]
    pub mlps_history: u32,
    /// 等保：会话空闲多少分钟后须重新登录。
    #[schema(minimum = 10, maximum = 1440, example = 30)]
    pub mlps_idle_minutes: u32,
    /// 等保：同一账号至多同时存在的会话数。
    #[schema(minimum = 1, maximum = 20, example = 3)]
    pub mlps_sessions: u32,
    /// 等保：账号多少个日历日未使用即停用。
    #[schema(minimum = 1, maximum = 366, example = 90)]
    pub mlps_unused_days: u32,
}

impl Default for AccountPolicy {
    fn default() -> Self {
        Self {
            profile: PasswordProfile::Nist,
            second_factor_required: false,
            invitation_days: 7,
            reset_code_minutes: 30,
            mlps_min_length: 10,
            mlps_character_classes: 3,
            mlps_max_age_days: 90,
            mlps_history: 5,
            mlps_idle_minutes: 30,
            mlps_sessions: 3,
            mlps_unused_days: 90,
        }
    }
}

impl AccountPolicy {
    /// The policy in force, on the connection of the unit of work.
    pub(crate) async fn within(work: &Work<'_>) -> Result<Self> {
        Ok(policy::within::<Self>(work).await?.value.clone())
    }

    fn mlps<T>(&self, value: T) -> Option<T> {
        (self.profile == PasswordProfile::Mlps).then_some(value)
    }

    /// Whether a password that was set then must be changed by now.
    pub(crate) fn has_expired(&self, set_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.mlps(self.mlps_max_age_days).is_some_and(|days| set_at + Duration::days(days.into()) <= now)
    }

    /// How many earlier passwords may not come again.
    pub(crate) fn history(&self) -> u64 {
        self.mlps(self.mlps_history).unwrap_or_default().into()
    }

    pub(crate) fn idle_life(&self) -> Option<Duration> {
        self.mlps(Duration::minutes(self.mlps_idle_minutes.into()))
    }

    pub(crate) fn sessions(&self) -> Option<usize> {
        self.mlps(usize::try_from(self.mlps_sessions).unwrap_or(usize::MAX))
    }

    pub(crate) fn unused_life(&self) -> Option<Duration> {
        self.mlps(Duration::days(self.mlps_unused_days.into()))
    }

    /// GB/T 22239 8.1.4.1 wants two factors of those who administer; the secretariat handles everybody's matters.
    pub(crate) fn wants_second_factor<'a>(&self, mut roles: impl Iterator<Item = &'a str>) -> bool {
        let wanted =
            |role: Role| role.is_administrator() || matches!(role, Role::SecretariatOffice | Role::SecretaryGeneral);
        self.second_factor_required && roles.any(|role| Role::parse(role).is_some_and(wanted))
    }
}

impl Policy for AccountPolicy {
    const NAME: &'static str = "accounts";

    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        for (name, value, low, high) in [
            ("invitation_days", self.invitation_days, 1, 30),
            ("reset_code_minutes", self.reset_code_minutes, 5, 120),
            ("mlps_min_length", self.mlps_min_length, 8, 64),
            ("mlps_character_classes", self.mlps_character_classes, 1, 4),
            ("mlps_max_age_days", self.mlps_max_age_days, 1, 366),
            ("mlps_history", self.mlps_history, 0, 24),
            ("mlps_idle_minutes", self.mlps_idle_minutes, 10, 1440),
            ("mlps_sessions", self.mlps_sessions, 1, 20),
            ("mlps_unused_days", self.mlps_unused_days, 1, 366),
        ] {
            if value < low || value > high {
                let detail =
                    Say::new(format!("须在 {low} 与 {high} 之间。"), format!("It must lie between {low} and {high}."));
                faults.push(FieldFault::body(format!("/{name}"), "out_of_range", detail));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
    }
}

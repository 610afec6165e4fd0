//! What a password must be, for whoever chooses one.

use actix_web::get;
use gongjian_identity::{AccountPolicy, MAX_CHARACTERS, MIN_BESIDE_SECOND_FACTOR, PasswordProfile};
use gongjian_kernel::policy;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::document::tag;
use crate::extract::Visitor;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_password_policy);
}

/// 密码规则 / What a password must be.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PasswordPolicyView {
    /// 规则 / Profile.
    profile: PasswordProfile,
    /// 最短字符数 / Least number of characters.
    #[schema(minimum = 8, maximum = 128, examples(15))]
    min_length: usize,
    /// 已启用第二验证因素的最短字符数 / The same beside a second factor.
    #[schema(minimum = 8, maximum = 128, examples(8))]
    min_length_with_second_factor: usize,
    /// 最长字符数 / Greatest number of characters.
    #[schema(minimum = 64, maximum = 128, examples(128))]
    max_length: usize,
    /// 大写字母、小写字母、数字、其他字符四类中至少几类 / How many of: capital letters, small letters, digits, others.
    #[schema(minimum = 1, maximum = 4, examples(1))]
    min_character_classes: usize,
    /// 使用多少日历日后须修改；不限期的为空 / Days until it must be changed; null where it lasts.
    #[schema(minimum = 1, maximum = 366, examples(90))]
    max_age_days: Option<u32>,
    /// 不得与最近几次相同；当前密码总不得沿用 / How many earlier ones may not come again; the present one never may.
    #[schema(minimum = 1, maximum = 24, examples(1))]
    not_of_the_last: u32,
}

#[utoipa::path(
    operation_id = "getPasswordPolicy",
    tag = tag::IDENTITY,
    summary = "密码规则 / What a password must be",
    description = "现行密码规则，供设置密码的页面显示；常见密码、姓名、用户名和单位名称总是不予接受 / The rules in force, for pages on which a password is chosen. Common passwords and the names of the person, the account and the unit are refused in any case.",
    security(()),
    responses((status = 200, body = PasswordPolicyView, description = "现行规则 / The rules in force")),
)]
#[get("/v1/auth/password-policy")]
pub(crate) async fn get_password_policy(visitor: Visitor) -> Answer {
    let now = policy::current::<AccountPolicy>(visitor.store()).await?;
    let (policy, rules) = (&now.value, visitor.identity().password_rules(&now.value));
    let mlps = policy.profile == PasswordProfile::Mlps;
    let beside = if mlps { rules.min_characters } else { rules.min_characters.min(MIN_BESIDE_SECOND_FACTOR) };
    Ok(Reply::ok(&PasswordPolicyView {
        profile: policy.profile,
        min_length: rules.min_characters,
        min_length_with_second_factor: beside,
        max_length: MAX_CHARACTERS,
        min_character_classes: rules.min_classes,
        max_age_days: mlps.then_some(policy.mlps_max_age_days),
        not_of_the_last: if mlps { policy.mlps_history.max(1) } else { 1 },
    })?)
}

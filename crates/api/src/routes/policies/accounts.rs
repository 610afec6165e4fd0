//! The policy of accounts: the security administrator decides on it (domain.md §7.2).

use actix_web::{get, patch};
use gongjian_identity::AccountPolicy;
use gongjian_identity::configuration::SECURITY_POLICY_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::AccountPolicyPatch;
use super::view::AccountPolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_account_policy).service(update_account_policy);
}

#[utoipa::path(
    operation_id = "getAccountPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看账号配置 / Read the policy of accounts",
    description = "密码规则（NIST 或等保三级）、第二验证因素、一次性代码的有效期 / The profile of passwords (NIST or MLPS level 3), who needs a second factor, how long codes live.",
    responses((status = 200, body = AccountPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/accounts")]
pub(crate) async fn get_account_policy(caller: Caller) -> Answer {
    read::<AccountPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateAccountPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更账号配置 / Change the policy of accounts",
    description = "由安全保密管理员办理；变更所给的成员，其余不变；新规则自下一次登录、刷新或设置密码起适用 / By the security administrator. Changes the members given and leaves the others; in force from the next sign-in, refresh or password.",
    params(IfMatch),
    request_body(content = AccountPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = AccountPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/accounts")]
pub(crate) async fn update_account_policy(caller: Caller, if_match: IfMatch, body: Body<AccountPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &SECURITY_POLICY_CHANGE).await
}

//! The policy of street branches (Article 18).

use actix_web::{get, patch};
use gongjian_committees::branch::BranchPolicy;
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::BranchPolicyPatch;
use super::view::BranchPolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_branch_policy).service(update_branch_policy);
}

#[utoipa::path(
    operation_id = "getBranchPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看分会配置 / Read the policy of branches",
    description = "第十八条未作规定的轮值任期、预排期数和交接期 / Length of a turn, how many are laid ahead, when it is handed over (Article 18).",
    responses((status = 200, body = BranchPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/branches")]
pub(crate) async fn get_branch_policy(caller: Caller) -> Answer {
    read::<BranchPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateBranchPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更分会配置 / Change the policy of branches",
    description = "变更所给的成员，其余不变；已排定的任期不变 / Changes the members given and leaves the others; terms that are laid stay as they are.",
    params(IfMatch),
    request_body(content = BranchPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = BranchPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/branches")]
pub(crate) async fn update_branch_policy(caller: Caller, if_match: IfMatch, body: Body<BranchPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

//! The policy of the expert advisory committee (Article 15).

use actix_web::{get, patch};
use gongjian_governance::expert::ExpertPolicy;
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::ExpertPolicyPatch;
use super::view::ExpertPolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_expert_policy).service(update_expert_policy);
}

#[utoipa::path(
    operation_id = "getExpertPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看专家咨询配置 / Read the policy of expert advice",
    description = "第十五条未作规定的答复期限、提醒和编号 / How soon experts answer, when it is near, what numbers begin with (Article 15).",
    responses((status = 200, body = ExpertPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/experts")]
pub(crate) async fn get_expert_policy(caller: Caller) -> Answer {
    read::<ExpertPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateExpertPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更专家咨询配置 / Change the policy of expert advice",
    description = "变更所给的成员，其余不变；已指派的咨询期限不变 / Changes the members given and leaves the others; what is assigned keeps its deadline.",
    params(IfMatch),
    request_body(content = ExpertPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = ExpertPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/experts")]
pub(crate) async fn update_expert_policy(caller: Caller, if_match: IfMatch, body: Body<ExpertPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

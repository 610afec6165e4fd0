//! The policy of projects (Articles 20 and 21).

use actix_web::{get, patch};
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use gongjian_projects::project::ProjectPolicy;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::ProjectPolicyPatch;
use super::view::ProjectPolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_project_policy).service(update_project_policy);
}

#[utoipa::path(
    operation_id = "getProjectPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看项目配置 / Read the policy of projects",
    description = "第二十、二十一条未作规定的审查、补正、公示期限和编号 / Limits of checking, correcting and publicity, and what numbers begin with (Articles 20 and 21).",
    responses((status = 200, body = ProjectPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/projects")]
pub(crate) async fn get_project_policy(caller: Caller) -> Answer {
    read::<ProjectPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateProjectPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更项目配置 / Change the policy of projects",
    description = "变更所给的成员，其余不变；已开始的期限不变 / Changes the members given and leaves the others; deadlines that run already stay as they are.",
    params(IfMatch),
    request_body(content = ProjectPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = ProjectPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/projects")]
pub(crate) async fn update_project_policy(caller: Caller, if_match: IfMatch, body: Body<ProjectPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

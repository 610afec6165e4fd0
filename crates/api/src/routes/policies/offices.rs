//! The policy of terms of office.

use actix_web::{get, patch};
use gongjian_governance::office::OfficePolicy;
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::OfficePolicyPatch;
use super::view::OfficePolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_office_policy).service(update_office_policy);
}

#[utoipa::path(
    operation_id = "getOfficePolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看任期配置 / Read the policy of terms of office",
    description = "第十二条年度任期的届满之月与产生继任者的提示期；version 为 0 表示仍是默认值 / When annual terms end and how early a successor is looked for (Article 12); version 0 means the defaults.",
    responses((status = 200, body = OfficePolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/offices")]
pub(crate) async fn get_office_policy(caller: Caller) -> Answer {
    read::<OfficePolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateOfficePolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更任期配置 / Change the policy of terms of office",
    description = "变更所给的成员，其余不变；已产生的任期不变 / Changes the members given and leaves the others; terms that run keep their end.",
    params(IfMatch),
    request_body(content = OfficePolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = OfficePolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/offices")]
pub(crate) async fn update_office_policy(caller: Caller, if_match: IfMatch, body: Body<OfficePolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

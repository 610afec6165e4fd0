//! The policy of the compliance calendar: when it warns, how soon 「及时」 is.

use actix_web::{get, patch};
use gongjian_governance::compliance::CompliancePolicy;
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::CompliancePolicyPatch;
use super::view::CompliancePolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_compliance_policy).service(update_compliance_policy);
}

#[utoipa::path(
    operation_id = "getCompliancePolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看合规日历配置 / Read the policy of the compliance calendar",
    description = "章程未作规定的提醒时点与时限；version 为 0 表示仍是默认值 / Warnings and limits that the charter leaves open; version 0 means the defaults.",
    responses((status = 200, body = CompliancePolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/compliance")]
pub(crate) async fn get_compliance_policy(caller: Caller) -> Answer {
    read::<CompliancePolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateCompliancePolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更合规日历配置 / Change the policy of the compliance calendar",
    description = "变更所给的成员，其余不变；合规日历随即按新配置计算 / Changes the members given and leaves the others; the calendar is computed by the new ones at once.",
    params(IfMatch),
    request_body(content = CompliancePolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = CompliancePolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/compliance")]
pub(crate) async fn update_compliance_policy(
    caller: Caller,
    if_match: IfMatch,
    body: Body<CompliancePolicyPatch>,
) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

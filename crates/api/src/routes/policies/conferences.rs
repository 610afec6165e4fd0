//! The policy of conferences (Articles 19 and 22).

use actix_web::{get, patch};
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use gongjian_ledger::conference::ConferencePolicy;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::ConferencePolicyPatch;
use super::view::ConferencePolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_conference_policy).service(update_conference_policy);
}

#[utoipa::path(
    operation_id = "getConferencePolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看会议调度配置 / Read the policy of conferences",
    description = "第十九、二十二条未作规定的编号代字和措施期限 / What numbers begin with, and how soon measures are due (Articles 19 and 22).",
    responses((status = 200, body = ConferencePolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/conferences")]
pub(crate) async fn get_conference_policy(caller: Caller) -> Answer {
    read::<ConferencePolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateConferencePolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更会议调度配置 / Change the policy of conferences",
    description = "变更所给的成员，其余不变；已有的编号和期限不变 / Changes the members given and leaves the others; numbers and days that are given stay as they are.",
    params(IfMatch),
    request_body(content = ConferencePolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = ConferencePolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/conferences")]
pub(crate) async fn update_conference_policy(
    caller: Caller,
    if_match: IfMatch,
    body: Body<ConferencePolicyPatch>,
) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

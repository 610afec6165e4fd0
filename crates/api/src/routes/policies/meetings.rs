//! The policy of meetings.

use actix_web::{get, patch};
use gongjian_governance::meeting::MeetingPolicy;
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::PolicyPatch;
use super::view::PolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

type MeetingPolicyPatch = PolicyPatch<MeetingPolicy>;
type MeetingPolicyView = PolicyView<MeetingPolicy>;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_meeting_policy).service(update_meeting_policy);
}

#[utoipa::path(
    operation_id = "getMeetingPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看会议配置 / Read the policy of meetings",
    description = "第十一、十三条未作规定的通知时限、签到与委托；version 为 0 表示仍是默认值 / Notice, check-in and mandates, which Articles 11 and 13 leave open; version 0 means the defaults.",
    responses((status = 200, body = MeetingPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/meetings")]
pub(crate) async fn get_meeting_policy(caller: Caller) -> Answer {
    read::<MeetingPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateMeetingPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更会议配置 / Change the policy of meetings",
    description = "变更所给的成员，其余不变；已发出的通知不受影响 / Changes the members given and leaves the others; notices that were given stay as they are.",
    params(IfMatch),
    request_body(content = MeetingPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = MeetingPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/meetings")]
pub(crate) async fn update_meeting_policy(caller: Caller, if_match: IfMatch, body: Body<MeetingPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

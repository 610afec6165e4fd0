//! The policy of decisions: what Articles 11, 13, 17 and 18 leave open.

use actix_web::{get, patch};
use gongjian_governance::decision::DecisionPolicy;
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::DecisionPolicyPatch;
use super::view::DecisionPolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_decision_policy).service(update_decision_policy);
}

#[utoipa::path(
    operation_id = "getDecisionPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看决议配置 / Read the policy of decisions",
    description = "决议代字、协商与双签时限、执行提醒；version 为 0 表示仍是默认值 / What numbers begin with, time to be heard and to sign, reminders; version 0 means the defaults.",
    responses((status = 200, body = DecisionPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/decisions")]
pub(crate) async fn get_decision_policy(caller: Caller) -> Answer {
    read::<DecisionPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateDecisionPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更决议配置 / Change the policy of decisions",
    description = "变更所给的成员，其余不变；已编号的决议和已开始的时限不变 / Changes the members given and leaves the others; numbers that were given and limits that run stay as they are.",
    params(IfMatch),
    request_body(content = DecisionPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = DecisionPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/decisions")]
pub(crate) async fn update_decision_policy(
    caller: Caller,
    if_match: IfMatch,
    body: Body<DecisionPolicyPatch>,
) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

//! The policy of voting: quorums and majorities that Articles 11 and 13 leave open.

use actix_web::{get, patch};
use gongjian_governance::ballot::VotingPolicy;
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::VotingPolicyPatch;
use super::view::VotingPolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_voting_policy).service(update_voting_policy);
}

#[utoipa::path(
    operation_id = "getVotingPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看表决配置 / Read the policy of voting",
    description = "第十一、十三条未作规定的法定人数与通过规则，以及无记名表决的最少人数；version 为 0 表示仍是默认值 / Quorums and majorities that Articles 11 and 13 leave open, and how many a secret ballot takes; version 0 means the defaults.",
    responses((status = 200, body = VotingPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/voting")]
pub(crate) async fn get_voting_policy(caller: Caller) -> Answer {
    read::<VotingPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateVotingPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更表决配置 / Change the policy of voting",
    description = "变更所给的成员，其余不变，数组整体替换；已开始的表决仍按开始时的规则 / Changes the members given and leaves the others; a list is replaced as a whole. A ballot that is open keeps the rules that it opened with.",
    params(IfMatch),
    request_body(content = VotingPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = VotingPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/voting")]
pub(crate) async fn update_voting_policy(caller: Caller, if_match: IfMatch, body: Body<VotingPolicyPatch>) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

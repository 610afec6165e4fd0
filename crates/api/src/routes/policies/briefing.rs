//! The policy of briefings and calls for opinion (Article 2).

use actix_web::{get, patch};
use gongjian_governance::briefing::BriefingPolicy;
use gongjian_identity::configuration::CONFIGURATION_CHANGE;
use utoipa_actix_web::service_config::ServiceConfig;

use super::patch::BriefingPolicyPatch;
use super::view::BriefingPolicyView;
use super::{change, read};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_briefing_policy).service(update_briefing_policy);
}

#[utoipa::path(
    operation_id = "getBriefingPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看通报配置 / Read the policy of briefings",
    description = "第二条“定期”的间隔、征求意见的期限、逾期意见的处理 / How often 「定期」 is (Article 2), how long units have to reply, what becomes of late opinions.",
    responses((status = 200, body = BriefingPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/briefings")]
pub(crate) async fn get_briefing_policy(caller: Caller) -> Answer {
    read::<BriefingPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateBriefingPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更通报配置 / Change the policy of briefings",
    description = "变更所给的成员，其余不变；已发出的征求意见期限不变 / Changes the members given and leaves the others; calls that are open keep their deadline.",
    params(IfMatch),
    request_body(content = BriefingPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = BriefingPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/briefings")]
pub(crate) async fn update_briefing_policy(
    caller: Caller,
    if_match: IfMatch,
    body: Body<BriefingPolicyPatch>,
) -> Answer {
    change(&caller, if_match, body, &CONFIGURATION_CHANGE).await
}

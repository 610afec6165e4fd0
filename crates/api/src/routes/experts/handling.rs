//! What the secretariat does with enquiries (Article 15).

use actix_web::{post, web};
use gongjian_governance::expert::ExpertId;
use gongjian_governance::expert::action::ENQUIRY_ASSIGN;
use gongjian_governance::expert::enquiry::{EnquiryId, assigning};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::enquiries::{after, may};
use super::enquiries_input::{AgreementInput, EnquiryAssign, EnquiryConclusion, ExpertReason};
use super::enquiries_view::EnquiryView;
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(return_enquiry)
        .service(assign_enquiry)
        .service(release_expert)
        .service(return_expert_opinion)
        .service(conclude_enquiry)
        .service(publish_enquiry);
}

#[utoipa::path(
    operation_id = "returnEnquiry",
    tag = tag::EXPERTS,
    summary = "退回补充 / Return an enquiry for clarification",
    description = "由秘书处退回咨询方 / By the secretariat, to the asker.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = EnquiryView, description = "退回后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/return")]
pub(crate) async fn return_enquiry(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASSIGN), async |work, target, given| {
            let now = assigning::send_back(work, target, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "assignEnquiry",
    tag = tag::EXPERTS,
    summary = "指派专家 / Assign experts",
    description = "第十五条：由秘书处指派在聘的专家；现任、曾任职于咨询单位或有利害关系的回避；答复期限按工作日计 / Article 15: by the secretariat, to experts in office. Who is or was with the asking unit, or has an interest in it, is recused. The time to answer is counted in working days.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = EnquiryAssign,
    responses((status = 200, body = EnquiryView, description = "指派后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/assign")]
pub(crate) async fn assign_enquiry(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<EnquiryAssign>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASSIGN), async |work, target, given| {
            let now = assigning::assign(work, target, &given.experts()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "releaseExpert",
    tag = tag::EXPERTS,
    summary = "解除指派 / Release an expert",
    description = "由秘书处解除尚未答复的专家；其余均已答复的，即为全部答复 / By the secretariat, an expert who has not answered. Where all others have, the enquiry is answered.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = ExpertReason,
    responses((status = 200, body = EnquiryView, description = "解除后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/release")]
pub(crate) async fn release_expert(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExpertReason>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASSIGN), async |work, target, given| {
            let now = assigning::release(work, target, ExpertId(given.expert_id), given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "returnExpertOpinion",
    tag = tag::EXPERTS,
    summary = "退回意见说明 / Return an opinion for clarification",
    description = "由秘书处退回专家说明；原意见保留，期限重新计算 / By the secretariat, to the expert. His opinion of now stays beside the next one, and the time to answer runs anew.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = ExpertReason,
    responses((status = 200, body = EnquiryView, description = "退回后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/return-opinion")]
pub(crate) async fn return_expert_opinion(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExpertReason>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASSIGN), async |work, target, given| {
            let now = assigning::return_opinion(work, target, ExpertId(given.expert_id), given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "concludeEnquiry",
    tag = tag::EXPERTS,
    summary = "办结咨询 / Conclude an enquiry",
    description = "全部答复后由秘书处办结 / By the secretariat, when all have answered.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = EnquiryConclusion,
    responses((status = 200, body = EnquiryView, description = "办结后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/conclude")]
pub(crate) async fn conclude_enquiry(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<EnquiryConclusion>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASSIGN), async |work, target, given| {
            let now = assigning::conclude(work, target, given.conclusion.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "publishEnquiry",
    tag = tag::EXPERTS,
    summary = "公布咨询结果 / Publish an enquiry",
    description = "由秘书处公布，不得超出咨询方同意的范围；公布给某机构的，按公布时的成员 / By the secretariat, never more widely than the asker agreed to; to a body, it is told to those who have a voice in it at that instant.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = AgreementInput,
    responses((status = 200, body = EnquiryView, description = "公布后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/publish")]
pub(crate) async fn publish_enquiry(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<AgreementInput>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASSIGN), async |work, target, given| {
            let now = assigning::publish(work, target, (*given).into()).await?;
            after(work, now).await
        })
        .await
}

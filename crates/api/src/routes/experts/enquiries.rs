//! What the expert advisory committee is asked (Article 15).

use actix_web::{get, post, web};
use gongjian_governance::expert::action::{ENQUIRY_ANSWER, ENQUIRY_ASK, ENQUIRY_READ};
use gongjian_governance::expert::enquiry::{
    AskerChoice, Enquiry, EnquiryFilter, EnquiryId, answering, asking, queries,
};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Permission, Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::enquiries_input::{
    AgreementInput, EnquiryClarification, EnquiryCreate, EnquiryQuery, ExpertAnswer, ExpertDecline,
};
use super::enquiries_view::EnquiryView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_enquiries)
        .service(ask_experts)
        .service(get_enquiry)
        .service(clarify_enquiry)
        .service(agree_enquiry)
        .service(withdraw_enquiry)
        .service(answer_enquiry)
        .service(decline_enquiry);
}

#[utoipa::path(
    operation_id = "listEnquiries",
    tag = tag::EXPERTS,
    summary = "咨询列表 / List enquiries",
    description = "第十五条：最近的在前；咨询方见本方的，专家见指派给本人的，公布的按范围可见 / Article 15: the latest first; askers see theirs, experts what is assigned to them, and what is published is seen as widely as that.",
    params(Paging, EnquiryQuery),
    responses((status = 200, body = PageOf<EnquiryView>, description = "一页 / One page")),
)]
#[get("/v1/enquiries")]
pub(crate) async fn list_enquiries(caller: Caller, query: Filter<EnquiryQuery>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let filter = EnquiryFilter::from(&query.by);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| EnquiryView::of(actor, found, &names)))?)
}

#[utoipa::path(
    operation_id = "askExperts",
    tag = tag::EXPERTS,
    summary = "提出咨询 / Ask experts",
    description = "第十五条：由会员单位的固定代表或联络人、街道分会、专业研究委员会主任、秘书处提出，并说明同意的公开范围 / Article 15: by a unit's representative or liaison, a branch, a director of a committee, the secretariat; the asker says how widely it may be told.",
    request_body = EnquiryCreate,
    responses((status = 201, body = EnquiryView, description = "已提出 / On file")),
)]
#[post("/v1/enquiries")]
pub(crate) async fn ask_experts(caller: Caller, body: Body<EnquiryCreate>) -> Answer {
    let allowed = async {
        let actor = &caller.act.actor;
        if actor.has_some(&ENQUIRY_ASK) { Ok(()) } else { AskerChoice::default().of(actor).map(drop) }
    };
    caller
        .command(body, allowed, async |work, new| {
            let made = asking::ask(work, new.clone().into()).await?;
            let path = format!("/v1/enquiries/{}", made.id);
            Ok(after(work, made).await?.created(path))
        })
        .await
}

#[utoipa::path(
    operation_id = "getEnquiry",
    tag = tag::EXPERTS,
    summary = "查看咨询 / Read an enquiry",
    description = "问题、期限、各专家的办理；意见在全部答复前只有本人可见 / The question, its deadline, the experts' parts; until all have answered, an opinion is its author's alone.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741")),
    responses((status = 200, body = EnquiryView, description = "咨询 / The enquiry")),
)]
#[get("/v1/enquiries/{enquiry_id}")]
pub(crate) async fn get_enquiry(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, EnquiryId(path.into_inner())).await?;
    let names = all_names(caller.store()).await?;
    let version = found.sight.enquiry.version;
    Ok(Reply::ok(&EnquiryView::of(&caller.act.actor, found, &names))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "clarifyEnquiry",
    tag = tag::EXPERTS,
    summary = "补充咨询 / Clarify an enquiry",
    description = "退回后由咨询方补充 / By the asker, when it was returned.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = EnquiryClarification,
    responses((status = 200, body = EnquiryView, description = "补充后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/clarify")]
pub(crate) async fn clarify_enquiry(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<EnquiryClarification>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASK), async |work, target, given| {
            let now = asking::clarify(work, target, given.question.clone(), given.purpose.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "agreeToPublicity",
    tag = tag::EXPERTS,
    summary = "表明公开范围 / Say how widely it may be told",
    description = "公布前由咨询方变更 / By the asker, until it is published.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = AgreementInput,
    responses((status = 200, body = EnquiryView, description = "变更后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/agree")]
pub(crate) async fn agree_enquiry(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<AgreementInput>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASK), async |work, target, given| {
            let now = asking::agree(work, target, (*given).into()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawEnquiry",
    tag = tag::EXPERTS,
    summary = "撤回咨询 / Withdraw an enquiry",
    description = "答复前由咨询方撤回 / By the asker, before it is answered.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = EnquiryView, description = "撤回后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/withdraw")]
pub(crate) async fn withdraw_enquiry(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ENQUIRY_ASK), async |work, target, given| {
            let now = asking::withdraw(work, target, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "answerEnquiry",
    tag = tag::EXPERTS,
    summary = "答复咨询 / Answer an enquiry",
    description = "第十五条：被指派的专家各自独立答复，一次为限；退回说明的可再次答复 / Article 15: each expert to whom it is assigned, alone and once; again where it was returned to him.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741")),
    request_body = ExpertAnswer,
    responses((status = 200, body = EnquiryView, description = "答复后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/answer")]
pub(crate) async fn answer_enquiry(caller: Caller, path: web::Path<Uuid>, body: Body<ExpertAnswer>) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .command(body, may(&caller, id, &ENQUIRY_ANSWER), async |work, given| {
            let now = answering::answer(work, id, given.text.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineEnquiry",
    tag = tag::EXPERTS,
    summary = "回避或谢绝 / Decline an enquiry",
    description = "被指派的专家说明事由；申明利害关系的，此后对该单位回避 / The expert says why. An interest that he names is kept: he does not answer that unit again.",
    params(("enquiry_id" = Uuid, Path, description = "咨询标识 / Id of the enquiry", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1741")),
    request_body = ExpertDecline,
    responses((status = 200, body = EnquiryView, description = "谢绝后的咨询 / The enquiry as it is now")),
)]
#[post("/v1/enquiries/{enquiry_id}/decline")]
pub(crate) async fn decline_enquiry(caller: Caller, path: web::Path<Uuid>, body: Body<ExpertDecline>) -> Answer {
    let id = EnquiryId(path.into_inner());
    caller
        .command(body, may(&caller, id, &ENQUIRY_ANSWER), async |work, given| {
            let now = answering::decline(work, id, given.ground, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

pub(super) async fn may(caller: &Caller, id: EnquiryId, wanted: &Permission) -> Result<()> {
    let actor = &caller.act.actor;
    let found = queries::get(caller.store(), actor, id).await?;
    authorize(actor, wanted, &ENQUIRY_READ, &found.sight)
}

/// The enquiry as it is after a command.
pub(super) async fn after(work: &Work<'_>, now: Enquiry) -> Result<Reply> {
    let found = queries::within(work, now).await?;
    let names = all_names_within(work).await?;
    let version = found.sight.enquiry.version;
    Ok(Reply::ok(&EnquiryView::of(work.actor(), found, &names))?.etag_of_view(version))
}

//! Consultation as a way to decide (preamble, Articles 12–14 and 18).

mod input;
mod view;

use actix_web::{get, post, web};
use gongjian_governance::consultation::action::{CONSULTATION_KEEP, CONSULTATION_READ, CONSULTATION_STATE};
use gongjian_governance::consultation::{ConsultationFilter, ConsultationId, commands, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Actor, Permission, Result, Text, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{
    ConsultationCreate, ConsultationQuery, ConsultationStatement, ConsultationWithdrawal, OutcomeConfirmation,
    RevisedText,
};
use self::view::{ConsultationSummary, ConsultationView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_consultations)
        .service(open_consultation)
        .service(get_consultation)
        .service(state_position)
        .service(revise_consultation)
        .service(conclude_consultation)
        .service(withdraw_consultation)
        .service(confirm_consultation);
}

#[utoipa::path(
    operation_id = "listConsultations",
    tag = tag::DECISIONS,
    summary = "协商列表 / List consultations",
    description = "最近发起的在前；单位只见应听取其意见的 / The latest first; a unit sees those in which it is heard.",
    params(Paging, ConsultationQuery),
    responses((status = 200, body = PageOf<ConsultationSummary>, description = "一页 / One page")),
)]
#[get("/v1/consultations")]
pub(crate) async fn list_consultations(caller: Caller, query: Filter<ConsultationQuery>) -> Answer {
    let filter = ConsultationFilter::from(&query.by);
    let actor = &caller.act.actor;
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, ConsultationSummary::of))?)
}

#[utoipa::path(
    operation_id = "openConsultation",
    tag = tag::DECISIONS,
    summary = "发起协商 / Open a consultation",
    description = "协商一致是章程的主要决定方式：列明应听取意见的各方、文本与时限；未表态只记为未表态，除非发起时约定视为同意 / Consultation is the charter's main way to decide: who must be heard, on which text, until when. Silence is silence, unless it is announced to be consent.",
    request_body = ConsultationCreate,
    responses((status = 201, body = ConsultationView, description = "已发起 / Opened")),
)]
#[post("/v1/consultations")]
pub(crate) async fn open_consultation(caller: Caller, body: Body<ConsultationCreate>) -> Answer {
    let allowed = async { may_open(&caller.act.actor) };
    caller
        .command(body, allowed, async |work, new| {
            may_open(work.actor())?;
            let made = commands::open(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/consultations/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getConsultation",
    tag = tag::DECISIONS,
    summary = "查看协商 / Read a consultation",
    description = "各轮文本、各方意见、计数与结果 / The texts, what was said, how it counts and what came of it.",
    params(("consultation_id" = Uuid, Path, description = "协商标识 / Id of the consultation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102")),
    responses((status = 200, body = ConsultationView, description = "协商 / The consultation")),
)]
#[get("/v1/consultations/{consultation_id}")]
pub(crate) async fn get_consultation(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = ConsultationId(path.into_inner());
    let (found, own) = queries::check(caller.store(), &caller.act.actor, id, &CONSULTATION_READ).await?;
    let version = found.consultation.version;
    Ok(Reply::ok(&ConsultationView::of(&caller.act.actor, found, own))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "statePosition",
    tag = tag::DECISIONS,
    summary = "发表协商意见 / State a position",
    description = "由此刻代表该方的人员发表，每轮一次；重复提交同一意见视为一次；时限已过或协商结束后不再接受 / By whoever speaks for the party at this instant, once in a round; the same again is the same. Refused when the time is over or the consultation has ended.",
    params(("consultation_id" = Uuid, Path, description = "协商标识 / Id of the consultation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102")),
    request_body = ConsultationStatement,
    responses((status = 200, body = ConsultationView, description = "发表后的协商 / The consultation as it is now")),
)]
#[post("/v1/consultations/{consultation_id}/statements")]
pub(crate) async fn state_position(caller: Caller, path: web::Path<Uuid>, body: Body<ConsultationStatement>) -> Answer {
    let id = ConsultationId(path.into_inner());
    caller
        .command(body, may(&caller, id, &CONSULTATION_STATE), async |work, said| {
            commands::state(work, id, said.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "reviseConsultation",
    tag = tag::DECISIONS,
    summary = "修改文本进入下一轮 / Revise the text",
    description = "有不同意见或修改意见时，就修改后的文本重新听取各方意见 / Where somebody objected or commented, all are heard again on a revised text.",
    params(("consultation_id" = Uuid, Path, description = "协商标识 / Id of the consultation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102"), IfMatch),
    request_body = RevisedText,
    responses((status = 200, body = ConsultationView, description = "新一轮协商 / The consultation as it is now")),
)]
#[post("/v1/consultations/{consultation_id}/revise")]
pub(crate) async fn revise_consultation(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<RevisedText>,
) -> Answer {
    let id = ConsultationId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONSULTATION_KEEP), async |work, target, given| {
            commands::revise(work, target, given.text.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "concludeConsultation",
    tag = tag::DECISIONS,
    summary = "得出协商结论 / Conclude a consultation",
    description = "结论由事实得出：各方均已表态或已有规定时间、无人坚持不同意见且有人同意，即为协商一致 / The outcome follows from the facts: consensus where everybody was heard or had the time, nobody objects and somebody supports.",
    params(("consultation_id" = Uuid, Path, description = "协商标识 / Id of the consultation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ConsultationView, description = "结论 / The consultation as it is now")),
)]
#[post("/v1/consultations/{consultation_id}/conclude")]
pub(crate) async fn conclude_consultation(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ConsultationId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONSULTATION_KEEP), async |work, target, _| {
            commands::conclude(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawConsultation",
    tag = tag::DECISIONS,
    summary = "撤回协商 / Withdraw a consultation",
    description = "不再就此协商，如改由会议表决 / The question is no longer asked, as where it is put to the vote instead.",
    params(("consultation_id" = Uuid, Path, description = "协商标识 / Id of the consultation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102"), IfMatch),
    request_body = ConsultationWithdrawal,
    responses((status = 200, body = ConsultationView, description = "撤回后的协商 / The consultation as it is now")),
)]
#[post("/v1/consultations/{consultation_id}/withdraw")]
pub(crate) async fn withdraw_consultation(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ConsultationWithdrawal>,
) -> Answer {
    let id = ConsultationId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONSULTATION_KEEP), async |work, target, given| {
            commands::withdraw(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "confirmConsultation",
    tag = tag::DECISIONS,
    summary = "确认协商结果 / Confirm the outcome",
    description = "各方确认所记载的结果属实，重复确认视为一次 / A party says that the outcome is what it was; the same again is the same.",
    params(("consultation_id" = Uuid, Path, description = "协商标识 / Id of the consultation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1102")),
    request_body = OutcomeConfirmation,
    responses((status = 200, body = ConsultationView, description = "确认后的协商 / The consultation as it is now")),
)]
#[post("/v1/consultations/{consultation_id}/confirm")]
pub(crate) async fn confirm_consultation(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<OutcomeConfirmation>,
) -> Answer {
    let id = ConsultationId(path.into_inner());
    caller
        .command(body, may(&caller, id, &CONSULTATION_STATE), async |work, given| {
            commands::confirm(work, id, given.party.as_ref().map(Text::as_str)).await?;
            after(work, id).await
        })
        .await
}

/// Nobody who keeps no body's papers opens a consultation.
fn may_open(actor: &Actor) -> Result<()> {
    if actor.has_some(&CONSULTATION_KEEP) {
        return Ok(());
    }
    authorize(actor, &CONSULTATION_KEEP, &CONSULTATION_KEEP, &Association)
}

async fn may(caller: &Caller, id: ConsultationId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The consultation as it is after a command.
async fn after(work: &Work<'_>, id: ConsultationId) -> Result<Reply> {
    let (found, own) = queries::seen_in(work, id).await?;
    let version = found.consultation.version;
    Ok(Reply::ok(&ConsultationView::of(work.actor(), found, own))?.etag_of_view(version))
}

//! Calls for opinion (征求意见): Article 2.

use actix_web::{get, patch, post, web};
use gongjian_governance::briefing::action::{CALL_ANSWER, CALL_DRAFT, CALL_OPEN, CALL_READ};
use gongjian_governance::briefing::fault::OPINION_CALL_NOT_FOUND;
use gongjian_governance::briefing::opinion::action::Asked;
use gongjian_governance::briefing::opinion::{CallFilter, CallId, calls as commands, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Refusal, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::calls_view::{CallQuery, OpinionCallAnswer, OpinionCallCreate, OpinionCallUpdate, OpinionCallView};
use super::input::Reason;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_opinion_calls)
        .service(draft_opinion_call)
        .service(get_opinion_call)
        .service(update_opinion_call)
        .service(open_opinion_call)
        .service(close_opinion_call)
        .service(answer_opinion_call)
        .service(cancel_opinion_call);
}

#[utoipa::path(
    operation_id = "listOpinionCalls",
    tag = tag::BRIEFINGS,
    summary = "征求意见列表 / List calls for opinion",
    description = "第二条：最近的在前；会员单位只见征求本单位的 / Article 2: the latest first; a unit sees those that ask it.",
    params(Paging, CallQuery),
    responses((status = 200, body = PageOf<OpinionCallView>, description = "一页 / One page")),
)]
#[get("/v1/opinion-calls")]
pub(crate) async fn list_opinion_calls(caller: Caller, query: Filter<CallQuery>) -> Answer {
    let filter = CallFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, |found| OpinionCallView::of(actor, found, store.today())))?)
}

#[utoipa::path(
    operation_id = "draftOpinionCall",
    tag = tag::BRIEFINGS,
    summary = "起草征求意见 / Draft a call for opinion",
    description = "第二条：秘书处起草理事会向会员征求意见的问题 / Article 2: the secretariat drafts what the council asks members.",
    request_body = OpinionCallCreate,
    responses((status = 201, body = OpinionCallView, description = "草稿 / The draft")),
)]
#[post("/v1/opinion-calls")]
pub(crate) async fn draft_opinion_call(caller: Caller, body: Body<OpinionCallCreate>) -> Answer {
    let allowed = async { caller.authorize(&CALL_DRAFT, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::draft(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/opinion-calls/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getOpinionCall",
    tag = tag::BRIEFINGS,
    summary = "查看征求意见 / Read a call for opinion",
    description = "问题、背景、期限；反馈后有综述和统计 / The question, its background and deadline; when it is answered, the summary and counts.",
    params(("opinion_call_id" = Uuid, Path, description = "征求意见标识 / Id of the call", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711")),
    responses((status = 200, body = OpinionCallView, description = "征求意见 / The call")),
)]
#[get("/v1/opinion-calls/{opinion_call_id}")]
pub(crate) async fn get_opinion_call(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::get(store, actor, CallId(path.into_inner())).await?;
    let version = found.call.version;
    Ok(Reply::ok(&OpinionCallView::of(actor, found, store.today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateOpinionCall",
    tag = tag::BRIEFINGS,
    summary = "修改征求意见草稿 / Edit a draft",
    description = "变更所给的成员，其余不变；发出后不能修改 / Changes the members given; nothing changes once it is open.",
    params(("opinion_call_id" = Uuid, Path, description = "征求意见标识 / Id of the call", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"), IfMatch),
    request_body(content = OpinionCallUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = OpinionCallView, description = "修改后的草稿 / The draft as it is now")),
)]
#[patch("/v1/opinion-calls/{opinion_call_id}")]
pub(crate) async fn update_opinion_call(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<OpinionCallUpdate>,
) -> Answer {
    let id = CallId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CALL_DRAFT), async |work, target, edit| {
            commands::edit(work, target, edit.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "openOpinionCall",
    tag = tag::BRIEFINGS,
    summary = "发出征求意见 / Open a call for opinion",
    description = "第二条：由秘书长签发；编号、对象单位和截止日期（按工作日）自此固定 / Article 2: by order of the secretary-general; number, units asked and deadline, in working days, stay as they are from now on.",
    params(("opinion_call_id" = Uuid, Path, description = "征求意见标识 / Id of the call", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = OpinionCallView, description = "已发出 / The call as it is now")),
)]
#[post("/v1/opinion-calls/{opinion_call_id}/open")]
pub(crate) async fn open_opinion_call(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = CallId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CALL_OPEN), async |work, target, _| {
            commands::open(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "closeOpinionCall",
    tag = tag::BRIEFINGS,
    summary = "截止征求意见 / Close a call for opinion",
    description = "期限届满后由秘书处截止 / By the secretariat, after the deadline.",
    params(("opinion_call_id" = Uuid, Path, description = "征求意见标识 / Id of the call", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = OpinionCallView, description = "已截止 / The call as it is now")),
)]
#[post("/v1/opinion-calls/{opinion_call_id}/close")]
pub(crate) async fn close_opinion_call(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = CallId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CALL_ANSWER), async |work, target, _| {
            commands::close(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "answerOpinionCall",
    tag = tag::BRIEFINGS,
    summary = "反馈采纳情况 / Answer a call for opinion",
    description = "第二条：逐条作出采纳结果后方可反馈；综述和统计发给全体对象，各单位同时知悉本单位各条的结果 / Article 2: not while a point has no result; the summary and counts go to all who were asked, and each unit is told what became of its points.",
    params(("opinion_call_id" = Uuid, Path, description = "征求意见标识 / Id of the call", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"), IfMatch),
    request_body = OpinionCallAnswer,
    responses((status = 200, body = OpinionCallView, description = "已反馈 / The call as it is now")),
)]
#[post("/v1/opinion-calls/{opinion_call_id}/answer")]
pub(crate) async fn answer_opinion_call(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<OpinionCallAnswer>,
) -> Answer {
    let id = CallId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CALL_ANSWER), async |work, target, given| {
            commands::answer(work, target, given.summary.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "cancelOpinionCall",
    tag = tag::BRIEFINGS,
    summary = "取消征求意见 / Cancel a call for opinion",
    description = "由秘书长在截止前取消并说明理由 / By the secretary-general, who says why, before it is closed.",
    params(("opinion_call_id" = Uuid, Path, description = "征求意见标识 / Id of the call", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = OpinionCallView, description = "已取消 / The call as it is now")),
)]
#[post("/v1/opinion-calls/{opinion_call_id}/cancel")]
pub(crate) async fn cancel_opinion_call(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = CallId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CALL_OPEN), async |work, target, given| {
            commands::cancel(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: CallId, wanted: &Permission) -> Result<()> {
    let actor = &caller.act.actor;
    let found = queries::get(caller.store(), actor, id).await?;
    authorize(actor, wanted, &CALL_READ, &Asked { call: &found.call, units: &found.asked })
}

/// The call as it is after a command.
async fn after(work: &Work<'_>, id: CallId) -> Result<Reply> {
    let found = queries::find(work.tx(), work.actor(), id).await?;
    let found = found.ok_or_else(|| Refusal::of(&OPINION_CALL_NOT_FOUND))?;
    let version = found.call.version;
    Ok(Reply::ok(&OpinionCallView::of(work.actor(), found, work.today()))?.etag_of_view(version))
}

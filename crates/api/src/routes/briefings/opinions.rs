//! What units reply to a call for opinion (Articles 2, 9 and 10).

use actix_web::{get, post, web};
use gongjian_governance::briefing::action::{CALL_READ, OPINION_DECIDE, OPINION_READ, OPINION_SUBMIT};
use gongjian_governance::briefing::fault::OPINION_NOT_FOUND;
use gongjian_governance::briefing::opinion::action::Asked;
use gongjian_governance::briefing::opinion::{CallId, OpinionId, commands, queries};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Permission, Refusal, Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::Reason;
use super::opinions_view::{
    OpinionCreate, OpinionQuery, OpinionRevise, OpinionRevisionView, OpinionView, ResultsInput,
};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_opinions)
        .service(submit_opinion)
        .service(get_opinion)
        .service(revise_opinion)
        .service(withdraw_opinion)
        .service(decide_opinion)
        .service(list_opinion_revisions);
}

#[utoipa::path(
    operation_id = "listOpinions",
    tag = tag::BRIEFINGS,
    summary = "意见列表 / List opinions",
    description = "对一次征求意见的各单位意见，先提出的在前；会员单位只见本单位的 / What units replied to a call, the first one first; a unit sees its own.",
    params(("opinion_call_id" = Uuid, Path, description = "征求意见标识 / Id of the call", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711"), Paging, OpinionQuery),
    responses((status = 200, body = PageOf<OpinionView>, description = "一页 / One page")),
)]
#[get("/v1/opinion-calls/{opinion_call_id}/opinions")]
pub(crate) async fn list_opinions(caller: Caller, path: web::Path<Uuid>, query: Filter<OpinionQuery>) -> Answer {
    let (store, actor, id) = (caller.store(), &caller.act.actor, CallId(path.into_inner()));
    let status = query.by.status.as_ref().map(|any| any.0.clone()).unwrap_or_default();
    let (limit, cursor) = (query.page.limit, query.page.cursor.as_deref());
    let page = queries::opinions(store, actor, id, &status, limit, cursor).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| OpinionView::of(actor, found, &names)))?)
}

#[utoipa::path(
    operation_id = "submitOpinion",
    tag = tag::BRIEFINGS,
    summary = "提出意见 / Reply to a call for opinion",
    description = "第二条、第十条第三项：由固定代表或联络人为本单位提出，一个单位一份，可含多条；记入履职记录 / Articles 2 and 10(3): the representative or liaison replies for the unit, once, in one or more points; it enters the passbook.",
    params(("opinion_call_id" = Uuid, Path, description = "征求意见标识 / Id of the call", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1711")),
    request_body = OpinionCreate,
    responses((status = 201, body = OpinionView, description = "已提出 / On file")),
)]
#[post("/v1/opinion-calls/{opinion_call_id}/opinions")]
pub(crate) async fn submit_opinion(caller: Caller, path: web::Path<Uuid>, body: Body<OpinionCreate>) -> Answer {
    let id = CallId(path.into_inner());
    let allowed = async {
        let actor = &caller.act.actor;
        let found = queries::get(caller.store(), actor, id).await?;
        authorize(actor, &OPINION_SUBMIT, &CALL_READ, &Asked { call: &found.call, units: &found.asked })
    };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::submit(work, id, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/opinions/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getOpinion",
    tag = tag::BRIEFINGS,
    summary = "查看意见 / Read an opinion",
    description = "单位只见本单位的；采纳结果在反馈后可见 / A unit sees its own, and the results when the call is answered.",
    params(("opinion_id" = Uuid, Path, description = "意见标识 / Id of the opinion", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721")),
    responses((status = 200, body = OpinionView, description = "意见 / The opinion")),
)]
#[get("/v1/opinions/{opinion_id}")]
pub(crate) async fn get_opinion(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get_opinion(caller.store(), &caller.act.actor, OpinionId(path.into_inner())).await?;
    let names = all_names(caller.store()).await?;
    let version = found.opinion.version;
    Ok(Reply::ok(&OpinionView::of(&caller.act.actor, found, &names))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "reviseOpinion",
    tag = tag::BRIEFINGS,
    summary = "修改意见 / Revise an opinion",
    description = "截止前由本单位修改，各稿保留 / Until the deadline, by the unit; every wording stays on file.",
    params(("opinion_id" = Uuid, Path, description = "意见标识 / Id of the opinion", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721"), IfMatch),
    request_body = OpinionRevise,
    responses((status = 200, body = OpinionView, description = "修改后的意见 / The opinion as it is now")),
)]
#[post("/v1/opinions/{opinion_id}/revise")]
pub(crate) async fn revise_opinion(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<OpinionRevise>,
) -> Answer {
    let id = OpinionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &OPINION_SUBMIT), async |work, target, given| {
            commands::revise(work, target, &given.texts()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawOpinion",
    tag = tag::BRIEFINGS,
    summary = "撤回意见 / Withdraw an opinion",
    description = "截止前由本单位撤回，履职记录中的相应一条随之撤销；可另行提出 / Until the deadline, by the unit; the line in its passbook is withdrawn with it, and it may reply anew.",
    params(("opinion_id" = Uuid, Path, description = "意见标识 / Id of the opinion", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = OpinionView, description = "撤回后的意见 / The opinion as it is now")),
)]
#[post("/v1/opinions/{opinion_id}/withdraw")]
pub(crate) async fn withdraw_opinion(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = OpinionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &OPINION_SUBMIT), async |work, target, given| {
            commands::withdraw(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "decideOpinion",
    tag = tag::BRIEFINGS,
    summary = "作出采纳结果 / Say what becomes of an opinion",
    description = "第二条：逐条作出采纳、部分采纳、未采纳的结果，后两者须说明理由；反馈前可更改 / Article 2: point by point: adopted, in part, not adopted; the latter two say why. They may be given anew until the call is answered.",
    params(("opinion_id" = Uuid, Path, description = "意见标识 / Id of the opinion", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721"), IfMatch),
    request_body = ResultsInput,
    responses((status = 200, body = OpinionView, description = "作出结果后的意见 / The opinion as it is now")),
)]
#[post("/v1/opinions/{opinion_id}/decide")]
pub(crate) async fn decide_opinion(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ResultsInput>,
) -> Answer {
    let id = OpinionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &OPINION_DECIDE), async |work, target, given| {
            commands::decide(work, target, &given.verdicts()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listOpinionRevisions",
    tag = tag::BRIEFINGS,
    summary = "意见的各稿 / The wordings of an opinion",
    description = "首稿及此后每次修改 / The first wording and every later one.",
    params(
        ("opinion_id" = Uuid, Path, description = "意见标识 / Id of the opinion", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721"),
        Paging,
    ),
    responses((status = 200, body = PageOf<OpinionRevisionView>, description = "各稿，先后为序 / The wordings, the first one first")),
)]
#[get("/v1/opinions/{opinion_id}/revisions")]
pub(crate) async fn list_opinion_revisions(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let id = OpinionId(path.into_inner());
    let page = &query.page;
    let found = queries::revisions(caller.store(), &caller.act.actor, id, page.limit, page.cursor.as_deref()).await?;
    Ok(query.reply(&OpinionRevisionView::page(found)?)?)
}

async fn may(caller: &Caller, id: OpinionId, wanted: &Permission) -> Result<()> {
    let found = queries::get_opinion(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, wanted, &OPINION_READ, &found.opinion)
}

/// The opinion as it is after a command.
async fn after(work: &Work<'_>, id: OpinionId) -> Result<Reply> {
    let found = queries::find_opinion(work.tx(), work.actor(), id).await?;
    let found = found.ok_or_else(|| Refusal::of(&OPINION_NOT_FOUND))?;
    let names = all_names_within(work).await?;
    let version = found.opinion.version;
    Ok(Reply::ok(&OpinionView::of(work.actor(), found, &names))?.etag_of_view(version))
}

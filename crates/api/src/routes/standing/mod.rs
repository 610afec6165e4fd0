//! The passbook of a unit: rights used, duties met (Articles 9 and 10).

mod input;
mod view;

use actix_web::{get, post, web};
use chrono::Datelike as _;
use gongjian_kernel::actor::authorize;
use gongjian_kernel::words::WordList;
use gongjian_kernel::{Permission, Refusal, Result, Say, Work};
use gongjian_membership::UnitId;
use gongjian_membership::standing::action::{STANDING_ANSWER, STANDING_DISPUTE, STANDING_READ};
use gongjian_membership::standing::fault::STANDING_LINE_NOT_FOUND;
use gongjian_membership::standing::{LineFilter, LineId, LineKind, commands, queries};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{DisputeAnswer, DisputeCreate, LineQuery, PassbookQuery};
use self::view::{LineDetailView, LineSummary, PassbookView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_standing)
        .service(list_standing_lines)
        .service(get_standing_line)
        .service(dispute_standing_line)
        .service(answer_standing_dispute);
}

/// Every kind of line, in the order of the crates.
pub fn kinds() -> impl Iterator<Item = &'static LineKind> {
    [
        gongjian_membership::contribution::LINE_KINDS,
        gongjian_ledger::standing::LINE_KINDS,
        gongjian_governance::decision::book::LINE_KINDS,
        gongjian_governance::ballot::standing::LINE_KINDS,
        gongjian_governance::meeting::standing::LINE_KINDS,
        gongjian_governance::briefing::opinion::standing::LINE_KINDS,
        gongjian_projects::key_project::standing::LINE_KINDS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The kinds as a list of the dictionary.
pub(super) const KINDS: WordList = WordList {
    name: "standing_kind",
    title: || Say::fixed("履职记录类别", "Kind of line"),
    words: || kinds().map(|kind| (kind.name, kind.label.clone())).collect(),
};

/// The lines that a passbook shows itself; the others are paged.
const LINES_SHOWN: u64 = 50;

#[utoipa::path(
    operation_id = "getUnitStanding",
    tag = tag::STANDING,
    summary = "单位履职记录 / The passbook of a unit",
    description = "第九、十条：一年中行使的权利与履行的义务，分类计数及最近各条；只作统计，不作奖惩依据。限本单位人员、秘书处和会长、副会长 / Articles 9 and 10: rights used and duties met in a year, counted by kind, and the latest lines; statistics, no sanction. For the unit's own people, the secretariat, the president and vice-presidents.",
    params(("unit_id" = Uuid, Path, description = "单位标识 / Id of the unit", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"), PassbookQuery),
    responses((status = 200, body = PassbookView, description = "履职记录 / The passbook")),
)]
#[get("/v1/units/{unit_id}/standing")]
pub(crate) async fn get_standing(caller: Caller, path: web::Path<Uuid>, query: Query<PassbookQuery>) -> Answer {
    let year = query.0.year()?.unwrap_or_else(|| caller.store().today().year());
    let (unit, actor) = (UnitId(path.into_inner()), &caller.act.actor);
    let passbook = queries::passbook(caller.store(), actor, unit, year, LINES_SHOWN).await?;
    let names = all_names(caller.store()).await?;
    Ok(Reply::ok(&PassbookView::of(actor, passbook, &names, caller.lang))?)
}

#[utoipa::path(
    operation_id = "listStandingLines",
    tag = tag::STANDING,
    summary = "履职记录列表 / List lines of passbooks",
    description = "第九、十条：各条履职记录，最近的在前；单位只见本单位的记录 / Articles 9 and 10: lines, the latest first; a unit sees its own.",
    params(Paging, LineQuery),
    responses((status = 200, body = PageOf<LineSummary>, description = "一页 / One page")),
)]
#[get("/v1/standing-lines")]
pub(crate) async fn list_standing_lines(caller: Caller, query: Filter<LineQuery>) -> Answer {
    let filter = LineFilter::try_from(&query.by)?;
    let actor = &caller.act.actor;
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(caller.store()).await?;
    Ok(query.reply(&PageOf::of(page, |line| LineSummary::of(actor, line, &names, caller.lang)))?)
}

#[utoipa::path(
    operation_id = "getStandingLine",
    tag = tag::STANDING,
    summary = "查看履职记录 / Read a line",
    description = "一条履职记录及历次异议与答复 / A line with every dispute over it and its answer.",
    params(("line_id" = Uuid, Path, description = "记录标识 / Id of the line", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01")),
    responses((status = 200, body = LineDetailView, description = "履职记录 / The line")),
)]
#[get("/v1/standing-lines/{line_id}")]
pub(crate) async fn get_standing_line(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, LineId(path.into_inner())).await?;
    let names = all_names(caller.store()).await?;
    let version = found.line.version;
    Ok(Reply::ok(&LineDetailView::of(&caller.act.actor, found, &names, caller.lang))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "disputeStandingLine",
    tag = tag::STANDING,
    summary = "对履职记录提出异议 / Dispute a line",
    description = "第九条：单位固定代表认为记录有误的，说明理由 / Article 9: the unit's representative says what is wrong with the line.",
    params(("line_id" = Uuid, Path, description = "记录标识 / Id of the line", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"), IfMatch),
    request_body = DisputeCreate,
    responses((status = 200, body = LineDetailView, description = "有异议的记录 / The line as it is now")),
)]
#[post("/v1/standing-lines/{line_id}/dispute")]
pub(crate) async fn dispute_standing_line(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<DisputeCreate>,
) -> Answer {
    let id = LineId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &STANDING_DISPUTE), async |work, target, given| {
            commands::dispute(work, target, given.reason.clone()).await?;
            after(work, id, &caller).await
        })
        .await
}

#[utoipa::path(
    operation_id = "answerStandingDispute",
    tag = tag::STANDING,
    summary = "处理履职记录异议 / Answer a dispute",
    description = "秘书处说明并维持、更正或撤销该条记录；异议与答复均存档 / The secretariat explains the line, corrects it or strikes it; both stay on record.",
    params(("line_id" = Uuid, Path, description = "记录标识 / Id of the line", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"), IfMatch),
    request_body = DisputeAnswer,
    responses((status = 200, body = LineDetailView, description = "处理后的记录 / The line as it is now")),
)]
#[post("/v1/standing-lines/{line_id}/answer")]
pub(crate) async fn answer_standing_dispute(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<DisputeAnswer>,
) -> Answer {
    let id = LineId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &STANDING_ANSWER), async |work, target, given| {
            commands::answer(work, target, given.clone().into()).await?;
            after(work, id, &caller).await
        })
        .await
}

async fn may(caller: &Caller, id: LineId, wanted: &Permission) -> Result<()> {
    let found = queries::get(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, wanted, &STANDING_READ, &found.line)
}

/// The line as it is after a command.
async fn after(work: &Work<'_>, id: LineId, caller: &Caller) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?.ok_or_else(|| Refusal::of(&STANDING_LINE_NOT_FOUND))?;
    let names = all_names_within(work).await?;
    let version = found.line.version;
    Ok(Reply::ok(&LineDetailView::of(work.actor(), found, &names, caller.lang))?.etag_of_view(version))
}

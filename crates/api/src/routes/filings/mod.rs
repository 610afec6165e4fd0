//! Filings and the secretariat's look at their form (Article 25); units that have not filed.

mod view;

use actix_web::{get, post, web};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::filing::action::{FILING_CHECK, FILING_READ};
use gongjian_membership::filing::fault::FILING_NOT_FOUND;
use gongjian_membership::filing::{FilingFilter, FilingId, commands, gaps, queries};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::view::{FilingQuery, FilingReturn, FilingView, UnitGapsView};
pub(crate) use self::view::{GapView, ReceiptView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_filings)
        .service(get_filing)
        .service(accept_filing)
        .service(return_filing)
        .service(list_filing_gaps);
}

#[utoipa::path(
    operation_id = "listFilings",
    tag = tag::FILINGS,
    summary = "备案列表 / List filings",
    description = "第二十五条：备案按报备先后排列；单位只见本单位的备案 / Article 25: filings in the order in which they were made; a unit sees its own.",
    params(Paging, FilingQuery),
    responses((status = 200, body = PageOf<FilingView>, description = "一页 / One page")),
)]
#[get("/v1/filings")]
pub(crate) async fn list_filings(caller: Caller, query: Filter<FilingQuery>) -> Answer {
    let filter = FilingFilter::from(&query.by);
    let actor = &caller.act.actor;
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(caller.store()).await?;
    Ok(query.reply(&PageOf::of(page, |filing| FilingView::of(actor, filing, &names)))?)
}

#[utoipa::path(
    operation_id = "getFiling",
    tag = tag::FILINGS,
    summary = "查看备案 / Read a filing",
    description = "备案、回执编号与是否逾期 / The filing with its receipt number and whether it came late.",
    params(("filing_id" = Uuid, Path, description = "备案标识 / Id of the filing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01")),
    responses((status = 200, body = FilingView, description = "备案 / The filing")),
)]
#[get("/v1/filings/{filing_id}")]
pub(crate) async fn get_filing(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, FilingId(path.into_inner())).await?;
    let names = all_names(caller.store()).await?;
    let version = found.filing.version;
    Ok(Reply::ok(&FilingView::of(&caller.act.actor, found, &names))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "acceptFiling",
    tag = tag::FILINGS,
    summary = "接收备案 / Accept a filing",
    description = "第二十五条：形式审核通过；备案自报备起已生效，接收不是审批 / Article 25: the form is in order; the filing was in effect already, and this is no approval.",
    params(("filing_id" = Uuid, Path, description = "备案标识 / Id of the filing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = FilingView, description = "接收后的备案 / The filing as it is now")),
)]
#[post("/v1/filings/{filing_id}/accept")]
pub(crate) async fn accept_filing(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = FilingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may_check(&caller, id), async |work, target, _| {
            commands::accept(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "returnFiling",
    tag = tag::FILINGS,
    summary = "退回补正 / Return a filing for correction",
    description = "第二十五条：形式不符，退回并说明理由；已生效的事项不因退回而撤销，由报备单位重新报备 / Article 25: the form is not in order; what was filed stays in effect, and is corrected by filing again.",
    params(("filing_id" = Uuid, Path, description = "备案标识 / Id of the filing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"), IfMatch),
    request_body = FilingReturn,
    responses((status = 200, body = FilingView, description = "退回后的备案 / The filing as it is now")),
)]
#[post("/v1/filings/{filing_id}/return")]
pub(crate) async fn return_filing(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<FilingReturn>,
) -> Answer {
    let id = FilingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may_check(&caller, id), async |work, target, given| {
            commands::return_for_correction(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listFilingGaps",
    tag = tag::FILINGS,
    summary = "待备案单位 / Units that have not filed",
    description = "第二十五条：缺固定代表或联络人的在会单位，按会员编号排列，含缺位起始、应报备日期与逾期工作日 / Article 25: members without a representative or a liaison by member number; since when, due when, how late.",
    params(Paging),
    responses((status = 200, body = PageOf<UnitGapsView>, description = "一页 / One page")),
)]
#[get("/v1/filing-gaps")]
pub(crate) async fn list_filing_gaps(caller: Caller, query: Filter<NoFilter>) -> Answer {
    let cursor = query.page.cursor.as_deref();
    let page = gaps::list(caller.store(), &caller.act.actor, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, UnitGapsView::from))?)
}

async fn may_check(caller: &Caller, id: FilingId) -> Result<()> {
    let found = queries::get(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, &FILING_CHECK, &FILING_READ, &found.filing)
}

/// The filing as it is after a command.
async fn after(work: &Work<'_>, id: FilingId) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?.ok_or_else(|| Refusal::of(&FILING_NOT_FOUND))?;
    let names = all_names_within(work).await?;
    let version = found.filing.version;
    Ok(Reply::ok(&FilingView::of(work.actor(), found, &names))?.etag_of_view(version))
}

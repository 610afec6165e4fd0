//! The terms of a branch, and what is handed over from one to the next (Article 18).

use actix_web::{get, post, web};
use gongjian_committees::branch::BranchPolicy;
use gongjian_committees::branch::action::{BRANCH_READ, HANDOVER_REPORT};
use gongjian_committees::branch::leadership::{TermId, commands, queries};
use gongjian_governance::body::BodyId;
use gongjian_kernel::{Result, Work, policy};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{HandoverReport, RotationQuery};
use super::view::{BranchRotation, BranchTermView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFilter, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

/// Of terms shown where the caller names no number.
const TERMS: u8 = 8;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_branch_rotation).service(list_branch_terms).service(get_branch_term).service(report_branch_term);
}

#[utoipa::path(
    operation_id = "getBranchRotation",
    tag = tag::BRANCHES,
    summary = "查看轮值安排 / Read a branch's rotation",
    description = "第十八条：现任、已排定的任期及其后的预排；任期相接，不重叠 / Article 18: the term that runs, those that are laid, and a preview of those that follow. Terms follow each other without gap or overlap.",
    params(("branch_id" = Uuid, Path, description = "分会标识 / Id of the branch", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801"), RotationQuery),
    responses((status = 200, body = BranchRotation, description = "轮值安排 / The rotation")),
)]
#[get("/v1/branches/{branch_id}/rotation")]
pub(crate) async fn get_branch_rotation(caller: Caller, path: web::Path<Uuid>, query: Query<RotationQuery>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let terms = usize::from(query.0.terms.unwrap_or(TERMS));
    let found = queries::rotation(store, actor, BodyId(path.into_inner()), terms).await?;
    Ok(Reply::ok(&BranchRotation::of(actor, found, &*all_names(store).await?, store.today()))?)
}

#[utoipa::path(
    operation_id = "listBranchTerms",
    tag = tag::BRANCHES,
    summary = "分会任期列表 / List a branch's terms",
    description = "会员单位会长的各任期及交接报告，最近的在前 / The terms in which units presided or will, with their reports, the latest first.",
    params(("branch_id" = Uuid, Path, description = "分会标识 / Id of the branch", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801"), Paging),
    responses((status = 200, body = PageOf<BranchTermView>, description = "一页 / One page")),
)]
#[get("/v1/branches/{branch_id}/terms")]
pub(crate) async fn list_branch_terms(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let (limit, cursor) = (query.page.limit, query.page.cursor.as_deref());
    let page = queries::terms(store, actor, BodyId(path.into_inner()), limit, cursor).await?;
    let (names, today) = (all_names(store).await?, store.today());
    Ok(query.reply(&PageOf::of(page, |found| BranchTermView::of(actor, found, &names, today)))?)
}

#[utoipa::path(
    operation_id = "getBranchTerm",
    tag = tag::BRANCHES,
    summary = "查看任期 / Read a term",
    description = "单位、起止日期、交接情况和报告 / The unit, its days, where handing it over stands, and the report.",
    params(("term_id" = Uuid, Path, description = "任期标识 / Id of the term", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1802")),
    responses((status = 200, body = BranchTermView, description = "任期 / The term")),
)]
#[get("/v1/branch-terms/{term_id}")]
pub(crate) async fn get_branch_term(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::check_term(store, actor, TermId(path.into_inner()), &BRANCH_READ).await?;
    let version = found.term.version;
    let view = BranchTermView::of(actor, found, &*all_names(store).await?, store.today());
    Ok(Reply::ok(&view)?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "reportBranchTerm",
    tag = tag::BRANCHES,
    summary = "提交交接报告 / Report on a term",
    description = "轮值届满前，由现任单位的固定代表或联络人提交一次；逾期仍可补交 / By the unit's representative or liaison, once, before the term passes; late it is still taken.",
    params(("term_id" = Uuid, Path, description = "任期标识 / Id of the term", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1802"), IfMatch),
    request_body = HandoverReport,
    responses((status = 200, body = BranchTermView, description = "已提交 / The term as it is now")),
)]
#[post("/v1/branch-terms/{term_id}/report")]
pub(crate) async fn report_branch_term(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<HandoverReport>,
) -> Answer {
    let id = TermId(path.into_inner());
    let allowed =
        async { queries::check_term(caller.store(), &caller.act.actor, id, &HANDOVER_REPORT).await.map(drop) };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, given| {
            commands::report(work, target, given.report.clone()).await?;
            after(work, id).await
        })
        .await
}

/// The term as it is after a command.
async fn after(work: &Work<'_>, id: TermId) -> Result<Reply> {
    let policy = policy::within::<BranchPolicy>(work).await?;
    let found = queries::find_term(work.tx(), id, work.today(), &policy.value).await?;
    let version = found.term.version;
    let names = all_names_within(work).await?;
    Ok(Reply::ok(&BranchTermView::of(work.actor(), found, &names, work.today()))?.etag_of_view(version))
}

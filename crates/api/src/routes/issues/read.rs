//! Reading the ledger.

use actix_web::{get, web};
use gongjian_kernel::audit;
use gongjian_kernel::page::{self, Page};
use gongjian_ledger::action::{READ_NOTES, READ_PAPERS};
use gongjian_ledger::issue::{IssueId, queries, similar};
use gongjian_ledger::vocabulary::NoteKind;
use gongjian_membership::unit::queries::all_names;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::filter::IssueQuery;
use super::view::{IssueEventView, IssueSummary, IssueView, NoteView, SheetView, SimilarIssue, SimilarIssues};
use crate::document::tag;
use crate::extract::{Caller, Filter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_issues)
        .service(get_issue)
        .service(list_issue_events)
        .service(list_issue_notes)
        .service(list_supervision_sheets)
        .service(list_similar_issues);
}

#[utoipa::path(
    operation_id = "listIssues",
    tag = tag::LEDGER,
    summary = "台账列表 / List issues",
    description = "当前登录人可见的事项，最新在前；全部条件同时成立 / Issues that the caller may see, newest first; all conditions hold.",
    params(Paging, IssueQuery),
    responses((status = 200, body = PageOf<IssueSummary>, description = "一页 / One page")),
)]
#[get("/v1/issues")]
pub(crate) async fn list_issues(caller: Caller, query: Filter<IssueQuery>) -> Answer {
    let names = all_names(caller.store()).await?;
    let filter = query.by.to_filter();
    let cursor = query.page.cursor.as_deref();
    let page = queries::list(caller.store(), &caller.act.actor, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |seen| IssueSummary::of(seen, &names)))?)
}

#[utoipa::path(
    operation_id = "getIssue",
    tag = tag::LEDGER,
    summary = "查看事项 / Read an issue",
    description = "事项全文、时限分段、灯色，以及当前登录人此刻可进行的操作 / The issue with its clock, its light, and what the caller may do now.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue")),
    responses((status = 200, body = IssueView, description = "事项 / The issue")),
)]
#[get("/v1/issues/{issue_id}")]
pub(crate) async fn get_issue(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let names = all_names(caller.store()).await?;
    let seen = queries::get(caller.store(), &caller.act.actor, IssueId(path.into_inner())).await?;
    let version = seen.issue.version;
    Ok(Reply::ok(&IssueView::of(seen, &names)?)?.etag_of_view(version))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NoParameters {}

#[utoipa::path(
    operation_id = "listIssueEvents",
    tag = tag::LEDGER,
    summary = "事项经过 / History of an issue",
    description = "自提出至今的每一步，取自审计记录，最早在前；内部办理材料只对承办部门、街道分会和秘书处显示 / Every step since it was raised, from the audit trail, oldest first; working papers are shown to the lead department, the branch and the secretariat.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), Paging),
    responses((status = 200, body = PageOf<IssueEventView>, description = "一页 / One page")),
)]
#[get("/v1/issues/{issue_id}/events")]
pub(crate) async fn list_issue_events(caller: Caller, path: web::Path<Uuid>, query: Filter<NoParameters>) -> Answer {
    let id = IssueId(path.into_inner());
    let seen = queries::get(caller.store(), &caller.act.actor, id).await?;
    let names = all_names(caller.store()).await?;
    let bound_to = format!("events/{id}");
    let keys = &caller.store().keys;
    let cursor = query.page.cursor.as_deref();
    let after: i64 = cursor.map_or(Ok(0), |cursor| page::open(keys, &bound_to, cursor))?;
    let limit = query.page.limit;
    let rows = audit::history(caller.store().db.reader(), "issue", id.0, after, limit + 1).await?;
    let page = Page::cut(rows, limit, keys, &bound_to, |row| row.seq)?;
    let next_cursor = page.next_cursor;
    let papers = seen.sees_papers;
    let views = page.rows.into_iter().map(|row| IssueEventView::of(row, &names, caller.lang, papers));
    let data: Vec<IssueEventView> = views.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    Ok(query.reply(&PageOf { data, has_more: next_cursor.is_some(), next_cursor })?)
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NoteQuery {
    /// 类别 / Kind.
    #[param(example = "progress")]
    kind: Option<NoteKind>,
}

#[utoipa::path(
    operation_id = "listIssueNotes",
    tag = tag::LEDGER,
    summary = "办理记录 / Notes on the handling",
    description = "牵头部门的进展与协助单位的反馈，最早在前 / Progress of the lead department and contributions of assisting units, oldest first.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), Paging, NoteQuery),
    responses((status = 200, body = PageOf<NoteView>, description = "一页 / One page")),
)]
#[get("/v1/issues/{issue_id}/notes")]
pub(crate) async fn list_issue_notes(caller: Caller, path: web::Path<Uuid>, query: Filter<NoteQuery>) -> Answer {
    let id = IssueId(path.into_inner());
    queries::check_reading(caller.store(), &caller.act.actor, id, &READ_NOTES).await?;
    let names = all_names(caller.store()).await?;
    let cursor = query.page.cursor.as_deref();
    let page = queries::notes(caller.store(), id, query.by.kind, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |note| NoteView::of(note, &names)))?)
}

#[utoipa::path(
    operation_id = "listSupervisionSheets",
    tag = tag::LEDGER,
    summary = "催办督办记录 / Supervision sheets",
    description = "该事项的提醒、催办通知、督办单与通报，最早在前 / Reminders, urging notices, sheets and circulars of the issue, oldest first.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), Paging),
    responses((status = 200, body = PageOf<SheetView>, description = "一页 / One page")),
)]
#[get("/v1/issues/{issue_id}/supervision-sheets")]
pub(crate) async fn list_supervision_sheets(
    caller: Caller,
    path: web::Path<Uuid>,
    query: Filter<NoParameters>,
) -> Answer {
    let id = IssueId(path.into_inner());
    queries::check_reading(caller.store(), &caller.act.actor, id, &READ_PAPERS).await?;
    let cursor = query.page.cursor.as_deref();
    let page = queries::sheets(caller.store(), id, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, SheetView::from))?)
}

#[utoipa::path(
    operation_id = "listSimilarIssues",
    tag = tag::LEDGER,
    summary = "疑似重复事项 / Possible duplicates",
    description = "同单位、同分类或同街道、时间相近且文字相似的事项，最相似者在前，至多十件；只供参考，由秘书处决定是否并单 / Issues of the same unit, category or street that read alike, at most ten; a suggestion, the secretariat decides on a merger.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue")),
    responses((status = 200, body = SimilarIssues, description = "疑似重复事项 / Possible duplicates")),
)]
#[get("/v1/issues/{issue_id}/similar")]
pub(crate) async fn list_similar_issues(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = similar::find(caller.store(), &caller.act.actor, IssueId(path.into_inner())).await?;
    Ok(Reply::ok(&SimilarIssues { issues: found.into_iter().map(SimilarIssue::from).collect() })?)
}

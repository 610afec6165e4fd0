//! Dispatch and handling.

use actix_web::{post, web};
use gongjian_ledger::issue::input::{NewNote, NewReply, Order, Remark, ReturnSlip};
use gongjian_ledger::issue::{IssueId, commands};
use gongjian_ledger::vocabulary::IssueAction;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::view::IssueView;
use super::{after, may};
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(dispatch_issue)
        .service(reassign_issue)
        .service(sign_issue)
        .service(return_issue)
        .service(contribute_to_issue)
        .service(report_progress)
        .service(reply_to_issue);
}

#[utoipa::path(
    operation_id = "dispatchIssue",
    tag = tag::LEDGER,
    summary = "交办 / Dispatch an issue",
    description = "第二十三条：责成一个牵头部门办理，协调会员单位协助 / Article 23: exactly one lead department, any number of assisting units.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Order,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/dispatch")]
pub(crate) async fn dispatch_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Order>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Dispatch), async |work, target, input| {
            let issue = commands::dispatch(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "reassignIssue",
    tag = tag::LEDGER,
    summary = "改派 / Reassign an issue",
    description = "秘书处在答复前改派牵头部门或增补协助单位，编号、轮次、时限不变 / Before the reply the secretariat changes the lead or the assisting units; number, round and clock stay.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Order,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/reassign")]
pub(crate) async fn reassign_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Order>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Reassign), async |work, target, input| {
            let issue = commands::reassign(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "signIssue",
    tag = tag::LEDGER,
    summary = "签收 / Sign for an issue",
    description = "牵头部门签收 / The lead department signs for it.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Remark,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/sign")]
pub(crate) async fn sign_issue(caller: Caller, path: web::Path<Uuid>, if_match: IfMatch, body: Body<Remark>) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Sign), async |work, target, input| {
            let issue = commands::sign(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "returnIssue",
    tag = tag::LEDGER,
    summary = "退回 / Return an issue",
    description = "牵头部门在退回时限内说明理由退回，由秘书处重新交办 / Within its limit and with a reason; the secretariat dispatches it again.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = ReturnSlip,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/return")]
pub(crate) async fn return_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ReturnSlip>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Return), async |work, target, input| {
            let issue = commands::return_issue(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "contributeToIssue",
    tag = tag::LEDGER,
    summary = "协助单位反馈 / Contribute",
    description = "协助单位说明所做工作 / An assisting unit says what it did.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = NewNote,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/contribute")]
pub(crate) async fn contribute_to_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NewNote>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Contribute), async |work, target, input| {
            let (issue, _) = commands::contribute(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "reportProgress",
    tag = tag::LEDGER,
    summary = "报告进展 / Report progress",
    description = "牵头部门记录办理进展 / The lead department notes its progress.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = NewNote,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/report-progress")]
pub(crate) async fn report_progress(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NewNote>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::ReportProgress), async |work, target, input| {
            let (issue, _) = commands::report_progress(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "replyToIssue",
    tag = tag::LEDGER,
    summary = "答复 / Reply",
    description = "牵头部门答复，由主要负责人签发；此后等待提出单位确认 / Signed by the head of the department; then the submitter has its say.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = NewReply,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/reply")]
pub(crate) async fn reply_to_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NewReply>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Reply), async |work, target, input| {
            let issue = commands::reply(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

//! What moves the clock: extension, suspension, a meeting.

use actix_web::{post, web};
use gongjian_ledger::issue::input::{Escalation, ExtensionDecision, ExtensionRequest, Reasoned, Remark, Suspension};
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
        .service(request_extension)
        .service(decide_extension)
        .service(suspend_issue)
        .service(resume_issue)
        .service(escalate_issue)
        .service(conclude_meeting);
}

#[utoipa::path(
    operation_id = "requestExtension",
    tag = tag::LEDGER,
    summary = "申请延期 / Request an extension",
    description = "须在时限届满前提出，每轮次数见台账配置 / Before the deadline; how often is policy.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = ExtensionRequest,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/request-extension")]
pub(crate) async fn request_extension(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExtensionRequest>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::RequestExtension), async |work, target, input| {
            let issue = commands::request_extension(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "decideExtension",
    tag = tag::LEDGER,
    summary = "审定延期 / Decide on an extension",
    description = "秘书处审定，结果告知提出单位 / The secretariat decides; the submitter is told.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = ExtensionDecision,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/decide-extension")]
pub(crate) async fn decide_extension(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExtensionDecision>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::DecideExtension), async |work, target, input| {
            let issue = commands::decide_extension(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "suspendIssue",
    tag = tag::LEDGER,
    summary = "批准挂账 / Suspend an issue",
    description = "由秘书长批准，须有后续计划和复核日期；停止计时。复核时可继续挂账 / By the secretary-general, with a plan and a day of review; the clock stops. At the review it may go on.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Suspension,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/suspend")]
pub(crate) async fn suspend_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Suspension>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Suspend), async |work, target, input| {
            let issue = commands::suspend(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "resumeIssue",
    tag = tag::LEDGER,
    summary = "恢复办理 / Resume an issue",
    description = "结束挂账，按剩余工作日继续计时 / Ends the suspension; the clock goes on with what was left.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Remark,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/resume")]
pub(crate) async fn resume_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Remark>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Resume), async |work, target, input| {
            let issue = commands::resume(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "escalateIssue",
    tag = tag::LEDGER,
    summary = "提请会议研究 / Escalate to a meeting",
    description = "第二十二条：经秘书处批准提请联席会、地区事务协调会或理事会研究，编号不变；每轮顺延的工作日有上限，已超期的不得顺延 / Article 22: with the secretariat's approval, to a meeting; the number stays. The days added in a round have a limit; nothing is added to what is overdue.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Escalation,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/escalate")]
pub(crate) async fn escalate_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Escalation>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Escalate), async |work, target, input| {
            let issue = commands::escalate(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "concludeMeeting",
    tag = tag::LEDGER,
    summary = "会议研究结束 / Conclude the meeting",
    description = "记录会议意见，恢复办理 / Notes what the meeting said; handling goes on.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/conclude-meeting")]
pub(crate) async fn conclude_meeting(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::ConcludeMeeting), async |work, target, input| {
            let issue = commands::conclude_meeting(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

//! Handling, confirmation and cancellation: a handler for each verb.

use actix_web::{post, web};
use gongjian_ledger::issue::input::{
    Escalation, ExtensionDecision, ExtensionRequest, Feedback, NewNote, NewReply, Reasoned, Remark, ReturnSlip,
    SupervisionOrder, Suspension,
};
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
        .service(sign_issue)
        .service(return_issue)
        .service(contribute_to_issue)
        .service(report_progress)
        .service(request_extension)
        .service(decide_extension)
        .service(suspend_issue)
        .service(resume_issue)
        .service(escalate_issue)
        .service(conclude_meeting)
        .service(reply_to_issue)
        .service(confirm_issue)
        .service(rule_on_issue)
        .service(reopen_issue)
        .service(cancel_issue)
        .service(urge_issue)
        .service(supervise_issue)
        .service(exclude_feedback);
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
    description = "由秘书长批准，须有后续计划和复核日期；停止计时 / By the secretary-general, with a plan and a day of review; the clock stops.",
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
    description = "第十九、二十二条：提请联席会、地区事务协调会或理事会，编号不变 / Articles 19 and 22: to a meeting; the number stays.",
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

#[utoipa::path(
    operation_id = "confirmIssue",
    tag = tag::LEDGER,
    summary = "确认与评价 / Confirm or object",
    description = "提出单位的固定代表确认是否解决并评价。不认可时自动重办，次数用尽后由秘书处核定 / The representative says whether it is solved. An objection reopens the issue; after that the secretariat rules.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Feedback,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/confirm")]
pub(crate) async fn confirm_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Feedback>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Confirm), async |work, target, input| {
            let issue = commands::confirm(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "ruleOnIssue",
    tag = tag::LEDGER,
    summary = "核定 / Rule on a dispute",
    description = "重办后提出单位仍不认可的，由秘书处核定；统计仍按未解决计 / The secretariat rules; the rates still count it as the submitter did.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/rule")]
pub(crate) async fn rule_on_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Rule), async |work, target, input| {
            let issue = commands::rule(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "reopenIssue",
    tag = tag::LEDGER,
    summary = "重办 / Reopen an issue",
    description = "新一轮办理、重新计时，编号不变 / A new round with a new clock, under the same number.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/reopen")]
pub(crate) async fn reopen_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Reopen), async |work, target, input| {
            let issue = commands::reopen(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "cancelIssue",
    tag = tag::LEDGER,
    summary = "销号 / Cancel from the ledger",
    description = "第二十三条：一办一销。须有答复，并经确认或核定 / Article 23: only after a reply and a confirmation or ruling.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Remark,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/cancel")]
pub(crate) async fn cancel_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Remark>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Cancel), async |work, target, input| {
            let issue = commands::cancel(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "urgeIssue",
    tag = tag::LEDGER,
    summary = "催办 / Urge",
    description = "向牵头部门发出催办通知（二级）/ Issues an urging notice (level 2).",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/urge")]
pub(crate) async fn urge_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Urge), async |work, target, input| {
            let (issue, _) = commands::urge(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "superviseIssue",
    tag = tag::LEDGER,
    summary = "督办 / Supervise",
    description = "签发四级督办中的一级 / Issues a sheet of one of the four levels.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = SupervisionOrder,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/supervise")]
pub(crate) async fn supervise_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<SupervisionOrder>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Supervise), async |work, target, input| {
            let (issue, _) = commands::supervise(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "excludeFeedback",
    tag = tag::LEDGER,
    summary = "回访剔除 / Exclude feedback",
    description = "将不合理、超范围或恶意的评价剔出统计，理由留痕 / Takes a feedback out of the rates; the reason stays on record.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/exclude-feedback")]
pub(crate) async fn exclude_feedback(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::ExcludeFeedback), async |work, target, input| {
            let issue = commands::exclude_feedback(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

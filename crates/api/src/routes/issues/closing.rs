//! Confirmation and cancellation.

use actix_web::{post, web};
use gongjian_ledger::issue::input::{Feedback, Reasoned, Remark};
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
        .service(confirm_issue)
        .service(rule_on_issue)
        .service(reopen_issue)
        .service(cancel_issue)
        .service(exclude_feedback);
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

//! Submission and triage: what happens before a department has the issue.

use actix_web::{patch, post, web};
use gongjian_kernel::Refusal;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_ledger::action::SUBMIT;
use gongjian_ledger::issue::input::{DraftChange, Merger, Reasoned, Registration, Rejection, Remark, Submission};
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
        .service(submit_issue)
        .service(edit_issue)
        .service(submit_draft_issue)
        .service(withdraw_issue)
        .service(pass_on_issue)
        .service(settle_issue)
        .service(insist_on_issue)
        .service(register_issue)
        .service(reject_issue)
        .service(merge_issue);
}

#[utoipa::path(
    operation_id = "submitIssue",
    tag = tag::LEDGER,
    summary = "提出事项 / Submit an issue",
    description = "第二十三条：会员单位提出困难、建议或意见，由固定代表或联络人提交；`draft` 为真时只存草稿 / Article 23: a member unit's representative or liaison submits a difficulty, suggestion or opinion; with `draft` it is only kept.",
    request_body = Submission,
    responses((status = 201, body = IssueView, description = "已提交 / Submitted")),
)]
#[post("/v1/issues")]
pub(crate) async fn submit_issue(caller: Caller, body: Body<Submission>) -> Answer {
    let actor = &caller.act.actor;
    let allowed = async {
        if actor.has_some(&SUBMIT) { Ok(()) } else { Err(Refusal::of(&FORBIDDEN).with_article(SUBMIT.article)) }
    };
    caller
        .command(body, allowed, async |work, new| {
            let issue = commands::submit(work, new.clone()).await?;
            let location = format!("/v1/issues/{}", issue.id);
            Ok(after(work, issue).await?.created(location))
        })
        .await
}

#[utoipa::path(
    operation_id = "updateIssue",
    tag = tag::LEDGER,
    summary = "修改草稿 / Edit a draft",
    description = "只有草稿可以修改；提交后以办理记录补充 / Only a draft can be edited.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body(content = DraftChange, content_type = "application/merge-patch+json"),
    responses((status = 200, body = IssueView, description = "修改后的草稿 / The draft as it is now")),
)]
#[patch("/v1/issues/{issue_id}")]
pub(crate) async fn edit_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<DraftChange>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Edit), async |work, target, change| {
            let issue = commands::edit(work, target, change.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "submitDraft",
    tag = tag::LEDGER,
    summary = "提交草稿 / Submit a draft",
    description = "草稿成为正式提交，取得收件号。由提出单位的固定代表或联络人办理 / A draft becomes a submission and gets its intake number.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Remark,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/submit")]
pub(crate) async fn submit_draft_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Remark>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Submit), async |work, target, input| {
            let issue = commands::submit_draft(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawIssue",
    tag = tag::LEDGER,
    summary = "撤回事项 / Withdraw an issue",
    description = "办结前提出单位可以撤回；编号保留、不再使用 / Before it is confirmed the submitter may take it back; its number stays void.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/withdraw")]
pub(crate) async fn withdraw_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Withdraw), async |work, target, input| {
            let issue = commands::withdraw(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "registerIssue",
    tag = tag::LEDGER,
    summary = "编号登记 / Register an issue",
    description = "第二十三条：一事一号。归类、给出台账编号并起算办理时限 / Article 23: one issue, one number. Classifies it, gives the number, starts the clock.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Registration,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/register")]
pub(crate) async fn register_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Registration>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Register), async |work, target, input| {
            let issue = commands::register(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "rejectIssue",
    tag = tag::LEDGER,
    summary = "不予受理 / Refuse an issue",
    description = "必须告知理由和正确渠道 / The reason and the right channel are always told.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Rejection,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/reject")]
pub(crate) async fn reject_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Rejection>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Reject), async |work, target, input| {
            let issue = commands::reject(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "mergeIssue",
    tag = tag::LEDGER,
    summary = "并单 / Merge a duplicate",
    description = "重复事项并入主事项，共用主事项编号 / A duplicate goes under the number of its master.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Merger,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/merge")]
pub(crate) async fn merge_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Merger>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Merge), async |work, target, input| {
            let issue = commands::merge(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "passOnIssue",
    tag = tag::LEDGER,
    summary = "转报区级 / Pass an issue on to the district",
    description = "第十八条：分会不能解决的转报区级台账；逾期自动转报 / Article 18: what the branch cannot solve goes on to the district's ledger; after a while it does so by rule.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Remark,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/pass-on")]
pub(crate) async fn pass_on_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Remark>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::PassOn), async |work, target, input| {
            let issue = commands::pass_on(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "settleIssue",
    tag = tag::LEDGER,
    summary = "分会答复 / Settle an issue at the branch",
    description = "第十八条：分会能解决的由分会答复；提出单位不认可的可要求转报区级 / Article 18: what the branch can solve it answers; a unit that is not content asks for the district.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/settle")]
pub(crate) async fn settle_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Settle), async |work, target, input| {
            let issue = commands::settle(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

#[utoipa::path(
    operation_id = "insistOnIssue",
    tag = tag::LEDGER,
    summary = "要求转报区级 / Ask that an issue goes to the district",
    description = "提出单位不认可分会答复时 / Where the unit is not content with the branch's answer.",
    params(("issue_id" = Uuid, Path, description = "事项标识 / Id of the issue"), IfMatch),
    request_body = Reasoned,
    responses((status = 200, body = IssueView, description = "办理后的事项 / The issue as it is now")),
)]
#[post("/v1/issues/{issue_id}/insist")]
pub(crate) async fn insist_on_issue(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reasoned>,
) -> Answer {
    let id = IssueId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, IssueAction::Insist), async |work, target, input| {
            let issue = commands::insist(work, target, input.clone()).await?;
            after(work, issue).await
        })
        .await
}

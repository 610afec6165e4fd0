//! Confirmation and cancellation: Article 23 「一事一号，一办一销」. Nothing is cancelled without a reply
//! and a confirmation or a ruling; closed is not solved.

use gongjian_kernel::{Result, Target, Work};
use serde_json::json;

use super::super::IssueId;
use super::super::case::Case;
use super::super::clock::ClockReason;
use super::super::input::{Feedback, Reasoned, Remark};
use super::super::store::Issue;
use super::intake::signed;
use crate::event;
use crate::policy::LedgerPolicy;
use crate::vocabulary::{ClosureBasis, IssueAction, Outcome, Satisfaction};

/// What a feedback leads to: acceptance, a new round, or a ruling once the automatic rounds are used up.
#[must_use]
pub fn verdict(issue: &Issue, feedback: &Feedback, policy: &LedgerPolicy) -> IssueAction {
    let told_why = matches!(issue.outcome, Some(Outcome::Planned | Outcome::Explained | Outcome::NotFeasible));
    let content = feedback.satisfaction != Satisfaction::Dissatisfied;
    if content && (feedback.solved || told_why) {
        return IssueAction::Confirm;
    }
    if issue.automatic_reopenings < signed(policy.automatic_reopenings) {
        IssueAction::Reopen
    } else {
        IssueAction::Dispute
    }
}

/// The submitter's representative says whether it is solved and how content the unit is.
pub async fn confirm(work: &mut Work<'_>, target: Target<IssueId>, feedback: Feedback) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Confirm).await?;
    let action = verdict(&case.issue, &feedback, &case.policy.value);
    let data = json!({
        "contacted": feedback.contacted, "solved": feedback.solved,
        "satisfaction": feedback.satisfaction, "comment": feedback.comment,
    });
    if action == IssueAction::Reopen {
        case.issue.automatic_reopenings += 1;
        return start_round(work, case, data).await;
    }
    let issue = &mut case.issue;
    issue.contacted = Some(feedback.contacted);
    issue.solved = Some(feedback.solved);
    issue.satisfaction = Some(feedback.satisfaction);
    issue.feedback_comment = feedback.comment.map(Into::into);
    if action == IssueAction::Dispute {
        case.turn_into(IssueAction::Dispute);
        return case.close(work, &event::DISPUTED, data).await;
    }
    issue.closure_basis = Some(ClosureBasis::SubmitterConfirmed);
    issue.confirmed_on = Some(work.today());
    case.close(work, &event::CONFIRMED, data).await
}

/// Silence after the reply counts as confirmation; it is no feedback and enters no rate.
pub async fn auto_confirm(work: &mut Work<'_>, target: Target<IssueId>) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::AutoConfirm).await?;
    case.issue.closure_basis = Some(ClosureBasis::AutoConfirmed);
    case.issue.confirmed_on = Some(work.today());
    let data = json!({ "confirm_due_on": case.issue.confirm_due_on });
    case.close(work, &event::AUTO_CONFIRMED, data).await
}

/// The secretariat rules on an issue that the submitter still objects to; it stays unsolved in the rates.
pub async fn rule(work: &mut Work<'_>, target: Target<IssueId>, why: Reasoned) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Rule).await?;
    case.issue.closure_basis = Some(ClosureBasis::SecretariatRuling);
    case.issue.ruling = Some(why.reason.to_string());
    case.issue.confirmed_on = Some(work.today());
    case.close(work, &event::RULED, json!({ "reason": why.reason })).await
}

/// The secretariat reopens the issue: a new round and a new clock, under the same number.
pub async fn reopen(work: &mut Work<'_>, target: Target<IssueId>, why: Reasoned) -> Result<Issue> {
    let case = Case::open(work, target, IssueAction::Reopen).await?;
    start_round(work, case, json!({ "reason": why.reason })).await
}

async fn start_round(work: &mut Work<'_>, mut case: Case, mut data: serde_json::Value) -> Result<Issue> {
    let today = work.today();
    let limit = case.policy.value.reopened_limit(case.issue.kind, case.issue.urgency);
    let issue = &mut case.issue;
    issue.round += 1;
    issue.round_started_on = Some(today);
    issue.limit_workdays = signed(limit);
    issue.run(&case.calendar, ClockReason::Reopened, today, limit, today)?;
    issue.base_due_on = issue.due_on;
    issue.extension_workdays = 0;
    issue.extension_count = 0;
    issue.extension_reason = None;
    issue.meeting_workdays = 0;
    issue.forum = None;
    issue.meeting_no = None;
    issue.conference_id = None;
    issue.extension_pending = None;
    issue.replied_on = None;
    issue.outcome = None;
    issue.reply = None;
    issue.measures = None;
    issue.reply_signed_by = None;
    issue.reply_attachments = None;
    issue.handling_workdays = None;
    issue.confirm_due_on = None;
    issue.contacted = None;
    issue.solved = None;
    issue.satisfaction = None;
    issue.feedback_comment = None;
    issue.feedback_excluded = None;
    issue.closure_basis = None;
    issue.ruling = None;
    issue.confirmed_on = None;
    issue.closed_on = None;
    if let Some(data) = data.as_object_mut() {
        data.insert("due_on".to_owned(), json!(issue.due_on));
    }
    case.turn_into(IssueAction::Reopen);
    case.close(work, &event::REOPENED, data).await
}

/// Cancels the issue from the ledger (销号).
pub async fn cancel(work: &mut Work<'_>, target: Target<IssueId>, remark: Remark) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Cancel).await?;
    case.issue.closed_on = Some(work.today());
    let data = json!({
        "basis": case.issue.closure_basis, "outcome": case.issue.outcome, "note": remark.note,
    });
    case.close(work, &event::CLOSED, data).await
}

/// Takes a feedback out of the rates (剔除), with a reason that stays on record.
pub async fn exclude_feedback(work: &mut Work<'_>, target: Target<IssueId>, why: Reasoned) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::ExcludeFeedback).await?;
    case.issue.feedback_excluded = Some(why.reason.to_string());
    case.close(work, &event::FEEDBACK_EXCLUDED, json!({ "reason": why.reason })).await
}

//! What moves the clock: extension, suspension (挂账), a meeting, a new calendar.

use chrono::Days;
use gongjian_kernel::calendar::Calendar;
use gongjian_kernel::{Refusal, Result, Target, Work, policy};
use serde_json::json;

use super::super::IssueId;
use super::super::case::{Case, record};
use super::super::clock::ClockReason;
use super::super::input::{ExtensionDecision, ExtensionRequest, Remark, Suspension};
use super::super::store::{Issue, issue};
use super::intake::signed;
use crate::event;
use crate::policy::LedgerPolicy;
use crate::vocabulary::{IssueAction, IssueStatus};

/// The lead department asks for more time, before the deadline and with a reason.
pub async fn request_extension(work: &mut Work<'_>, target: Target<IssueId>, ask: ExtensionRequest) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::RequestExtension).await?;
    at_most("/workdays", ask.workdays, case.policy.value.extension_workdays_max)?;
    case.issue.extension_pending = Some(signed(ask.workdays));
    case.issue.extension_reason = Some(ask.reason.to_string());
    case.issue.extension_count += 1;
    let data = json!({ "workdays": ask.workdays, "reason": ask.reason, "due_on": case.issue.due_on });
    case.close(work, &event::EXTENSION_REQUESTED, data).await
}

/// The secretariat decides; the submitter is told through the issue's history.
pub async fn decide_extension(
    work: &mut Work<'_>,
    target: Target<IssueId>,
    decision: ExtensionDecision,
) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::DecideExtension).await?;
    if !decision.granted && decision.note.is_none() {
        return Err(Refusal::field("/note", "required", "不同意延期时应说明理由。", "A refusal needs its reason."));
    }
    let issue = &mut case.issue;
    let asked = u32::try_from(issue.extension_pending.take().unwrap_or(0)).unwrap_or(0);
    let before = issue.due_on;
    let entry = if decision.granted {
        issue.extension_workdays += signed(asked);
        issue.lengthen(&case.calendar, ClockReason::Extended, asked, work.today())?;
        &event::EXTENSION_GRANTED
    } else {
        &event::EXTENSION_REFUSED
    };
    let data = json!({ "workdays": asked, "before": before, "due_on": issue.due_on, "note": decision.note });
    case.close(work, entry, data).await
}

/// The secretary-general suspends the issue; the clock stops until a day of review. At the review the
/// suspension may go on, to another day.
pub async fn suspend(work: &mut Work<'_>, target: Target<IssueId>, order: Suspension) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Suspend).await?;
    let today = work.today();
    let latest = today.checked_add_days(Days::new(case.policy.value.suspension_review_days_max.into()));
    if order.review_on <= today || Some(order.review_on) > latest {
        let days = case.policy.value.suspension_review_days_max;
        return Err(Refusal::field(
            "/review_on",
            "out_of_range",
            format!("复核日期须在今日之后 {days} 日以内。"),
            format!("The review must be within {days} days after today."),
        ));
    }
    let issue = &mut case.issue;
    let goes_on = issue.status == IssueStatus::Suspended;
    if !goes_on {
        issue.pause(&case.calendar, today)?;
        // What is suspended is before no conference.
        issue.conference_id = None;
    }
    let data = json!({
        "reason": order.reason, "plan": order.plan, "review_on": order.review_on,
        "lapsed_extension_workdays": issue.extension_pending.take(),
    });
    issue.review_on = Some(order.review_on);
    issue.suspension_reason = Some(order.reason.into());
    issue.suspension_plan = Some(order.plan.into());
    let entry = if goes_on { &event::SUSPENSION_CONTINUED } else { &event::SUSPENDED };
    case.close(work, entry, data).await
}

/// Ends the suspension; the clock goes on with what was left.
pub async fn resume(work: &mut Work<'_>, target: Target<IssueId>, remark: Remark) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Resume).await?;
    let issue = &mut case.issue;
    issue.unpause(&case.calendar, work.today())?;
    issue.review_on = None;
    issue.suspension_reason = None;
    issue.suspension_plan = None;
    let data = json!({ "note": remark.note, "due_on": issue.due_on });
    case.close(work, &event::RESUMED, data).await
}

/// A new calendar: the deadlines of an open issue are counted again, and the change is on record.
pub(crate) async fn recount(work: &mut Work<'_>, before: Issue, calendar: &Calendar) -> Result<bool> {
    let policy = policy::within::<LedgerPolicy>(work).await?;
    let mut after = before.clone();
    if before.status.is_running() {
        after.recount(calendar, work.today())?;
    }
    if let (IssueStatus::Dispatched, Some(on)) = (before.status, before.dispatched_on) {
        after.sign_due_on = Some(calendar.add(on, policy.value.sign_workdays).on);
    }
    if let (IssueStatus::AwaitingConfirmation, Some(on)) = (before.status, before.replied_on) {
        after.confirm_due_on = Some(calendar.add(on, policy.value.silence_workdays).on);
    }
    if after == before {
        return Ok(false);
    }
    after.version += 1;
    after.updated_at = work.now();
    work.update::<issue::Entity>(&before, &after).await?;
    let data = json!({
        "before": before.due_on, "due_on": after.due_on, "sign_due_on": after.sign_due_on,
        "confirm_due_on": after.confirm_due_on,
    });
    record(work, &after, &event::DEADLINE_RECOMPUTED, Some(before.status), data);
    Ok(true)
}

pub(super) fn at_most(pointer: &str, days: u32, limit: u32) -> Result<()> {
    if days <= limit {
        return Ok(());
    }
    Err(Refusal::field(
        pointer,
        "out_of_range",
        format!("至多 {limit} 个工作日。"),
        format!("At most {limit} working days."),
    ))
}

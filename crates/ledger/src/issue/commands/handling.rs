//! Dispatch and handling: Article 23 「责成相关党政部门处理，协调会员单位协助」.

use gongjian_kernel::{EventEntry, Refusal, Result, Target, Work};
use gongjian_membership::{UnitId, unit};
use serde_json::json;

use super::super::IssueId;
use super::super::case::Case;
use super::super::input::{Attachment, NewNote, NewReply, Order, Remark, ReturnSlip};
use super::super::store::{self, Issue, Note};
use super::intake::signed;
use crate::event;
use crate::fault::LEAD_IS_SUBMITTER;
use crate::standing;
use crate::vocabulary::{IssueAction, NoteKind};

/// Orders exactly one lead department to handle the issue and asks others to assist.
pub async fn dispatch(work: &mut Work<'_>, target: Target<IssueId>, order: Order) -> Result<Issue> {
    let case = Case::open(work, target, IssueAction::Dispatch).await?;
    order_to(work, case, order, &event::DISPATCHED).await
}

/// The secretariat changes the lead or the assisting units. Number, round and clock stay.
pub async fn reassign(work: &mut Work<'_>, target: Target<IssueId>, order: Order) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Reassign).await?;
    case.issue.extension_pending = None;
    order_to(work, case, order, &event::REASSIGNED).await
}

async fn order_to(work: &mut Work<'_>, mut case: Case, order: Order, entry: &'static EventEntry) -> Result<Issue> {
    let lead = UnitId(order.lead_unit_id);
    let assisting: Vec<UnitId> = order.assisting_unit_ids.iter().copied().map(UnitId).collect();
    check_order(work, lead, case.issue.submitter_unit_id, &assisting).await?;
    store::ask_to_assist(work, case.issue.id, &assisting).await?;

    let today = work.today();
    let policy = &case.policy.value;
    let issue = &mut case.issue;
    let before = issue.lead_unit_id;
    issue.lead_unit_id = Some(lead);
    issue.dispatched_on = Some(today);
    issue.sign_due_on = Some(case.calendar.add(today, policy.sign_workdays).on);
    issue.signed_on = None;
    issue.designated = issue.return_count >= signed(policy.return_limit);
    issue.instructions = order.instructions.map(Into::into);
    let data = json!({
        "lead_unit_id": lead, "before_unit_id": before, "assisting_unit_ids": assisting,
        "designated": issue.designated, "sign_due_on": issue.sign_due_on, "due_on": issue.due_on,
        "instructions": issue.instructions,
    });
    case.close(work, entry, data).await
}

/// All that is wrong with the units of an order, at once.
async fn check_order(work: &Work<'_>, lead: UnitId, submitter: UnitId, assisting: &[UnitId]) -> Result<()> {
    let mut faults = Vec::new();
    let mut note = |refused: Refusal| {
        if refused.fields.is_empty() {
            return Err(refused);
        }
        faults.extend(refused.fields);
        Ok(())
    };
    if lead == submitter {
        note(Refusal::of(&LEAD_IS_SUBMITTER).at("/lead_unit_id"))?;
    } else if let Err(refused) = unit::queries::require_department(work.tx(), lead).await {
        note(refused.at("/lead_unit_id"))?;
    }
    for (at, unit) in assisting.iter().enumerate() {
        let pointer = format!("/assisting_unit_ids/{at}");
        if *unit == lead || *unit == submitter || assisting[..at].contains(unit) {
            let zh = "协助单位不能重复，也不能是牵头部门或提出单位。";
            let en = "An assisting unit is named once and is neither lead nor submitter.";
            note(Refusal::field(&pointer, "duplicate", zh, en))?;
        } else if let Err(refused) = unit::queries::require_active(work.tx(), *unit).await {
            note(refused.at(&pointer))?;
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
}

/// The lead department signs for the issue.
pub async fn sign(work: &mut Work<'_>, target: Target<IssueId>, remark: Remark) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Sign).await?;
    case.issue.signed_on = Some(work.today());
    case.close(work, &event::SIGNED, json!({ "note": remark.note })).await
}

/// The lead department returns the issue within its limit; the secretariat dispatches it again.
pub async fn return_issue(work: &mut Work<'_>, target: Target<IssueId>, slip: ReturnSlip) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Return).await?;
    let suggested = slip.suggested_unit_id.map(UnitId);
    if let Some(unit) = suggested {
        let known = unit::queries::require_department(work.tx(), unit).await;
        known.map_err(|refused| refused.at("/suggested_unit_id"))?;
    }
    let issue = &mut case.issue;
    let data = json!({
        "reason": slip.reason, "suggested_unit_id": suggested, "lead_unit_id": issue.lead_unit_id,
        "lapsed_extension_workdays": issue.extension_pending.take(),
    });
    issue.return_count += 1;
    issue.return_reason = Some(slip.reason.into());
    issue.suggested_unit_id = suggested;
    case.close(work, &event::RETURNED, data).await
}

/// An assisting unit says what it did.
pub async fn contribute(work: &mut Work<'_>, target: Target<IssueId>, new: NewNote) -> Result<(Issue, Note)> {
    let case = Case::open(work, target, IssueAction::Contribute).await?;
    let note = put_note(work, &case.issue, NoteKind::Contribution, new).await?;
    let assisting = store::assisting(work.tx(), case.issue.id).await?;
    if let Some(unit) = work.actor().units().map(UnitId).find(|unit| assisting.contains(unit)) {
        standing::assisted(work, unit, &case.issue).await?;
    }
    let data = json!({ "note_id": note.id, "unit_id": note.unit_id, "text": note.text });
    Ok((case.close(work, &event::CONTRIBUTED, data).await?, note))
}

/// The lead department reports progress.
pub async fn report_progress(work: &mut Work<'_>, target: Target<IssueId>, new: NewNote) -> Result<(Issue, Note)> {
    let case = Case::open(work, target, IssueAction::ReportProgress).await?;
    let note = put_note(work, &case.issue, NoteKind::Progress, new).await?;
    let data = json!({ "note_id": note.id, "text": note.text });
    Ok((case.close(work, &event::PROGRESS_REPORTED, data).await?, note))
}

async fn put_note(work: &Work<'_>, issue: &Issue, kind: NoteKind, new: NewNote) -> Result<Note> {
    let note = Note {
        id: work.new_id(),
        issue_id: issue.id,
        kind,
        round: issue.round,
        unit_id: work.actor().units().next().map(UnitId),
        author_name: work.actor().name.to_string(),
        text: new.text.into(),
        attachments: attachments(&new.attachments)?,
        created_at: work.now(),
    };
    store::insert_note(work, &note).await?;
    Ok(note)
}

fn attachments(list: &[Attachment]) -> Result<String> {
    Ok(serde_json::to_string(list)?)
}

/// The lead department answers; the submitter has its say before anything is cancelled.
pub async fn reply(work: &mut Work<'_>, target: Target<IssueId>, new: NewReply) -> Result<Issue> {
    let mut case = Case::open(work, target, IssueAction::Reply).await?;
    let today = work.today();
    let confirm_due_on = case.calendar.add(today, case.policy.value.silence_workdays).on;
    let worked = case.issue.worked(&case.calendar, today)?;
    let data = json!({
        "outcome": new.outcome, "text": new.text, "measures": new.measures, "signed_by": new.signed_by,
        "attachments": new.attachments, "confirm_due_on": confirm_due_on, "handling_workdays": worked,
        "lapsed_extension_workdays": case.issue.extension_pending,
    });
    let issue = &mut case.issue;
    issue.reply_attachments = Some(attachments(&new.attachments)?);
    issue.replied_on = Some(today);
    issue.outcome = Some(new.outcome);
    issue.reply = Some(new.text.into());
    issue.measures = Some(new.measures.into());
    issue.reply_signed_by = Some(new.signed_by.into());
    issue.handling_workdays = i32::try_from(worked).ok();
    issue.confirm_due_on = Some(confirm_due_on);
    issue.extension_pending = None;
    case.close(work, &event::REPLIED, data).await
}

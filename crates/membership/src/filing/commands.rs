//! Filing something, and looking at the form of what was filed.

use chrono::{Datelike as _, NaiveDate};
use gongjian_identity::PersonId;
use gongjian_kernel::actor::Association;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, Refusal, Result, Target, Text, Work, calendar, number, policy};
use serde_json::json;
use uuid::Uuid;

use super::action::{FILING_CHECK, FILING_READ};
use super::deadline::Deadline;
use super::event::{FILING_ACCEPTED, FILING_RETURNED};
use super::fault::FILING_CHECKED_ALREADY;
use super::{Filing, FilingAction, FilingId, FilingKind, FilingPolicy, FilingStatus, store};
use crate::unit::UnitId;

/// What is reported to the secretariat. Part of a command that puts it into effect and on record.
#[derive(Debug, Clone)]
pub struct NewFiling {
    pub kind: FilingKind,
    pub unit: Option<UnitId>,
    pub person: Option<PersonId>,
    pub predecessor: Option<PersonId>,
    /// The record that takes effect with it.
    pub subject: (&'static str, Uuid),
    pub event_on: NaiveDate,
    pub filed_on: NaiveDate,
}

/// The number of the next receipt: `BA-2026-0012`. Others wait for it until the commit.
pub async fn receipt_no(work: &Work<'_>) -> Result<String> {
    let policy = policy::within::<FilingPolicy>(work).await?;
    let year = work.today().year();
    let n = number::next(work, "filing", "association", year).await?;
    Ok(format!("{}-{year}-{n:04}", policy.value.receipt_prefix))
}

/// Files it under the next receipt. What those file who check the form of filings is accepted thereby.
pub async fn submit(work: &Work<'_>, new: NewFiling) -> Result<Filing> {
    let policy = policy::within::<FilingPolicy>(work).await?;
    let calendar = calendar::within(work).await?;
    let deadline = Deadline::of(&calendar, &policy.value, new.event_on);
    let submitted_by = work.actor().person.map(PersonId);
    let checked = work.actor().may(&FILING_CHECK, &Association);
    let corrects_id = store::returned_before(work, new.kind, new.unit, new.person).await?;
    let filing = Filing {
        id: work.new_id(),
        kind: new.kind,
        unit_id: new.unit,
        person_id: new.person,
        predecessor_id: new.predecessor,
        subject_kind: new.subject.0.to_owned(),
        subject_id: new.subject.1,
        submitted_by,
        submitted_at: work.now(),
        event_on: new.event_on,
        filed_on: new.filed_on,
        due_on: deadline.due_on,
        late_workdays: deadline.late_workdays(&calendar, new.filed_on),
        status: if checked { FilingStatus::Accepted } else { FilingStatus::Submitted },
        checked_by: submitted_by.filter(|_| checked),
        checked_at: checked.then(|| work.now()),
        return_reason: None,
        corrects_id,
        version: 1,
        receipt_no: receipt_no(work).await?,
    };
    store::insert(work, &filing).await?;
    Ok(filing)
}

/// The form is in order.
pub async fn accept(work: &mut Work<'_>, target: Target<FilingId>) -> Result<Filing> {
    check(work, target, FilingAction::Accept, None).await
}

/// The form is not in order. What was filed stays in effect until something else is filed.
pub async fn return_for_correction(
    work: &mut Work<'_>,
    target: Target<FilingId>,
    reason: Text<2, 500>,
) -> Result<Filing> {
    check(work, target, FilingAction::Return, Some(reason.into_string())).await
}

async fn check(
    work: &mut Work<'_>,
    target: Target<FilingId>,
    action: FilingAction,
    return_reason: Option<String>,
) -> Result<Filing> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&FILING_CHECK, &FILING_READ, &before)?;
    target.is_current(before.version)?;
    let Some(status) = before.status.next(action) else {
        return Err(Refusal { allowed_actions: Some(Vec::new()), ..Refusal::of(&FILING_CHECKED_ALREADY) });
    };
    let after = Filing {
        status,
        checked_by: work.actor().person.map(PersonId),
        checked_at: Some(work.now()),
        return_reason,
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::row::Entity>(&before, &after).await?;
    let entry = match action {
        FilingAction::Accept => &FILING_ACCEPTED,
        FilingAction::Return => &FILING_RETURNED,
    };
    let data = json!({ "receipt_no": after.receipt_no, "unit_id": after.unit_id, "reason": after.return_reason });
    work.record(Event::new(entry, after.id.0, data));
    Ok(after)
}

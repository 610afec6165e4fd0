//! Drafting a call for opinion, opening, closing and answering it.

use chrono::Datelike as _;
use gongjian_identity::PersonId;
use gongjian_kernel::actor::Association;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Permission, Refusal, Result, Target, Text, Work, calendar, number, policy};
use gongjian_membership::UnitId;
use sea_orm::{QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::action::Asked;
use super::store::{self, call, opinion, point};
use super::{Call, CallAction, CallId, CallStatus, OpinionStatus, queries};
use crate::acting;
use crate::briefing::action::{CALL_ANSWER, CALL_DRAFT, CALL_OPEN, CALL_READ};
use crate::briefing::fault::{NOBODY_ASKED, OPINION_CALL_NOT_OPEN, OPINION_CALL_RUNNING, POINTS_UNDECIDED};
use crate::briefing::policy::LONGEST_LIMIT;
use crate::briefing::{Audience, BriefingPolicy, audience, event};
use crate::decision::Matter;

/// A call to be drafted.
#[derive(Debug, Clone)]
pub struct NewCall {
    pub title: Text<2, 100>,
    pub question: Text<2, 1000>,
    pub background: Text<2, 10000>,
    /// What it serves: the draft of a plan, of a rule.
    pub serves: Text<2, 200>,
    pub matter: Option<Matter>,
    pub audience: Audience,
    /// Working days to reply in; of the policy where none is given.
    pub workdays: Option<u32>,
}

/// What is changed of a draft; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct CallEdit {
    pub title: Option<Text<2, 100>>,
    pub question: Option<Text<2, 1000>>,
    pub background: Option<Text<2, 10000>>,
    pub serves: Option<Text<2, 200>>,
    pub matter: Option<Matter>,
    pub audience: Option<Audience>,
    pub workdays: Option<u32>,
}

fn checked(workdays: u32) -> Result<i32> {
    let in_range = (1..=LONGEST_LIMIT).contains(&workdays);
    i32::try_from(workdays)
        .ok()
        .filter(|_| in_range)
        .ok_or_else(|| Refusal::field("/workdays", "out_of_range", "应为 1 至 250。", "Give 1 to 250."))
}

/// Article 2: the secretariat drafts what the council asks.
pub async fn draft(work: &mut Work<'_>, new: NewCall) -> Result<Call> {
    work.authorize(&CALL_DRAFT, &CALL_DRAFT, &Association)?;
    new.audience.check("/audience")?;
    let usual = policy::within::<BriefingPolicy>(work).await?.value.opinion_workdays;
    let call = Call {
        id: work.new_id(),
        number: None,
        title: new.title.into_string(),
        question: new.question.into_string(),
        background: new.background.into_string(),
        serves: new.serves.into_string(),
        matter: new.matter,
        audience_kind: new.audience.kind,
        audience_street: new.audience.street.map(Text::into_string),
        audience_unit_type: new.audience.unit_type,
        status: CallStatus::Draft,
        workdays: checked(new.workdays.unwrap_or(usual))?,
        due_on: None,
        due_estimated: false,
        calendar_basis: None,
        drafted_by: work.actor().person.map(PersonId),
        drafted_at: work.now(),
        opened_by: None,
        opened_at: None,
        closed_at: None,
        answered_by: None,
        answered_at: None,
        summary: None,
        cancel_reason: None,
        version: 1,
    };
    store::insert_call(work, &call).await?;
    let data = json!({ "title": call.title, "serves": call.serves, "audience": call.audience_kind });
    work.record(Event::new(&event::CALL_DRAFTED, call.id.0, data));
    Ok(call)
}

pub async fn edit(work: &mut Work<'_>, target: Target<CallId>, edit: CallEdit) -> Result<Call> {
    let before = open_case(work, target, &CALL_DRAFT, CallAction::Edit).await?;
    let mut after = before.clone();
    let texts = [
        (&mut after.title, edit.title.map(Text::into_string)),
        (&mut after.question, edit.question.map(Text::into_string)),
        (&mut after.background, edit.background.map(Text::into_string)),
        (&mut after.serves, edit.serves.map(Text::into_string)),
    ];
    for (text, new) in texts {
        if let Some(new) = new {
            *text = new;
        }
    }
    after.matter = edit.matter.or(before.matter);
    if let Some(workdays) = edit.workdays {
        after.workdays = checked(workdays)?;
    }
    if let Some(audience) = edit.audience {
        audience.check("/audience")?;
        after.audience_kind = audience.kind;
        after.audience_street = audience.street.map(Text::into_string);
        after.audience_unit_type = audience.unit_type;
    }
    save(work, &before, after, &event::CALL_EDITED, json!({})).await
}

/// By order of the secretary-general it goes out: who is asked is counted out now, and stays.
pub async fn open(work: &mut Work<'_>, target: Target<CallId>) -> Result<Call> {
    let before = open_case(work, target, &CALL_OPEN, CallAction::Open).await?;
    let street = before.audience_street.as_deref();
    let (kind, unit_type) = (before.audience_kind, before.audience_unit_type);
    let units = audience::units(work.tx(), kind, street, unit_type, work.now()).await?;
    if units.is_empty() {
        return Err(Refusal::of(&NOBODY_ASKED));
    }
    store::ask(work, before.id, &units).await?;
    let calendar = calendar::within(work).await?;
    let today = work.today();
    let due = calendar.add(today, before.workdays.unsigned_abs());
    let prefix = policy::within::<BriefingPolicy>(work).await?.value.call_prefix.clone();
    let year = today.year();
    let number = number::next(work, "opinion_call", &prefix, year).await?;
    let after = Call {
        status: CallStatus::Open,
        number: Some(format!("{prefix}-{year}-{number:04}")),
        due_on: Some(due.on),
        due_estimated: due.estimated,
        calendar_basis: Some(calendar.basis(today, due.on)),
        opened_by: work.actor().person.map(PersonId),
        opened_at: Some(work.now()),
        ..before.clone()
    };
    let data = json!({ "number": after.number, "asked": units.len(), "due_on": after.due_on });
    save(work, &before, after, &event::CALL_OPENED, data).await
}

/// After the deadline; before it, units still have their time.
pub async fn close(work: &mut Work<'_>, target: Target<CallId>) -> Result<Call> {
    let before = open_case(work, target, &CALL_ANSWER, CallAction::Close).await?;
    if Some(work.today()) <= before.due_on {
        return Err(Refusal::of(&OPINION_CALL_RUNNING));
    }
    let after = Call { status: CallStatus::Closed, closed_at: Some(work.now()), ..before.clone() };
    save(work, &before, after, &event::CALL_CLOSED, json!({ "number": before.number })).await
}

/// Article 2: the summary goes to all who were asked, and each unit is told what became of its points. Not while
/// a single point has no result.
pub async fn answer(work: &mut Work<'_>, target: Target<CallId>, summary: Text<2, 10000>) -> Result<Call> {
    let before = open_case(work, target, &CALL_ANSWER, CallAction::Answer).await?;
    let given = opinion::Entity::find()
        .filter(opinion::Column::CallId.eq(before.id))
        .filter(opinion::Column::Status.eq(OpinionStatus::Submitted))
        .select_only()
        .column(opinion::Column::Id);
    let undecided = point::Entity::find()
        .filter(point::Column::OpinionId.in_subquery(sea_orm::QueryTrait::into_query(given)))
        .filter(point::Column::Result.is_null());
    if undecided.exists(work.tx()).await? {
        return Err(Refusal::of(&POINTS_UNDECIDED));
    }
    let after = Call {
        status: CallStatus::Answered,
        summary: Some(summary.into_string()),
        answered_by: work.actor().person.map(PersonId),
        answered_at: Some(work.now()),
        ..before.clone()
    };
    let tally = queries::tallies(work.tx(), &[before.id]).await?.remove(&before.id).unwrap_or_default();
    let data = json!({
        "number": before.number, "replied": tally.replied, "adopted": tally.adopted, "partly": tally.partly,
        "not_adopted": tally.not_adopted,
    });
    save(work, &before, after, &event::CALL_ANSWERED, data).await
}

/// What was asked is not asked any more; nobody is owed a result.
pub async fn cancel(work: &mut Work<'_>, target: Target<CallId>, reason: Text<2, 500>) -> Result<Call> {
    let before = open_case(work, target, &CALL_OPEN, CallAction::Cancel).await?;
    let after = Call { status: CallStatus::Cancelled, cancel_reason: Some(reason.into_string()), ..before.clone() };
    let data = json!({ "number": before.number, "reason": after.cancel_reason });
    save(work, &before, after, &event::CALL_CANCELLED, data).await
}

/// Loads, authorizes, and refuses what is stale or not open now.
async fn open_case(work: &Work<'_>, target: Target<CallId>, wanted: &Permission, action: CallAction) -> Result<Call> {
    let before = store::lock_call(work, target.id).await?;
    let units = store::asked_of(work.tx(), before.id, work.actor().units().map(UnitId)).await?;
    work.authorize(wanted, &CALL_READ, &Asked { call: &before, units: &units })?;
    target.is_current(before.version)?;
    step(&before, action)?;
    Ok(before)
}

async fn save(
    work: &mut Work<'_>,
    before: &Call,
    after: Call,
    event: &'static EventEntry,
    data: serde_json::Value,
) -> Result<Call> {
    let after = Call { version: before.version + 1, ..after };
    work.update::<call::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}

pub(super) fn step(call: &Call, action: CallAction) -> Result<CallStatus> {
    call.status.next(action).ok_or_else(|| {
        let open = call.status.open_actions().map(CallAction::as_str).collect();
        let of = ("征求意见", "call for opinion");
        acting::not_open(&OPINION_CALL_NOT_OPEN, of, (call.status.label(), action.label()), open)
    })
}

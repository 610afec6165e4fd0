//! Announcing an exchange event, holding and cancelling it; signing up and taking it back (Article 17(1)).

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_governance::acting::{not_open, unit_of};
use gongjian_governance::body::{self, BodyId};
use gongjian_governance::office::queries::lead_unit;
use gongjian_identity::PersonId;
use gongjian_kernel::clock::day;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, FieldFault, Refusal, Result, Say, Target, Text, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::require_active;
use serde_json::json;

use super::queries::{affair, units_of};
use super::{
    ExchangeAction as Action, ExchangeEvent, ExchangeEventId, ExchangeKind, ExchangeStatus, SignUp, SignUpAction,
    SignUpId, SignUpStatus, store,
};
use crate::committee::action::{Affair, EXCHANGE_HOST, EXCHANGE_READ, EXCHANGE_SIGN_UP};
use crate::committee::commands::{lock, standing};
use crate::committee::event::{EXCHANGE_ANNOUNCED, EXCHANGE_CANCELLED, EXCHANGE_HELD, SIGN_UP_WITHDRAWN, SIGNED_UP};
use crate::committee::fault::{
    EXCHANGE_AHEAD, EXCHANGE_FULL, EXCHANGE_NOT_OPEN, SIGN_UP_NOT_FOUND, SIGN_UP_NOT_OPEN, SIGN_UP_OVER,
    SIGNED_UP_ALREADY,
};

/// What a committee announces.
#[derive(Debug, Clone)]
pub struct NewExchange {
    pub kind: ExchangeKind,
    pub title: Text<2, 200>,
    pub detail: Text<2, 2000>,
    pub starts_at: DateTime<Utc>,
    pub place: Text<1, 200>,
    pub sign_up_until: Option<NaiveDate>,
    pub capacity: Option<i32>,
}

/// What came of an event.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub outcome: Text<2, 2000>,
    pub attendance_count: i32,
}

/// A director or the lead unit announces it.
pub async fn announce(work: &mut Work<'_>, id: BodyId, new: NewExchange) -> Result<ExchangeEvent> {
    let body = lock(work, id).await?;
    let affair = Affair { lead: lead_unit(work.tx(), body.id, work.today()).await?, ..Affair::of(&body) };
    work.authorize(&EXCHANGE_HOST, &EXCHANGE_HOST, &affair)?;
    standing(work, &body)?;
    ahead(&new, work.now())?;
    let event = ExchangeEvent {
        id: work.new_id(),
        body_id: body.id,
        kind: new.kind,
        title: new.title.into_string(),
        detail: new.detail.into_string(),
        starts_at: new.starts_at,
        place: new.place.into_string(),
        sign_up_until: new.sign_up_until,
        capacity: new.capacity,
        status: ExchangeStatus::Announced,
        announced_by: work.actor().person.map(PersonId),
        announced_at: work.now(),
        outcome: None,
        attendance_count: None,
        reason: None,
        ended_at: None,
        version: 1,
    };
    store::insert(work, &event).await?;
    let data = json!({
        "committee": body.code, "kind": event.kind, "title": event.title, "starts_at": event.starts_at,
        "sign_up_until": event.sign_up_until, "capacity": event.capacity,
    });
    work.record(Event::new(&EXCHANGE_ANNOUNCED, event.id.0, data));
    Ok(event)
}

/// It has taken place: what came of it, and how many came.
pub async fn hold(work: &mut Work<'_>, target: Target<ExchangeEventId>, given: Outcome) -> Result<ExchangeEvent> {
    let before = open(work, target).await?;
    let after = step(&before, Action::Hold)?;
    if work.now() < before.starts_at {
        return Err(Refusal::of(&EXCHANGE_AHEAD));
    }
    let after = ExchangeEvent {
        outcome: Some(given.outcome.into_string()),
        attendance_count: Some(given.attendance_count),
        ..after
    };
    let data = json!({ "outcome": after.outcome, "attendance_count": after.attendance_count });
    save(work, &before, after, &EXCHANGE_HELD, data).await
}

/// It does not take place, and everybody is told why.
pub async fn cancel(
    work: &mut Work<'_>,
    target: Target<ExchangeEventId>,
    reason: Text<2, 500>,
) -> Result<ExchangeEvent> {
    let before = open(work, target).await?;
    let after = ExchangeEvent { reason: Some(reason.into_string()), ..step(&before, Action::Cancel)? };
    let data = json!({ "reason": after.reason });
    save(work, &before, after, &EXCHANGE_CANCELLED, data).await
}

/// A member unit signs up, once, while there is a place.
pub async fn sign_up(work: &mut Work<'_>, id: ExchangeEventId, unit: Option<UnitId>) -> Result<SignUp> {
    let unit = unit_of(work.actor(), &EXCHANGE_SIGN_UP, unit)?;
    let event = store::lock(work, id).await?;
    let body = body::get(work.tx(), event.body_id).await?;
    let affair = Affair { unit: Some(unit), ..affair(&body, None, id) };
    work.authorize(&EXCHANGE_SIGN_UP, &EXCHANGE_READ, &affair)?;
    standing(work, &body)?;
    require_active(work.tx(), unit).await?;
    if event.status != ExchangeStatus::Announced {
        let said = (event.status.label(), Say::fixed("报名", "Sign up"));
        return Err(not_open(&EXCHANGE_NOT_OPEN, ("该活动", "event"), said, Vec::new()));
    }
    let taking_part = units_of(work.tx(), id).await?;
    if taking_part.contains(&unit) {
        return Err(Refusal::of(&SIGNED_UP_ALREADY));
    }
    if !event.takes_sign_ups(work.now()) {
        return Err(Refusal::of(&SIGN_UP_OVER));
    }
    if event.capacity.is_some_and(|places| usize::try_from(places).is_ok_and(|places| taking_part.len() >= places)) {
        return Err(Refusal::of(&EXCHANGE_FULL));
    }
    let sign_up = SignUp {
        id: work.new_id(),
        event_id: id,
        unit_id: unit,
        status: SignUpStatus::SignedUp,
        signed_up_by: work.actor().person.map(PersonId),
        signed_up_at: work.now(),
        withdrawn_at: None,
        version: 1,
    };
    store::insert_sign_up(work, &sign_up).await?;
    let data = json!({ "exchange_event_id": id, "unit_id": unit });
    work.record(Event::new(&SIGNED_UP, sign_up.id.0, data));
    Ok(sign_up)
}

/// The unit takes it back before the event is over; its place is free.
pub async fn withdraw(work: &mut Work<'_>, target: Target<SignUpId>) -> Result<SignUp> {
    let event = store::get_sign_up(work.tx(), target.id).await?.event_id;
    // The event is held first, as by every sign-up, so that places are counted one after the other.
    let event = store::lock(work, event).await?;
    let before = store::lock_sign_up(work, target.id).await?;
    let body = body::get(work.tx(), event.body_id).await?;
    let affair = Affair {
        unit: Some(before.unit_id),
        unknown: &SIGN_UP_NOT_FOUND,
        subject: ("exchange_sign_up", Some(before.id.0)),
        ..Affair::of(&body)
    };
    work.authorize(&EXCHANGE_SIGN_UP, &EXCHANGE_READ, &affair)?;
    target.is_current(before.version)?;
    standing(work, &body)?;
    let status = before.status.next(SignUpAction::Withdraw).ok_or_else(|| {
        let said = (before.status.label(), SignUpAction::Withdraw.label());
        not_open(&SIGN_UP_NOT_OPEN, ("该报名", "sign-up"), said, Vec::new())
    })?;
    if event.status != ExchangeStatus::Announced {
        let said = (event.status.label(), SignUpAction::Withdraw.label());
        return Err(not_open(&SIGN_UP_NOT_OPEN, ("该活动", "event"), said, Vec::new()));
    }
    let after = SignUp { status, withdrawn_at: Some(work.now()), version: before.version + 1, ..before.clone() };
    work.update::<store::sign_up::Entity>(&before, &after).await?;
    let data = json!({ "exchange_event_id": event.id, "unit_id": after.unit_id });
    work.record(Event::new(&SIGN_UP_WITHDRAWN, after.id.0, data));
    Ok(after)
}

async fn open(work: &Work<'_>, target: Target<ExchangeEventId>) -> Result<ExchangeEvent> {
    let event = store::lock(work, target.id).await?;
    let body = body::get(work.tx(), event.body_id).await?;
    let lead = lead_unit(work.tx(), body.id, work.today()).await?;
    work.authorize(&EXCHANGE_HOST, &EXCHANGE_READ, &affair(&body, lead, event.id))?;
    target.is_current(event.version)?;
    standing(work, &body)?;
    Ok(event)
}

async fn save(
    work: &mut Work<'_>,
    before: &ExchangeEvent,
    after: ExchangeEvent,
    event: &'static EventEntry,
    data: serde_json::Value,
) -> Result<ExchangeEvent> {
    let after = ExchangeEvent { ended_at: Some(work.now()), ..after };
    work.update::<store::row::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}

/// The event after the action.
fn step(before: &ExchangeEvent, action: Action) -> Result<ExchangeEvent> {
    let status = before.status.next(action).ok_or_else(|| {
        let open = before.status.open_actions().map(Action::as_str).collect();
        not_open(&EXCHANGE_NOT_OPEN, ("该活动", "event"), (before.status.label(), action.label()), open)
    })?;
    Ok(ExchangeEvent { status, version: before.version + 1, ..before.clone() })
}

/// What is announced lies ahead, and so does the last day for signing up.
fn ahead(new: &NewExchange, now: DateTime<Utc>) -> Result<()> {
    let mut faults = Vec::new();
    let mut fault = |at, code, zh, en| faults.push(FieldFault::body(at, code, Say::fixed(zh, en)));
    if new.starts_at <= now {
        fault("/starts_at", "in_past", "活动时间须在此刻之后。", "It must lie after now.");
    }
    if new.sign_up_until.is_some_and(|until| until < day(now)) {
        fault("/sign_up_until", "in_past", "报名截止日期不能早于今天。", "It must not lie before today.");
    }
    if new.sign_up_until.is_some_and(|until| until > day(new.starts_at)) {
        let zh = "报名截止日期不能晚于活动当日。";
        fault("/sign_up_until", "after_starts_at", zh, "It must not lie after the day of the event.");
    }
    if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults)) }
}

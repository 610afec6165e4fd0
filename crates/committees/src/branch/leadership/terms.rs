//! Laying the terms of a branch, and keeping a rotation going. The branch is locked wherever terms change.

use std::collections::HashSet;

use chrono::NaiveDate;
use gongjian_governance::body::{Body, BodyId};
use gongjian_governance::office::commands::{preside, stand_down};
use gongjian_identity::Identity;
use gongjian_kernel::{Act, Event, Result, Store, Work, policy, write};
use gongjian_membership::UnitId;
use gongjian_membership::unit::members_on;
use sea_orm::{QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::rotation::{Slot, extend, lay};
use super::{Leadership, LeadershipMode, Term, store};
use crate::branch::event::ROTATION_LAID;
use crate::branch::{BranchPolicy, lock};

/// The members of the street today.
pub(super) async fn members(work: &Work<'_>, body: &Body) -> Result<HashSet<UnitId>> {
    let members = members_on(work.tx(), work.today(), body.street_code.as_deref()).await?;
    Ok(members.into_iter().map(|(unit, _)| unit).collect())
}

/// One unit presides from that day on.
pub(super) async fn put_one(
    work: &mut Work<'_>,
    identity: &Identity,
    body: &Body,
    leadership: &Leadership,
    unit: UnitId,
) -> Result<()> {
    let from = leadership.valid_from;
    put(work, identity, body, leadership, Slot { position: 0, unit }, (from, None)).await
}

/// These turns follow each other from that day on; what was laid from there is no more.
pub(super) async fn put_turns(
    work: &mut Work<'_>,
    identity: &Identity,
    body: &Body,
    leadership: &Leadership,
    from: NaiveDate,
    slots: &[Slot],
) -> Result<()> {
    clear(work, identity, body, from).await?;
    let months = leadership.period_months.and_then(|months| u32::try_from(months).ok()).unwrap_or(1);
    for span in lay(slots, from, months) {
        put(work, identity, body, leadership, span.slot, (span.from, Some(span.until))).await?;
    }
    store::lapse(work, body.id).await?;
    let units: Vec<UnitId> = slots.iter().map(|slot| slot.unit).collect();
    work.record(Event::new(&ROTATION_LAID, body.id.0, json!({ "from": from, "unit_ids": units })));
    Ok(())
}

/// From that day on no unit presides.
pub(super) async fn clear(work: &mut Work<'_>, identity: &Identity, body: &Body, from: NaiveDate) -> Result<()> {
    store::cut(work, body.id, from).await?;
    stand_down(work, identity, body, from).await
}

async fn put(
    work: &mut Work<'_>,
    identity: &Identity,
    body: &Body,
    leadership: &Leadership,
    slot: Slot,
    (from, until): (NaiveDate, Option<NaiveDate>),
) -> Result<()> {
    preside(work, identity, body, slot.unit, (from, until), &leadership.basis).await?;
    let term = Term {
        id: work.new_id(),
        leadership_id: leadership.id,
        body_id: body.id,
        position: i32::try_from(slot.position).unwrap_or(0),
        unit_id: slot.unit,
        valid_from: from,
        valid_until: until,
        report: None,
        reported_by: None,
        reported_at: None,
        version: 1,
    };
    store::insert_term(work, &term).await
}

pub(super) fn slot_of(term: &Term) -> Slot {
    Slot { position: usize::try_from(term.position).unwrap_or(0), unit: term.unit_id }
}

/// Keeps the rotations going: who has left the street or the association is followed by the next, and so many terms
/// as the policy says are laid ahead. Returns how many branches were laid anew.
pub async fn tend(store: &Store, identity: &Identity) -> Result<usize> {
    let rotating: Vec<BodyId> = store::row::Entity::find()
        .filter(store::row::Column::Mode.eq(LeadershipMode::DualRotating))
        .select_only()
        .column(store::row::Column::BodyId)
        .distinct()
        .into_tuple()
        .all(store.db.reader())
        .await?;
    let act = Act::by_rule(store);
    let mut laid = 0;
    for id in rotating {
        let anew = write(store, &act, async |work| {
            let body = lock(work, id).await?;
            go_on(work, identity, &body).await
        });
        laid += usize::from(anew.await?);
    }
    Ok(laid)
}

/// The rotation in force goes on from today. The branch is locked.
pub(super) async fn go_on(work: &mut Work<'_>, identity: &Identity, body: &Body) -> Result<bool> {
    let today = work.today();
    let in_force = store::in_force(work.tx(), [body.id], today).await?.pop();
    let latest = store::latest(work.tx(), body.id).await?;
    let Some(leadership) = in_force.filter(|it| it.mode == LeadershipMode::DualRotating) else { return Ok(false) };
    if latest.is_some_and(|latest| latest.id != leadership.id) {
        // Something else is agreed on already: nothing is laid beyond it.
        return Ok(false);
    }
    let members = members(work, body).await?;
    let mut living = store::living(work.tx(), body.id, today).await?;
    let running = if living.first().is_some_and(|term| term.runs_on(today)) { Some(living.remove(0)) } else { None };
    let stays = running.as_ref().filter(|term| members.contains(&term.unit_id));
    let from = stays.and_then(|term| term.valid_until).unwrap_or(today);
    let known: Vec<Slot> = living.iter().map(slot_of).collect();
    let mut slots: Vec<Slot> = known.iter().filter(|slot| members.contains(&slot.unit)).copied().collect();
    let ahead = policy::within::<BranchPolicy>(work).await?.value.terms_ahead;
    let wanted = usize::try_from(ahead).unwrap_or(1) + usize::from(stays.is_none());
    extend(&mut slots, &leadership.order()?, running.as_ref().map(|term| slot_of(term).position), &members, wanted);
    if slots == known && (stays.is_some() || running.is_none() && slots.is_empty()) {
        return Ok(false);
    }
    put_turns(work, identity, body, &leadership, from, &slots).await?;
    Ok(true)
}

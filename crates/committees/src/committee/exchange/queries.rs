//! Reading exchange events and sign-ups. Whoever reads units reads them.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_governance::body::{self, Body, BodyId};
use gongjian_governance::office::queries::lead_unit;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Result, Store};
use gongjian_membership::UnitId;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::{self, row, sign_up};
use super::{ExchangeEvent, ExchangeEventId, ExchangeKind, ExchangeStatus, SignUp, SignUpId, SignUpStatus};
use crate::committee::action::{Affair, EXCHANGE_READ, EXCHANGE_SIGN_UP};
use crate::committee::fault::{EXCHANGE_NOT_FOUND, SIGN_UP_NOT_FOUND};
use crate::committee::queries::lead_units;

/// An event with its committee, and how many units have signed up.
#[derive(Debug, Clone)]
pub struct ExchangeOnFile {
    pub event: ExchangeEvent,
    pub body: Body,
    pub lead: Option<UnitId>,
    pub sign_ups: i64,
}

impl ExchangeOnFile {
    /// As permissions see it.
    #[must_use]
    pub fn affair(&self) -> Affair<'_> {
        affair(&self.body, self.lead, self.event.id)
    }
}

pub(super) fn affair(body: &Body, lead: Option<UnitId>, id: ExchangeEventId) -> Affair<'_> {
    let subject = ("exchange_event", Some(id.0));
    Affair { body, lead, unit: None, unknown: &EXCHANGE_NOT_FOUND, subject }
}

/// A sign-up with the event that it is for.
#[derive(Debug, Clone)]
pub struct SignUpOnFile {
    pub sign_up: SignUp,
    pub event: ExchangeEvent,
    pub body: Body,
}

impl SignUpOnFile {
    /// As permissions see it.
    #[must_use]
    pub fn affair(&self) -> Affair<'_> {
        Affair {
            body: &self.body,
            lead: None,
            unit: Some(self.sign_up.unit_id),
            unknown: &SIGN_UP_NOT_FOUND,
            subject: ("exchange_sign_up", Some(self.sign_up.id.0)),
        }
    }
}

/// What a list of events is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExchangeFilter {
    pub committee_id: Option<Uuid>,
    pub kind: Vec<ExchangeKind>,
    pub status: Vec<ExchangeStatus>,
}

/// What a list of sign-ups is narrowed to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SignUpFilter {
    pub exchange_event_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub status: Vec<SignUpStatus>,
}

pub async fn find(db: &impl ConnectionTrait, id: ExchangeEventId, today: NaiveDate) -> Result<ExchangeOnFile> {
    let event = store::get(db, id).await?;
    let body = body::get(db, event.body_id).await?;
    let lead = lead_unit(db, body.id, today).await?;
    let sign_ups = taken(db, [id]).await?.remove(&id).unwrap_or_default();
    Ok(ExchangeOnFile { event, body, lead, sign_ups })
}

/// The event, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: ExchangeEventId, wanted: &Permission) -> Result<ExchangeOnFile> {
    require_reader(actor)?;
    let found = find(store.db.reader(), id, store.today()).await?;
    authorize(actor, wanted, &EXCHANGE_READ, &found.affair())?;
    Ok(found)
}

/// Whether the actor may sign up a unit for the event; for which one, the body says.
pub async fn may_sign_up(store: &Store, actor: &Actor, id: ExchangeEventId) -> Result<()> {
    let found = check(store, actor, id, &EXCHANGE_READ).await?;
    if actor.has_some(&EXCHANGE_SIGN_UP) {
        return Ok(());
    }
    authorize(actor, &EXCHANGE_SIGN_UP, &EXCHANGE_READ, &found.affair())
}

pub async fn find_sign_up(db: &impl ConnectionTrait, id: SignUpId) -> Result<SignUpOnFile> {
    let sign_up = store::get_sign_up(db, id).await?;
    let event = store::get(db, sign_up.event_id).await?;
    Ok(SignUpOnFile { body: body::get(db, event.body_id).await?, sign_up, event })
}

/// The sign-up, for whoever may do that to it.
pub async fn check_sign_up(store: &Store, actor: &Actor, id: SignUpId, wanted: &Permission) -> Result<SignUpOnFile> {
    require_reader(actor)?;
    let found = find_sign_up(store.db.reader(), id).await?;
    authorize(actor, wanted, &EXCHANGE_READ, &found.affair())?;
    Ok(found)
}

/// The units that take part.
pub(super) async fn units_of(db: &impl ConnectionTrait, id: ExchangeEventId) -> Result<Vec<UnitId>> {
    use sign_up::Column as C;
    let live = sign_up::Entity::find().filter(C::EventId.eq(id)).filter(C::Status.eq(SignUpStatus::SignedUp));
    Ok(live.select_only().column(C::UnitId).into_tuple().all(db).await?)
}

/// How many units have signed up for each. One query.
async fn taken(
    db: &impl ConnectionTrait,
    events: impl IntoIterator<Item = ExchangeEventId>,
) -> Result<HashMap<ExchangeEventId, i64>> {
    use sign_up::Column as C;
    let rows: Vec<(ExchangeEventId, i64)> = sign_up::Entity::find()
        .select_only()
        .column(C::EventId)
        .column_as(C::Id.count(), "sign_ups")
        .filter(C::EventId.is_in(events))
        .filter(C::Status.eq(SignUpStatus::SignedUp))
        .group_by(C::EventId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// One page of events, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ExchangeFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ExchangeOnFile>> {
    use row::Column as C;
    require_reader(actor)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("exchange_events", filter))?;
    let mut query = row::Entity::find().order_by_desc(C::Id).limit(limit + 1);
    if let Some(body) = filter.committee_id {
        query = query.filter(C::BodyId.eq(body));
    }
    if !filter.kind.is_empty() {
        query = query.filter(C::Kind.is_in(filter.kind.iter().copied()));
    }
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: ExchangeEventId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let bodies = bodies(db).await?;
    let leads = lead_units(db, store.today()).await?;
    let taken = taken(db, page.rows.iter().map(|event| event.id)).await?;
    let on_file = |event: ExchangeEvent| {
        Some(ExchangeOnFile {
            body: bodies.get(&event.body_id)?.clone(),
            lead: leads.get(&event.body_id).copied(),
            sign_ups: taken.get(&event.id).copied().unwrap_or_default(),
            event,
        })
    };
    Ok(Page { rows: page.rows.into_iter().filter_map(on_file).collect(), next_cursor: page.next_cursor })
}

/// One page of sign-ups, the latest first.
pub async fn list_sign_ups(
    store: &Store,
    actor: &Actor,
    filter: &SignUpFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<SignUpOnFile>> {
    use sign_up::Column as C;
    require_reader(actor)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("exchange_sign_ups", filter))?;
    let mut query = sign_up::Entity::find().order_by_desc(C::Id).limit(limit + 1);
    if let Some(event) = filter.exchange_event_id {
        query = query.filter(C::EventId.eq(event));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(C::UnitId.eq(unit));
    }
    if !filter.status.is_empty() {
        query = query.filter(C::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: SignUpId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let bodies = bodies(db).await?;
    let ids = page.rows.iter().map(|sign_up| sign_up.event_id);
    let events = row::Entity::find().filter(row::Column::Id.is_in(ids)).all(db).await?;
    let events: HashMap<ExchangeEventId, ExchangeEvent> = events.into_iter().map(|it| (it.id, it)).collect();
    let on_file = |sign_up: SignUp| {
        let event = events.get(&sign_up.event_id)?.clone();
        Some(SignUpOnFile { body: bodies.get(&event.body_id)?.clone(), event, sign_up })
    };
    Ok(Page { rows: page.rows.into_iter().filter_map(on_file).collect(), next_cursor: page.next_cursor })
}

async fn bodies(db: &impl ConnectionTrait) -> Result<HashMap<BodyId, Body>> {
    Ok(body::all(db).await?.into_iter().map(|body| (body.id, body)).collect())
}

fn require_reader(actor: &Actor) -> Result<()> {
    if actor.has_some(&EXCHANGE_READ) {
        return Ok(());
    }
    authorize(actor, &EXCHANGE_READ, &EXCHANGE_READ, &Association)
}

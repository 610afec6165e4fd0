//! Reading instruments. Who may read is part of the `WHERE`.

use chrono::NaiveDate;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::INSTRUMENT_READ;
use super::fault::{INSTRUMENT_NOT_FOUND, INSTRUMENT_OF_THE_YEAR_EXISTS};
use super::item::{self, Item};
use super::store::row::{Column, Entity};
use super::{Instrument, InstrumentId, InstrumentKind, InstrumentStatus};

/// An instrument with its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentOnFile {
    pub instrument: Instrument,
    pub items: Vec<Item>,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InstrumentFilter {
    pub kind: Vec<InstrumentKind>,
    pub status: Vec<InstrumentStatus>,
    pub year: Option<i32>,
    /// Those that hold on that day.
    pub in_force_on: Option<NaiveDate>,
}

impl Instrument {
    #[must_use]
    pub fn is_in_force_on(&self, day: NaiveDate) -> bool {
        self.effective_from.is_some_and(|first| first <= day) && self.ended_on.is_none_or(|end| day < end)
    }
}

pub async fn require(db: &impl ConnectionTrait, id: InstrumentId) -> Result<Instrument> {
    Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&INSTRUMENT_NOT_FOUND))
}

/// The instrument with its items.
pub async fn on_file(db: &impl ConnectionTrait, instrument: Instrument) -> Result<InstrumentOnFile> {
    let items = item::of(db, instrument.id).await?;
    Ok(InstrumentOnFile { instrument, items })
}

pub async fn get(store: &Store, actor: &Actor, id: InstrumentId) -> Result<InstrumentOnFile> {
    let instrument = require(store.db.reader(), id).await?;
    authorize(actor, &INSTRUMENT_READ, &INSTRUMENT_READ, &instrument)?;
    on_file(store.db.reader(), instrument).await
}

/// Article 11: a year has one plan and one report. The unique index says so again.
pub(super) async fn require_none_of_year(
    db: &impl ConnectionTrait,
    kind: InstrumentKind,
    year: Option<i32>,
) -> Result<()> {
    let Some(year) = year else { return Ok(()) };
    let adopted = Column::DecisionId.is_not_null().and(Column::EndedOn.is_null());
    let found = Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Year.eq(year)).filter(adopted);
    if found.one(db).await?.is_some() { Err(Refusal::of(&INSTRUMENT_OF_THE_YEAR_EXISTS)) } else { Ok(()) }
}

/// One page of instruments, the latest first, without their items.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &InstrumentFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Instrument>> {
    let sealed_for = serde_json::to_string(&("instruments", filter))?;
    let readable: Vec<InstrumentStatus> =
        InstrumentStatus::ALL.iter().copied().filter(|status| actor.may(&INSTRUMENT_READ, status)).collect();
    if readable.is_empty() {
        authorize(actor, &INSTRUMENT_READ, &INSTRUMENT_READ, &Association)?;
    }
    let wanted = readable.into_iter().filter(|it| filter.status.is_empty() || filter.status.contains(it));
    let mut query = Entity::find().filter(Column::Status.is_in(wanted)).order_by_desc(Column::Id).limit(limit + 1);
    if !filter.kind.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kind.iter().copied()));
    }
    if let Some(year) = filter.year {
        query = query.filter(Column::Year.eq(year));
    }
    if let Some(day) = filter.in_force_on {
        let begun = Column::EffectiveFrom.lte(day);
        query = query.filter(begun.and(Column::EndedOn.is_null().or(Column::EndedOn.gt(day))));
    }
    if let Some(cursor) = cursor {
        let before: InstrumentId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| row.id)
}

//! Reading functional zones.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use gongjian_membership::UnitId;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::ZONE_READ;
use super::fault::ZONE_NOT_FOUND;
use super::store::row::{Column as C, Entity};
use super::store::street;
use super::{Zone, ZoneId};

/// A zone with its streets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneOnFile {
    pub zone: Zone,
    pub streets: Vec<String>,
}

/// What a list of zones is narrowed to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ZoneFilter {
    pub street_code: Option<String>,
    pub lead_unit: Option<UnitId>,
}

pub async fn find(db: &impl ConnectionTrait, id: ZoneId) -> Result<ZoneOnFile> {
    let row = Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&ZONE_NOT_FOUND))?;
    on_file(db, vec![row]).await?.pop().ok_or_else(|| Refusal::of(&ZONE_NOT_FOUND))
}

/// The zone, for one who may read it.
pub async fn get(store: &Store, actor: &Actor, id: ZoneId) -> Result<ZoneOnFile> {
    require_reader(actor)?;
    find(store.db.reader(), id).await
}

/// One page of zones in the order in which they were filed.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ZoneFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ZoneOnFile>> {
    require_reader(actor)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("zones", filter))?;
    let mut query = Entity::find().order_by_asc(C::Id).limit(limit + 1);
    if let Some(code) = &filter.street_code {
        let lies_in = Query::select()
            .column(street::Column::ZoneId)
            .from(street::Entity)
            .and_where(street::Column::StreetCode.eq(code))
            .to_owned();
        query = query.filter(C::Id.in_subquery(lies_in));
    }
    if let Some(unit) = filter.lead_unit {
        query = query.filter(C::LeadUnitId.eq(unit));
    }
    if let Some(cursor) = cursor {
        let after: ZoneId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: on_file(db, page.rows).await?, next_cursor: page.next_cursor })
}

/// Who convenes these zones.
pub async fn leads(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ZoneId>,
) -> Result<HashMap<ZoneId, UnitId>> {
    let known = Entity::find().filter(C::Id.is_in(ids)).all(db).await?;
    Ok(known.into_iter().map(|zone| (zone.id, zone.lead_unit_id)).collect())
}

/// What these zones are called.
pub async fn names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ZoneId>,
) -> Result<HashMap<ZoneId, String>> {
    let known = Entity::find().filter(C::Id.is_in(ids)).all(db).await?;
    Ok(known.into_iter().map(|zone| (zone.id, zone.name)).collect())
}

/// The zones that one of these units convenes, for a `WHERE`.
#[must_use]
pub fn convened_by(units: Vec<Uuid>) -> SelectStatement {
    Query::select().column(C::Id).from(Entity).and_where(C::LeadUnitId.is_in(units)).to_owned()
}

/// Every zone that is in force on that day, by its code, with its streets. Two queries.
pub async fn on_day(db: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<ZoneOnFile>> {
    let until = C::ValidUntil;
    let rows = Entity::find()
        .filter(C::ValidFrom.lte(day))
        .filter(Condition::any().add(until.is_null()).add(until.gt(day)))
        .order_by_asc(C::Code)
        .all(db)
        .await?;
    on_file(db, rows).await
}

/// One query for the streets of a page.
async fn on_file(db: &impl ConnectionTrait, rows: Vec<Zone>) -> Result<Vec<ZoneOnFile>> {
    let streets = street::Entity::find()
        .filter(street::Column::ZoneId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(street::Column::StreetCode)
        .all(db)
        .await?;
    let of = |zone: ZoneId| streets.iter().filter(move |row| row.zone_id == zone).map(|row| row.street_code.clone());
    Ok(rows.into_iter().map(|zone| ZoneOnFile { streets: of(zone.id).collect(), zone }).collect())
}

/// Whoever may not read a zone may not know of any.
fn require_reader(actor: &Actor) -> Result<()> {
    if actor.has_some(&ZONE_READ) { Ok(()) } else { authorize(actor, &ZONE_READ, &ZONE_READ, &Association) }
}

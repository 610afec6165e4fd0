//! Reading units. Article 9(2): every member may know who the members are.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::Association;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Actor, Refusal, Result, Store, Work, actor};
use sea_orm::sea_query::LikeExpr;
use sea_orm::{
    Condition, ConnectionTrait, DerivePartialModel, ExprTrait as _, QueryOrder, QuerySelect, entity::prelude::*,
};
use serde::Serialize;

use super::contact::{ContactKind, ContactOnFile};
use super::membership::UnitStatus;
use super::model::{AffiliationLevel, UnitType};
use super::store::{contact, unit};
use super::{Unit, UnitId};
use crate::action::UNIT_READ;
use crate::directory::{self, search::Window};
use crate::fault::{NOT_A_DEPARTMENT, UNIT_NOT_ACTIVE, UNIT_NOT_FOUND};

/// A unit in a list.
#[derive(Debug, Clone, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "unit::Entity")]
pub struct UnitCard {
    pub id: UnitId,
    pub member_no: String,
    pub name: String,
    pub unit_type: UnitType,
    pub affiliation_level: AffiliationLevel,
    pub street_code: String,
    pub handles_issues: bool,
    pub status: UnitStatus,
    pub joined_on: Option<NaiveDate>,
}

/// What a list of units is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UnitFilter {
    pub status: Vec<UnitStatus>,
    pub unit_type: Vec<UnitType>,
    pub affiliation_level: Vec<AffiliationLevel>,
    pub street_code: Vec<String>,
    pub handles_issues: Option<bool>,
    /// A part of the name or of a former one, initials of its pinyin, or the beginning of a number.
    pub q: Option<String>,
}

pub async fn find(db: &impl ConnectionTrait, id: UnitId) -> Result<Option<Unit>> {
    Ok(unit::Entity::find_by_id(id).one(db).await?)
}

/// The unit, for one who may read it.
pub async fn get(store: &Store, actor: &Actor, id: UnitId) -> Result<Unit> {
    let unit = require(store.db.reader(), id).await?;
    actor::authorize(actor, &UNIT_READ, &UNIT_READ, &unit)?;
    Ok(unit)
}

async fn require(db: &impl ConnectionTrait, id: UnitId) -> Result<Unit> {
    find(db, id).await?.ok_or_else(|| Refusal::of(&UNIT_NOT_FOUND))
}

/// The units that pass the filter, by member number.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &UnitFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<UnitCard>> {
    actor::authorize(actor, &UNIT_READ, &UNIT_READ, &Association)?;
    let sealed_for = serde_json::to_string(&("units", filter))?;
    // The member number is unique, so it is the whole key.
    let after = cursor.map(|cursor| page::open::<String>(&store.keys, &sealed_for, cursor)).transpose()?;
    let rows = cards(store, filter, after, limit + 1).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |card| card.member_no.clone())
}

/// The next units that pass the filter, by member number.
async fn cards(store: &Store, filter: &UnitFilter, after: Option<String>, limit: u64) -> Result<Vec<UnitCard>> {
    let window = Window { filter: filter.condition(), after, limit };
    if let Some(q) = &filter.q {
        return directory::search::page(store, q, &window).await;
    }
    let mut query = unit::Entity::find().filter(window.filter);
    if let Some(after) = window.after {
        query = query.filter(unit::Column::MemberNo.gt(after));
    }
    let query = query.order_by_asc(unit::Column::MemberNo).limit(limit);
    Ok(query.into_partial_model::<UnitCard>().all(store.db.reader()).await?)
}

impl UnitFilter {
    /// All but the words that are searched for.
    fn condition(&self) -> Condition {
        use unit::Column as C;
        let mut all = Condition::all();
        if !self.status.is_empty() {
            all = all.add(C::Status.is_in(self.status.iter().copied()));
        }
        if !self.unit_type.is_empty() {
            all = all.add(C::UnitType.is_in(self.unit_type.iter().copied()));
        }
        if !self.affiliation_level.is_empty() {
            all = all.add(C::AffiliationLevel.is_in(self.affiliation_level.iter().copied()));
        }
        if !self.street_code.is_empty() {
            all = all.add(C::StreetCode.is_in(&self.street_code));
        }
        all.add_option(self.handles_issues.map(|handles_issues| C::HandlesIssues.eq(handles_issues)))
    }
}

/// Any text around this one, whose own wildcards stand for themselves. Backslash would be read twice by
/// one of the databases.
pub(super) fn containing(part: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in part.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('!')
}

/// The persons who speak for these units now.
pub async fn contacts_of(
    db: &impl ConnectionTrait,
    units: impl IntoIterator<Item = UnitId>,
) -> Result<Vec<ContactOnFile>> {
    let rows = contact::Entity::find()
        .filter(contact::Column::UnitId.is_in(units))
        .filter(contact::Column::Until.is_null())
        .order_by_asc(contact::Column::UnitId)
        .order_by_desc(contact::Column::Kind)
        .all(db)
        .await?;
    let persons = person::list(db, rows.iter().map(|row| row.person_id)).await?;
    let persons: HashMap<PersonId, person::Person> = persons.into_iter().map(|person| (person.id, person)).collect();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let contact::Model { unit_id, kind, person_id, post, filed_on, since, filing_id, .. } = row;
            let person = persons.get(&person_id)?.clone();
            Some(ContactOnFile { unit_id, kind, person, post, filed_on, since, filing_id })
        })
        .collect())
}

/// The names of these units.
pub async fn names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = UnitId>,
) -> Result<HashMap<UnitId, String>> {
    let pairs: Vec<(UnitId, String)> = unit::Entity::find()
        .filter(unit::Column::Id.is_in(ids))
        .select_only()
        .columns([unit::Column::Id, unit::Column::Name])
        .into_tuple()
        .all(db)
        .await?;
    Ok(pairs.into_iter().collect())
}

/// Whether the person speaks for the unit now.
pub async fn is_current_contact(
    db: &impl ConnectionTrait,
    person: PersonId,
    unit: UnitId,
    kind: ContactKind,
) -> Result<bool> {
    Ok(contact::Entity::find()
        .filter(contact::Column::UnitId.eq(unit))
        .filter(contact::Column::Kind.eq(kind))
        .filter(contact::Column::PersonId.eq(person))
        .filter(contact::Column::Until.is_null())
        .exists(db)
        .await?)
}

/// The units whose fixed representative the person was at that instant (Article 25).
pub async fn represented_by(db: &impl ConnectionTrait, person: PersonId, at: DateTime<Utc>) -> Result<Vec<UnitId>> {
    Ok(contact::Entity::find()
        .filter(contact::Column::Kind.eq(ContactKind::Representative))
        .filter(contact::Column::PersonId.eq(person))
        .filter(contact::Column::Since.lte(at))
        .filter(contact::Column::Until.is_null().or(contact::Column::Until.gt(at)))
        .select_only()
        .column(contact::Column::UnitId)
        .into_tuple()
        .all(db)
        .await?)
}

/// The members of a type, now.
pub async fn active_of_type(db: &impl ConnectionTrait, unit_type: UnitType) -> Result<Vec<UnitId>> {
    Ok(unit::Entity::find()
        .filter(unit::Column::UnitType.eq(unit_type))
        .filter(unit::Column::Status.eq(UnitStatus::Active))
        .select_only()
        .column(unit::Column::Id)
        .order_by_asc(unit::Column::MemberNo)
        .into_tuple()
        .all(db)
        .await?)
}

/// Those of these units that are of the type.
pub async fn of_type_among(
    db: &impl ConnectionTrait,
    unit_type: UnitType,
    units: impl IntoIterator<Item = UnitId>,
) -> Result<Vec<UnitId>> {
    Ok(unit::Entity::find()
        .filter(unit::Column::Id.is_in(units))
        .filter(unit::Column::UnitType.eq(unit_type))
        .select_only()
        .column(unit::Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// The unit, if it is a member today.
pub async fn require_active(db: &impl ConnectionTrait, id: UnitId) -> Result<Unit> {
    let unit = require(db, id).await?;
    match unit.status {
        UnitStatus::Active => Ok(unit),
        UnitStatus::Withdrawn | UnitStatus::Dissolved => Err(Refusal::of(&UNIT_NOT_ACTIVE)),
    }
}

/// Article 23: the unit, if issues can be dispatched to it.
pub async fn require_department(db: &impl ConnectionTrait, id: UnitId) -> Result<Unit> {
    let unit = require_active(db, id).await?;
    if unit.handles_issues { Ok(unit) } else { Err(Refusal::of(&NOT_A_DEPARTMENT)) }
}

pub(super) const NAMES: &str = "unit_names";

/// The names of all units, at most a second old: every page of every list shows some.
pub async fn all_names(store: &Store) -> Result<Arc<HashMap<UnitId, String>>> {
    store.document(NAMES, async || every_name(store.db.reader()).await).await
}

/// The same, read on the connection of the unit of work where they are not at hand.
pub async fn all_names_within(work: &Work<'_>) -> Result<Arc<HashMap<UnitId, String>>> {
    work.store.document(NAMES, async || every_name(work.tx()).await).await
}

async fn every_name(db: &impl ConnectionTrait) -> Result<HashMap<UnitId, String>> {
    let pairs: Vec<(UnitId, String)> =
        unit::Entity::find().select_only().columns([unit::Column::Id, unit::Column::Name]).into_tuple().all(db).await?;
    Ok(pairs.into_iter().collect())
}

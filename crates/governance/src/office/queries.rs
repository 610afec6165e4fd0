//! Reading offices: what is known of tenures, with whoever holds them.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::names as unit_names;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::OFFICE_READ;
use super::fault::OFFICE_NOT_FOUND;
use super::store::row::{Column, Entity};
use super::{OfficeKind, Tenure, TenureId};
use crate::body::{Body, BodyId, bodies};
use crate::post::queries::held_on;
use crate::post::store::row as posts;
use crate::post::{HolderOnFile, Moment, Post, PostId};

/// A tenure with the names of what it is about, and whoever holds the office by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeOnFile {
    pub tenure: Tenure,
    pub body: Option<Body>,
    pub post: Option<Post>,
    pub unit_name: Option<String>,
    /// Where the office is in force that day.
    pub person: Option<(PersonId, String)>,
}

/// What a list of offices is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OfficeFilter {
    pub kind: Vec<OfficeKind>,
    pub body_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    /// Those in force on the day that is asked about, and no others.
    pub in_force: bool,
}

pub async fn find(db: &impl ConnectionTrait, id: TenureId, moment: Moment) -> Result<OfficeOnFile> {
    let tenure = Entity::find().filter(Column::Id.eq(id)).filter(moment.knows("office_tenure")).one(db).await?;
    let tenure = tenure.ok_or_else(|| Refusal::of(&OFFICE_NOT_FOUND))?;
    with_names(db, vec![tenure], moment).await?.pop().ok_or_else(|| Refusal::of(&OFFICE_NOT_FOUND))
}

pub async fn get(store: &Store, actor: &Actor, id: TenureId, moment: Moment) -> Result<OfficeOnFile> {
    require_reader(actor)?;
    find(store.db.reader(), id, moment).await
}

/// One page of offices, in the order in which they were filled.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &OfficeFilter,
    moment: Moment,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<OfficeOnFile>> {
    require_reader(actor)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("offices", filter, moment))?;
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit + 1);
    query = query.filter(if filter.in_force { moment.holds("office_tenure") } else { moment.knows("office_tenure") });
    if !filter.kind.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kind.iter().copied()));
    }
    if let Some(body) = filter.body_id {
        query = query.filter(Column::BodyId.eq(body));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if let Some(cursor) = cursor {
        let after: TenureId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: with_names(db, page.rows, moment).await?, next_cursor: page.next_cursor })
}

/// The lead unit of the committee on that day (Article 17).
pub async fn lead_unit(db: &impl ConnectionTrait, body: BodyId, day: NaiveDate) -> Result<Option<UnitId>> {
    let found = Entity::find()
        .filter(Column::BodyId.eq(body))
        .filter(Column::Kind.eq(OfficeKind::CommitteeLeadUnit))
        .filter(Moment::on(day).holds("office_tenure"))
        .one(db)
        .await?;
    Ok(found.and_then(|tenure| tenure.unit_id))
}

/// The council units of that day that are members (Article 14): whoever leaves the association has no seat left.
pub async fn council_units(db: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<(UnitId, String)>> {
    let held: Vec<UnitId> = Entity::find()
        .select_only()
        .column(Column::UnitId)
        .filter(Column::Kind.eq(OfficeKind::CouncilUnit))
        .filter(Column::UnitId.is_not_null())
        .filter(Moment::on(day).holds("office_tenure"))
        .into_tuple()
        .all(db)
        .await?;
    let members = gongjian_membership::unit::members_on(db, day, None).await?;
    Ok(members.into_iter().filter(|(unit, _)| held.contains(unit)).collect())
}

pub(super) fn require_reader(actor: &Actor) -> Result<()> {
    if actor.has_some(&OFFICE_READ) { Ok(()) } else { authorize(actor, &OFFICE_READ, &OFFICE_READ, &Association) }
}

/// A few queries for the whole page.
async fn with_names(db: &impl ConnectionTrait, rows: Vec<Tenure>, moment: Moment) -> Result<Vec<OfficeOnFile>> {
    let ids: Vec<PostId> = rows.iter().filter_map(|row| row.post_id).collect();
    let on_file = posts::Entity::find().filter(posts::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let on_file: HashMap<PostId, Post> = on_file.into_iter().map(|post| (post.id, post)).collect();
    let holders: HashMap<PostId, HolderOnFile> =
        held_on(db, &ids, moment).await?.into_iter().map(|held| (held.holding.post_id, held)).collect();
    let bodies: HashMap<BodyId, Body> = bodies(db, rows.iter().map(|row| row.body_id)).await?;
    let units: Vec<UnitId> = rows.iter().filter_map(|row| row.unit_id).collect();
    let units = unit_names(db, units).await?;
    let persons = person::list(db, rows.iter().filter_map(|row| row.person_id)).await?;
    let persons: HashMap<PersonId, String> = persons.into_iter().map(|person| (person.id, person.name)).collect();
    // Article 18: for a unit presides whoever represents it.
    let presiding: Vec<Uuid> =
        rows.iter().filter(|row| row.kind == OfficeKind::BranchCoPresident).map(|row| row.id.0).collect();
    let presidents = if presiding.is_empty() { Vec::new() } else { super::seats::by_id(db, presiding, moment).await? };
    let named = rows.into_iter().map(|tenure| {
        let in_force = tenure.valid_from <= moment.day && tenure.valid_until.is_none_or(|until| until > moment.day);
        let by_post = tenure.post_id.and_then(|post| holders.get(&post));
        let by_post = by_post.map(|held| (held.holding.person_id, held.name.clone()));
        let himself = tenure.person_id.and_then(|id| Some((id, persons.get(&id)?.clone())));
        let for_unit = presidents.iter().find(|seat| seat.tenure_id == Some(tenure.id));
        let for_unit = for_unit.and_then(|seat| Some((seat.person_id?, seat.person_name.clone()?)));
        OfficeOnFile {
            body: bodies.get(&tenure.body_id).cloned(),
            post: tenure.post_id.and_then(|post| on_file.get(&post).cloned()),
            unit_name: tenure.unit_id.and_then(|unit| units.get(&unit).cloned()),
            person: by_post.or(himself).or(for_unit).filter(|_| in_force),
            tenure,
        }
    });
    Ok(named.collect())
}

//! Reading experts: who may be asked about what.

use std::collections::HashMap;

use gongjian_identity::{Person, PersonId, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use gongjian_membership::unit::{UnitId, UnitType, queries as units};
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::{EXPERT_READ, Profile};
use super::fault::EXPERT_NOT_FOUND;
use super::store::{field, row, unit};
use super::term::{self, Term};
use super::{Expert, ExpertId, UnitTie};

/// An expert as he is on file today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpertOnFile {
    pub expert: Expert,
    pub person: Person,
    pub fields: Vec<String>,
    pub ties: Vec<UnitTie>,
    /// None where he is not in office today.
    pub term: Option<Term>,
    /// Article 8 takes military units in; their people are told to few.
    pub is_military: bool,
}

/// What a list is narrowed to. An empty list narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExpertFilter {
    pub field: Vec<String>,
    /// Whether he is an expert today.
    pub in_office: Option<bool>,
    pub available: Option<bool>,
    /// Units that he is or was with, or has an interest in.
    pub unit_id: Option<Uuid>,
}

pub async fn find(db: &impl ConnectionTrait, id: ExpertId, day: chrono::NaiveDate) -> Result<Option<ExpertOnFile>> {
    let Some(found) = row::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(on_file(db, vec![found], day).await?.pop())
}

pub async fn get(store: &Store, actor: &Actor, id: ExpertId) -> Result<ExpertOnFile> {
    let found = find(store.db.reader(), id, store.today()).await?.ok_or_else(|| Refusal::of(&EXPERT_NOT_FOUND))?;
    let profile = Profile { expert: &found.expert, reader: actor.person };
    authorize(actor, &EXPERT_READ, &EXPERT_READ, &profile)?;
    Ok(found)
}

/// One page of experts in the order in which they were filed.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ExpertFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ExpertOnFile>> {
    use row::Column as C;
    if !actor.has_some(&EXPERT_READ) {
        authorize(actor, &EXPERT_READ, &EXPERT_READ, &Association)?;
    }
    let (db, today) = (store.db.reader(), store.today());
    let sealed_for = serde_json::to_string(&("experts", filter))?;
    let mut query = row::Entity::find().order_by_asc(C::Id).limit(limit + 1);
    if !filter.field.is_empty() {
        let named = Query::select()
            .column(field::Column::ExpertId)
            .from(field::Entity)
            .and_where(field::Column::Field.is_in(&filter.field))
            .to_owned();
        query = query.filter(C::Id.in_subquery(named));
    }
    if let Some(in_office) = filter.in_office {
        let experts = term::in_office(today);
        query = query.filter(if in_office {
            C::PersonId.in_subquery(experts)
        } else {
            C::PersonId.not_in_subquery(experts)
        });
    }
    if let Some(available) = filter.available {
        query = query.filter(C::IsAvailable.eq(available));
    }
    if let Some(unit) = filter.unit_id {
        let tied = Query::select()
            .column(unit::Column::ExpertId)
            .from(unit::Entity)
            .and_where(unit::Column::UnitId.eq(unit))
            .to_owned();
        query = query.filter(C::Id.in_subquery(tied));
    }
    if let Some(cursor) = cursor {
        let after: ExpertId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(C::Id.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: on_file(db, page.rows, today).await?, next_cursor: page.next_cursor })
}

/// A fixed number of queries for a page.
async fn on_file(db: &impl ConnectionTrait, rows: Vec<Expert>, day: chrono::NaiveDate) -> Result<Vec<ExpertOnFile>> {
    let ids = || rows.iter().map(|row| row.id);
    let of: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let persons: HashMap<PersonId, Person> =
        person::list(db, of.iter().copied()).await?.into_iter().map(|person| (person.id, person)).collect();
    let terms = term::in_force(db, &of, day).await?;
    let fields = field::Entity::find()
        .filter(field::Column::ExpertId.is_in(ids()))
        .order_by_asc(field::Column::Field)
        .all(db)
        .await?;
    let ties = unit::Entity::find()
        .filter(unit::Column::ExpertId.is_in(ids()))
        .order_by_asc(unit::Column::UnitId)
        .all(db)
        .await?;
    let employers: Vec<UnitId> = rows.iter().filter_map(|row| row.employer_unit_id).collect();
    let military = units::of_type_among(db, UnitType::Military, employers).await?;
    let on_file = |expert: Expert| {
        Some(ExpertOnFile {
            person: persons.get(&expert.person_id)?.clone(),
            fields: fields.iter().filter(|it| it.expert_id == expert.id).map(|it| it.field.clone()).collect(),
            ties: ties.iter().filter(|it| it.expert_id == expert.id).cloned().collect(),
            term: terms.get(&expert.person_id).copied(),
            is_military: expert.employer_unit_id.is_some_and(|unit| military.contains(&unit)),
            expert,
        })
    };
    Ok(rows.clone().into_iter().filter_map(on_file).collect())
}

/// The names of these experts.
pub(super) async fn names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ExpertId>,
) -> Result<HashMap<ExpertId, String>> {
    let rows = row::Entity::find().filter(row::Column::Id.is_in(ids)).all(db).await?;
    let persons = person::list(db, rows.iter().map(|row| row.person_id)).await?;
    let persons: HashMap<PersonId, String> = persons.into_iter().map(|person| (person.id, person.name)).collect();
    Ok(rows.into_iter().filter_map(|row| Some((row.id, persons.get(&row.person_id)?.clone()))).collect())
}

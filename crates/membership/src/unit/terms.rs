//! Everybody who has been representative or liaison of a unit (Article 25).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use gongjian_identity::{Person, PersonId, person};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Actor, Refusal, Result, Store};
use sea_orm::{ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::contact::{Column, Entity};
use super::{ContactKind, Term, UnitContactId, UnitId, queries};
use crate::action::{UNIT_CONTACT_HISTORY, UNIT_READ};
use crate::fault::UNIT_NOT_FOUND;
use crate::filing::{Filing, FilingId, queries as filings};

/// A term with the person and what was filed about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermOnFile {
    pub term: Term,
    pub person: Person,
    pub filing: Option<Filing>,
}

/// What a history is narrowed to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TermFilter {
    pub kind: Option<ContactKind>,
}

/// The terms of a unit, the latest first.
pub async fn terms(
    store: &Store,
    actor: &Actor,
    unit: UnitId,
    filter: &TermFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<TermOnFile>> {
    let db = store.db.reader();
    let found = queries::find(db, unit).await?.ok_or_else(|| Refusal::of(&UNIT_NOT_FOUND))?;
    authorize(actor, &UNIT_CONTACT_HISTORY, &UNIT_READ, &found)?;
    let sealed_for = serde_json::to_string(&("terms", unit, filter))?;
    let mut query = Entity::find()
        .filter(Column::UnitId.eq(unit))
        .order_by_desc(Column::Since)
        .order_by_desc(Column::Id)
        .limit(limit + 1);
    if let Some(kind) = filter.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(cursor) = cursor {
        let (since, id): (DateTime<Utc>, UnitContactId) = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Since.lt(since).or(Column::Since.eq(since).and(Column::Id.lt(id))));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |term| (term.since, term.id))?;
    let persons = person::list(db, page.rows.iter().map(|term| term.person_id)).await?;
    let persons: HashMap<PersonId, Person> = persons.into_iter().map(|person| (person.id, person)).collect();
    let filed = filings::of(db, page.rows.iter().filter_map(|term| term.filing_id)).await?;
    let mut filed: HashMap<FilingId, Filing> = filed.into_iter().map(|filing| (filing.id, filing)).collect();
    let rows = page.rows.into_iter().map(|term| {
        let person = persons.get(&term.person_id).cloned();
        let person = person.ok_or_else(|| Refusal::internal("a term without a person"))?;
        let filing = term.filing_id.and_then(|id| filed.remove(&id));
        Ok(TermOnFile { term, person, filing })
    });
    Ok(Page { rows: rows.collect::<Result<_>>()?, next_cursor: page.next_cursor })
}

//! Reading filings. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::FILING_READ;
use super::fault::FILING_NOT_FOUND;
use super::store::row::{Column, Entity};
use super::{Filing, FilingId, FilingKind, FilingStatus};
use crate::action::own_units;

/// A filing with the names of the persons in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingOnFile {
    pub filing: Filing,
    pub person: Option<String>,
    pub predecessor: Option<String>,
    pub submitter: Option<String>,
    pub checker: Option<String>,
}

/// What a list of filings is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FilingFilter {
    pub status: Vec<FilingStatus>,
    pub kind: Vec<FilingKind>,
    pub unit_id: Option<uuid::Uuid>,
    pub late: Option<bool>,
}

pub async fn find(db: &impl ConnectionTrait, id: FilingId) -> Result<Option<FilingOnFile>> {
    let Some(filing) = Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(with_names(db, vec![filing]).await?.pop())
}

pub async fn get(store: &Store, actor: &Actor, id: FilingId) -> Result<FilingOnFile> {
    let found = find(store.db.reader(), id).await?.ok_or_else(|| Refusal::of(&FILING_NOT_FOUND))?;
    authorize(actor, &FILING_READ, &FILING_READ, &found.filing)?;
    Ok(found)
}

/// The filings with these ids, in no particular order.
pub async fn of(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = FilingId>) -> Result<Vec<Filing>> {
    Ok(Entity::find().filter(Column::Id.is_in(ids)).all(db).await?)
}

/// One page of filings in the order in which they were made.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &FilingFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<FilingOnFile>> {
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("filings", filter))?;
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit + 1);
    if !actor.may(&FILING_READ, &Association) {
        let own = own_units(actor, &FILING_READ);
        if own.is_empty() {
            authorize(actor, &FILING_READ, &FILING_READ, &Association)?;
        }
        query = query.filter(Column::UnitId.is_in(own));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if !filter.kind.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kind.iter().copied()));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(Column::UnitId.eq(unit));
    }
    query = match filter.late {
        Some(true) => query.filter(Column::LateWorkdays.gt(0)),
        Some(false) => query.filter(Column::LateWorkdays.eq(0)),
        None => query,
    };
    if let Some(cursor) = cursor {
        let after: FilingId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: with_names(db, page.rows).await?, next_cursor: page.next_cursor })
}

async fn with_names(db: &impl ConnectionTrait, rows: Vec<Filing>) -> Result<Vec<FilingOnFile>> {
    let ids = rows.iter().flat_map(|row| [row.person_id, row.predecessor_id, row.submitted_by, row.checked_by]);
    let persons = person::list(db, ids.flatten()).await?;
    let names: HashMap<PersonId, String> = persons.into_iter().map(|person| (person.id, person.name)).collect();
    let name = |id: Option<PersonId>| id.and_then(|id| names.get(&id).cloned());
    let named = rows.into_iter().map(|filing| FilingOnFile {
        person: name(filing.person_id),
        predecessor: name(filing.predecessor_id),
        submitter: name(filing.submitted_by),
        checker: name(filing.checked_by),
        filing,
    });
    Ok(named.collect())
}

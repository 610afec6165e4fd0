//! Reading contributions. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::CONTRIBUTION_READ;
use super::fault::CONTRIBUTION_NOT_FOUND;
use super::store::row::{Column, Entity};
use super::{Contribution, ContributionId, ContributionKind, ContributionStatus};
use crate::action::own_units;

/// A contribution with the name of whoever submitted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContributionOnFile {
    pub contribution: Contribution,
    pub submitter: Option<String>,
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ContributionFilter {
    pub unit_id: Option<uuid::Uuid>,
    pub kind: Vec<ContributionKind>,
    pub status: Vec<ContributionStatus>,
}

pub async fn find(db: &impl ConnectionTrait, id: ContributionId) -> Result<Option<ContributionOnFile>> {
    let Some(found) = Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(with_names(db, vec![found]).await?.pop())
}

pub async fn get(store: &Store, actor: &Actor, id: ContributionId) -> Result<ContributionOnFile> {
    let found = find(store.db.reader(), id).await?.ok_or_else(|| Refusal::of(&CONTRIBUTION_NOT_FOUND))?;
    authorize(actor, &CONTRIBUTION_READ, &CONTRIBUTION_READ, &found.contribution)?;
    Ok(found)
}

/// One page of contributions, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ContributionFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<ContributionOnFile>> {
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("contributions", filter))?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if !actor.may(&CONTRIBUTION_READ, &Association) {
        let own = own_units(actor, &CONTRIBUTION_READ);
        if own.is_empty() {
            authorize(actor, &CONTRIBUTION_READ, &CONTRIBUTION_READ, &Association)?;
        }
        query = query.filter(Column::UnitId.is_in(own));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if !filter.kind.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kind.iter().copied()));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: ContributionId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: with_names(db, page.rows).await?, next_cursor: page.next_cursor })
}

async fn with_names(db: &impl ConnectionTrait, rows: Vec<Contribution>) -> Result<Vec<ContributionOnFile>> {
    let persons = person::list(db, rows.iter().filter_map(|row| row.submitted_by)).await?;
    let names: HashMap<PersonId, String> = persons.into_iter().map(|person| (person.id, person.name)).collect();
    let named = rows.into_iter().map(|contribution| ContributionOnFile {
        submitter: contribution.submitted_by.and_then(|id| names.get(&id).cloned()),
        contribution,
    });
    Ok(named.collect())
}

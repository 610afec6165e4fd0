//! Reading the yearly work of branches.

use std::collections::HashMap;

use gongjian_governance::body::{self, Body, BodyId};
use gongjian_kernel::actor::{Actor, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Result, Store};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::row::{Column, Entity};
use super::{BranchDuty, WorkItem, WorkItemId, WorkItemStatus};
use crate::branch::action::{BRANCH_READ, BRANCH_WORK_KEEP, OfBranch};
use crate::branch::fault::WORK_ITEM_NOT_FOUND;
use crate::branch::queries::require_reader;

/// An item with its branch.
#[derive(Debug, Clone)]
pub struct WorkItemOnFile {
    pub item: WorkItem,
    pub body: Body,
}

/// What a list of items is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WorkItemFilter {
    pub branch_id: Option<Uuid>,
    pub year: Option<i32>,
    pub duty: Vec<BranchDuty>,
    pub status: Vec<WorkItemStatus>,
}

impl WorkItemOnFile {
    #[must_use]
    pub fn is_kept_by(&self, actor: &Actor) -> bool {
        actor.may(&BRANCH_WORK_KEEP, &OfBranch::new(&self.body))
    }
}

pub async fn find(db: &impl ConnectionTrait, id: WorkItemId) -> Result<WorkItemOnFile> {
    let item = Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&WORK_ITEM_NOT_FOUND))?;
    Ok(WorkItemOnFile { body: body::get(db, item.body_id).await?, item })
}

/// The item, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: WorkItemId, wanted: &Permission) -> Result<WorkItemOnFile> {
    let found = find(store.db.reader(), id).await?;
    let subject = ("branch_work_item", Some(id.0));
    let seen = OfBranch { unknown: &WORK_ITEM_NOT_FOUND, subject, ..OfBranch::new(&found.body) };
    authorize(actor, wanted, &BRANCH_READ, &seen)?;
    Ok(found)
}

/// One page of items, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &WorkItemFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<WorkItemOnFile>> {
    require_reader(actor)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("branch_work", filter))?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if let Some(branch) = filter.branch_id {
        query = query.filter(Column::BodyId.eq(branch));
    }
    if let Some(year) = filter.year {
        query = query.filter(Column::Year.eq(year));
    }
    if !filter.duty.is_empty() {
        query = query.filter(Column::Duty.is_in(filter.duty.iter().copied()));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: WorkItemId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let bodies: HashMap<BodyId, Body> = body::all(db).await?.into_iter().map(|body| (body.id, body)).collect();
    let on_file = |item: WorkItem| Some(WorkItemOnFile { body: bodies.get(&item.body_id)?.clone(), item });
    Ok(Page { rows: page.rows.into_iter().filter_map(on_file).collect(), next_cursor: page.next_cursor })
}

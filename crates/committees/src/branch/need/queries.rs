//! Reading what members need. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use gongjian_governance::body::{self, Body, BodyId};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Resource as _, Result, Scope, Store};
use gongjian_membership::action::own_units;
use sea_orm::{Condition, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::row::{Column, Entity};
use super::{Need, NeedAction, NeedId, NeedStatus};
use crate::branch::action::{NEED_HANDLE, NEED_READ, NEED_REPORT, OfBranch};
use crate::branch::fault::NEED_NOT_FOUND;
use gongjian_governance::body::action::OWN_BODY;
use gongjian_kernel::lifecycle::Lifecycle as _;

/// A need with its branch.
#[derive(Debug, Clone)]
pub struct NeedOnFile {
    pub need: Need,
    pub body: Body,
}

/// What a list of needs is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NeedFilter {
    pub branch_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub status: Vec<NeedStatus>,
}

impl NeedOnFile {
    /// What the actor may do with it now.
    #[must_use]
    pub fn allowed_actions(&self, actor: &Actor) -> Vec<NeedAction> {
        let units = [self.need.unit_id];
        let seen = OfBranch { units: &units, ..OfBranch::new(&self.body) };
        let permitted = |action: &NeedAction| match action {
            NeedAction::Accept | NeedAction::Meet | NeedAction::Decline => actor.may(&NEED_HANDLE, &seen),
            NeedAction::Withdraw => actor.may(&NEED_REPORT, &seen),
        };
        self.need.status.open_actions().filter(permitted).collect()
    }
}

pub async fn find(db: &impl ConnectionTrait, id: NeedId) -> Result<NeedOnFile> {
    let need = Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&NEED_NOT_FOUND))?;
    Ok(NeedOnFile { body: body::get(db, need.body_id).await?, need })
}

/// The need, for whoever may do that to it.
pub async fn check(store: &Store, actor: &Actor, id: NeedId, wanted: &Permission) -> Result<NeedOnFile> {
    let found = find(store.db.reader(), id).await?;
    let units = [found.need.unit_id];
    let subject = ("branch_need", Some(id.0));
    let seen = OfBranch { units: &units, unknown: &NEED_NOT_FOUND, subject, ..OfBranch::new(&found.body) };
    authorize(actor, wanted, &NEED_READ, &seen)?;
    Ok(found)
}

/// One page of needs, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &NeedFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<NeedOnFile>> {
    if !actor.has_some(&NEED_READ) {
        authorize(actor, &NEED_READ, &NEED_READ, &Association)?;
    }
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("branch_needs", filter))?;
    let bodies: HashMap<BodyId, Body> = body::all(db).await?.into_iter().map(|body| (body.id, body)).collect();
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if !actor.may(&NEED_READ, &Association) {
        let reads = |scope: &Scope, body: &Body| matches!(scope, Scope::Branch(_)) && body.relates(OWN_BODY, scope);
        let own = bodies.values().filter(|body| actor.grants.iter().any(|grant| reads(&grant.scope, body)));
        let own: Vec<BodyId> = own.map(|body| body.id).collect();
        let units = own_units(actor, &NEED_READ);
        query = query.filter(Condition::any().add(Column::BodyId.is_in(own)).add(Column::UnitId.is_in(units)));
    }
    if let Some(branch) = filter.branch_id {
        query = query.filter(Column::BodyId.eq(branch));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: NeedId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let on_file = |need: Need| Some(NeedOnFile { body: bodies.get(&need.body_id)?.clone(), need });
    Ok(Page { rows: page.rows.into_iter().filter_map(on_file).collect(), next_cursor: page.next_cursor })
}

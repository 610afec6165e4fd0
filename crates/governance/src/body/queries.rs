//! Reading bodies.

use std::collections::HashMap;

use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Result, Store};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::BODY_READ;
use super::store::row::{Column, Entity};
use super::{Body, BodyId, BodyKind};

/// What a list of bodies is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BodyFilter {
    pub kind: Vec<BodyKind>,
}

/// The body, for one who may read it.
pub async fn read(store: &Store, actor: &Actor, id: BodyId) -> Result<Body> {
    require_reader(actor)?;
    super::get(store.db.reader(), id).await
}

/// One page of bodies, in the order in which they were established.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &BodyFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Body>> {
    require_reader(actor)?;
    let sealed_for = serde_json::to_string(&("bodies", filter))?;
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit + 1);
    if !filter.kind.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kind.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let after: BodyId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.gt(after));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| row.id)
}

/// The bodies with these ids.
pub(crate) async fn bodies(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = BodyId>,
) -> Result<HashMap<BodyId, Body>> {
    let found = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|body| (body.id, body)).collect())
}

pub(super) fn require_reader(actor: &Actor) -> Result<()> {
    if actor.has_some(&BODY_READ) { Ok(()) } else { authorize(actor, &BODY_READ, &BODY_READ, &Association) }
}

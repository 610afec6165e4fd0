//! Lists of meetings, the latest first.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use gongjian_kernel::actor::{ANY, Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Result, Store};
use sea_orm::{Condition, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;
use uuid::Uuid;

use crate::body::{self, BodyId, COUNCIL, GENERAL_MEETING, electorate};
use crate::meeting::action::{OPEN_MINUTES, READ, Sight};
use crate::meeting::store::meeting::{Column, Entity};
use crate::meeting::{Meeting, MeetingId, MeetingKind, MeetingStatus};

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MeetingFilter {
    pub body_id: Option<Uuid>,
    pub status: Vec<MeetingStatus>,
    pub kind: Vec<MeetingKind>,
    pub year: Option<i32>,
}

/// One page of the meetings that the actor may read.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &MeetingFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Meeting>> {
    let sealed_for = serde_json::to_string(&("meetings", filter))?;
    let mut query = Entity::find();
    if let Some(visible) = visible(store, actor).await? {
        query = query.filter(visible);
    }
    if let Some(body) = filter.body_id {
        query = query.filter(Column::BodyId.eq(body));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if !filter.kind.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kind.iter().copied()));
    }
    if let Some(year) = filter.year {
        query = query.filter(Column::Year.eq(year));
    }
    if let Some(cursor) = cursor {
        let (at, id): (DateTime<Utc>, MeetingId) = page::open(&store.keys, &sealed_for, cursor)?;
        let before = Column::StartsAt.lt(at).or(Column::StartsAt.eq(at).and(Column::Id.lt(id)));
        query = query.filter(before);
    }
    let rows = query.order_by_desc(Column::StartsAt).order_by_desc(Column::Id).limit(limit + 1);
    Page::cut(rows.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| (row.starts_at, row.id))
}

/// What narrows a list to what the actor may read; nothing where he may read all.
async fn visible(store: &Store, actor: &Actor) -> Result<Option<Condition>> {
    let reads_all = |role: &str| READ.rules.iter().any(|rule| rule.role == role && rule.over == ANY);
    if actor.grants.iter().any(|grant| reads_all(grant.role)) {
        return Ok(None);
    }
    if !actor.has_some(&READ) {
        authorize(actor, &READ, &READ, &Association)?;
    }
    let bodies = seats(store).await?;
    let own = bodies.values().filter(|sight| actor.may(&READ, *sight)).map(|sight| sight.body.id);
    let mut visible = Condition::any().add(Column::BodyId.is_in(own));
    let reads_open = |role: &str| READ.rules.iter().any(|rule| rule.role == role && rule.over == OPEN_MINUTES);
    if actor.grants.iter().any(|grant| reads_open(grant.role)) {
        let open = Condition::all()
            .add(Column::Status.eq(MeetingStatus::Approved))
            .add(Column::BodyId.is_in([GENERAL_MEETING, COUNCIL]));
        visible = visible.add(open);
    }
    Ok(Some(visible))
}

/// Which units have a voice where, at most a second old.
async fn seats(store: &Store) -> Result<Arc<HashMap<BodyId, Sight>>> {
    store
        .document("seats_of_bodies", async || {
            let db = store.db.reader();
            let mut seats = HashMap::new();
            for body in body::all(db).await? {
                let electors = electorate(db, &body, store.now()).await?;
                seats.insert(body.id, Sight::of_body(body, &electors));
            }
            Ok(seats)
        })
        .await
}

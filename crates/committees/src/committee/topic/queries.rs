//! Reading what committees bring before the council. Who may read is part of the `WHERE`.

use std::collections::HashMap;

use gongjian_governance::body::{self, Body, BodyId};
use gongjian_governance::office::queries::lead_unit;
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Result, Store};
use gongjian_membership::UnitId;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::store::row::{Column, Entity};
use super::{CommitteeTopic, CommitteeTopicId, CommitteeTopicStatus, store};
use crate::committee::action::{Affair, COMMITTEE_TOPIC_READ};
use crate::committee::fault::TOPIC_NOT_FOUND;
use crate::committee::queries::own_bodies;

/// A topic with its committee.
#[derive(Debug, Clone)]
pub struct CommitteeTopicOnFile {
    pub topic: CommitteeTopic,
    pub body: Body,
    pub lead: Option<UnitId>,
}

impl CommitteeTopicOnFile {
    /// As permissions see it.
    #[must_use]
    pub fn affair(&self) -> Affair<'_> {
        Affair {
            lead: self.lead,
            unknown: &TOPIC_NOT_FOUND,
            subject: ("committee_topic", Some(self.topic.id.0)),
            ..Affair::of(&self.body)
        }
    }
}

/// What a list is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CommitteeTopicFilter {
    pub committee_id: Option<Uuid>,
    pub status: Vec<CommitteeTopicStatus>,
}

pub async fn find(
    db: &impl ConnectionTrait,
    id: CommitteeTopicId,
    today: chrono::NaiveDate,
) -> Result<CommitteeTopicOnFile> {
    let topic = store::get(db, id).await?;
    let body = body::get(db, topic.body_id).await?;
    Ok(CommitteeTopicOnFile { lead: lead_unit(db, body.id, today).await?, topic, body })
}

/// The topic, for whoever may do that to it.
pub async fn check(
    store: &Store,
    actor: &Actor,
    id: CommitteeTopicId,
    wanted: &Permission,
) -> Result<CommitteeTopicOnFile> {
    let found = find(store.db.reader(), id, store.today()).await?;
    authorize(actor, wanted, &COMMITTEE_TOPIC_READ, &found.affair())?;
    Ok(found)
}

/// One page of topics, the latest first.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &CommitteeTopicFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<CommitteeTopicOnFile>> {
    let wanted = &COMMITTEE_TOPIC_READ;
    if !actor.has_some(wanted) {
        authorize(actor, wanted, wanted, &Association)?;
    }
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("committee_topics", filter))?;
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit + 1);
    if !actor.may(wanted, &Association) {
        query = query.filter(Column::BodyId.is_in(own_bodies(db, actor, wanted, store.today()).await?));
    }
    if let Some(body) = filter.committee_id {
        query = query.filter(Column::BodyId.eq(body));
    }
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(cursor) = cursor {
        let before: CommitteeTopicId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    let bodies: HashMap<BodyId, Body> = body::all(db).await?.into_iter().map(|body| (body.id, body)).collect();
    let with_body = |topic: CommitteeTopic| {
        Some(CommitteeTopicOnFile { body: bodies.get(&topic.body_id)?.clone(), topic, lead: None })
    };
    Ok(Page { rows: page.rows.into_iter().filter_map(with_body).collect(), next_cursor: page.next_cursor })
}

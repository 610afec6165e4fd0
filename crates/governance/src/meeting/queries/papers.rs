//! Papers and topics of a meeting.

use gongjian_kernel::Actor;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Permission, Refusal, Result, Store};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::may;
use crate::meeting::action::READ_PAPERS;
use crate::meeting::case::unknown_as;
use crate::meeting::fault::TOPIC_NOT_FOUND;
use crate::meeting::store::{paper, topic};
use crate::meeting::{MeetingId, Paper, Topic, TopicId};

/// One page of the papers of a meeting, in the order in which they were listed.
pub async fn papers(
    store: &Store,
    actor: &Actor,
    id: MeetingId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Paper>> {
    may(store, actor, &READ_PAPERS, id).await?;
    let sealed_for = format!("papers {id}");
    let mut query = paper::Entity::find().filter(paper::Column::MeetingId.eq(id));
    if let Some(cursor) = cursor {
        let after: crate::meeting::PaperId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(paper::Column::Id.gt(after));
    }
    let rows = query.order_by_asc(paper::Column::Id).limit(limit + 1).all(store.db.reader()).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |row| row.id)
}

/// One page of the topics proposed for a meeting, with what became of them.
pub async fn topics(
    store: &Store,
    actor: &Actor,
    id: MeetingId,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Topic>> {
    may(store, actor, &READ_PAPERS, id).await?;
    let sealed_for = format!("topics {id}");
    let mut query = topic::Entity::find().filter(topic::Column::MeetingId.eq(id));
    if let Some(cursor) = cursor {
        let after: TopicId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(topic::Column::Id.gt(after));
    }
    let rows = query.order_by_asc(topic::Column::Id).limit(limit + 1).all(store.db.reader()).await?;
    Page::cut(rows, limit, &store.keys, &sealed_for, |row| row.id)
}

/// A topic, for one who holds the permission over its meeting.
pub async fn topic(store: &Store, actor: &Actor, wanted: &Permission, id: TopicId) -> Result<Topic> {
    let found = topic::Entity::find_by_id(id).one(store.db.reader()).await?;
    let found = found.ok_or_else(|| Refusal::of(&TOPIC_NOT_FOUND))?;
    may(store, actor, wanted, found.meeting_id).await.map_err(unknown_as(&TOPIC_NOT_FOUND))?;
    Ok(found)
}

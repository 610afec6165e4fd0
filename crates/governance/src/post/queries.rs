//! Reading posts and their holders: on any day, as known at any instant.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_identity::{PersonId, person};
use gongjian_kernel::actor::{Actor, Association, authorize};
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Store};
use gongjian_membership::UnitId;
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::POST_READ;
use super::fault::POST_NOT_FOUND;
use super::store::holding::{self, Column as H};
use super::store::row::{Column, Entity};
use super::{Holding, Moment, Post, PostId, PostKind};
use crate::office::OfficeKind;
use crate::office::store::row as tenure;

/// A holder's time, with his name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderOnFile {
    pub holding: Holding,
    pub name: String,
}

/// A post with whoever holds it, and the offices that rest on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostOnFile {
    pub post: Post,
    pub holder: Option<HolderOnFile>,
    pub carries: Vec<OfficeKind>,
}

/// What a list of posts is narrowed to. An empty list of words narrows nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PostFilter {
    pub kind: Vec<PostKind>,
    pub unit_id: Option<Uuid>,
    pub street_code: Option<String>,
}

/// The post of the party secretary of the street.
pub async fn of_street(db: &impl ConnectionTrait, street: &str) -> Result<Option<PostId>> {
    Ok(Entity::find().filter(Column::StreetCode.eq(street)).one(db).await?.map(|post| post.id))
}

/// The post of the head of the unit.
pub async fn of_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Option<PostId>> {
    Ok(Entity::find().filter(Column::UnitId.eq(unit)).one(db).await?.map(|post| post.id))
}

pub async fn find(db: &impl ConnectionTrait, id: PostId, moment: Moment) -> Result<PostOnFile> {
    let post = Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&POST_NOT_FOUND))?;
    let mut found = with_holders(db, vec![post], moment).await?;
    found.pop().ok_or_else(|| Refusal::of(&POST_NOT_FOUND))
}

pub async fn get(store: &Store, actor: &Actor, id: PostId, moment: Moment) -> Result<PostOnFile> {
    require_reader(actor)?;
    find(store.db.reader(), id, moment).await
}

/// One page of posts with their holders of that moment, in the order in which they came on file.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &PostFilter,
    moment: Moment,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<PostOnFile>> {
    require_reader(actor)?;
    let db = store.db.reader();
    let sealed_for = serde_json::to_string(&("posts", filter, moment))?;
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit + 1);
    if !filter.kind.is_empty() {
        query = query.filter(Column::Kind.is_in(filter.kind.iter().copied()));
    }
    if let Some(unit) = filter.unit_id {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if let Some(street) = &filter.street_code {
        query = query.filter(Column::StreetCode.eq(street));
    }
    if let Some(instant) = moment.known_at {
        query = query.filter(Column::RecordedAt.lte(instant));
    }
    if let Some(cursor) = cursor {
        let after: PostId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.gt(after));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.id)?;
    Ok(Page { rows: with_holders(db, page.rows, moment).await?, next_cursor: page.next_cursor })
}

/// Who held the post, the latest first, as it was known at that instant.
pub async fn holders(
    store: &Store,
    actor: &Actor,
    id: PostId,
    known_at: Option<DateTime<Utc>>,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<HolderOnFile>> {
    require_reader(actor)?;
    let db = store.db.reader();
    if Entity::find_by_id(id).one(db).await?.is_none() {
        return Err(Refusal::of(&POST_NOT_FOUND));
    }
    let sealed_for = serde_json::to_string(&("post_holders", id, known_at))?;
    let mut query = holding::Entity::find()
        .filter(H::PostId.eq(id))
        .filter(known(known_at))
        .order_by_desc(H::ValidFrom)
        .limit(limit + 1);
    if let Some(cursor) = cursor {
        let before: NaiveDate = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(H::ValidFrom.lt(before));
    }
    let page = Page::cut(query.all(db).await?, limit, &store.keys, &sealed_for, |row| row.valid_from)?;
    Ok(Page { rows: with_names(db, page.rows).await?, next_cursor: page.next_cursor })
}

fn require_reader(actor: &Actor) -> Result<()> {
    if actor.has_some(&POST_READ) { Ok(()) } else { authorize(actor, &POST_READ, &POST_READ, &Association) }
}

fn known(known_at: Option<DateTime<Utc>>) -> Expr {
    match known_at {
        None => H::SupersededAt.is_null(),
        Some(instant) => H::RecordedAt.lte(instant).and(H::SupersededAt.is_null().or(H::SupersededAt.gt(instant))),
    }
}

/// The holders of these posts at that moment, and what rests on them. Three queries.
async fn with_holders(db: &impl ConnectionTrait, posts: Vec<Post>, moment: Moment) -> Result<Vec<PostOnFile>> {
    let ids: Vec<PostId> = posts.iter().map(|post| post.id).collect();
    let mut holders: HashMap<PostId, HolderOnFile> =
        held_on(db, &ids, moment).await?.into_iter().map(|held| (held.holding.post_id, held)).collect();
    let carried = tenure::Entity::find()
        .filter(tenure::Column::PostId.is_in(ids.iter().copied()))
        .filter(moment.holds("office_tenure"))
        .order_by_asc(tenure::Column::Kind)
        .all(db)
        .await?;
    let of = |post: &Post| carried.iter().filter(|one| one.post_id == Some(post.id)).map(|one| one.kind).collect();
    Ok(posts
        .into_iter()
        .map(|post| PostOnFile { holder: holders.remove(&post.id), carries: of(&post), post })
        .collect())
}

/// Whoever holds these posts at that moment. Two queries.
pub(crate) async fn held_on(db: &impl ConnectionTrait, posts: &[PostId], moment: Moment) -> Result<Vec<HolderOnFile>> {
    let held = holding::Entity::find()
        .filter(H::PostId.is_in(posts.iter().copied()))
        .filter(moment.holds("post_holding"))
        .all(db)
        .await?;
    with_names(db, held).await
}

pub(crate) async fn with_names(db: &impl ConnectionTrait, rows: Vec<Holding>) -> Result<Vec<HolderOnFile>> {
    let persons = person::list(db, rows.iter().map(|row| row.person_id)).await?;
    let names: HashMap<PersonId, String> = persons.into_iter().map(|person| (person.id, person.name)).collect();
    let name = |holding: &Holding| names.get(&holding.person_id).cloned().unwrap_or_default();
    Ok(rows.into_iter().map(|holding| HolderOnFile { name: name(&holding), holding }).collect())
}

//! One's own feeds, and what an address leads to.

use gongjian_identity::Identity;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Actor, Refusal, Result, Store};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::commands::owner;
use super::store::row::{Column, Entity};
use super::{Feed, FeedId, FeedSecret};
use crate::compliance::action::COMPLIANCE_READ;
use crate::compliance::fault::FEED_NOT_FOUND;

/// One's own feeds, the latest first; revoked ones among them.
pub async fn list(store: &Store, actor: &Actor, limit: u64, cursor: Option<&str>) -> Result<Page<Feed>> {
    let owner = owner(actor)?;
    let sealed_for = format!("compliance_feeds {owner}");
    let mut query = Entity::find().filter(Column::AccountId.eq(owner)).order_by_desc(Column::Id).limit(limit + 1);
    if let Some(cursor) = cursor {
        let before: FeedId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.lt(before));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |feed| feed.id)
}

/// Whose calendar the address leads to: its owner with the offices that he holds now. An address that is wrong, one
/// that is revoked, an account that is disabled and a person without office look the same.
pub async fn reader(store: &Store, identity: &Identity, secret: &str) -> Result<Actor> {
    let gone = || Refusal::of(&FEED_NOT_FOUND);
    let secret = FeedSecret::parse(secret).ok_or_else(gone)?;
    let feed = Entity::find()
        .filter(Column::SecretHash.eq(secret.hash()))
        .filter(Column::RevokedAt.is_null())
        .one(store.db.reader())
        .await?;
    let feed = feed.ok_or_else(gone)?;
    let actor = identity.actor_of(store, feed.account_id).await?;
    actor.filter(|actor| actor.has_some(&COMPLIANCE_READ)).ok_or_else(gone)
}

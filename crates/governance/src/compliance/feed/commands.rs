//! Making and revoking feeds: each is its owner's own business.

use gongjian_identity::AccountId;
use gongjian_kernel::actor::Association;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{Actor, Event, Refusal, Result, Text, Work, actor};
use serde_json::json;

use super::{Feed, FeedId, FeedSecret, store};
use crate::compliance::action::COMPLIANCE_READ;
use crate::compliance::event::{FEED_CREATED, FEED_REVOKED};
use crate::compliance::fault::{FEED_REVOKED_ALREADY, TOO_MANY_FEEDS};

/// Enough for every device that one person carries.
const AT_MOST: u64 = 20;

/// Whoever has a calendar may take it along. The secret is for his eyes, this once.
pub async fn create(work: &mut Work<'_>, name: Text<1, 50>) -> Result<(Feed, FeedSecret)> {
    let owner = owner(work.actor())?;
    if !work.actor().has_some(&COMPLIANCE_READ) {
        actor::authorize(work.actor(), &COMPLIANCE_READ, &COMPLIANCE_READ, &Association)?;
    }
    if store::count(work.tx(), owner).await? >= AT_MOST {
        return Err(Refusal::of(&TOO_MANY_FEEDS));
    }
    let secret = FeedSecret::draw()?;
    let feed = Feed {
        id: work.new_id(),
        account_id: owner,
        name: name.into_string(),
        secret_hash: secret.hash(),
        created_at: work.now(),
        revoked_at: None,
        version: 1,
    };
    store::insert(work, &feed).await?;
    work.record(Event::new(&FEED_CREATED, feed.id.0, json!({ "name": feed.name })));
    Ok((feed, secret))
}

/// From now on its address leads nowhere.
pub async fn revoke(work: &mut Work<'_>, id: FeedId) -> Result<Feed> {
    let owner = owner(work.actor())?;
    let before = store::lock(work, owner, id).await?;
    if before.revoked_at.is_some() {
        return Err(Refusal::of(&FEED_REVOKED_ALREADY));
    }
    let after = Feed { revoked_at: Some(work.now()), version: before.version + 1, ..before.clone() };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&FEED_REVOKED, after.id.0, json!({ "name": after.name })));
    Ok(after)
}

/// A feed belongs to an account.
pub(super) fn owner(actor: &Actor) -> Result<AccountId> {
    actor.account.map(AccountId).ok_or_else(|| Refusal::of(&FORBIDDEN))
}

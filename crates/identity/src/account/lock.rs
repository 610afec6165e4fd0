//! The security administrator locks an account that is suspected, and lifts the lock (GB/T 22239 8.1.5).

use gongjian_kernel::{Event, Result, Target, Work};
use serde_json::json;

use super::grant::{not_own, someone_else_administers};
use super::model::{Account, AccountAction, AccountId};
use super::store::{self, row};
use crate::action::{ACCOUNT_LOCK, ACCOUNT_READ};
use crate::event::{ACCOUNT_LOCKED, ACCOUNT_UNLOCKED};
use crate::identity::Identity;
use crate::session::store::revoke_all;
use crate::{reset, throttle};

/// Its sessions end at once and do not come back with the account.
pub async fn lock(work: &mut Work<'_>, identity: &Identity, target: Target<AccountId>) -> Result<Account> {
    let (before, after) = moved(work, target, AccountAction::Lock).await?;
    someone_else_administers(work, target.id).await?;
    work.update::<row::Entity>(&before, &after).await?;
    let sessions = revoke_all(work, target.id, None).await?;
    reset::withdraw(work, target.id).await?;
    work.record(Event::new(&ACCOUNT_LOCKED, target.id.0, json!({ "sessions_revoked": sessions })));
    identity.forget_callers(work);
    Ok(after.into())
}

/// The locks of its name, from failed attempts, are lifted as well.
pub async fn unlock(work: &mut Work<'_>, target: Target<AccountId>) -> Result<Account> {
    let (before, after) = moved(work, target, AccountAction::Unlock).await?;
    work.update::<row::Entity>(&before, &after).await?;
    throttle::open_name(work, &after.username_key).await?;
    work.record(Event::new(&ACCOUNT_UNLOCKED, target.id.0, json!({})));
    Ok(after.into())
}

async fn moved(work: &Work<'_>, target: Target<AccountId>, action: AccountAction) -> Result<(row::Model, row::Model)> {
    let before = store::lock(work, target.id).await?;
    let account = Account::from(before.clone());
    work.authorize(&ACCOUNT_LOCK, &ACCOUNT_READ, &account)?;
    target.is_current(before.version)?;
    not_own(work, target.id)?;
    let after = row::Model { state: account.moved(action)?, ..before.next(work) };
    Ok((before, after))
}

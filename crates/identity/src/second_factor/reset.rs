//! A lost device: the security administrator takes the second factor off somebody's account.

use gongjian_kernel::{Event, Refusal, Result, Target, Work};
use serde_json::json;

use super::store;
use crate::account::grant::{not_own, refuse_takeover};
use crate::account::store as accounts;
use crate::account::{Account, AccountId};
use crate::action::{ACCOUNT_READ, ACCOUNT_RESET_SECOND_FACTOR};
use crate::event::SECOND_FACTOR_RESET;
use crate::fault::SECOND_FACTOR_STATE;
use crate::identity::Identity;
use crate::session::store::revoke_all;

/// All sessions of the account end; nobody resets his own.
pub async fn reset(work: &mut Work<'_>, identity: &Identity, target: Target<AccountId>) -> Result<Account> {
    let before = accounts::lock(work, target.id).await?;
    work.authorize(&ACCOUNT_RESET_SECOND_FACTOR, &ACCOUNT_READ, &Account::from(before.clone()))?;
    target.is_current(before.version)?;
    not_own(work, target.id)?;
    refuse_takeover(work, target.id).await?;
    if !store::remove(work, target.id).await? {
        return Err(Refusal::of(&SECOND_FACTOR_STATE));
    }
    // Beside a second factor, shorter passwords are accepted.
    let after = accounts::row::Model { must_change_password: true, ..before.next(work) };
    work.update::<accounts::row::Entity>(&before, &after).await?;
    let sessions = revoke_all(work, target.id, None).await?;
    work.record(Event::new(&SECOND_FACTOR_RESET, target.id.0, json!({ "sessions_revoked": sessions })));
    identity.forget_callers(work);
    Ok(after.into())
}

//! Sessions of others, for the security administrator.

use gongjian_kernel::{Actor, Event, Refusal, Result, Store, Work};
use serde_json::json;

use super::store::{self, Session, SessionId};
use crate::account::store as accounts;
use crate::account::{Account, AccountId};
use crate::action::{ACCOUNT_READ, ACCOUNT_SESSIONS};
use crate::event::SESSION_REVOKED;
use crate::fault::{ACCOUNT_NOT_FOUND, SESSION_NOT_FOUND};
use crate::identity::Identity;

/// The live sessions of an account, the newest first.
pub async fn list(store: &Store, actor: &Actor, id: AccountId) -> Result<Vec<Session>> {
    let db = store.db.reader();
    let account = accounts::find(db, id).await?.ok_or_else(|| Refusal::of(&ACCOUNT_NOT_FOUND))?;
    gongjian_kernel::actor::authorize(actor, &ACCOUNT_SESSIONS, &ACCOUNT_READ, &Account::from(account))?;
    store::live(db, id, store.now()).await
}

/// Ends one session of an account.
pub async fn revoke(work: &mut Work<'_>, identity: &Identity, id: AccountId, session: SessionId) -> Result<()> {
    let account = accounts::lock(work, id).await?;
    work.authorize(&ACCOUNT_SESSIONS, &ACCOUNT_READ, &Account::from(account))?;
    let found = store::lock(work, session).await?;
    if !found.is_some_and(|session| session.account_id == id && session.is_live(work.now())) {
        return Err(Refusal::of(&SESSION_NOT_FOUND));
    }
    store::revoke(work, session).await?;
    work.record(Event::new(&SESSION_REVOKED, id.0, json!({ "session": session })));
    identity.forget_callers(work);
    Ok(())
}

//! What everybody may do with his own sessions.

use gongjian_kernel::{Act, Actor, Event, Refusal, Result, Store, write};
use serde_json::json;

use super::login::of;
use super::store::{self, Session, SessionId};
use crate::account::AccountId;
use crate::event::{LOGGED_OUT, SESSION_REVOKED};
use crate::fault::{SESSION_NOT_FOUND, UNAUTHENTICATED};
use crate::identity::Identity;

/// The account that the actor came with.
pub(crate) fn account_of(actor: &Actor) -> Result<AccountId> {
    actor.account.map(AccountId).ok_or_else(|| Refusal::of(&UNAUTHENTICATED))
}

impl Identity {
    /// Ends the session that asks; its access and refresh tokens are dead at once.
    pub async fn logout(&self, store: &Store, act: &Act) -> Result<()> {
        let account = account_of(&act.actor)?;
        let session = of(act).ok_or_else(|| Refusal::of(&UNAUTHENTICATED))?;
        write(store, act, async |work| {
            if store::revoke(work, session).await? {
                work.record(Event::new(&LOGGED_OUT, account.0, json!({ "session": session })));
            }
            self.forget_callers(work);
            Ok(())
        })
        .await
    }

    /// One's own live sessions, the newest first.
    pub async fn list_sessions(&self, store: &Store, actor: &Actor) -> Result<Vec<Session>> {
        let account = account_of(actor)?;
        store::live(store.db.reader(), account, store.now()).await
    }

    /// Ends one of one's own sessions. Somebody else's is not there.
    pub async fn revoke_session(&self, store: &Store, act: &Act, id: SessionId) -> Result<()> {
        let account = account_of(&act.actor)?;
        write(store, act, async |work| {
            let session = store::lock(work, id).await?;
            if !session.is_some_and(|session| session.account_id == account && session.is_live(work.now())) {
                return Err(Refusal::of(&SESSION_NOT_FOUND));
            }
            store::revoke(work, id).await?;
            work.record(Event::new(&SESSION_REVOKED, account.0, json!({ "session": id })));
            self.forget_callers(work);
            Ok(())
        })
        .await
    }

    /// Ends all of one's own sessions but the one that asks; how many those were.
    pub async fn revoke_other_sessions(&self, store: &Store, act: &Act) -> Result<u64> {
        let account = account_of(&act.actor)?;
        write(store, act, async |work| {
            let ended = store::revoke_all(work, account, of(act)).await?;
            if ended > 0 {
                work.record(Event::new(&SESSION_REVOKED, account.0, json!({ "others": ended })));
                self.forget_callers(work);
            }
            Ok(ended)
        })
        .await
    }
}

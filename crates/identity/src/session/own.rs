//! What everybody may do with his own sessions.

use gongjian_kernel::{Act, Actor, Event, Refusal, Result, Store, write};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;

use super::login::of;
use super::store::{self, Session, SessionId, row};
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
        Ok(row::Entity::find()
            .filter(row::Column::AccountId.eq(account))
            .filter(row::Column::RevokedAt.is_null())
            .filter(row::Column::ExpiresAt.gt(store.now()))
            .order_by_desc(row::Column::CreatedAt)
            .order_by_desc(row::Column::Id)
            .all(store.db.reader())
            .await?)
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
}

//! Refreshing: each refresh token is good once (RFC 9700 §4.14.2). A spent one that comes again is
//! either a caller that lost the answer — then it gets the same answer — or a thief, or the victim of
//! one: then the whole session ends.

use gongjian_kernel::{Act, Event, Refusal, Result, Store, Work, write};
use serde_json::json;

use super::Tokens;
use super::login::Opened;
use super::store::{self, RefreshTokenId, token};
use crate::account::store as accounts;
use crate::event::REFRESH_REUSED;
use crate::fault::INVALID_REFRESH_TOKEN;
use crate::identity::Identity;
use crate::policy::AccountPolicy;
use crate::refresh;

/// A refusal would roll the revocation back, so the outcome leaves the transaction as a value.
enum Outcome {
    Rotated(Tokens),
    Refused,
}

impl Identity {
    pub async fn refresh(&self, store: &Store, act: &Act, text: &str) -> Result<Tokens> {
        let refused = || Refusal::of(&INVALID_REFRESH_TOKEN);
        let id = refresh::read(&store.keys.refresh, text).ok_or_else(refused)?;
        let hash = refresh::hash(text);
        match write(store, act, async |work| self.rotate(work, id, &hash).await).await? {
            Outcome::Rotated(tokens) => Ok(tokens),
            Outcome::Refused => Err(refused()),
        }
    }

    async fn rotate(&self, work: &mut Work<'_>, id: RefreshTokenId, hash: &str) -> Result<Outcome> {
        let Some(token) = store::find_token(work.tx(), id).await?.filter(|token| token.hash == hash) else {
            return Ok(Outcome::Refused);
        };
        let Some(session) = store::lock(work, token.session_id).await?.filter(|s| s.is_live(work.now())) else {
            return Ok(Outcome::Refused);
        };
        let Some(account) = accounts::find(work.tx(), session.account_id).await? else {
            return Ok(Outcome::Refused);
        };
        // Read again: a twin may have spent it while we waited for the session.
        let Some(token) = store::find_token(work.tx(), id).await? else { return Ok(Outcome::Refused) };
        if !account.is_active() || token.expires_at <= work.now() {
            return Ok(Outcome::Refused);
        }
        let policy = AccountPolicy::within(work).await?;
        if policy.idle_life().is_some_and(|life| session.last_used_at + life <= work.now()) {
            return Ok(Outcome::Refused);
        }
        let must_change_password = account.must_change_password(&policy, work.now());
        let pair = |token: token::Model| {
            let opened = Opened { session: session.clone(), token, must_change_password };
            self.tokens(work.store, &opened).map(Outcome::Rotated)
        };
        if let (Some(used_at), Some(successor)) = (token.used_at, token.successor_id) {
            let successor = store::find_token(work.tx(), successor).await?;
            let in_time = work.now() - used_at <= self.settings().retry_window();
            if let Some(token) = successor.filter(|next| in_time && next.used_at.is_none()) {
                return pair(token);
            }
            store::revoke(work, session.id).await?;
            work.record(Event::new(&REFRESH_REUSED, account.id.0, json!({ "session": session.id })).refused());
            self.forget_callers(work);
            return Ok(Outcome::Refused);
        }
        let next = store::issue_token(work, &session, self.settings().idle_life()).await?;
        store::spend_token(work, token.id, next.id).await?;
        store::touch(work, session.id).await?;
        pair(next)
    }
}

//! Setting a new password with a code.

use gongjian_kernel::{Act, Event, Refusal, Result, Scope, Store, policy, write};
use serde_json::json;

use super::{PasswordReset, ResetId, ResetState, store};
use crate::account::AccountId;
use crate::account::store as accounts;
use crate::event::RESET_REDEEMED;
use crate::fault::INVALID_CODE;
use crate::identity::Identity;
use crate::one_time_code::hash;
use crate::password_history::{keep, refuse_earlier};
use crate::person;
use crate::policy::AccountPolicy;
use crate::second_factor::store::confirmed;
use crate::session::store::revoke_all;
use crate::throttle;

/// A reset whose code was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostPassword {
    reset: ResetId,
    account: AccountId,
    /// The units that the person acts for: no password should hold their names.
    pub units: Vec<uuid::Uuid>,
}

impl Identity {
    /// The reset that a code opens.
    pub async fn find_reset(&self, store: &Store, code: &str) -> Result<LostPassword> {
        let refused = || Refusal::of(&INVALID_CODE);
        let db = store.db.reader();
        let found =
            store::find_by_code(db, &hash(code)).await?.filter(|reset| is_good(reset, store)).ok_or_else(refused)?;
        let account = accounts::find(db, found.account_id).await?.filter(|account| account.is_active());
        let account = account.ok_or_else(refused)?;
        let units = self.positions(db, &[account.person_id], store.today()).await?.into_iter().filter_map(|held| {
            match held.scope {
                Scope::Unit(unit) => Some(unit),
                Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
            }
        });
        Ok(LostPassword { reset: found.id, account: account.id, units: units.collect() })
    }

    /// Sets the new password; all sessions end and locks of the name are lifted. Of many who try at once,
    /// one succeeds. The second factor stays.
    pub async fn redeem_reset(
        &self,
        store: &Store,
        act: &Act,
        lost: &LostPassword,
        new: &str,
        words: &[String],
    ) -> Result<()> {
        let refused = || Refusal::of(&INVALID_CODE);
        let db = store.db.reader();
        let known = accounts::find(db, lost.account).await?.ok_or_else(refused)?;
        let person = person::find(db, known.person_id).await?;
        let own = [Some(known.username.as_str()), person.as_ref().map(|person| person.name.as_str())];
        let words: Vec<&str> = own.into_iter().flatten().chain(words.iter().map(String::as_str)).collect();
        let policy = policy::current::<AccountPolicy>(store).await?;
        let rules = self.passwords().rules(&policy.value, confirmed(db, known.id).await?.is_some());
        let turn = self.passwords().turn().await?;
        self.passwords().check(&turn, rules, "/new_password", new, &words).await?;
        refuse_earlier(store, self.passwords(), &turn, &policy.value, known.id, &known.password_hash, new).await?;
        let password = self.passwords().hash(&turn, new).await?;
        drop(turn);
        write(store, act, async |work| {
            let before = accounts::lock(work, lost.account).await?;
            let reset = store::lock(work, lost.reset).await?;
            if !before.is_active() || !is_good(&reset, work.store) {
                return Err(refused());
            }
            let done = PasswordReset { state: ResetState::Redeemed, ended_at: Some(work.now()), ..reset };
            store::save(work, &done).await?;
            let after = accounts::row::Model {
                password_hash: password.clone(),
                password_changed_at: Some(work.now()),
                must_change_password: false,
                ..before.next(work)
            };
            keep(work, &policy.value, before.id, &before.password_hash).await?;
            work.update::<accounts::row::Entity>(&before, &after).await?;
            let sessions = revoke_all(work, before.id, None).await?;
            throttle::open_name(work, &after.username_key).await?;
            work.record(Event::new(
                &RESET_REDEEMED,
                before.id.0,
                json!({ "reset": done.id, "sessions_revoked": sessions }),
            ));
            self.forget_callers(work);
            Ok(())
        })
        .await
    }
}

fn is_good(reset: &PasswordReset, store: &Store) -> bool {
    reset.state == ResetState::Issued && reset.expires_at.is_some_and(|end| store.now() < end)
}

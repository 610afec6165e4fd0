//! Changing one's own password.

use gongjian_kernel::{Act, Event, Refusal, Result, Store, policy, write};
use serde_json::json;

use super::login::of;
use super::own::account_of;
use super::store::revoke_all;
use crate::account::store as accounts;
use crate::event::{LOCKED, PASSWORD_CHANGE_FAILED, PASSWORD_CHANGED};
use crate::fault::{UNAUTHENTICATED, WRONG_PASSWORD};
use crate::identity::Identity;
use crate::password_history::{keep, refuse_earlier};
use crate::person;
use crate::policy::AccountPolicy;
use crate::second_factor::store::confirmed;
use crate::throttle::Gate;

impl Identity {
    /// Changes the password; the other sessions end. A wrong current one counts like a failed sign-in,
    /// so that a stolen session does not open the way to the password.
    ///
    /// `words` are those that an attacker would try first, beside the names of the account and its person.
    pub async fn change_password(
        &self,
        store: &Store,
        act: &Act,
        current: &str,
        new: &str,
        words: &[String],
    ) -> Result<()> {
        let unknown = || Refusal::of(&UNAUTHENTICATED);
        let id = account_of(&act.actor)?;
        let known = accounts::find(store.db.reader(), id).await?.ok_or_else(unknown)?;
        let person = person::find(store.db.reader(), known.person_id).await?;
        let own = [Some(known.username.as_str()), person.as_ref().map(|person| person.name.as_str())];
        let words: Vec<&str> = own.into_iter().flatten().chain(words.iter().map(String::as_str)).collect();
        let policy = policy::current::<AccountPolicy>(store).await?;
        let has_factor = confirmed(store.db.reader(), id).await?.is_some();
        let rules = self.passwords().rules(&policy.value, has_factor);
        let gate = Gate::new(self.settings(), &known.username_key, act.ip);
        let turn = self.passwords().turn().await?;
        self.passwords().check(&turn, rules, "/new_password", new, &words).await?;
        let last = self.admit(store, act, &gate).await?;
        if !self.passwords().verify(&turn, current, Some(known.password_hash.clone())).await? {
            drop(turn);
            write(store, act, async |work| {
                work.record(Event::new(&PASSWORD_CHANGE_FAILED, id.0, json!({})).refused());
                if last {
                    work.record(Event::new(&LOCKED, id.0, json!({ "username": known.username })));
                }
                Ok(())
            })
            .await?;
            return Err(Refusal::of(&WRONG_PASSWORD));
        }
        let present = &known.password_hash;
        let fresh = refuse_earlier(store, self.passwords(), &turn, &policy.value, id, present, new).await;
        if let Err(refusal) = fresh {
            write(store, act, async |work| gate.give_back(work).await).await?;
            return Err(refusal);
        }
        let hash = self.passwords().hash(&turn, new).await?;
        write(store, act, async |work| {
            let before = accounts::lock(work, id).await?;
            if !before.is_active() || before.password_hash != known.password_hash {
                return Err(Refusal::of(&WRONG_PASSWORD));
            }
            gate.give_back(work).await?;
            let after = accounts::row::Model {
                password_hash: hash.clone(),
                must_change_password: false,
                password_changed_at: Some(work.now()),
                ..before.next(work)
            };
            keep(work, &policy.value, id, &before.password_hash).await?;
            work.update::<accounts::row::Entity>(&before, &after).await?;
            let sessions = revoke_all(work, id, of(act)).await?;
            work.record(Event::new(&PASSWORD_CHANGED, id.0, json!({ "sessions_revoked": sessions })));
            self.forget_callers(work);
            Ok(())
        })
        .await
    }
}

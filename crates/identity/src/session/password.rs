//! Changing one's own password.

use gongjian_kernel::{Act, Event, Refusal, Result, Store, write};
use serde_json::json;

use super::login::of;
use super::own::account_of;
use super::store::revoke_all;
use crate::account::store as accounts;
use crate::event::{LOCKED, PASSWORD_CHANGE_FAILED, PASSWORD_CHANGED};
use crate::fault::{UNAUTHENTICATED, WRONG_PASSWORD};
use crate::identity::Identity;
use crate::person;
use crate::throttle::Gate;

impl Identity {
    /// Changes the password; the other sessions end. A wrong current one counts like a failed sign-in,
    /// so that a stolen session does not open the way to the password.
    pub async fn change_password(&self, store: &Store, act: &Act, current: &str, new: &str) -> Result<()> {
        let unknown = || Refusal::of(&UNAUTHENTICATED);
        let id = account_of(&act.actor)?;
        let known = accounts::find(store.db.reader(), id).await?.ok_or_else(unknown)?;
        let person = person::find(store.db.reader(), known.person_id).await?;
        let words = [Some(known.username.as_str()), person.as_ref().map(|person| person.name.as_str())];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let gate = Gate::new(self.settings(), &known.username_key, act.ip);
        let turn = self.passwords().turn().await?;
        self.passwords().check(&turn, "/new_password", new, &words).await?;
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
        if self.passwords().verify(&turn, new, Some(known.password_hash.clone())).await? {
            write(store, act, async |work| gate.give_back(work).await).await?;
            return Err(Refusal::field(
                "/new_password",
                "same_password",
                "新密码不能与当前密码相同。",
                "The new password must differ from the current one.",
            ));
        }
        let hash = self.passwords().hash(&turn, new).await?;
        write(store, act, async |work| {
            let before = accounts::lock(work, id).await?;
            if before.password_hash != known.password_hash {
                return Err(Refusal::of(&WRONG_PASSWORD));
            }
            gate.give_back(work).await?;
            let after =
                accounts::row::Model { password_hash: hash.clone(), must_change_password: false, ..before.next(work) };
            work.update::<accounts::row::Entity>(&before, &after).await?;
            let sessions = revoke_all(work, id, of(act)).await?;
            work.record(Event::new(&PASSWORD_CHANGED, id.0, json!({ "sessions_revoked": sessions })));
            self.forget_callers(work);
            Ok(())
        })
        .await
    }
}

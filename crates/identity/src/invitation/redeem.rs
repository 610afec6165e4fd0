//! Using an invitation: the person chooses a name and a password and is signed in.

use gongjian_kernel::{Act, Event, Refusal, Result, Scope, Store, policy, write};
use serde_json::json;

use super::commands::lock_both;
use super::{InvitationId, InvitationState, store};
use crate::account::store as accounts;
use crate::account::{Account, AccountAction, Username};
use crate::event::INVITATION_REDEEMED;
use crate::fault::{INVALID_CODE, USERNAME_TAKEN};
use crate::identity::Identity;
use crate::one_time_code::hash;
use crate::person::{self, PersonId};
use crate::policy::AccountPolicy;
use crate::session::Tokens;

/// An invitation whose code was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub invitation: InvitationId,
    pub person: PersonId,
    /// The units that the person acts for: no password should hold their names.
    pub units: Vec<uuid::Uuid>,
}

/// What the person chose.
#[derive(Clone)]
pub struct Redemption {
    pub username: Username,
    pub password: String,
    pub device_name: Option<String>,
}

impl std::fmt::Debug for Redemption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redemption").field("username", &self.username).finish_non_exhaustive()
    }
}

impl Identity {
    /// The invitation that a code opens.
    pub async fn find_invitation(&self, store: &Store, code: &str) -> Result<Opening> {
        let refused = || Refusal::of(&INVALID_CODE);
        let db = store.db.reader();
        let invitation = store::find_by_code(db, &hash(code)).await?.filter(|found| found.is_good(store.now()));
        let invitation = invitation.ok_or_else(refused)?;
        let positions = self.positions(db, &[invitation.person_id], store.today()).await?;
        if positions.is_empty() {
            return Err(refused());
        }
        let units = positions.iter().filter_map(|position| match position.scope {
            Scope::Unit(unit) => Some(unit),
            Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
        });
        Ok(Opening { invitation: invitation.id, person: invitation.person_id, units: units.collect() })
    }

    /// Opens the account and signs its owner in. Of many who try at once, one succeeds. A name that is
    /// taken or a password that is weak leaves the invitation as it is.
    pub async fn redeem_invitation(
        &self,
        store: &Store,
        act: &Act,
        opening: &Opening,
        chosen: &Redemption,
        words: &[String],
    ) -> Result<Tokens> {
        let person = person::find(store.db.reader(), opening.person).await?;
        let own = [Some(chosen.username.as_str()), person.as_ref().map(|person| person.name.as_str())];
        let words: Vec<&str> = own.into_iter().flatten().chain(words.iter().map(String::as_str)).collect();
        let policy = policy::current::<AccountPolicy>(store).await?;
        let turn = self.passwords().turn().await?;
        let rules = self.passwords().rules(&policy.value, false);
        self.passwords().check(&turn, rules, "/password", &chosen.password, &words).await?;
        let password = self.passwords().hash(&turn, &chosen.password).await?;
        drop(turn);
        let opened = write(store, act, async |work| {
            let refused = || Refusal::of(&INVALID_CODE);
            let (invitation, before) = lock_both(work, opening.invitation).await?.ok_or_else(refused)?;
            // A successor may have been filed since (Article 25).
            if self.positions(work.tx(), &[invitation.person_id], work.today()).await?.is_empty() {
                return Err(refused());
            }
            let taken = accounts::find_by_key(work.tx(), chosen.username.key()).await?;
            if taken.is_some_and(|other| other.id != before.id) {
                return Err(Refusal::of(&USERNAME_TAKEN));
            }
            if !store::end(work, invitation.id, InvitationState::Redeemed).await? {
                return Err(refused());
            }
            let after = accounts::row::Model {
                state: Account::from(before.clone()).moved(AccountAction::Redeem)?,
                username: chosen.username.as_str().to_owned(),
                username_key: chosen.username.key().to_owned(),
                password_hash: password.clone(),
                password_changed_at: Some(work.now()),
                ..before.next(work)
            };
            work.update::<accounts::row::Entity>(&before, &after).await?;
            let said = json!({ "invitation": invitation.id, "username": after.username });
            work.record(Event::new(&INVITATION_REDEEMED, after.id.0, said));
            self.open_session(work, &after, chosen.device_name.as_deref()).await
        })
        .await?;
        self.tokens(store, &opened)
    }
}

//! Asking for a new password, without being signed in.

use gongjian_kernel::{Act, Event, Result, Store, write};
use serde_json::json;

use super::{PasswordReset, ResetState, store};
use crate::account::store as accounts;
use crate::account::username::{self, Username};
use crate::event::RESET_REQUESTED;
use crate::identity::Identity;
use crate::throttle::{self, Admission, Gate};

impl Identity {
    /// Leaves a request with the security administrator where the name is that of an account in use. Requests
    /// are counted by name and address, apart from sign-ins: nobody shuts another out by asking. The name is
    /// looked up, and something is put on record, whether or not it is known.
    pub async fn request_reset(&self, store: &Store, act: &Act, name: &str) -> Result<()> {
        let gate = Gate::new(self.settings(), &format!("reset\n{}", username::key(name)), act.ip);
        if let Admission::Locked { seconds } = write(store, act, async |work| gate.count(work).await).await? {
            return Err(throttle::refusal(seconds));
        }
        write(store, act, async |work| {
            let known = match Username::parse(name) {
                Ok(name) => accounts::find_by_key(work.tx(), name.key()).await?,
                Err(_) => None,
            };
            let subject = known.as_ref().map(|known| known.id.0).unwrap_or_default();
            work.record(Event::new(&RESET_REQUESTED, subject, json!({ "known": known.is_some() })));
            let Some(account) = known.filter(accounts::row::Model::is_active) else { return Ok(()) };
            if store::find_open(work.tx(), account.id).await?.is_some() {
                return Ok(());
            }
            let request = PasswordReset {
                id: work.new_id(),
                account_id: account.id,
                state: ResetState::Requested,
                requested_at: work.now(),
                code_hash: None,
                expires_at: None,
                ended_at: None,
            };
            store::insert(work, request).await
        })
        .await
    }
}

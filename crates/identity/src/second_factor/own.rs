//! One's own second factor: enrol, confirm, disable.

use chrono::{DateTime, Utc};
use gongjian_kernel::{Act, Event, Refusal, Result, Store, policy, write};
use serde_json::json;

use super::secret::Device;
use super::store::{self, factor};
use crate::account::store as accounts;
use crate::event::{
    LOCKED, PASSWORD_CHANGE_FAILED, SECOND_FACTOR_DISABLED, SECOND_FACTOR_ENROLLED, SECOND_FACTOR_FAILED,
};
use crate::fault::{INVALID_TOKEN, SECOND_FACTOR_STATE, UNAUTHENTICATED, WRONG_PASSWORD, WRONG_SECOND_FACTOR};
use crate::identity::Identity;
use crate::one_time_code::OneTimeCode;
use crate::policy::AccountPolicy;
use crate::session::own::account_of;
use crate::throttle::Gate;

/// Whether one's sign-ins ask for a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactorState {
    pub confirmed_at: Option<DateTime<Utc>>,
    pub recovery_codes_left: u64,
}

/// What the device needs, shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    pub secret: String,
    pub otpauth_uri: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(***)")
    }
}

const ISSUER: &str = "共建";

impl Identity {
    pub async fn second_factor_state(&self, store: &Store, act: &Act) -> Result<SecondFactorState> {
        let account = account_of(&act.actor)?;
        let db = store.db.reader();
        let factor = store::confirmed(db, account).await?;
        let recovery_codes_left = store::recovery_codes_left(db, account).await?;
        Ok(SecondFactorState { confirmed_at: factor.and_then(|factor| factor.confirmed_at), recovery_codes_left })
    }

    /// Draws a secret. It asks nothing of a sign-in before a code of it has been confirmed. The password
    /// is wanted, so that whoever finds a session open cannot shut its owner out.
    pub async fn enrol_second_factor(&self, store: &Store, act: &Act, password: &str) -> Result<Enrolment> {
        let known = self.owner(store, act).await?;
        let gate = self.prove_password(store, act, &known, password).await?;
        let device = Device::draw()?;
        write(store, act, async |work| {
            let account = accounts::lock(work, known.id).await?;
            if !account.is_active() || account.version != known.version {
                return Err(Refusal::of(&INVALID_TOKEN));
            }
            gate.give_back(work).await?;
            if store::lock(work, account.id).await?.is_some_and(|factor| factor.confirmed_at.is_some()) {
                return Err(Refusal::of(&SECOND_FACTOR_STATE));
            }
            let sealed_secret = device.seal(&work.store.keys, account.id)?;
            let factor = factor::Model {
                account_id: account.id,
                sealed_secret,
                enrolled_at: work.now(),
                confirmed_at: None,
                last_step: 0,
            };
            store::enrol(work, factor).await
        })
        .await?;
        let secret = device.text();
        let otpauth_uri = format!(
            "otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            issuer = percent(ISSUER),
            name = percent(&known.username),
        );
        Ok(Enrolment { secret, otpauth_uri })
    }

    /// Shows that the device works. From now on sign-ins ask for it. Gives the recovery codes, once.
    pub async fn confirm_second_factor(&self, store: &Store, act: &Act, code: &str) -> Result<Vec<OneTimeCode>> {
        let id = account_of(&act.actor)?;
        write(store, act, async |work| {
            let account = accounts::lock(work, id).await?;
            if !account.is_active() {
                return Err(Refusal::of(&INVALID_TOKEN));
            }
            let enrolled = store::lock(work, id).await?.filter(|factor| factor.confirmed_at.is_none());
            let factor = enrolled.ok_or_else(|| Refusal::of(&SECOND_FACTOR_STATE))?;
            if !store::take(work, &factor, code).await? {
                return Err(Refusal::of(&WRONG_SECOND_FACTOR));
            }
            store::confirm(work, id).await?;
            let codes = store::draw_recovery_codes(work, id).await?;
            work.record(Event::new(&SECOND_FACTOR_ENROLLED, id.0, json!({})));
            self.forget_callers(work);
            Ok(codes)
        })
        .await
    }

    /// Does without a second factor from now on: with the password and a code of the device.
    pub async fn disable_second_factor(&self, store: &Store, act: &Act, password: &str, code: &str) -> Result<()> {
        let known = self.owner(store, act).await?;
        let gate = self.prove_password(store, act, &known, password).await?;
        // Beside a second factor, shorter passwords are accepted.
        let policy = policy::current::<AccountPolicy>(store).await?;
        let weak = !self.passwords().keeps(self.passwords().rules(&policy.value, false), password);
        let done = write(store, act, async |work| {
            let account = accounts::lock(work, known.id).await?;
            if !account.is_active() || account.version != known.version {
                return Err(Refusal::of(&INVALID_TOKEN));
            }
            let enrolled = store::lock(work, account.id).await?.filter(|factor| factor.confirmed_at.is_some());
            let factor = enrolled.ok_or_else(|| Refusal::of(&SECOND_FACTOR_STATE))?;
            if !store::take(work, &factor, code).await? {
                work.record(Event::new(&SECOND_FACTOR_FAILED, account.id.0, json!({})).refused());
                return Ok(false);
            }
            gate.give_back(work).await?;
            store::remove(work, account.id).await?;
            if weak {
                let after = accounts::row::Model { must_change_password: true, ..account.next(work) };
                work.update::<accounts::row::Entity>(&account, &after).await?;
            }
            work.record(Event::new(&SECOND_FACTOR_DISABLED, account.id.0, json!({})));
            self.forget_callers(work);
            Ok(true)
        })
        .await?;
        if done { Ok(()) } else { Err(Refusal::of(&WRONG_SECOND_FACTOR)) }
    }

    async fn owner(&self, store: &Store, act: &Act) -> Result<accounts::row::Model> {
        let id = account_of(&act.actor)?;
        accounts::find(store.db.reader(), id).await?.ok_or_else(|| Refusal::of(&UNAUTHENTICATED))
    }

    /// The password once more. A wrong one counts like a failed sign-in. The attempt stays counted until
    /// the gate gives it back.
    async fn prove_password(
        &self,
        store: &Store,
        act: &Act,
        known: &accounts::row::Model,
        password: &str,
    ) -> Result<Gate> {
        let gate = Gate::new(self.settings(), &known.username_key, act.ip);
        let turn = self.passwords().turn().await?;
        let last = self.admit(store, act, &gate).await?;
        if self.passwords().verify(&turn, password, Some(known.password_hash.clone())).await? {
            return Ok(gate);
        }
        drop(turn);
        write(store, act, async |work| {
            work.record(Event::new(&PASSWORD_CHANGE_FAILED, known.id.0, json!({ "for": "second_factor" })).refused());
            if last {
                work.record(Event::new(&LOCKED, known.id.0, json!({ "username": known.username })));
            }
            Ok(())
        })
        .await?;
        Err(Refusal::of(&WRONG_PASSWORD))
    }
}

/// What RFC 3986 reserves, percent-encoded.
fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

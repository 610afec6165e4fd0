//! The second step of a sign-in. The challenge stands for "this account, in this version, has shown its
//! password": whatever changes the account between the steps makes it void.

use chrono::Duration;
use gongjian_kernel::keys::{random_token, sha256};
use gongjian_kernel::{Act, Event, Refusal, Result, Store, Work, write};
use serde_json::json;

use super::{Challenge, store};
use crate::account::store as accounts;
use crate::event::{LOCKED, RECOVERY_CODE_USED, SECOND_FACTOR_FAILED};
use crate::fault::{INVALID_CHALLENGE, INVALID_SECOND_FACTOR};
use crate::identity::Identity;
use crate::session::Tokens;
use crate::throttle::{self, Gate};

const LIFE_MINUTES: i64 = 5;
const PREFIX: &str = "gjc_";

/// What the second step shows.
#[derive(Clone)]
pub enum Proof {
    /// The code that the device shows now.
    Code(String),
    RecoveryCode(String),
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(***)")
    }
}

fn hash(token: &str) -> String {
    sha256(&[token.as_bytes()])
}

/// Asks for the second step. The account is locked and has shown its password.
pub(crate) async fn ask(
    work: &Work<'_>,
    account: &accounts::row::Model,
    device_name: Option<&str>,
) -> Result<Challenge> {
    let token = format!("{PREFIX}{}", random_token::<32>().map_err(Refusal::internal)?);
    let expires_at = work.now() + Duration::minutes(LIFE_MINUTES);
    let row = store::challenge::Model {
        id: work.new_id(),
        account_id: account.id,
        account_version: account.version,
        token_hash: hash(&token),
        device_name: device_name.map(|name| name.chars().take(80).collect()),
        expires_at,
        used_at: None,
    };
    store::insert_challenge(work, row).await?;
    Ok(Challenge { token, expires_at })
}

impl Identity {
    /// The second step. Guesses are counted with those at the password, before they are looked at.
    pub async fn second_factor(&self, store: &Store, act: &Act, token: &str, proof: &Proof) -> Result<Tokens> {
        let refused = || Refusal::of(&INVALID_CHALLENGE);
        let open = store::find_challenge(store.db.reader(), &hash(token)).await?.ok_or_else(refused)?;
        let account = accounts::find(store.db.reader(), open.account_id).await?.ok_or_else(refused)?;
        if open.used_at.is_some() || open.expires_at <= store.now() || account.version != open.account_version {
            return Err(refused());
        }
        let gate = Gate::new(self.settings(), &account.username_key, act.ip);
        if let Some(seconds) = gate.wait(store.db.reader(), store.now()).await? {
            return Err(throttle::refusal(seconds));
        }
        let last = self.admit(store, act, &gate).await?;
        let opened = write(store, act, async |work| {
            let account = accounts::lock(work, open.account_id).await?;
            if !account.is_active() || account.version != open.account_version {
                return Err(refused());
            }
            let Some(factor) = store::lock(work, account.id).await?.filter(|factor| factor.confirmed_at.is_some())
            else {
                return Err(refused());
            };
            let holds = match proof {
                Proof::Code(code) => store::take(work, &factor, code).await?,
                Proof::RecoveryCode(code) => store::take_recovery_code(work, account.id, code).await?,
            };
            if !holds {
                return Ok(None);
            }
            if !store::spend_challenge(work, open.id).await? {
                return Err(refused());
            }
            if matches!(proof, Proof::RecoveryCode(_)) {
                let left = store::recovery_codes_left(work.tx(), account.id).await?;
                work.record(Event::new(&RECOVERY_CODE_USED, account.id.0, json!({ "left": left })));
            }
            // The step of the password is given back as well.
            gate.give_back(work).await?;
            gate.give_back(work).await?;
            self.open_session(work, &account, open.device_name.as_deref()).await.map(Some)
        })
        .await?;
        match opened {
            Some(opened) => self.tokens(store, &opened),
            None => {
                write(store, act, async |work| {
                    work.record(Event::new(&SECOND_FACTOR_FAILED, account.id.0, json!({})).refused());
                    if last {
                        work.record(Event::new(&LOCKED, account.id.0, json!({ "username": account.username })));
                    }
                    Ok(())
                })
                .await?;
                Err(Refusal::of(&INVALID_SECOND_FACTOR))
            }
        }
    }
}

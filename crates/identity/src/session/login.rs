//! Signing in. Every failure has one answer: no such name, wrong password, disabled.

use chrono::SubsecRound as _;
use gongjian_kernel::{Act, Event, Refusal, Result, Store, Work, write};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::store::{self, Session, token};
use super::{SessionId, Tokens};
use crate::account::store as accounts;
use crate::account::{AccountState, username};
use crate::event::{LOCKED, LOGIN_FAILED, LOGIN_SUCCEEDED};
use crate::fault::INVALID_CREDENTIALS;
use crate::identity::Identity;
use crate::password::PasswordHash;
use crate::throttle::{self, Admission, Gate};

/// What somebody signs in with.
#[derive(Clone)]
pub struct Login {
    pub username: String,
    pub password: String,
    pub device_name: Option<String>,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("username", &self.username).finish_non_exhaustive()
    }
}

impl Identity {
    /// Opens a session.
    ///
    /// The turn at hashing is held from the count of the attempt until it is known to be good or bad. So an instance never
    /// has more attempts open than turns, and a crowd that signs in at once is not taken for an attack.
    pub async fn login(&self, store: &Store, act: &Act, login: Login) -> Result<Tokens> {
        let key = username::key(&login.username);
        let gate = Gate::new(self.settings(), &key, act.ip);
        if let Some(seconds) = gate.wait(store.db.reader(), store.now()).await? {
            return Err(throttle::refusal(seconds));
        }
        let turn = self.passwords().turn().await?;
        let last = self.admit(store, act, &gate).await?;
        let known = match username::Username::parse(&login.username) {
            Ok(name) => accounts::find_by_key(store.db.reader(), name.key()).await?,
            Err(_) => None,
        };
        let hash = known.as_ref().map(|known| known.password_hash.clone());
        let holds = self.passwords().verify(&turn, &login.password, hash.clone()).await?;
        if let (true, Some(account), Some(hash)) = (holds, &known, hash) {
            let fresh = if self.passwords().is_outdated(&hash) {
                Some(self.passwords().hash(&turn, &login.password).await?)
            } else {
                None
            };
            let device = login.device_name.as_deref();
            let opened = write(store, act, async |work| {
                let account = accounts::lock(work, account.id).await?;
                // Somebody may have disabled it or changed its password while we hashed.
                if account.state != AccountState::Active || account.password_hash != hash {
                    return Ok(None);
                }
                gate.give_back(work).await?;
                self.open_session(work, &account, fresh.clone(), device).await.map(Some)
            })
            .await?;
            if let Some((session, token)) = opened {
                return self.tokens(store, &session, &token, account.must_change_password);
            }
        }
        drop(turn);
        write(store, act, async |work| {
            let (subject, name) = known.as_ref().map(|known| (known.id.0, &known.username)).unzip();
            let subject = subject.unwrap_or_default();
            // An unknown name is not kept: it may be a password in the wrong field.
            work.record(Event::new(&LOGIN_FAILED, subject, json!({ "username": name })).refused());
            if last {
                work.record(Event::new(&LOCKED, subject, json!({ "username": name })));
            }
            Ok(())
        })
        .await?;
        Err(Refusal::of(&INVALID_CREDENTIALS))
    }

    /// Counts an attempt at a password, or refuses it. Tells whether it is the last one.
    pub(crate) async fn admit(&self, store: &Store, act: &Act, gate: &Gate) -> Result<bool> {
        match write(store, act, async |work| gate.count(work).await).await? {
            Admission::Admitted { last } => Ok(last),
            Admission::Locked { seconds } => Err(throttle::refusal(seconds)),
        }
    }

    async fn open_session(
        &self,
        work: &mut Work<'_>,
        account: &accounts::row::Model,
        fresh: Option<PasswordHash>,
        device_name: Option<&str>,
    ) -> Result<(Session, token::Model)> {
        if let Some(hash) = fresh {
            accounts::row::Entity::update_many()
                .col_expr(accounts::row::Column::PasswordHash, Expr::val(hash))
                .filter(accounts::row::Column::Id.eq(account.id))
                .exec(work.tx())
                .await?;
        }
        let session = Session {
            id: work.new_id(),
            account_id: account.id,
            device_name: device_name.map(|name| name.chars().take(80).collect()),
            ip: work.act.ip.map(|ip| ip.to_string()),
            user_agent: work.act.user_agent.clone(),
            created_at: work.now(),
            last_used_at: work.now(),
            expires_at: work.now() + self.settings().absolute_life(),
            revoked_at: None,
        };
        store::insert(work, session.clone()).await?;
        let token = store::issue_token(work, &session, self.settings().idle_life()).await?;
        work.record(Event::new(&LOGIN_SUCCEEDED, account.id.0, json!({ "session": session.id })));
        Ok((session, token))
    }

    /// The pair that belongs to a refresh token on file: the same row gives the same pair.
    pub(crate) fn tokens(
        &self,
        store: &Store,
        session: &Session,
        token: &token::Model,
        must_change_password: bool,
    ) -> Result<Tokens> {
        let issued = token.issued_at.trunc_subsecs(0);
        let expires = issued + self.settings().access_life();
        Ok(Tokens {
            access_token: self.access_tokens().issue(session.account_id, session.id, token.id.0, issued)?,
            expires_in_seconds: (expires - store.now()).num_seconds().max(0),
            refresh_token: crate::refresh::text(&store.keys.refresh, token.id),
            refresh_expires_at: token.expires_at,
            session: session.id,
            must_change_password,
        })
    }
}

/// The session that an actor came with.
pub(crate) fn of(act: &Act) -> Option<SessionId> {
    act.actor.session.map(SessionId)
}

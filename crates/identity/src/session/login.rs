//! Signing in. Every failure has one answer: no such name, wrong password, invited, locked, disabled.

use chrono::SubsecRound as _;
use gongjian_kernel::{Act, Event, Refusal, Result, Store, Work, write};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::store::{self, Session, token};
use super::{SessionId, Tokens};
use crate::account::store as accounts;
use crate::account::{AccountId, username};
use crate::event::{LOCKED, LOGIN_FAILED, LOGIN_SUCCEEDED, SESSION_REVOKED};
use crate::fault::INVALID_CREDENTIALS;
use crate::identity::Identity;
use crate::password::PasswordHash;
use crate::policy::AccountPolicy;
use crate::second_factor::{self, Challenge, store::confirmed};
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

/// What a sign-in with the right password comes to.
#[derive(Debug)]
pub enum SignedIn {
    Done(Tokens),
    /// The second factor is still wanted: [`Identity::second_factor`].
    SecondFactor(Challenge),
}

impl SignedIn {
    /// The tokens, where no second factor is wanted.
    #[must_use]
    pub fn tokens(self) -> Option<Tokens> {
        match self {
            Self::Done(tokens) => Some(tokens),
            Self::SecondFactor(_) => None,
        }
    }
}

/// A session that was opened, and the first of its refresh tokens.
pub(crate) struct Opened {
    pub(crate) session: Session,
    pub(crate) token: token::Model,
    pub(crate) must_change_password: bool,
}

enum Step {
    Opened(Box<Opened>),
    Asked(Challenge),
}

impl Identity {
    /// Opens a session, or asks for the second factor.
    ///
    /// The turn at hashing is held from the count of the attempt until it is known to be good or bad. So an instance never
    /// has more attempts open than turns, and a crowd that signs in at once is not taken for an attack.
    pub async fn login(&self, store: &Store, act: &Act, login: Login) -> Result<SignedIn> {
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
                if !account.is_active() || account.password_hash != hash {
                    return Ok(None);
                }
                rehashed(work, account.id, fresh.as_ref()).await?;
                // The attempt stays counted until the second factor is shown: guesses at it have the same limit.
                if confirmed(work.tx(), account.id).await?.is_some() {
                    return second_factor::ask(work, &account, device).await.map(Step::Asked).map(Some);
                }
                gate.give_back(work).await?;
                let opened = self.open_session(work, &account, device).await?;
                Ok(Some(Step::Opened(Box::new(opened))))
            })
            .await?;
            match opened {
                Some(Step::Opened(opened)) => return self.tokens(store, &opened).map(SignedIn::Done),
                Some(Step::Asked(challenge)) => return Ok(SignedIn::SecondFactor(challenge)),
                None => {}
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

    /// Opens a session. The account is locked and has shown all that is asked of it.
    pub(crate) async fn open_session(
        &self,
        work: &mut Work<'_>,
        account: &accounts::row::Model,
        device_name: Option<&str>,
    ) -> Result<Opened> {
        let policy = AccountPolicy::within(work).await?;
        accounts::row::Entity::update_many()
            .col_expr(accounts::row::Column::LastLoginAt, Expr::val(work.now()))
            .filter(accounts::row::Column::Id.eq(account.id))
            .exec(work.tx())
            .await?;
        if let Some(most) = policy.sessions() {
            let live = store::live(work.tx(), account.id, work.now()).await?;
            for old in live.iter().skip(most.saturating_sub(1)) {
                store::revoke(work, old.id).await?;
                work.record(Event::new(&SESSION_REVOKED, account.id.0, json!({ "session": old.id, "most": most })));
                self.forget_callers(work);
            }
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
        let must_change_password = account.must_change_password(&policy, work.now());
        Ok(Opened { session, token, must_change_password })
    }

    /// The pair that belongs to a refresh token on file: the same row gives the same pair.
    pub(crate) fn tokens(&self, store: &Store, opened: &Opened) -> Result<Tokens> {
        let Opened { session, token, must_change_password } = opened;
        let issued = token.issued_at.trunc_subsecs(0);
        let expires = issued + self.settings().access_life();
        Ok(Tokens {
            access_token: self.access_tokens().issue(session.account_id, session.id, token.id.0, issued)?,
            expires_in_seconds: (expires - store.now()).num_seconds().max(0),
            refresh_token: crate::refresh::text(&store.keys.refresh, token.id),
            refresh_expires_at: token.expires_at,
            session: session.id,
            must_change_password: *must_change_password,
        })
    }
}

/// Keeps a hash that was made anew with the parameters in force.
async fn rehashed(work: &Work<'_>, account: AccountId, fresh: Option<&PasswordHash>) -> Result<()> {
    if let Some(hash) = fresh {
        accounts::row::Entity::update_many()
            .col_expr(accounts::row::Column::PasswordHash, Expr::val(hash.clone()))
            .filter(accounts::row::Column::Id.eq(account))
            .exec(work.tx())
            .await?;
    }
    Ok(())
}

/// The session that an actor came with.
pub(crate) fn of(act: &Act) -> Option<SessionId> {
    act.actor.session.map(SessionId)
}

//! Who asks: from an access token to a caller with the offices held now.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_kernel::keys::Keys;
use gongjian_kernel::recent::Recent;
use gongjian_kernel::{Actor, Grant, Refusal, Result, Store, Work, policy};
use sea_orm::{DatabaseConnection, DatabaseExecutor};

use crate::account::grant::AccountGrant;
use crate::account::store as accounts;
use crate::account::{AccountId, grant};
use crate::fault::INVALID_TOKEN;
use crate::password::{IssuedPassword, PasswordHash, Passwords};
use crate::password_rules::PasswordRules;
use crate::person::{self, PersonId};
use crate::policy::AccountPolicy;
use crate::position::{Position, Source};
use crate::second_factor::store::confirmed;
use crate::session::{SessionId, store as sessions};
use crate::settings::IdentitySettings;
use crate::token::AccessTokens;

/// What is decided here reaches the other instances within a second.
const CALLER_LIFE: Duration = Duration::from_millis(900);
const CALLERS: u64 = 10_000;

/// Who sent a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub actor: Actor,
    pub account: AccountId,
    pub session: SessionId,
    pub username: String,
    /// Until the password is changed, nothing else is open to the caller.
    pub must_change_password: bool,
    /// Until a second factor is enrolled, nothing else is open to the caller.
    pub must_enrol_second_factor: bool,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
}

/// Sign-ins, sessions and tokens. Cheap to clone.
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    settings: IdentitySettings,
    access_tokens: AccessTokens,
    passwords: Passwords,
    /// Whoever keeps facts that offices rest on.
    sources: &'static [Source],
    /// Verified tokens and whom they stand for.
    callers: Recent<String, (NaiveDate, Arc<Caller>)>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

impl Identity {
    pub fn new(keys: &Keys, settings: IdentitySettings, sources: &'static [Source]) -> Result<Self> {
        Ok(Self(Arc::new(Inner {
            access_tokens: AccessTokens::new(&keys.token_seed, &settings)?,
            passwords: Passwords::new(&settings)?,
            callers: Recent::new(CALLERS, CALLER_LIFE),
            sources,
            settings,
        })))
    }

    pub(crate) fn settings(&self) -> &IdentitySettings {
        &self.0.settings
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    pub(crate) fn access_tokens(&self) -> &AccessTokens {
        &self.0.access_tokens
    }

    /// Rights or sessions change: after the commit, the next request of everybody is looked up anew.
    pub fn forget_callers(&self, work: &mut Work<'_>) {
        let callers = self.0.callers.clone();
        work.forget(move || callers.forget_all());
    }

    /// The positions that these persons hold on that day.
    pub async fn positions<'a>(
        &self,
        db: impl Into<DatabaseExecutor<'a>>,
        persons: &[PersonId],
        today: NaiveDate,
    ) -> Result<Vec<Position>> {
        self.positions_in(&db.into(), persons, today).await
    }

    pub(crate) async fn positions_in(
        &self,
        db: &DatabaseExecutor<'_>,
        persons: &[PersonId],
        today: NaiveDate,
    ) -> Result<Vec<Position>> {
        let mut held = Vec::new();
        for source in self.0.sources {
            held.extend(source(db, persons, today).await?);
        }
        Ok(held)
    }

    /// What an account may act as: one of the three administrators and nothing else, or whatever its
    /// person's positions make it (三员分立, GB/T 22239 8.1.5).
    async fn offices(
        &self,
        db: &DatabaseConnection,
        account: AccountId,
        person: PersonId,
        today: NaiveDate,
    ) -> Result<Vec<Grant>> {
        let administers = grant::current(db, account).await?;
        if administers.is_empty() {
            return Ok(self.positions(db, &[person], today).await?.iter().map(Position::for_actor).collect());
        }
        Ok(administers.iter().map(AccountGrant::for_actor).collect())
    }

    /// Whoever an account stands for, with the offices that he holds now; nobody where the account is not active.
    /// For what is read with something else than a token.
    pub async fn actor_of(&self, store: &Store, id: AccountId) -> Result<Option<Actor>> {
        let db = store.db.reader();
        let Some(account) = accounts::find(db, id).await?.filter(|it| it.is_active()) else { return Ok(None) };
        let Some(person) = person::find(db, account.person_id).await? else { return Ok(None) };
        let grants = self.offices(db, account.id, person.id, store.today()).await?;
        let (account, person, name) = (Some(account.id.0), Some(person.id.0), person.name.into());
        Ok(Some(Actor { account, session: None, person, name, grants }))
    }

    /// The rules that a new password must keep, for whoever has no second factor.
    #[must_use]
    pub fn password_rules(&self, policy: &AccountPolicy) -> PasswordRules {
        self.passwords().rules(policy, false)
    }

    /// The hash of a password that nobody knows, for an account that waits for its owner.
    pub(crate) fn nobodys_password(&self) -> PasswordHash {
        self.passwords().nobody()
    }

    /// Draws a password for a new account or a reset. Its text is shown once and kept nowhere.
    pub async fn issue_password(&self) -> Result<IssuedPassword> {
        self.passwords().issue().await
    }

    /// Accepts a password that somebody chose for an account. `words` are those that an attacker would
    /// try first: the user name, the name of the person, of the unit.
    pub async fn accept_password(
        &self,
        store: &Store,
        pointer: &str,
        password: &str,
        words: &[&str],
    ) -> Result<PasswordHash> {
        let policy = policy::current::<AccountPolicy>(store).await?;
        let rules = self.passwords().rules(&policy.value, false);
        let turn = self.passwords().turn().await?;
        self.passwords().check(&turn, rules, pointer, password, words).await?;
        self.passwords().hash(&turn, password).await
    }

    /// The caller that an access token stands for.
    pub async fn authenticate(&self, store: &Store, token: &str) -> Result<Arc<Caller>> {
        // Offices begin and end at midnight: nobody is known by those of yesterday.
        let today = store.today();
        if let Some((day, caller)) = self.0.callers.get(token)
            && day == today
            && store.now() < caller.expires_at
        {
            return Ok(caller);
        }
        let since = self.0.callers.now();
        let caller = Arc::new(self.look_up(store, token).await?);
        self.0.callers.keep(since, token.to_owned(), (today, caller.clone()));
        Ok(caller)
    }

    async fn look_up(&self, store: &Store, token: &str) -> Result<Caller> {
        let refused = || Refusal::of(&INVALID_TOKEN);
        let claims = self.access_tokens().verify(token, store.now())?;
        let db = store.db.reader();
        let session = sessions::find(db, claims.sid).await?.ok_or_else(refused)?;
        let account = accounts::find(db, session.account_id).await?.ok_or_else(refused)?;
        if !session.is_live(store.now()) || account.id != claims.sub || !account.is_active() {
            return Err(refused());
        }
        let person = person::find(db, account.person_id).await?.ok_or_else(refused)?;
        let grants = self.offices(db, account.id, person.id, store.today()).await?;
        let policy = policy::current::<AccountPolicy>(store).await?;
        let must_enrol_second_factor = policy.value.wants_second_factor(grants.iter().map(|grant| grant.role))
            && confirmed(db, account.id).await?.is_none();
        let must_change_password = account.must_change_password(&policy.value, store.now());
        Ok(Caller {
            actor: Actor {
                account: Some(account.id.0),
                session: Some(session.id.0),
                person: Some(person.id.0),
                name: person.name.into(),
                grants,
            },
            account: account.id,
            session: session.id,
            username: account.username,
            must_change_password,
            must_enrol_second_factor,
            expires_at: DateTime::from_timestamp(claims.exp, 0).unwrap_or_default(),
        })
    }
}

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use gongjian_identity::person::{self, NewPerson};
use gongjian_identity::position::{Position, Source};
use gongjian_identity::{Account, Identity, IdentitySettings, Login, NewAccount, Role, Tokens, Username, account};
use gongjian_kernel::clock::SetClock;
use gongjian_kernel::db::{Database, DatabaseSettings};
use gongjian_kernel::id::{IdSource as _, RandomIds};
use gongjian_kernel::keys::Keys;
use gongjian_kernel::{Act, Actor, Refusal, Result, Scope, Store, Target, write};
use gongjian_migration::Migrator;
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::MigratorTrait as _;

pub(crate) const PASSWORD: &str = "four lanterns over the canal";

pub(crate) struct Fixture {
    pub(crate) store: Store,
    pub(crate) identity: Identity,
    pub(crate) clock: Arc<SetClock>,
    folder: tempfile::TempDir,
}

pub(crate) fn settings() -> IdentitySettings {
    IdentitySettings { argon2_memory_kib: 64, argon2_iterations: 1, ..IdentitySettings::default() }
}

/// PostgreSQL to run on in place of SQLite: `postgres://user@host`, without a database.
pub(crate) const POSTGRES: &str = "GONGJIAN_TEST_POSTGRES";

async fn connect(url: String) -> Database {
    let patience = Duration::from_secs(30);
    let settings = DatabaseSettings { url, connections: 4, acquire_timeout: patience, statement_timeout: patience };
    Database::connect(&settings).await.unwrap()
}

/// A database of the test's own on that server. The names are random; nobody cleans up a test server.
async fn own_database() -> Option<String> {
    let server = std::env::var(POSTGRES).ok()?;
    let name = format!("identity_{}", RandomIds.next().simple());
    let administration = connect(format!("{server}/postgres")).await;
    administration.writer().execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    administration.close().await;
    Some(format!("{server}/{name}"))
}

/// Whoever signs in as `rep…` represents a unit, as another crate would tell.
const SOURCES: &[Source] = &[|db, persons, _| {
    Box::pin(async move {
        let persons = person::list(db, persons.iter().copied()).await?;
        let held = persons.into_iter().filter(|person| person.name.starts_with("人员rep"));
        let scope = Scope::Unit(uuid::Uuid::from_u128(7));
        Ok(held.map(|it| Position { person: it.id, role: Role::MemberRepresentative, scope: scope.clone() }).collect())
    })
}];

impl Fixture {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = format!("sqlite://{}", folder.path().join("test.db").display());
        let db = connect(own_database().await.unwrap_or(file)).await;
        Migrator::up(db.writer(), None).await.unwrap();
        let clock = Arc::new(SetClock::at("2026-11-20T01:00:00Z".parse::<DateTime<Utc>>().unwrap()));
        let keys = Keys::from_secret(b"a secret of more than 32 bytes, mixed: 8fK2-x").unwrap();
        let store = Store::new(db, clock.clone(), Arc::new(RandomIds), keys);
        let identity = Identity::new(&store.keys, settings(), SOURCES).unwrap();
        Self { store, identity, clock, folder }
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Another instance on the same database.
    pub(crate) fn second_instance(&self) -> Identity {
        Identity::new(&self.store.keys, settings(), SOURCES).unwrap()
    }

    pub(crate) fn anonymous(&self, ip: &str) -> Act {
        let request_id = self.store.ids.next();
        Act { actor: Actor::anonymous(), request_id, ip: Some(ip.parse().unwrap()), user_agent: None }
    }

    pub(crate) async fn open(&self, username: &str) -> Account {
        let password = self.identity.accept_password(&self.store, "/password", PASSWORD, &[]).await.unwrap();
        write(&self.store, &Act::by_rule(&self.store), async |work| {
            let new = NewPerson { name: format!("人员{username}"), phone: None, email: None };
            let new = NewAccount {
                person: person::create(work, new).await?.id,
                username: Username::parse(username)?,
                password: password.clone(),
                must_change_password: false,
            };
            account::create(work, new).await
        })
        .await
        .unwrap()
    }

    pub(crate) async fn open_administrator(&self, username: &str) -> Account {
        self.open_as(username, Role::SystemAdministrator).await
    }

    /// One of the three administrators.
    pub(crate) async fn open_as(&self, username: &str, role: Role) -> Account {
        let account = self.open(username).await;
        let by = Act::by_rule(&self.store);
        let made = write(&self.store, &by, async |work| {
            account::grant::add(work, &self.identity, Target::any(account.id), role).await.map(drop)
        });
        made.await.unwrap();
        account
    }

    pub(crate) async fn login_from(&self, ip: &str, username: &str, password: &str) -> Result<Tokens> {
        let login = Login {
            username: username.to_owned(),
            password: password.to_owned(),
            device_name: Some("手机".to_owned()),
        };
        Ok(self.identity.login(&self.store, &self.anonymous(ip), login).await?.tokens().unwrap())
    }

    pub(crate) async fn login(&self, username: &str, password: &str) -> Result<Tokens> {
        self.login_from("192.0.2.1", username, password).await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Result<Tokens> {
        self.identity.refresh(&self.store, &self.anonymous("192.0.2.1"), token).await
    }

    /// An act of whoever holds the tokens.
    pub(crate) async fn act(&self, tokens: &Tokens) -> Act {
        let caller = self.identity.authenticate(&self.store, &tokens.access_token).await.unwrap();
        Act { actor: caller.actor.clone(), ..self.anonymous("192.0.2.1") }
    }

    pub(crate) async fn is_live(&self, tokens: &Tokens) -> bool {
        self.identity.authenticate(&self.store, &tokens.access_token).await.is_ok()
    }
}

pub(crate) fn code<T>(result: Result<T>) -> &'static str {
    result.map_or_else(|refusal: Refusal| refusal.entry.code, |_| "done")
}

//! The app under test.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use gongjian::config::Config;
use gongjian::start::FirstAdministrator;
use gongjian_identity::{Identity, Role};
use gongjian_kernel::audit::{Checkpoint, Verdict, checkpoint, verify};
use gongjian_kernel::clock::{SetClock, instant};
use gongjian_kernel::{Act, Actor, Grant, Scope, Store};
use gongjian_migration::Migrator;
use sea_orm::{ConnectionTrait as _, Statement};
use sea_orm_migration::MigratorTrait as _;

use crate::database::{self, OwnDatabase};
use crate::instance::Instance;
use crate::persona::{Persona, SignIn};
use crate::process::Process;
use crate::units::TestUnit;

/// A running server with a database of its own. Cheap to clone; gone with the last clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    instance: Instance,
    http: reqwest::Client,
    /// By user name; without the app, which would keep itself alive.
    personas: Mutex<HashMap<String, Arc<SignIn>>>,
    shared: Arc<Shared>,
}

/// What several instances on one database share.
#[derive(Debug)]
struct Shared {
    clock: Arc<SetClock>,
    config: Config,
    database: OwnDatabase,
}

/// What a test sets differently.
type Change = Box<dyn FnOnce(&mut Config)>;

/// How an app is to be.
#[derive(Default)]
pub struct Setup {
    change: Vec<Change>,
    empty: bool,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").field("empty", &self.empty).finish_non_exhaustive()
    }
}

impl Setup {
    /// Changes a setting.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Config) + 'static) -> Self {
        self.change.push(Box::new(change));
        self
    }

    /// On a database with nothing in it, as at the first start.
    #[must_use]
    pub fn on_an_empty_database(mut self) -> Self {
        self.empty = true;
        self
    }

    pub async fn start(self) -> App {
        let database = if self.empty { OwnDatabase::empty().await } else { OwnDatabase::ready().await };
        let mut config = database::config(&database.url, database.folder());
        for change in self.change {
            change(&mut config);
        }
        let clock = Arc::new(SetClock::at(database::beginning()));
        App::of(Arc::new(Shared { clock, config, database }), |_| {})
    }
}

impl App {
    /// A server on Friday, 20 November 2026, ten o'clock in Shanghai.
    pub async fn start() -> Self {
        Setup::default().start().await
    }

    fn of(shared: Arc<Shared>, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = shared.config.clone();
        change(&mut config);
        let instance = Instance::start(config, database::parts(shared.clock.clone()));
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self(Arc::new(Inner { instance, http, personas: Mutex::default(), shared }))
    }

    /// A further instance on the same database and clock.
    #[must_use]
    pub fn another_instance(&self) -> Self {
        Self::of(self.0.shared.clone(), |_| {})
    }

    /// A further instance that differs in a setting.
    #[must_use]
    pub fn another_instance_with(&self, change: impl FnOnce(&mut Config)) -> Self {
        Self::of(self.0.shared.clone(), change)
    }

    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.instance.store
    }

    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.instance.identity
    }

    #[must_use]
    pub fn address(&self) -> std::net::SocketAddr {
        self.0.instance.address
    }

    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address())
    }

    #[must_use]
    pub fn database_url(&self) -> &str {
        &self.0.shared.database.url
    }

    /// The binary `gongjian` on the same database, with the system's clock.
    pub async fn process(&self) -> Process {
        Process::start(&self.0.shared.config, self.database_url(), "error").await
    }

    /// The same, telling all that it can tell.
    pub async fn talkative_process(&self) -> Process {
        Process::start(&self.0.shared.config, self.database_url(), "debug").await
    }

    #[must_use]
    pub fn first_administrator(&self) -> Option<&FirstAdministrator> {
        self.0.instance.first_administrator.as_ref()
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Sets the clock to a civil time in Shanghai: `2026-11-23 09:00`.
    pub fn at(&self, civil: &str) {
        let civil = NaiveDateTime::parse_from_str(civil, "%Y-%m-%d %H:%M").unwrap();
        self.0.shared.clock.set(instant(civil.date(), civil.time()));
    }

    pub fn passes(&self, by: Duration) {
        self.0.shared.clock.advance(by);
    }

    #[must_use]
    pub fn clock(&self) -> &SetClock {
        &self.0.shared.clock
    }

    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.store().now()
    }

    /// An act of somebody who holds the office, for the domain's own commands.
    #[must_use]
    pub fn act(&self, role: Role, scope: Scope) -> Act {
        let actor = Actor { grants: vec![Grant { role: role.as_str(), scope }], ..Actor::anonymous() };
        Act { actor, ..Act::by_rule(self.store()) }
    }

    /// Whoever asks without a token.
    #[must_use]
    pub fn anonymous(&self) -> Persona {
        Persona::anonymous(self.clone())
    }

    pub async fn secretariat(&self) -> Persona {
        self.persona("secretariat", Role::SecretariatOffice, Scope::Association).await
    }

    pub async fn secretary_general(&self) -> Persona {
        self.persona("secretary.general", Role::SecretaryGeneral, Scope::Association).await
    }

    pub async fn president(&self) -> Persona {
        self.persona("president", Role::President, Scope::Association).await
    }

    /// 系统管理员: accounts and settings, no business.
    pub async fn administrator(&self) -> Persona {
        self.persona("administrator", Role::SystemAdministrator, Scope::Association).await
    }

    /// 安全保密管理员: rights, no business.
    pub async fn security(&self) -> Persona {
        self.persona("security", Role::SecurityAdministrator, Scope::Association).await
    }

    /// 安全审计员: reads the audit trail.
    pub async fn auditor(&self) -> Persona {
        self.persona("auditor", Role::AuditAdministrator, Scope::Association).await
    }

    pub async fn representative_of(&self, unit: &TestUnit) -> Persona {
        self.persona(&format!("rep.{}", unit.key()), Role::MemberRepresentative, Scope::Unit(unit.id)).await
    }

    pub async fn liaison_of(&self, unit: &TestUnit) -> Persona {
        self.persona(&format!("liaison.{}", unit.key()), Role::MemberLiaison, Scope::Unit(unit.id)).await
    }

    /// Who handles issues for the department.
    pub async fn department(&self, unit: &TestUnit) -> Persona {
        self.persona(&format!("handler.{}", unit.key()), Role::DepartmentHandler, Scope::Unit(unit.id)).await
    }

    /// The president of the branch of a street.
    pub async fn branch(&self, street: &str) -> Persona {
        self.persona(&format!("branch.{street}"), Role::BranchPresident, Scope::Branch(street.to_owned())).await
    }

    /// The representative of a unit that has nothing to do with anything.
    pub async fn outsider(&self) -> Persona {
        if let Some(known) = self.known("outsider") {
            return known;
        }
        let unit = self.member_unit("局外文化传播有限公司").await;
        self.persona("outsider", Role::MemberRepresentative, Scope::Unit(unit.id)).await
    }

    fn known(&self, username: &str) -> Option<Persona> {
        let known = self.0.personas.lock().unwrap().get(username).cloned();
        known.map(|sign_in| Persona::of(self, sign_in))
    }

    async fn persona(&self, username: &str, role: Role, scope: Scope) -> Persona {
        if let Some(known) = self.known(username) {
            return known;
        }
        let sign_in = SignIn::open(self, username, &[(role, scope)], false).await;
        self.0.personas.lock().unwrap().insert(username.to_owned(), sign_in.clone());
        Persona::of(self, sign_in)
    }

    /// Whether the audit trail is whole, and how long it is.
    pub async fn audit(&self) -> Verdict {
        self.audit_against(&[]).await
    }

    pub async fn audit_against(&self, checkpoints: &[Checkpoint]) -> Verdict {
        verify(self.store().db.reader(), &self.store().keys, checkpoints).await.unwrap()
    }

    pub async fn audit_mark(&self) -> Checkpoint {
        checkpoint(self.store().db.reader()).await.unwrap()
    }

    /// How many rows a query finds: for what no interface shows.
    pub async fn count(&self, sql: &str) -> i64 {
        let db = self.store().db.reader();
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// Takes the schema back to before this migration.
    pub async fn schema_before(&self, migration: &str) {
        let all = Migrator::migrations();
        let at = all.iter().position(|known| known.name() == migration).unwrap();
        let steps = u32::try_from(all.len() - at).unwrap();
        Migrator::down(self.store().db.writer(), Some(steps)).await.unwrap();
    }

    /// Takes the schema on to the last migration.
    pub async fn schema_of_today(&self) {
        Migrator::up(self.store().db.writer(), None).await.unwrap();
    }

    /// A statement of somebody with access to the database itself.
    pub async fn sql(&self, sql: &str) -> Result<(), sea_orm::DbErr> {
        self.store().db.writer().execute_unprepared(sql).await.map(drop)
    }
}

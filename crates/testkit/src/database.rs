//! A database for one test: a copy of one that was migrated once.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use gongjian::config::{Config, Hidden};
use gongjian::start::{Parts, start};
use gongjian_kernel::clock::SetClock;
use gongjian_kernel::id::{IdSource as _, RandomIds};
use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::instance::on_a_thread;

const SERVER: &str = "TEST_DATABASE_URL";

/// Whether the suite runs on PostgreSQL.
#[must_use]
pub fn is_postgres() -> bool {
    server().is_some()
}

/// `postgres://user@host` without the database.
fn server() -> Option<String> {
    let url = std::env::var(SERVER).ok().filter(|url| url.starts_with("postgres"))?;
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    Some(url[..end].to_owned())
}

/// Gone with the test.
#[derive(Debug)]
pub(crate) struct OwnDatabase {
    pub(crate) url: String,
    pub(crate) folder: TempDir,
    /// The name of the database on the server.
    name: Option<String>,
}

/// The bytes of the SQLite file, or the name of the PostgreSQL database, that tests start from.
enum Template {
    Sqlite(Vec<u8>),
    Postgres(String),
}

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();

impl OwnDatabase {
    /// Migrated, with the calendar in place and its first administrator opened.
    pub(crate) async fn ready() -> Self {
        match TEMPLATE.get_or_init(make_template).await {
            Template::Sqlite(bytes) => {
                let database = Self::sqlite();
                std::fs::write(database.folder.path().join("test.db"), bytes).unwrap();
                database
            }
            Template::Postgres(template) => Self::postgres(&format!("TEMPLATE {template}")).await,
        }
    }

    /// Nothing in it.
    pub(crate) async fn empty() -> Self {
        if is_postgres() { Self::postgres("").await } else { Self::sqlite() }
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: format!("sqlite://{}", folder.path().join("test.db").display()), folder, name: None }
    }

    async fn postgres(how: &str) -> Self {
        let server = server().unwrap();
        let name = format!("gj_test_{}", RandomIds.next().simple());
        // The server outlives every test, whatever is killed in it: nothing waits for its disk.
        let hasty = format!("ALTER DATABASE {name} SET synchronous_commit TO off");
        run(&server, &[format!("CREATE DATABASE {name} {how}"), hasty]).await;
        Self { url: format!("{server}/{name}"), folder: tempfile::tempdir().unwrap(), name: Some(name) }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        let (Some(name), Some(server)) = (self.name.take(), server()) else { return };
        let dropped = on_a_thread(async move || {
            run(&server, &[format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")]).await;
        });
        if dropped.join().is_err() {
            eprintln!("a database of a test was left behind");
        }
    }
}

async fn administration(server: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(format!("{server}/postgres"));
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.expect("TEST_DATABASE_URL names a PostgreSQL server that answers")
}

async fn run(server: &str, statements: &[String]) {
    let db = administration(server).await;
    for statement in statements {
        db.execute_unprepared(statement).await.unwrap();
    }
    db.close().await.unwrap();
}

/// Settings for a database of a test: one secret for all, hashes that cost nothing.
pub(crate) fn config(url: &str, folder: &Path) -> Config {
    let mut config = Config::defaults().unwrap();
    config.database.url = Some(Hidden::new(url));
    config.database.connections = 4;
    config.database.acquire_timeout_seconds = 20;
    config.secret.value = Some(Hidden::new("a secret of more than 32 bytes, mixed: 8fK2-x"));
    config.http.listen = ([127, 0, 0, 1], 0).into();
    config.http.workers = Some(1);
    config.http.drain_seconds = 0;
    config.http.shutdown_seconds = 1;
    config.http.requests_per_minute = 600_000;
    config.http.anonymous_requests_per_minute = 600_000;
    config.identity.argon2_memory_kib = 8;
    config.identity.argon2_iterations = 1;
    config.audit.checkpoint_file = Some(folder.join("test.checkpoints"));
    config
}

/// A clock of the tests and ids of the system; nothing runs by itself.
pub(crate) fn parts(clock: Arc<SetClock>) -> Parts {
    Parts { clock, ids: Arc::new(RandomIds), background: false, metrics: false }
}

/// Friday, 20 November 2026, ten o'clock in Shanghai.
pub(crate) fn beginning() -> DateTime<Utc> {
    "2026-11-20T10:00:00+08:00".parse().unwrap()
}

async fn make_template() -> Template {
    let Some(server) = server() else {
        let database = OwnDatabase::sqlite();
        prepare(&database.url, database.folder()).await;
        return Template::Sqlite(std::fs::read(database.folder().join("test.db")).unwrap());
    };
    let name = format!("gj_template_{}", std::process::id());
    let mut statements = left_behind(&server).await;
    statements.push(format!("CREATE DATABASE {name}"));
    run(&server, &statements).await;
    prepare(&format!("{server}/{name}"), tempfile::tempdir().unwrap().path()).await;
    Template::Postgres(name)
}

/// Templates of test runs that have ended.
async fn left_behind(server: &str) -> Vec<String> {
    use sea_orm::{DbBackend, Statement};

    let db = administration(server).await;
    let all = "SELECT datname FROM pg_database WHERE datname LIKE 'gj\\_template\\_%'";
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, all)).await.unwrap();
    db.close().await.unwrap();
    let names = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
    let runs = |name: &String| {
        let process = name.trim_start_matches("gj_template_");
        process != std::process::id().to_string() && Path::new("/proc").join(process).exists()
    };
    names.filter(|name| !runs(name)).map(|name| format!("DROP DATABASE IF EXISTS {name}")).collect()
}

/// The first start of a server leaves the database as tests want it.
async fn prepare(url: &str, folder: &Path) {
    let running = start(&config(url, folder), parts(Arc::new(SetClock::at(beginning())))).await.unwrap();
    running.stop().await.unwrap();
}

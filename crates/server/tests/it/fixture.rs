use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use gongjian::config::Hidden;
use gongjian::{Config, Parts, Result, Running, start};
use gongjian_kernel::audit::{Event, EventEntry};
use gongjian_kernel::clock::SystemClock;
use gongjian_kernel::id::{IdSource as _, RandomIds};
use gongjian_kernel::{Act, Store, write};
use sea_orm::ConnectionTrait as _;

/// PostgreSQL for the tests that need one: `postgres://user@host`, without a database.
pub(crate) const POSTGRES: &str = "GONGJIAN_TEST_POSTGRES";

pub(crate) static TRIED: EventEntry = EventEntry::new("test.tried", "test", None, "已试", "tried");

/// A folder with a database of its own in it.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) config: Config,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::defaults().unwrap();
        config.database.url = Some(Hidden::new(url(&folder.path().join("test.db"))));
        config.http.listen = "127.0.0.1:0".parse().unwrap();
        config.http.workers = Some(1);
        config.http.drain_seconds = 0;
        config.identity.argon2_memory_kib = 64;
        Self { folder, config }
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) async fn start(&self) -> Result<Running> {
        start(&self.config, parts()).await
    }

    /// The binary on the same database.
    pub(crate) fn command(&self, arguments: &[&str]) -> Output {
        self.command_with(arguments, &[])
    }

    /// The same, with further settings.
    pub(crate) fn command_with(&self, arguments: &[&str], settings: &[(&str, PathBuf)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongjian"));
        for (name, _) in std::env::vars() {
            if name.starts_with("GONGJIAN_") || name.starts_with("DATABASE_URL") {
                command.env_remove(name);
            }
        }
        if let Some(url) = &self.config.database.url {
            command.env("DATABASE_URL", url.reveal());
        }
        if let Some(file) = &self.config.secret.file {
            command.env("GONGJIAN_SECRET_FILE", file);
        }
        command.envs(settings.iter().cloned());
        command.args(arguments).current_dir(self.folder.path()).output().unwrap()
    }
}

pub(crate) fn url(file: &std::path::Path) -> String {
    format!("sqlite://{}", file.display())
}

pub(crate) fn parts() -> Parts {
    Parts { clock: Arc::new(SystemClock), ids: Arc::new(RandomIds), background: false, metrics: false }
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// One unit of work that leaves one event.
pub(crate) async fn try_once(store: &Store, n: u32) {
    let act = Act::by_rule(store);
    let done = write(store, &act, async |work| {
        let id: uuid::Uuid = work.new_id();
        work.record(Event::new(&TRIED, id, serde_json::json!({ "n": n })));
        Ok(())
    });
    done.await.unwrap();
}

/// A PostgreSQL database of the test's own, dropped at its end.
pub(crate) struct Scratch {
    server: sea_orm::DatabaseConnection,
    name: String,
    pub(crate) url: String,
}

impl Scratch {
    pub(crate) async fn new() -> Option<Self> {
        let address = std::env::var(POSTGRES).ok()?;
        let server = sea_orm::Database::connect(format!("{address}/postgres")).await.unwrap();
        let name = format!("server_{}", RandomIds.next().simple());
        server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        let url = format!("{address}/{name}");
        Some(Self { server, name, url })
    }

    pub(crate) async fn drop(self) {
        self.server.execute_unprepared(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await.unwrap();
    }
}

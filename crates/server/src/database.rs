//! Opening the database: the schema brought up to date by one instance at a time, the secret held
//! against it, and a warning where the database does not keep what it has acknowledged.

use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gongjian_governance::charter;
use gongjian_identity::person::introduce_keys;
use gongjian_kernel::clock::Clock;
use gongjian_kernel::db::{Database, DatabaseSettings};
use gongjian_kernel::id::IdSource;
use gongjian_kernel::{Store, calendar};
use gongjian_membership::directory;
use gongjian_migration::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait as _;

use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::secret;

/// "gongjian" in ASCII: the advisory lock that instances take turns by.
const LOCK: i64 = 0x676f_6e67_6a69_616e;

/// How long an instance waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);
const TRY_AGAIN: Duration = Duration::from_millis(200);

/// While it lives, no other instance prepares the same database.
#[derive(Debug)]
pub(crate) enum Turn {
    Postgres(DatabaseConnection),
    Sqlite(File),
}

impl Turn {
    pub(crate) async fn take(config: &Config) -> Result<Self> {
        match config.database.sqlite_file()? {
            Some(file) => Self::on_file(&file.with_extension("lock"), PATIENCE).await,
            None => Self::on_postgres(config.database.settings()?).await,
        }
    }

    async fn on_file(path: &Path, patience: Duration) -> Result<Self> {
        let file = lock_file(path)?;
        let until = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self::Sqlite(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < until => tokio::time::sleep(TRY_AGAIN).await,
                Err(TryLockError::WouldBlock) => return Err(no_turn(&path.display())),
                Err(TryLockError::Error(error)) => return Err(cannot_lock(path, &error)),
            }
        }
    }

    /// One connection of its own: the lock is the connection's, and a migration may take its time.
    async fn on_postgres(settings: DatabaseSettings) -> Result<Self> {
        let mut options = ConnectOptions::new(settings.url);
        options
            .max_connections(1)
            .connect_timeout(settings.acquire_timeout)
            .idle_timeout(None)
            .max_lifetime(None)
            .sqlx_logging(false)
            .map_sqlx_postgres_opts(|postgres| postgres.application_name("gongjian-migrate"));
        let db = sea_orm::Database::connect(options).await?;
        let until = Instant::now() + PATIENCE;
        loop {
            let ask = Statement::from_string(DbBackend::Postgres, format!("SELECT pg_try_advisory_lock({LOCK})"));
            let taken = db.query_one_raw(ask).await?.map_or(Ok(false), |row| row.try_get_by_index(0))?;
            if taken {
                return Ok(Self::Postgres(db));
            }
            if Instant::now() >= until {
                return Err(no_turn(&"the advisory lock"));
            }
            tokio::time::sleep(TRY_AGAIN).await;
        }
    }

    async fn migrate(&self, db: &Database) -> Result<()> {
        match self {
            Self::Postgres(own) => Migrator::up(own, None).await?,
            Self::Sqlite(_) => Migrator::up(db.writer(), None).await?,
        }
        Ok(())
    }

    pub(crate) async fn end(self) {
        match self {
            Self::Postgres(own) => drop(own.close().await),
            Self::Sqlite(file) => drop(file),
        }
    }
}

fn lock_file(path: &Path) -> Result<File> {
    File::options().create(true).append(true).open(path).map_err(|error| cannot_lock(path, &error))
}

fn cannot_lock(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot lock {}: {error}", path.display()))
}

fn no_turn(lock: &dyn std::fmt::Display) -> Failure {
    let seconds = PATIENCE.as_secs();
    Failure::new(format!("another instance prepares this database and has not ended within {seconds} seconds ({lock})"))
}

/// A server on a SQLite file, for as long as it lives: whoever would remove the file can tell.
#[derive(Debug)]
pub(crate) struct Presence(#[expect(dead_code, reason = "a lock is held, not read")] Option<File>);

impl Presence {
    /// To be called in one's turn.
    pub(crate) fn announce(config: &Config) -> Result<Self> {
        let Some(database) = config.database.sqlite_file()? else { return Ok(Self(None)) };
        let path = database.with_extension("served");
        let file = lock_file(&path)?;
        file.try_lock_shared().map_err(|error| cannot_lock(&path, &error.into()))?;
        Ok(Self(Some(file)))
    }

    /// Fails while a server lives. To be called in one's turn, so that none comes in between.
    pub(crate) fn nobody(database: &Path) -> Result<()> {
        let path = database.with_extension("served");
        match lock_file(&path)?.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => {
                Err(Failure::new(format!("a server runs on {}: stop it first", database.display())))
            }
            Err(TryLockError::Error(error)) => Err(cannot_lock(&path, &error)),
        }
    }
}

/// Makes the file where there is none, for its owner alone: it holds personal data. Its WAL follows it.
fn private(file: &Path) -> Result<()> {
    // Never opens a file that is there: closing it again would end SQLite's locks of this process.
    match File::options().append(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Failure::new(format!("cannot make the database {}: {error}", file.display())))
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

async fn connect(config: &Config) -> Result<Database> {
    if let Some(file) = config.database.sqlite_file()? {
        private(&file)?;
    }
    Ok(Database::connect(&config.database.settings()?).await?)
}

/// The database with its schema up to date. Instances that start at once take turns.
pub async fn migrate(config: &Config) -> Result<Database> {
    let turn = Turn::take(config).await?;
    let migrated = async {
        let db = connect(config).await?;
        turn.migrate(&db).await?;
        Ok(db)
    };
    let migrated = migrated.await;
    turn.end().await;
    migrated
}

/// The store of a server that starts: schema, secret and calendar in place.
pub(crate) async fn prepare(
    turn: &Turn,
    config: &Config,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
) -> Result<Store> {
    let db = connect(config).await?;
    warn_of_lost_writes(&db).await?;
    turn.migrate(&db).await?;
    let keys = secret::keys_at_start(&db, config).await?;
    secret::check_data_keys(&db, &keys).await?;
    let store = Store::new(db, clock, ids, keys);
    calendar::seed(&store).await?;
    introduce_keys(&store).await?;
    directory::seed(&store).await?;
    charter::install(&store).await?;
    Ok(store)
}

/// The store of a command beside the server. It changes neither schema nor secret.
pub async fn open(config: &Config, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Result<Store> {
    let db = existing(config).await?;
    let pending = pending(&db).await?;
    if !pending.is_empty() {
        return Err(Failure::new(format!(
            "the schema is not up to date; run `gongjian migrate` ({})",
            pending.join(", ")
        )));
    }
    let keys = secret::keys_of(&db, config).await?;
    secret::check_data_keys(&db, &keys).await?;
    Ok(Store::new(db, clock, ids, keys))
}

/// The database, which must be there already.
pub(crate) async fn existing(config: &Config) -> Result<Database> {
    if let Some(file) = config.database.sqlite_file()?.filter(|file| !file.exists()) {
        return Err(Failure::new(format!("there is no database {}", file.display())));
    }
    Ok(Database::connect(&config.database.settings()?).await?)
}

/// Migrations that the database has not had yet.
pub async fn pending(db: &Database) -> Result<Vec<String>> {
    let pending = Migrator::get_pending_migrations_read_only(db.reader()).await?;
    Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
}

/// Migrations that the database has had.
pub async fn applied(db: &Database) -> Result<Vec<String>> {
    let applied = Migrator::get_applied_migrations_read_only(db.reader()).await?;
    Ok(applied.iter().map(|migration| migration.name().to_owned()).collect())
}

async fn warn_of_lost_writes(db: &Database) -> Result<()> {
    if db.is_sqlite() {
        return Ok(());
    }
    for setting in ["fsync", "synchronous_commit"] {
        let shown =
            db.reader().query_one_raw(Statement::from_string(DbBackend::Postgres, format!("SHOW {setting}"))).await?;
        let value: String = shown.map_or(Ok(String::new()), |row| row.try_get_by_index(0))?;
        if value == "off" {
            tracing::warn!(
                "PostgreSQL runs with {setting} = off: writes that were acknowledged CAN BE LOST in a crash"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_waits_for_a_turn_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.lock");
        let first = Turn::on_file(&path, Duration::ZERO).await.unwrap();
        let line = Turn::on_file(&path, Duration::from_millis(300)).await.unwrap_err().to_string();
        assert!(line.contains("another instance prepares this database"), "{line}");
        first.end().await;
        assert!(Turn::on_file(&path, Duration::ZERO).await.is_ok());
    }

    #[test]
    fn a_server_is_noticed_while_it_lives() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::defaults().unwrap();
        let file = folder.path().join("x.db");
        config.database.url = Some(crate::config::Hidden::new(format!("sqlite://{}", file.display())));
        let servers = [Presence::announce(&config).unwrap(), Presence::announce(&config).unwrap()];
        assert!(Presence::nobody(&file).unwrap_err().to_string().contains("stop it first"));
        drop(servers);
        assert!(Presence::nobody(&file).is_ok());
    }
}

//! The two databases behind one handle: a writer and a pool of readers. On SQLite the writer is one
//! connection, so that writers queue fairly; on PostgreSQL both are the same pool.

use std::sync::OnceLock;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database as Connector, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqlErr,
    Statement, Value,
};

/// How to reach the database.
#[derive(Clone)]
pub struct DatabaseSettings {
    /// `sqlite://path/to/file.db` or `postgres://…`.
    pub url: String,
    /// Readers on SQLite; the whole pool on PostgreSQL.
    pub connections: u32,
    pub acquire_timeout: Duration,
    pub statement_timeout: Duration,
}

/// Without the URL: it may hold a password, in its authority or among its parameters.
impl std::fmt::Debug for DatabaseSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { url, connections, acquire_timeout, statement_timeout } = self;
        f.debug_struct("DatabaseSettings")
            .field("scheme", &url.split(':').next())
            .field("connections", connections)
            .field("acquire_timeout", acquire_timeout)
            .field("statement_timeout", statement_timeout)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

const SQLITE_FLOOR: [u32; 3] = [3, 51, 3];

impl Database {
    pub async fn connect(settings: &DatabaseSettings) -> Result<Self, DbErr> {
        if settings.url.starts_with("sqlite:") { Self::sqlite(settings).await } else { Self::postgres(settings).await }
    }

    async fn sqlite(settings: &DatabaseSettings) -> Result<Self, DbErr> {
        let url = settings.url.split('?').next().unwrap_or_default().to_owned();
        let options = |connections: u32, read_only: bool| {
            let mut options = ConnectOptions::new(url.clone());
            options
                .max_connections(connections)
                .min_connections(1)
                .sqlx_logging(false)
                .test_before_acquire(false)
                .acquire_timeout(settings.acquire_timeout)
                .map_sqlx_sqlite_opts(move |sqlite| sqlite_options(sqlite, read_only));
            options
        };
        let writer = Connector::connect(options(1, false)).await?;
        let row =
            writer.query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS v")).await?;
        let version: String = row.map_or(Ok(String::new()), |row| row.try_get("", "v"))?;
        let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
        if parts.as_slice() < SQLITE_FLOOR.as_slice() {
            return Err(DbErr::Custom(format!("SQLite {version} is older than 3.51.3, which is needed")));
        }
        // More readers than cores: a request that waits for one costs more than a reader.
        let reader = Connector::connect(options(settings.connections.max(1), true)).await?;
        Ok(Self { writer, reader })
    }

    async fn postgres(settings: &DatabaseSettings) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(settings.url.clone());
        let statement = settings.statement_timeout.as_millis().to_string();
        options
            .max_connections(settings.connections.max(2))
            .min_connections(1)
            .sqlx_logging(false)
            .test_before_acquire_if_idle_for(Duration::from_secs(30))
            .connect_timeout(settings.acquire_timeout)
            .acquire_timeout(settings.acquire_timeout)
            .map_sqlx_postgres_opts(move |postgres| {
                postgres.application_name("gongjian").options([
                    ("statement_timeout", statement.as_str()),
                    ("lock_timeout", "5000"),
                    ("idle_in_transaction_session_timeout", "15000"),
                    ("tcp_keepalives_idle", "10"),
                    ("tcp_user_timeout", "15000"),
                ])
            });
        let pool = Connector::connect(options).await?;
        Ok(Self { writer: pool.clone(), reader: pool })
    }

    /// For queries. On SQLite a write through it is an error.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For [`crate::write`], migrations and tests of the database itself.
    #[must_use]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Sqlite
    }

    /// One row from the database, for readiness.
    pub async fn ping(&self) -> Result<(), DbErr> {
        let backend = self.writer.get_database_backend();
        self.reader.query_one_raw(Statement::from_string(backend, "SELECT 1")).await.map(drop)
    }

    pub async fn close(self) {
        let _ = self.reader.close().await;
        let _ = self.writer.close().await;
    }
}

/// The text of a statement that many requests ask, written once for each database: of a row with many
/// columns, writing the statement costs as much as reading the row.
#[derive(Debug, Default)]
pub struct StatementText {
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl StatementText {
    #[must_use]
    pub const fn new() -> Self {
        Self { sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    /// The statement with these values. `write` makes it the first time, with values in the same order.
    pub fn with(
        &self,
        db: &impl ConnectionTrait,
        values: Vec<Value>,
        write: impl FnOnce(DbBackend) -> Statement,
    ) -> Statement {
        let backend = db.get_database_backend();
        let text = if backend == DbBackend::Sqlite { &self.sqlite } else { &self.postgres };
        Statement::from_sql_and_values(backend, text.get_or_init(|| write(backend).sql), values)
    }
}

/// How every connection to SQLite is set up. `cache_size` is for each reader; what it does not hold, the
/// system's page cache does.
#[must_use]
pub fn sqlite_options(options: SqliteConnectOptions, read_only: bool) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(3))
        .foreign_keys(true)
        .create_if_missing(!read_only)
        .read_only(read_only)
        .pragma("cache_size", if read_only { "-4096" } else { "-16384" })
        .pragma("temp_store", "MEMORY")
}

fn sqlx_error(error: &DbErr) -> Option<&sea_orm::sqlx::Error> {
    if let DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner)) = error
    {
        return Some(inner);
    }
    None
}

/// What the database says went wrong.
enum Code {
    /// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
    Postgres(String),
    /// The primary code, in the low byte of every extended one: <https://www.sqlite.org/rescode.html>
    Sqlite(i32),
}

fn code(error: &DbErr) -> Option<Code> {
    let code = sqlx_error(error)?.as_database_error()?.code()?.into_owned();
    // All of SQLSTATE has five characters; SQLite's extended codes have four at most.
    let sqlite = Some(&code).filter(|code| code.len() < 5).and_then(|code| code.parse::<i32>().ok());
    Some(sqlite.map_or(Code::Postgres(code), |code| Code::Sqlite(code & 0xff)))
}

const SQLITE_BUSY: i32 = 5;
const SQLITE_LOCKED: i32 = 6;
const SQLITE_READONLY: i32 = 8;
const SQLITE_IOERR: i32 = 10;
const SQLITE_FULL: i32 = 13;
const SQLITE_CANTOPEN: i32 = 14;

/// The database lost a race that the same transaction wins when it runs again.
#[must_use]
pub fn is_retryable(error: &DbErr) -> bool {
    match code(error) {
        Some(Code::Postgres(code)) => matches!(code.as_str(), "40001" | "40P01"),
        Some(Code::Sqlite(code)) => code == SQLITE_BUSY,
        None => false,
    }
}

/// A unique index refused the row.
#[must_use]
pub fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// The database is away, overloaded or full: the request can be sent again later.
#[must_use]
pub fn is_transient(error: &DbErr) -> bool {
    use sea_orm::sqlx::Error;
    let cut_off = matches!(
        sqlx_error(error),
        Some(
            Error::Io(_)
                | Error::PoolTimedOut
                | Error::PoolClosed
                | Error::WorkerCrashed
                | Error::Tls(_)
                | Error::Protocol(_)
        )
    );
    let unavailable = match code(error) {
        // Connection exceptions, out of resources, shutdown; lock or statement timeout; read only.
        Some(Code::Postgres(code)) => {
            ["08", "53", "57P"].iter().any(|class| code.starts_with(class))
                || matches!(code.as_str(), "55P03" | "57014" | "25006" | "25P03")
        }
        Some(Code::Sqlite(code)) => {
            matches!(code, SQLITE_LOCKED | SQLITE_READONLY | SQLITE_IOERR | SQLITE_FULL | SQLITE_CANTOPEN)
        }
        None => false,
    };
    cut_off || unavailable || is_retryable(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_not_shown() {
        let settings = DatabaseSettings {
            url: "postgres://gongjian:open-sesame@db/gongjian?password=open-sesame".to_owned(),
            connections: 4,
            acquire_timeout: Duration::from_secs(1),
            statement_timeout: Duration::from_secs(1),
        };
        let shown = format!("{settings:?}");
        assert!(shown.contains("postgres") && !shown.contains("sesame"), "{shown}");
    }
}

//! The seeded databases: made once, kept under `target/bench` and in PostgreSQL, copied for each run.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use gongjian_kernel::db::sqlite_options;
use gongjian_kernel::keys::random_token;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

use super::process::cpu_seconds;
use super::{Bench, data, ours};
use crate::{Result, workspace};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub fn of(url: &str) -> Self {
        if url.starts_with("sqlite:") { Self::Sqlite } else { Self::Postgres }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A copy of the seeded database, for one run.
#[derive(Debug)]
pub struct Ground {
    pub kind: Kind,
    pub url: String,
    pub secret: PathBuf,
    admin: String,
}

const RUN: &str = "gongjian_bench_run";

impl Ground {
    pub async fn prepare(bench: &Bench, kind: Kind) -> Result<Self> {
        let folder = workspace::root().join("target/bench");
        fs::create_dir_all(&folder)?;
        let secret = folder.join("secret");
        if !secret.exists() {
            fs::write(&secret, random_token::<48>().map_err(|_| "no randomness")?)?;
        }
        let seed = format!("gongjian_bench_{:016x}", version(bench.issues)?);
        match kind {
            Kind::Sqlite => on_sqlite(bench, &folder, &seed, secret).await,
            Kind::Postgres => on_postgres(bench, &seed, secret).await,
        }
    }

    /// Seconds of CPU that the database's own processes have used for an application, where they run here.
    pub async fn backend_seconds(&self, application: &str) -> Result<f64> {
        if self.kind == Kind::Sqlite {
            return Ok(0.0);
        }
        let mut admin = PgConnection::connect(&self.admin).await?;
        let statement = "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND application_name = $2";
        let pids: Vec<(i32,)> = sqlx::query_as(statement).bind(RUN).bind(application).fetch_all(&mut admin).await?;
        admin.close().await?;
        Ok(pids.into_iter().filter_map(|(pid,)| u32::try_from(pid).ok()).map(cpu_seconds).sum())
    }
}

/// What the seed was made of: another schema, sample or generator makes another seed.
fn version(issues: u32) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    issues.hash(&mut hasher);
    include_str!("data.rs").hash(&mut hasher);
    for folder in ["migration/src", "crates/server/data/sample"] {
        let mut files: Vec<PathBuf> =
            fs::read_dir(workspace::root().join(folder))?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.sort();
        for file in files {
            fs::read(file)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

async fn on_sqlite(bench: &Bench, folder: &Path, seed: &str, secret: PathBuf) -> Result<Ground> {
    let (seeded, part, run) =
        (folder.join(format!("{seed}.db")), folder.join("part.db"), folder.join(format!("{RUN}.db")));
    let url = |file: &Path| format!("sqlite://{}", file.display());
    if !seeded.exists() {
        println!("seeding {} issues in {} …", bench.issues, seeded.display());
        remove(&part)?;
        let units = data::district(&url(&part), &secret).await?;
        let mut connection = SqliteConnection::connect(&url(&part)).await?;
        connection.execute("PRAGMA synchronous = OFF").await?;
        for statement in data::statements(bench.issues, &units, Kind::Sqlite) {
            connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await?;
        }
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        connection.close().await?;
        fs::rename(&part, &seeded)?;
    }
    remove(&run)?;
    fs::copy(&seeded, &run)?;
    Ok(Ground { kind: Kind::Sqlite, url: url(&run), secret, admin: String::new() })
}

fn remove(database: &Path) -> Result {
    for extension in ["db", "db-wal", "db-shm", "lock"] {
        let file = database.with_extension(extension);
        if file.exists() {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

async fn on_postgres(bench: &Bench, seed: &str, secret: PathBuf) -> Result<Ground> {
    let mut admin = PgConnection::connect(&bench.postgres).await?;
    let url = |database: &str| Ok::<_, String>(format!("{}/{database}", server_of(&bench.postgres)?));
    let known: Option<(i32,)> =
        sqlx::query_as("SELECT 1 FROM pg_database WHERE datname = $1").bind(seed).fetch_optional(&mut admin).await?;
    let mut run = async |statement: String| admin.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await.map(drop);
    let part = "gongjian_bench_part";
    if known.is_none() {
        println!("seeding {} issues in PostgreSQL, database {seed} …", bench.issues);
        run(format!("DROP DATABASE IF EXISTS {part} WITH (FORCE)")).await?;
        run(format!("CREATE DATABASE {part}")).await?;
        let units = data::district(&url(part)?, &secret).await?;
        let mut connection = PgConnection::connect(&url(part)?).await?;
        connection.execute("SET synchronous_commit = off").await?;
        for statement in data::statements(bench.issues, &units, Kind::Postgres) {
            connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await?;
        }
        connection.execute("VACUUM (ANALYZE)").await?;
        connection.close().await?;
        run(format!("ALTER DATABASE {part} RENAME TO {seed}")).await?;
    }
    run(format!("DROP DATABASE IF EXISTS {RUN} WITH (FORCE)")).await?;
    run(format!("CREATE DATABASE {RUN} TEMPLATE {seed}")).await?;
    admin.close().await?;
    Ok(Ground { kind: Kind::Postgres, url: url(RUN)?, secret, admin: bench.postgres.clone() })
}

/// `postgres://user@host:port`, without the database.
fn server_of(url: &str) -> std::result::Result<&str, String> {
    let host = url.find("://").map(|at| at + 3).ok_or_else(|| format!("{url} is no URL"))?;
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    Ok(&url[..end])
}

/// One writer and some readers, set up like ours.
pub async fn sqlite_pools(url: &str) -> sqlx::Result<(SqlitePool, SqlitePool)> {
    let options = SqliteConnectOptions::from_str(url)?.disable_statement_logging();
    let pool = |connections| SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
    let writer = pool(1).connect_with(sqlite_options(options.clone(), false)).await?;
    let reader = pool(ours::CONNECTIONS).connect_with(sqlite_options(options, true)).await?;
    Ok((writer, reader))
}

/// One pool for both.
pub async fn postgres_pools(url: &str) -> sqlx::Result<(PgPool, PgPool)> {
    let options = PgConnectOptions::from_str(url)?.application_name("bare").disable_statement_logging();
    let pool = PgPoolOptions::new().max_connections(ours::CONNECTIONS).test_before_acquire(false);
    let pool = pool.connect_with(options).await?;
    Ok((pool.clone(), pool))
}

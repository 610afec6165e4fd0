//! `gongjian backup`: a consistent copy while the server goes on. The master secret is not in it; keep
//! that apart.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use gongjian_kernel::db::DatabaseSettings;
use sea_orm::{ConnectionTrait as _, Database as Connector, DbBackend, Statement};

use super::out;
use crate::config::Config;
use crate::database;
use crate::failure::{Failure, Result};

#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The file to write; it must not exist yet
    target: PathBuf,
}

impl Backup {
    pub(super) async fn run(&self, config: &Config) -> Result<()> {
        copy(config, &self.target).await?;
        out::line(&format!("备份完成 backed up: {}", self.target.display()));
        Ok(())
    }
}

/// The copy bears its name only when it is whole.
async fn copy(config: &Config, target: &Path) -> Result<()> {
    let named = |error: &dyn std::fmt::Display| Failure::new(format!("backup to {}: {error}", target.display()));
    if target.exists() {
        return Err(named(&"the file exists already"));
    }
    let mut part = OsString::from(target);
    part.push(".part");
    let part = PathBuf::from(part);
    // Created by us, so that nobody else can read it.
    private(&part).map_err(|error| named(&error))?;
    let written = match config.database.sqlite_file()? {
        Some(_) => sqlite(config, &part).await,
        None => postgres(&config.database.settings()?, &part).await,
    };
    let kept = match written {
        Ok(()) => std::fs::File::open(&part)
            .and_then(|file| file.sync_all())
            .and_then(|()| std::fs::rename(&part, target))
            .map_err(|error| named(&error)),
        Err(failure) => Err(failure),
    };
    if kept.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    kept
}

fn private(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::File::options().write(true).create(true).truncate(true).mode(0o600).open(file).map(drop)
}

/// `VACUUM INTO` reads one snapshot and disturbs no writer. The copy is examined before it counts.
async fn sqlite(config: &Config, part: &Path) -> Result<()> {
    let name = part.to_str().ok_or_else(|| Failure::new("the name of the target is not UTF-8"))?;
    let db = database::existing(config).await?;
    let copied = db
        .reader()
        .execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]))
        .await;
    db.close().await;
    copied?;
    let copy = Connector::connect(format!("sqlite://{name}?mode=ro")).await?;
    let answer = copy.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check")).await;
    copy.close().await?;
    match answer?.map(|row| row.try_get_by_index::<String>(0)).transpose()? {
        Some(ok) if ok == "ok" => Ok(()),
        answer => Err(Failure::new(format!("the copy is not whole: {}", answer.unwrap_or_default()))),
    }
}

/// `pg_dump` knows best. The password goes by the environment: arguments can be read by everybody.
async fn postgres(settings: &DatabaseSettings, part: &Path) -> Result<()> {
    let (url, password) = without_password(&settings.url);
    let mut dump = tokio::process::Command::new("pg_dump");
    dump.args(["--format=custom", "--no-password", "--file"]).arg(part).arg("--dbname").arg(url);
    if let Some(password) = password {
        dump.env("PGPASSWORD", password);
    }
    let done = dump.output().await.map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            Failure::new(
                "pg_dump is not installed here: install the PostgreSQL client, or run pg_dump --format=custom elsewhere",
            )
        } else {
            Failure::new(format!("pg_dump: {error}"))
        }
    })?;
    if done.status.success() { Ok(()) } else { Err(Failure::new(String::from_utf8_lossy(&done.stderr))) }
}

/// The URL for the arguments, the password apart.
fn without_password(url: &str) -> (String, Option<String>) {
    let parts = || {
        let (scheme, rest) = url.split_once("://")?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let at = rest[..end].rfind('@')?;
        let (user, password) = rest[..at].split_once(':')?;
        Some((format!("{scheme}://{user}{}", &rest[at..]), percent_decoded(password)?))
    };
    match parts() {
        Some((bare, password)) => (bare, Some(password)),
        None => (url.to_owned(), None),
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let hex = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_leaves_the_arguments() {
        for (url, bare, password) in [
            ("postgres://u:p%40ss+@db:5432/x?sslmode=require", "postgres://u@db:5432/x?sslmode=require", Some("p@ss+")),
            ("postgres://u@db/x", "postgres://u@db/x", None),
            ("postgres://db/x", "postgres://db/x", None),
            ("postgresql://u:p@db", "postgresql://u@db", Some("p")),
        ] {
            assert_eq!(without_password(url), (bare.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }
}

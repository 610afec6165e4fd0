//! The master secret: given by the settings, or made at the first start beside the SQLite file. A
//! database remembers the fingerprint of its secret: with another one, every seal and token would fail.
//! Data keys are listed beside it, or derived from it.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use gongjian_identity::person::check_keys;
use gongjian_kernel::db::Database;
use gongjian_kernel::keys::{Keys, random_token};

use crate::config::{Config, read_secret_file};
use crate::fact::Fact;
use crate::failure::{Failure, Result};

const FINGERPRINT: Fact = Fact("secret_fingerprint");

/// The keys that this database was sealed with.
pub(crate) async fn keys_of(db: &Database, config: &Config) -> Result<Keys> {
    let Some(known) = FINGERPRINT.read(db).await? else {
        return Err(Failure::new("the database is empty: start the server once with `gongjian serve`"));
    };
    let (secret, origin) = given(config)?.ok_or_else(|| Failure::settings(missing(config)))?;
    check(&keys_from(config, &secret, &origin)?, &known, &origin)
}

/// The keys that this database was sealed with, or the ones that it is sealed with from now on.
pub(crate) async fn keys_at_start(db: &Database, config: &Config) -> Result<Keys> {
    if FINGERPRINT.read(db).await?.is_some() {
        return keys_of(db, config).await;
    }
    let (secret, origin) = match (given(config)?, default_file(config)?) {
        (Some(given), _) => given,
        (None, Some(file)) => (make(&file)?, file.display().to_string()),
        (None, None) => return Err(Failure::settings(missing(config))),
    };
    let keys = keys_from(config, &secret, &origin)?;
    let known = FINGERPRINT.settle(db, &keys.fingerprint).await?;
    check(&keys, &known, &origin)
}

fn check(keys: &Keys, known: &str, origin: &str) -> Result<Keys> {
    if keys.fingerprint == known {
        Ok(keys.clone())
    } else {
        Err(Failure::settings(format!(
            "the secret from {origin} ({}) is not the one that this database was sealed with ({known})",
            keys.fingerprint
        )))
    }
}

fn keys_from(config: &Config, secret: &str, origin: &str) -> Result<Keys> {
    let keys = Keys::from_secret(secret.as_bytes()).map_err(|weak| Failure::settings(format!("{weak} ({origin})")))?;
    let listed = match (&config.secret.data_keys, &config.secret.data_keys_file) {
        (Some(_), Some(_)) => {
            return Err(Failure::settings("secret.data_keys and secret.data_keys_file exclude each other"));
        }
        (Some(list), None) => list.reveal().to_owned(),
        (None, Some(file)) => read_secret_file(file)?,
        (None, None) => String::new(),
    };
    keys.with_data_keys(&listed).map_err(|fault| Failure::settings(fault.to_string()))
}

/// Refuses a database in which phones are sealed with keys that are not here.
pub(crate) async fn check_data_keys(db: &Database, keys: &Keys) -> Result<()> {
    match check_keys(db.writer(), &keys.data).await? {
        Some(unknown) => Err(Failure::settings(unknown.to_string())),
        None => Ok(()),
    }
}

/// The secret and where it came from.
fn given(config: &Config) -> Result<Option<(String, String)>> {
    let file = match (&config.secret.value, &config.secret.file) {
        (Some(_), Some(_)) => return Err(Failure::settings("secret.value and secret.file exclude each other")),
        (Some(value), None) => return Ok(Some((value.reveal().to_owned(), "secret.value".to_owned()))),
        (None, Some(file)) => file.clone(),
        (None, None) => match default_file(config)?.filter(|file| file.exists()) {
            Some(file) => file,
            None => return Ok(None),
        },
    };
    let secret = std::fs::read_to_string(&file)
        .map_err(|error| Failure::settings(format!("cannot read the secret file {}: {error}", file.display())))?;
    Ok(Some((secret.trim().to_owned(), file.display().to_string())))
}

fn default_file(config: &Config) -> Result<Option<PathBuf>> {
    Ok(config.database.sqlite_file()?.map(|file| file.with_extension("secret")))
}

fn missing(config: &Config) -> String {
    match default_file(config) {
        Ok(Some(file)) => {
            format!(
                "the secret of this database is missing: put {} back, or name it by GONGJIAN_SECRET_FILE",
                file.display()
            )
        }
        Ok(None) | Err(_) => "PostgreSQL needs a secret that all instances share: set GONGJIAN_SECRET_FILE".to_owned(),
    }
}

/// Makes a secret that only its owner can read. The file appears with its content or not at all.
fn make(file: &Path) -> Result<String> {
    let secret = random_token::<48>().map_err(|_| Failure::new("the system has no randomness"))?;
    let part = file.with_extension("secret-part");
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part)
        .and_then(|mut out| out.write_all(secret.as_bytes()).and_then(|()| out.sync_all()))
        .and_then(|()| std::fs::rename(&part, file));
    written.map_err(|error| Failure::new(format!("cannot write the secret file {}: {error}", file.display())))?;
    tracing::info!(file = %file.display(), "a master secret was made; keep a copy of it apart from the backups");
    Ok(secret)
}

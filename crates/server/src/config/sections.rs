//! The sections of the settings.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use gongjian_api::ApiSettings;
use gongjian_identity::{IdentitySettings, MAX_ACCESS_TOKEN_SECONDS};
use gongjian_kernel::db::DatabaseSettings;
use ipnet::IpNet;
use serde::Deserialize;

use super::Config;
use super::value::{Address, BaseUrl, Hidden, list, origins};
use crate::failure::{Failure, Result};

const DEFAULT_DATABASE: &str = "sqlite://gongjian.db";

#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct DatabaseSection {
    /// `sqlite://path/to/file.db` or `postgres://user:password@host/database?sslmode=verify-full`.
    ///
    /// Default value: "sqlite://gongjian.db"; `gongjian demo`: "sqlite://gongjian-demo.db"
    #[config(env = "DATABASE_URL")]
    pub url: Option<Hidden>,
    /// A file that holds the URL, instead of `url`.
    #[config(env = "DATABASE_URL_FILE")]
    pub url_file: Option<PathBuf>,
    /// Connections of this instance: readers on SQLite, the whole pool on PostgreSQL. 8 to 16 suit two cores.
    #[config(env = "GONGJIAN_DATABASE_CONNECTIONS", default = 8, validate(*connections >= 1, "at least 1 connection"))]
    pub connections: u32,
    /// How long a request waits for a connection.
    #[config(env = "GONGJIAN_ACQUIRE_TIMEOUT_SECONDS", default = 3, validate((1..=60).contains(acquire_timeout_seconds), "1 to 60 seconds"))]
    pub acquire_timeout_seconds: u64,
    /// How long a statement may run (PostgreSQL).
    #[config(env = "GONGJIAN_STATEMENT_TIMEOUT_SECONDS", default = 8, validate((1..=600).contains(statement_timeout_seconds), "1 to 600 seconds"))]
    pub statement_timeout_seconds: u64,
}

impl DatabaseSection {
    /// Nobody has chosen a database.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.url.is_none() && self.url_file.is_none()
    }

    pub fn settings(&self) -> Result<DatabaseSettings> {
        Ok(DatabaseSettings {
            url: self.chosen_url()?,
            connections: self.connections,
            acquire_timeout: Duration::from_secs(self.acquire_timeout_seconds),
            statement_timeout: Duration::from_secs(self.statement_timeout_seconds),
        })
    }

    fn chosen_url(&self) -> Result<String> {
        let url = match (&self.url, &self.url_file) {
            (Some(_), Some(_)) => {
                return Err(Failure::settings("database.url and database.url_file exclude each other"));
            }
            (Some(url), None) => url.reveal().trim().to_owned(),
            (None, Some(file)) => read_secret_file(file)?,
            (None, None) => DEFAULT_DATABASE.to_owned(),
        };
        if url.contains(":memory:") || url == "sqlite:" || url == "sqlite://" || url.contains("mode=memory") {
            return Err(Failure::settings(
                "database.url: SQLite needs a file; a database in memory has one connection",
            ));
        }
        let known = ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme));
        if known { Ok(url) } else { Err(Failure::settings("database.url must start with sqlite: or postgres:")) }
    }

    /// The file of the database, where it is one.
    pub fn sqlite_file(&self) -> Result<Option<PathBuf>> {
        let url = self.chosen_url()?;
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
        Ok(path.map(|path| PathBuf::from(path.split('?').next().unwrap_or_default())))
    }
}

/// The first line of a file that holds a secret.
pub(crate) fn read_secret_file(file: &Path) -> Result<String> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::settings(format!("cannot read {}: {error}", file.display())))?;
    Ok(text.trim().to_owned())
}

#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct HttpSection {
    /// Where the API listens. Put a proxy with TLS before it.
    #[config(env = "GONGJIAN_LISTEN", default = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where `/metrics` listens, apart from the API; empty: nowhere.
    #[config(env = "GONGJIAN_METRICS_LISTEN", default = "127.0.0.1:9090")]
    pub metrics_listen: Address,
    /// The address that users see; links, the issuer of tokens. The Host header is never believed. All
    /// instances on one database share it.
    ///
    /// Default value: the address that the API listens on
    #[config(env = "GONGJIAN_PUBLIC_BASE_URL")]
    pub public_base_url: Option<BaseUrl>,
    /// Networks of proxies whose X-Forwarded-For is believed, such as "10.0.0.0/8".
    #[config(env = "GONGJIAN_TRUSTED_PROXIES", default = [], parse_env = list)]
    pub trusted_proxies: Vec<IpNet>,
    /// Origins of web pages that may call the API, such as "https://portal.example.org".
    #[config(env = "GONGJIAN_CORS_ORIGINS", default = [], parse_env = list, validate = origins)]
    pub cors_origins: Vec<String>,
    /// Threads that serve requests.
    ///
    /// Default value: one for each core
    #[config(env = "GONGJIAN_WORKERS", validate((1..=256).contains(workers), "1 to 256 workers"))]
    pub workers: Option<usize>,
    /// Connections at a time, shared out among the workers; more of them wait to be accepted.
    #[config(env = "GONGJIAN_MAX_CONNECTIONS", default = 1024, validate((16..=65_536).contains(max_connections), "16 to 65536 connections"))]
    pub max_connections: usize,
    /// Serve the documentation page at /docs. Better off in production.
    #[config(env = "GONGJIAN_DOCS", default = true)]
    pub docs: bool,
    /// Requests of one account in a minute, on this instance; 0: no limit. One address may send five
    /// times as many, whoever its accounts are.
    #[config(env = "GONGJIAN_REQUESTS_PER_MINUTE", default = 1200)]
    pub requests_per_minute: u32,
    /// Requests of one address without an account in a minute, on this instance; 0: no limit.
    #[config(env = "GONGJIAN_ANONYMOUS_REQUESTS_PER_MINUTE", default = 300)]
    pub anonymous_requests_per_minute: u32,
    /// How long `/readyz` fails before the listener closes, so that a balancer sees it.
    #[config(env = "GONGJIAN_DRAIN_SECONDS", default = 1, validate(*drain_seconds <= 60, "at most 60 seconds"))]
    pub drain_seconds: u64,
    /// How long requests in flight may take to finish at the end.
    #[config(env = "GONGJIAN_SHUTDOWN_SECONDS", default = 30, validate((1..=300).contains(shutdown_seconds), "1 to 300 seconds"))]
    pub shutdown_seconds: u64,
}

#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct SecretSection {
    /// The master secret, at least 32 random bytes; every key is derived from it. All instances on one
    /// database share it. Better in a file than here.
    #[config(env = "GONGJIAN_SECRET")]
    pub value: Option<Hidden>,
    /// A file that holds the master secret.
    ///
    /// Default with SQLite: beside the database file, made at the first start. PostgreSQL needs one.
    #[config(env = "GONGJIAN_SECRET_FILE")]
    pub file: Option<PathBuf>,
    /// Keys that phone numbers are sealed with, `id=base64 of 32 bytes` between commas: the first one seals, all of
    /// them open. All instances on one database share them. Better in a file than here.
    ///
    /// Default value: one key that is derived from the master secret
    #[config(env = "GONGJIAN_DATA_KEYS")]
    pub data_keys: Option<Hidden>,
    /// A file that holds the data keys, between commas or one on a line.
    #[config(env = "GONGJIAN_DATA_KEYS_FILE")]
    pub data_keys_file: Option<PathBuf>,
}

#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct IdentitySection {
    /// Life of an access token.
    #[config(env = "GONGJIAN_ACCESS_TOKEN_SECONDS", default = 600, validate((30..=MAX_ACCESS_TOKEN_SECONDS).contains(access_token_seconds), "at least 30, at most 600 seconds"))]
    pub access_token_seconds: u32,
    /// A session that is not used for so long ends.
    #[config(env = "GONGJIAN_REFRESH_IDLE_DAYS", default = 14, validate((1..=90).contains(refresh_idle_days), "1 to 90 days"))]
    pub refresh_idle_days: u32,
    /// A session ends then, used or not.
    #[config(env = "GONGJIAN_REFRESH_ABSOLUTE_DAYS", default = 90, validate((1..=365).contains(refresh_absolute_days), "1 to 365 days"))]
    pub refresh_absolute_days: u32,
    /// Shortest password (NIST SP 800-63B-4).
    #[config(env = "GONGJIAN_PASSWORD_MIN_LENGTH", default = 15, validate((8..=64).contains(password_min_length), "8 to 64 characters"))]
    pub password_min_length: u32,
    /// Password hashes at a time; each takes `argon2_memory_kib`.
    #[config(env = "GONGJIAN_HASH_PERMITS", default = 2, validate((1..=64).contains(hash_permits), "1 to 64"))]
    pub hash_permits: u32,
    /// Memory of one password hash (OWASP: 19456 with two iterations).
    #[config(env = "GONGJIAN_ARGON2_MEMORY_KIB", default = 19456, validate((8..=1_048_576).contains(argon2_memory_kib), "8 to 1048576 KiB"))]
    pub argon2_memory_kib: u32,
    /// Iterations of one password hash.
    #[config(env = "GONGJIAN_ARGON2_ITERATIONS", default = 2, validate((1..=20).contains(argon2_iterations), "1 to 20"))]
    pub argon2_iterations: u32,
    /// Wrong passwords for one name until it is locked.
    #[config(env = "GONGJIAN_LOCK_AFTER", default = 5, validate((1..=100).contains(lock_after), "1 to 100 attempts"))]
    pub lock_after: u32,
    /// How long a name stays locked.
    #[config(env = "GONGJIAN_LOCK_MINUTES", default = 15, validate((1..=1440).contains(lock_minutes), "1 to 1440 minutes"))]
    pub lock_minutes: u32,
    /// Failed attempts from one address in 15 minutes.
    #[config(env = "GONGJIAN_ADDRESS_LIMIT", default = 50, validate(*address_limit >= 1, "at least 1 attempt"))]
    pub address_limit: u32,
}

#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct AuditSection {
    /// Where the end of the audit trail is noted from time to time, outside the database. Keep it on
    /// another disk, or ship it to another machine.
    ///
    /// Default value: beside the SQLite file; with PostgreSQL "gongjian.checkpoints"
    #[config(env = "GONGJIAN_CHECKPOINT_FILE")]
    pub checkpoint_file: Option<PathBuf>,
    /// How often it is noted.
    #[config(env = "GONGJIAN_CHECKPOINT_MINUTES", default = 10, validate((1..=1440).contains(checkpoint_minutes), "1 to 1440 minutes"))]
    pub checkpoint_minutes: u64,
    /// How often the rules of the ledger run: reminders, confirmation by silence.
    #[config(env = "GONGJIAN_RULES_SECONDS", default = 30, validate((1..=3600).contains(rules_seconds), "1 to 3600 seconds"))]
    pub rules_seconds: u64,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, confique::Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct LogSection {
    /// `text` or `json`, on standard error.
    #[config(env = "GONGJIAN_LOG_FORMAT", default = "text")]
    pub format: LogFormat,
    /// What is logged, such as "info" or "info,gongjian=debug".
    #[config(env = "GONGJIAN_LOG", default = "info,actix_server=warn")]
    pub filter: String,
}

impl HttpSection {
    /// Who issues tokens: never an address of one instance, because any instance must believe them.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.public_base_url.as_ref().map_or_else(|| "gongjian".to_owned(), ToString::to_string)
    }

    /// What links begin with.
    #[must_use]
    pub fn base_url(&self) -> String {
        match &self.public_base_url {
            Some(url) => url.to_string(),
            None if self.listen.ip().is_unspecified() => format!("http://127.0.0.1:{}", self.listen.port()),
            None => format!("http://{}", self.listen),
        }
    }
}

impl Config {
    #[must_use]
    pub fn api_settings(&self) -> ApiSettings {
        ApiSettings {
            public_base_url: self.http.base_url(),
            trusted_proxies: self.http.trusted_proxies.clone(),
            cors_origins: self.http.cors_origins.clone(),
            requests_per_minute: self.http.requests_per_minute,
            anonymous_requests_per_minute: self.http.anonymous_requests_per_minute,
            docs_enabled: self.http.docs,
            checkpoint_file: self.checkpoint_file().ok(),
            ..ApiSettings::default()
        }
    }

    #[must_use]
    pub fn identity_settings(&self) -> IdentitySettings {
        IdentitySettings {
            issuer: self.http.issuer(),
            access_token_seconds: self.identity.access_token_seconds,
            refresh_idle_days: self.identity.refresh_idle_days,
            refresh_absolute_days: self.identity.refresh_absolute_days,
            password_min_length: self.identity.password_min_length,
            hash_permits: self.identity.hash_permits,
            argon2_memory_kib: self.identity.argon2_memory_kib,
            argon2_iterations: self.identity.argon2_iterations,
            lock_after: self.identity.lock_after,
            lock_minutes: self.identity.lock_minutes,
            address_limit: self.identity.address_limit,
            ..IdentitySettings::default()
        }
    }
}

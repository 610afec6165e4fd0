//! What every handler stands on.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gongjian_kernel::{Lang, Store};
use ipnet::IpNet;
use tokio::sync::Semaphore;

use crate::edge::rate_limit::RateLimits;
use crate::routes::Pulse;
use gongjian_identity::Identity;

const LONG_READS: usize = 2;

/// How the edge behaves.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// For every absolute link; the `Host` header is never believed.
    pub public_base_url: String,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    pub cors_origins: Vec<String>,
    pub body_limit_bytes: usize,
    /// For bodies that are files.
    pub file_limit_bytes: usize,
    pub body_deadline: Duration,
    pub request_deadline: Duration,
    /// Request line and headers together.
    pub header_limit_bytes: usize,
    /// For one account; 0 = no limit. One address may send five times as many in all.
    pub requests_per_minute: u32,
    /// For one address without an account; 0 = no limit.
    pub anonymous_requests_per_minute: u32,
    pub docs_enabled: bool,
    pub default_language: Lang,
    /// Where this server notes the end of the audit trail, outside the database.
    pub checkpoint_file: Option<PathBuf>,
}

impl Default for ApiSettings {
    fn default() -> Self {
        Self {
            public_base_url: "http://127.0.0.1:8080".to_owned(),
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            body_limit_bytes: 256 * 1024,
            file_limit_bytes: 4 * 1024 * 1024,
            body_deadline: Duration::from_secs(8),
            request_deadline: Duration::from_secs(9),
            header_limit_bytes: 16 * 1024,
            requests_per_minute: 1200,
            anonymous_requests_per_minute: 300,
            docs_enabled: true,
            default_language: Lang::Zh,
            checkpoint_file: None,
        }
    }
}

impl ApiSettings {
    /// The longest body that the address takes.
    pub(crate) fn body_limit_of(&self, path: &str) -> usize {
        if path == crate::routes::IMPORTS { self.file_limit_bytes } else { self.body_limit_bytes }
    }
}

const FILES_AT_ONCE: usize = 2;

/// Shared by all workers as `web::Data<ApiState>`.
#[derive(Debug)]
pub struct ApiState {
    pub store: Store,
    pub identity: Identity,
    pub settings: ApiSettings,
    pub(crate) limits: RateLimits,
    pub(crate) pulse: Pulse,
    /// Exports and verifications at once: each reads much and takes long.
    pub(crate) long_reads: Arc<Semaphore>,
    /// Files in hand: each may hold some tens of megabytes.
    pub(crate) files: Arc<Semaphore>,
    migrated: AtomicBool,
    draining: AtomicBool,
}

impl ApiState {
    #[must_use]
    pub fn new(store: Store, identity: Identity, settings: ApiSettings) -> Self {
        let limits = RateLimits::new(settings.requests_per_minute, settings.anonymous_requests_per_minute);
        let (migrated, draining) = (AtomicBool::new(false), AtomicBool::new(false));
        let long_reads = Arc::new(Semaphore::new(LONG_READS));
        let files = Arc::new(Semaphore::new(FILES_AT_ONCE));
        Self { store, identity, settings, limits, pulse: Pulse::default(), long_reads, files, migrated, draining }
    }

    /// The schema is up to date: from now on `/readyz` may pass.
    pub fn set_migrated(&self) {
        self.migrated.store(true, Ordering::Release);
    }

    /// The server is going down: `/readyz` fails so that no new requests are sent here.
    pub fn set_draining(&self) {
        self.draining.store(true, Ordering::Release);
    }

    pub(crate) fn is_migrated(&self) -> bool {
        self.migrated.load(Ordering::Acquire)
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }
}

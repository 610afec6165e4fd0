//! From settings to a running server, and back. The binary and the tests start the same way.

use std::net::SocketAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::http::KeepAlive;
use actix_web::{HttpServer, web};
use gongjian_api::ApiState;
use gongjian_identity::position::Source;
use gongjian_identity::{Identity, ensure_first_administrator};
use gongjian_kernel::Store;
use gongjian_kernel::clock::{Clock, SystemClock};
use gongjian_kernel::id::{IdSource, RandomIds};
use sea_orm::ConnectionTrait as _;
use tokio::task::JoinHandle;

use crate::background::{Background, Plan};
use crate::checkpoint::Notebook;
use crate::config::Config;
use crate::database::{Presence, Turn, prepare};
use crate::failure::{Failure, Result};
use crate::listener::Listeners;
use crate::telemetry::Metrics;

/// What a test brings its own of.
#[derive(Debug, Clone)]
pub struct Parts {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdSource>,
    /// Whether the rules, checkpoints and sweeps run by themselves.
    pub background: bool,
    /// Whether `/metrics` is served; the recorder belongs to the whole process.
    pub metrics: bool,
}

impl Parts {
    /// The system's clock, random ids, everything on.
    #[must_use]
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), ids: Arc::new(RandomIds), background: true, metrics: true }
    }
}

/// The account of the first start. Its password is shown once.
#[derive(Clone)]
pub struct FirstAdministrator {
    pub username: String,
    pub password: String,
}

impl std::fmt::Debug for FirstAdministrator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FirstAdministrator").field("username", &self.username).finish_non_exhaustive()
    }
}

/// A server that answers.
#[derive(Debug)]
pub struct Running {
    pub address: SocketAddr,
    pub metrics_address: Option<SocketAddr>,
    pub store: Store,
    pub identity: Identity,
    pub first_administrator: Option<FirstAdministrator>,
    state: web::Data<ApiState>,
    handle: ServerHandle,
    server: JoinHandle<std::io::Result<()>>,
    background: Option<Background>,
    metrics: Option<Metrics>,
    drain: Duration,
    _presence: Presence,
}

/// The crates that keep facts which offices rest on.
pub const SOURCES: &[Source] = &[gongjian_membership::positions, gongjian_governance::office::positions];

/// Slow headers are cut by actix, slow bodies by the API.
const HEADER_DEADLINE: Duration = Duration::from_secs(5);
/// Longer than a proxy keeps its connections (`deploy/nginx.conf`), so that it is the one that ends them.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Makes the database ready and serves it.
pub async fn start(config: &Config, parts: Parts) -> Result<Running> {
    let listeners = Listeners::bind(config, parts.metrics)?;
    let config = &listeners.settings(config);
    let turn = Turn::take(config).await?;
    let prepared = async {
        let store = prepare(&turn, config, parts.clock.clone(), parts.ids.clone()).await?;
        let identity = Identity::new(&store.keys, config.identity_settings(), SOURCES)?;
        let first = ensure_first_administrator(&store, &identity).await?;
        Ok::<_, Failure>((store, identity, first, Presence::announce(config)?))
    }
    .await;
    turn.end().await;
    let (store, identity, first, presence) = prepared?;
    let first_administrator = first.map(|(username, issued)| FirstAdministrator { username, password: issued.text });
    Ok(Running { first_administrator, ..serve(config, listeners, presence, store, identity, parts.background)? })
}

/// Serves a store that is ready.
pub(crate) fn serve(
    config: &Config,
    listeners: Listeners,
    presence: Presence,
    store: Store,
    identity: Identity,
    background: bool,
) -> Result<Running> {
    let state = web::Data::new(ApiState::new(store.clone(), identity.clone(), config.api_settings()));
    state.set_migrated();
    let metrics = listeners.metrics.map(Metrics::start).transpose()?;
    let shared = state.clone();
    let workers = config.http.workers.or_else(|| available_parallelism().ok().map(NonZero::get)).unwrap_or(1);
    let address = listeners.api.address;
    let server = HttpServer::new(move || gongjian_api::app(shared.clone()))
        .workers(workers)
        .max_connections(config.http.max_connections.div_ceil(workers))
        .client_request_timeout(HEADER_DEADLINE)
        .keep_alive(KeepAlive::Timeout(KEEP_ALIVE))
        .shutdown_timeout(config.http.shutdown_seconds)
        .disable_signals()
        .listen(listeners.api.socket)
        .map_err(|error| Failure::new(format!("cannot serve on {address}: {error}")))?
        .run();
    let handle = server.handle();
    let background =
        if background { Some(Background::start(store.clone(), identity.clone(), plan(config)?)) } else { None };
    tracing::info!(%address, metrics = ?metrics.as_ref().map(|metrics| metrics.address), "listening");
    Ok(Running {
        address,
        metrics_address: metrics.as_ref().map(|metrics| metrics.address),
        store,
        identity,
        first_administrator: None,
        state,
        handle,
        server: tokio::spawn(server),
        background,
        metrics,
        drain: Duration::from_secs(config.http.drain_seconds),
        _presence: presence,
    })
}

fn plan(config: &Config) -> Result<Plan> {
    Ok(Plan {
        every: Duration::from_secs(config.audit.rules_seconds),
        checkpoint_every: Duration::from_secs(config.audit.checkpoint_minutes * 60),
        notebook: Notebook::new(config.checkpoint_file()?),
    })
}

impl Running {
    /// Readiness fails first; then no new connections; what is in flight finishes; the background work
    /// notes the end of the audit trail; the WAL is written back.
    pub async fn stop(self) -> Result<()> {
        tracing::info!("going down");
        self.state.set_draining();
        tokio::time::sleep(self.drain).await;
        self.handle.stop(true).await;
        let ended = self.server.await;
        if let Some(background) = self.background {
            background.stop().await;
        }
        if let Some(metrics) = self.metrics {
            metrics.stop().await;
        }
        if self.store.db.is_sqlite() {
            self.store.db.writer().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        self.store.db.close().await;
        match ended {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Failure::new(format!("the server: {error}"))),
            Err(error) => Err(Failure::new(format!("the server: {error}"))),
        }
    }
}

//! Logs on standard error, and Prometheus metrics on a listener of their own.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSection};
use crate::failure::{Failure, Result};
use crate::listener::Listener;

/// Turns logging on for the whole process.
pub fn log(settings: &LogSection) -> Result<()> {
    let filter = EnvFilter::try_new(&settings.filter)
        .map_err(|error| Failure::settings(format!("log.filter {:?}: {error}", settings.filter)))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    }
    .map_err(|error| Failure::new(format!("logging: {error}")))
}

/// Seconds; a request may take nine.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
const UPKEEP: Duration = Duration::from_secs(5);

/// The listener of `/metrics`.
#[derive(Debug)]
pub(crate) struct Metrics {
    pub(crate) address: SocketAddr,
    server: ServerHandle,
    upkeep: tokio::task::JoinHandle<()>,
}

impl Metrics {
    pub(crate) fn start(listener: Listener) -> Result<Self> {
        let address = listener.address;
        let at_fault = |error: &dyn std::fmt::Display| Failure::new(format!("metrics on {address}: {error}"));
        let recorder = PrometheusBuilder::new()
            .set_buckets(&BUCKETS)
            .and_then(PrometheusBuilder::install_recorder)
            .map_err(|error| at_fault(&error))?;
        let page = web::Data::new(recorder.clone());
        let server =
            HttpServer::new(move || App::new().app_data(page.clone()).route("/metrics", web::get().to(metrics)))
                .workers(1)
                .disable_signals()
                .listen(listener.socket)
                .map_err(|error| at_fault(&error))?
                .run();
        let handle = server.handle();
        tokio::spawn(server);
        let upkeep = tokio::spawn(async move {
            let mut ticks = tokio::time::interval(UPKEEP);
            loop {
                ticks.tick().await;
                recorder.run_upkeep();
            }
        });
        Ok(Self { address, server: handle, upkeep })
    }

    pub(crate) async fn stop(self) {
        self.upkeep.abort();
        self.server.stop(false).await;
    }
}

async fn metrics(page: web::Data<PrometheusHandle>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(page.render())
}

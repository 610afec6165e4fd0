//! Is the process alive, and may it be sent requests?

use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use gongjian_kernel::db::Database;
use tokio::sync::Mutex;

use crate::state::ApiState;

pub(crate) const HEALTH_JSON: &str = "application/health+json";

pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.route("/livez", web::get().to(alive)).route("/readyz", web::get().to(ready));
}

async fn alive() -> HttpResponse {
    health(true)
}

/// The schema is up to date, the database answers, and the server is not going down.
async fn ready(state: web::Data<ApiState>) -> HttpResponse {
    let open = state.is_migrated() && !state.is_draining();
    health(open && state.pulse.beats(&state.store.db).await)
}

/// Whether the database answers. Probes, however many, ask it once in a second.
#[derive(Debug, Default)]
pub(crate) struct Pulse(Mutex<Option<(Instant, bool)>>);

const FRESH: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(2);

impl Pulse {
    async fn beats(&self, db: &Database) -> bool {
        let mut last = self.0.lock().await;
        if let Some((felt, beat)) = *last
            && felt.elapsed() < FRESH
        {
            return beat;
        }
        let beat = matches!(tokio::time::timeout(PATIENCE, db.ping()).await, Ok(Ok(())));
        *last = Some((Instant::now(), beat));
        beat
    }
}

fn health(passes: bool) -> HttpResponse {
    let (status, word) = if passes { (StatusCode::OK, "pass") } else { (StatusCode::SERVICE_UNAVAILABLE, "fail") };
    let mut response = HttpResponse::build(status);
    if !passes {
        response.insert_header(("Retry-After", "2"));
    }
    response
        .content_type(HEALTH_JSON)
        .insert_header(("Cache-Control", "no-store"))
        .body(format!("{{\"status\":\"{word}\"}}"))
}

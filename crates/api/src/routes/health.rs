//! Is the process alive, and may it be sent requests?

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

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
    health(open && state.store.db.ping().await.is_ok())
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

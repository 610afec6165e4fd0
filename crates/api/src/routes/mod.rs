//! The routes. Each resource has a module with `configure`, and one line here.
//!
//! A handler is a few lines: take what was sent, call one command or query, answer. The [`Caller`] is
//! its first argument, so that strangers get 401 before anything else. It is registered with `service()`
//! only, which puts it into the document too; a route without `#[utoipa::path]` does not compile.
//!
//! [`Caller`]: crate::extract::Caller

mod health;
mod me;
mod problems;

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use health::HEALTH_JSON;

/// Everything under `/v1/`. Literal paths before those with parameters.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.configure(me::configure);
}

/// What stands outside the document.
pub(crate) fn outside(config: &mut web::ServiceConfig) {
    config.configure(health::configure).configure(problems::configure);
}

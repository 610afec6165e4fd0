//! The OpenAPI document: made from the routes, finished in one place, published as it is.

mod api_doc;
mod example;
mod finish;
mod limits;
mod names;

pub mod page;
#[cfg(test)]
mod sample;
mod shared;

use std::sync::LazyLock;

use actix_web::App;
use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa_actix_web::AppExt as _;
use utoipa_actix_web::service_config::ServiceConfig;

pub use api_doc::tag;

/// Paths that are served but not part of the contract.
pub(crate) const OUTSIDE: [&str; 6] = ["/livez", "/readyz", "/problems", "/problems/{code}", "/openapi.json", "/docs"];

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| of(crate::configure));

/// The document of a set of routes.
fn of(configure: impl FnOnce(&mut ServiceConfig<'_>)) -> Value {
    let (_, document) =
        App::new().into_utoipa_app().openapi(api_doc::ApiDoc::openapi()).configure(configure).split_for_parts();
    finish::finish(serde_json::to_value(document).unwrap_or_default())
}

/// The finished document.
#[must_use]
pub fn document() -> &'static Value {
    &DOCUMENT
}

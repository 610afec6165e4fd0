//! The HTTP interface: routes, wire types, problem documents, the OpenAPI document. The only crate that
//! knows HTTP; everything it decides is decided in a domain crate.

pub mod authority;
pub mod document;
pub mod edge;
pub mod extract;
pub mod faults;
pub mod page;
mod print;
pub mod problem;
pub mod reply;
pub mod routes;
pub mod state;
mod table;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, web};
use utoipa_actix_web::AppExt as _;
use utoipa_actix_web::service_config::ServiceConfig;

pub use document::document;
pub use state::{ApiSettings, ApiState};

/// Registers every documented route. Needs no database: the document is made from it too.
pub fn configure(config: &mut ServiceConfig<'_>) {
    routes::configure(config);
}

/// The whole application, for the server and for tests.
pub fn app(
    state: web::Data<ApiState>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    app_with(state, |_| {})
}

/// The application with further routes; tests bring theirs.
pub fn app_with(
    state: web::Data<ApiState>,
    more: impl FnOnce(&mut web::ServiceConfig),
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let cors = cors(&state.settings);
    let docs = state.settings.docs_enabled;
    App::new()
        .wrap(from_fn(edge::pass))
        .wrap(cors)
        .into_utoipa_app()
        .app_data(state)
        .app_data(extract::path_config())
        .configure(configure)
        .into_app()
        .configure(routes::outside)
        .configure(|config| {
            if docs {
                document::page::configure(config);
            }
        })
        .configure(more)
        .default_service(web::to(edge::fallback::answer))
}

/// An allow-list; outermost, so that refusals of the edge can be read by allowed pages as well.
fn cors(settings: &ApiSettings) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allowed_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT, header::ACCEPT_LANGUAGE])
        .allowed_headers([header::IF_MATCH, header::IF_NONE_MATCH])
        .allowed_headers(["idempotency-key", "traceparent", "tracestate"])
        .expose_headers([
            "ETag",
            "Location",
            "Link",
            "Request-Id",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "API-Version",
            "Idempotency-Replayed",
            "Content-Disposition",
        ])
        .block_on_origin_mismatch(false)
        .max_age(3600);
    for origin in &settings.cors_origins {
        cors = cors.allowed_origin(origin);
    }
    cors
}

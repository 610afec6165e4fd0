//! The document over HTTP, and a page to read and try it on. The page is served whole from here: it
//! works where there is no internet.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::middleware::DefaultHeaders;
use actix_web::{HttpRequest, HttpResponse, web};
use gongjian_kernel::keys::sha256;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The document as text, and its strong validator.
static PUBLISHED: LazyLock<(String, String)> = LazyLock::new(|| {
    let text = super::document().to_string();
    let etag = format!("\"{}\"", &sha256(&[text.as_bytes()])["sha256:".len()..][..16]);
    (text, etag)
});

/// The page runs its own scripts and asks its own server; its styles are inline.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    let ui = Config::from("/openapi.json")
        .validator_url("none")
        .persist_authorization(false)
        .display_request_duration(true)
        .deep_linking(true)
        .try_it_out_enabled(true);
    let policy = DefaultHeaders::new().add((header::CONTENT_SECURITY_POLICY, PAGE_POLICY));
    config
        .route("/openapi.json", web::get().to(publish))
        .service(web::redirect("/docs", "/docs/"))
        .service(web::scope("/docs").wrap(policy).service(SwaggerUi::new("/{_:.*}").config(ui)));
}

/// The contract is public: any page may read it.
async fn publish(request: HttpRequest) -> HttpResponse {
    let (text, etag) = &*PUBLISHED;
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|list| list.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag));
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag.as_str()))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    if is_known { response.finish() } else { response.content_type("application/json").body(text.as_str()) }
}

//! Headers that every answer carries.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::context::Context;
use super::rate_limit::Standing;

/// `info.version` of the document.
pub const API_VERSION: &str = "1.0.0";

const FIXED: [(HeaderName, &str); 4] = [
    (HeaderName::from_static("api-version"), API_VERSION),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
];

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// An API answer runs nothing and is framed nowhere; the documentation page brings its own policy.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

pub(super) fn dress(headers: &mut HeaderMap, status: StatusCode, context: &Context, standing: Option<Standing>) {
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    set(headers, REQUEST_ID, context.request_id.to_string());
    let mut keep = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    keep(header::CONTENT_SECURITY_POLICY, NOTHING);
    keep(header::CACHE_CONTROL, "private, no-cache");
    keep(header::CONTENT_LANGUAGE, context.lang.tag());
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language, Authorization"));
    if let Some(standing) = standing
        && !status.is_server_error()
    {
        set(headers, RATE_LIMIT_POLICY, standing.policy());
        set(headers, RATE_LIMIT, standing.state());
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::from_str(&value) {
        headers.insert(name, value);
    }
}

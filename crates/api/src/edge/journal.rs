//! One line and two figures for each request. No query, no header, no path that is an address of a feed: they may hold
//! secrets.

use std::time::Duration;

use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, StatusCode};
use uuid::Uuid;

use super::context::Context;

/// What is known at the start, for the end.
#[derive(Debug)]
pub(super) struct Entry {
    method: &'static str,
    path: String,
    ip: Option<std::net::IpAddr>,
}

impl Entry {
    pub(super) fn of(request: &ServiceRequest, context: &Context) -> Self {
        Self {
            method: known(request.method()),
            path: crate::routes::without_secret(request.path()).chars().take(200).collect(),
            ip: context.ip,
        }
    }

    pub(super) fn close(self, status: StatusCode, route: Option<&str>, account: Option<Uuid>, took: Duration) {
        let route = route.unwrap_or("unmatched").to_owned();
        let code = status.as_u16();
        tracing::info!(
            target: "access",
            method = self.method,
            path = self.path,
            route,
            status = code,
            duration_ms = took.as_secs_f64() * 1000.0,
            ip = self.ip.map(tracing::field::display),
            account = account.map(tracing::field::display),
            "request"
        );
        metrics::histogram!("http_request_duration_seconds", "method" => self.method, "route" => route.clone())
            .record(took.as_secs_f64());
        metrics::counter!("http_requests_total", "method" => self.method, "route" => route, "status" => code.to_string())
            .increment(1);
    }
}

/// A label must not grow with what callers invent.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

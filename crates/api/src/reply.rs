//! What handlers answer with. A reply can be stored, so that a repeated `Idempotency-Key` gets it again.

use actix_web::body::BoxBody;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, Responder};
use gongjian_kernel::Result;
use gongjian_kernel::keys::sha256;
use serde::{Deserialize, Serialize};

/// An answer of a handler: status, JSON, validators.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reply {
    status: u16,
    body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip)]
    no_store: bool,
    #[serde(skip)]
    replayed: bool,
}

impl Reply {
    fn new(status: StatusCode, body: Option<String>) -> Self {
        let status = status.as_u16();
        Self { status, body, etag: None, location: None, link: None, no_store: false, replayed: false }
    }

    /// 200 with a view.
    pub fn ok(view: &impl Serialize) -> Result<Self> {
        Ok(Self::new(StatusCode::OK, Some(serde_json::to_string(view)?)))
    }

    /// 204.
    #[must_use]
    pub fn no_content() -> Self {
        Self::new(StatusCode::NO_CONTENT, None)
    }

    /// 202: there is a step to come, and where it is taken.
    #[must_use]
    pub fn accepted(mut self, next: impl Into<String>) -> Self {
        self.status = StatusCode::ACCEPTED.as_u16();
        self.location = Some(next.into());
        self
    }

    /// 201, and where the new thing is: `/v1/units/…`.
    #[must_use]
    pub fn created(mut self, location: impl Into<String>) -> Self {
        self.status = StatusCode::CREATED.as_u16();
        self.location = Some(location.into());
        self
    }

    /// A strong validator for a view that is the row and nothing else.
    #[must_use]
    pub fn etag(mut self, version: i32) -> Self {
        self.etag = Some(format!("\"{version}\""));
        self
    }

    /// A strong validator for a view that also holds what depends on the reader or the day (allowed
    /// actions, lights). `If-Match` looks at the version alone.
    #[must_use]
    pub fn etag_of_view(mut self, version: i32) -> Self {
        let digest = sha256(&[self.body.as_deref().unwrap_or_default().as_bytes()]);
        let digest = digest.split_once(':').map_or("", |(_, hex)| &hex[..12]);
        self.etag = Some(format!("\"{version}-{digest}\""));
        self
    }

    /// `Link: <…>; rel="next"` of a page.
    #[must_use]
    pub fn next_page(mut self, url: Option<String>) -> Self {
        self.link = url.map(|url| format!("<{url}>; rel=\"next\""));
        self
    }

    /// For tokens and whatever no cache may keep.
    #[must_use]
    pub fn no_store(mut self) -> Self {
        self.no_store = true;
        self
    }

    /// This answer was given before, to the same `Idempotency-Key`.
    #[must_use]
    pub(crate) fn replayed(mut self) -> Self {
        self.replayed = true;
        self
    }

    fn is_known_to(&self, request: &HttpRequest) -> bool {
        let Some(own) = self.etag.as_deref() else { return false };
        matches!(*request.method(), Method::GET | Method::HEAD)
            && request
                .headers()
                .get_all(header::IF_NONE_MATCH)
                .filter_map(|value| value.to_str().ok())
                .flat_map(|list| list.split(','))
                .map(str::trim)
                .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own)
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let known = self.is_known_to(request);
        let status =
            if known { StatusCode::NOT_MODIFIED } else { StatusCode::from_u16(self.status).unwrap_or_default() };
        let mut response = HttpResponse::build(status);
        for (name, value) in [(header::ETAG, self.etag), (header::LOCATION, self.location), (header::LINK, self.link)] {
            if let Some(value) = value {
                response.insert_header((name, value));
            }
        }
        if self.no_store {
            response.insert_header((header::CACHE_CONTROL, "no-store"));
        }
        if self.replayed {
            response.insert_header(("Idempotency-Replayed", "true"));
        }
        match self.body {
            Some(body) if !known => response.content_type("application/json").body(body),
            Some(_) | None => response.finish(),
        }
    }
}

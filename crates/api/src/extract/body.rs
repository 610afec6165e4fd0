//! JSON bodies. What cannot be read is refused at once (400, 408, 413, 415); what is readable but not
//! valid is kept until the handler has authorized the caller: a stranger gets 403 or 404 before 422.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::StreamExt as _;
use gongjian_kernel::keys::sha256;
use gongjian_kernel::{Refusal, Say};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;
use validator::Validate;

use super::body_faults;
use crate::edge::gate::{bad_header, too_large};
use crate::faults::{BODY_TIMEOUT, MALFORMED_REQUEST, UNSUPPORTED_MEDIA_TYPE};
use crate::problem::Problem;
use crate::state::{ApiSettings, ApiState};

/// A body of type `T`. An empty one counts as `{}`.
#[derive(Debug)]
pub struct Body<T> {
    value: Result<T, Refusal>,
    digest: String,
}

impl<T> Body<T> {
    /// The body, or all its faults. To be called after authorization.
    pub fn valid(self) -> Result<T, Refusal> {
        self.value
    }

    /// Identifies the bytes that were sent, for the idempotency key.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

impl<T: DeserializeOwned + Validate + ToSchema + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let state = request.app_data::<web::Data<ApiState>>();
            let state = state.ok_or_else(|| Refusal::internal("the application has no state"))?;
            Ok(read(&request, payload, &state.settings).await?)
        })
    }
}

async fn read<T>(request: &HttpRequest, payload: Payload, settings: &ApiSettings) -> Result<Body<T>, Refusal>
where
    T: DeserializeOwned + Validate + ToSchema + 'static,
{
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        let detail = Say::fixed("请求体不得压缩。", "A body is not compressed.");
        return Err(Refusal::new(&UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let bytes = receive(payload, settings, settings.body_limit_bytes).await?;
    if !bytes.is_empty() {
        check_media_type(request)?;
    }
    let digest = sha256(&[&bytes]);
    let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
    let value = match body_faults::parse::<T>(text) {
        Err(body_faults::Unreadable(detail)) => return Err(Refusal::new(&MALFORMED_REQUEST, detail)),
        Ok(value) => value,
    };
    Ok(Body { value, digest })
}

/// All bytes of a body, as many as there may be, while they come in time.
pub(super) async fn receive(payload: Payload, settings: &ApiSettings, limit: usize) -> Result<Vec<u8>, Refusal> {
    let received = tokio::time::timeout(settings.body_deadline, collect(payload, limit));
    received.await.map_err(|_| Refusal::of(&BODY_TIMEOUT))?
}

async fn collect(mut payload: Payload, limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| {
            Refusal::new(&MALFORMED_REQUEST, Say::fixed("请求体传输中断。", "The body ended before its time."))
        })?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Exactly JSON in UTF-8; a merge patch may say what it is.
fn check_media_type(request: &HttpRequest) -> Result<(), Refusal> {
    if request.headers().get_all(header::CONTENT_TYPE).count() > 1 {
        return Err(bad_header("Content-Type"));
    }
    let unsupported = || Refusal::of(&UNSUPPORTED_MEDIA_TYPE);
    let media = request.mime_type().map_err(|_| unsupported())?.ok_or_else(unsupported)?;
    let merge_patch = request.method() == Method::PATCH && media.essence_str() == "application/merge-patch+json";
    let utf8 = media.params().all(|(name, value)| name == "charset" && value.as_str().eq_ignore_ascii_case("utf-8"));
    if utf8 && (merge_patch || media.essence_str() == "application/json") { Ok(()) } else { Err(unsupported()) }
}

//! Everything between the socket and a handler, in one place and one order:
//! context → size and form of the head → quota → handler (deadline, panics) → problem document →
//! headers → access log. See [`pass`].

pub mod client_address;
pub mod context;
pub mod fallback;
pub mod gate;
pub mod headers;
mod journal;
mod language;
pub mod rate_limit;
mod trace;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};
use futures_util::FutureExt as _;
use gongjian_kernel::fault::INTERNAL_ERROR;
use gongjian_kernel::{FaultEntry, Refusal, work};
use tracing::Instrument as _;

use self::context::Context;
use self::rate_limit::Standing;
use crate::faults::{
    INVALID_PARAMETER, MALFORMED_REQUEST, METHOD_NOT_ALLOWED, RATE_LIMITED, REQUEST_TIMEOUT, ROUTE_NOT_FOUND,
};
use crate::problem::{self, Problem};
use crate::state::ApiState;

/// The edge as one middleware.
pub async fn pass(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let Some(state) = request.app_data::<web::Data<ApiState>>().cloned() else {
        return Err(Problem(Refusal::internal("the application has no state")).into());
    };
    let context = Arc::new(Context::of(&request, &state).await);
    request.extensions_mut().insert(context.clone());
    let entry = journal::Entry::of(&request, &context);
    let origin = request.headers().get(header::ORIGIN).cloned();
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let span = tracing::info_span!("http", request_id = %context.request_id, trace_id = %context.trace_id);
    let (answer, standing) = async {
        match admit(&request, &state, &context) {
            (Err(refusal), standing) => {
                let refused = problem::render(&refusal, &context, &state.settings.public_base_url);
                (Ok(request.into_response(refused)), standing)
            }
            (Ok(()), standing) => (handle(request, next, &state, &context).await, standing),
        }
    }
    .instrument(span.clone())
    .await;

    let _in_span = span.enter();
    match answer {
        Ok(mut response) => {
            let status = response.status();
            headers::dress(response.headers_mut(), status, &context, standing);
            entry.close(status, response.request().match_pattern().as_deref(), started.elapsed());
            Ok(response)
        }
        // The handler went away with the request: only an error can carry the answer now, past CORS.
        Err(mut response) => {
            let status = response.status();
            headers::dress(response.headers_mut(), status, &context, standing);
            if let Some(origin) =
                origin.filter(|origin| state.settings.cors_origins.iter().any(|known| known == origin))
            {
                response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            }
            entry.close(status, None, started.elapsed());
            Err(InternalError::from_response("no answer from the handler", response).into())
        }
    }
}

/// Whether the request may go on, and what is left of the caller's quota.
fn admit(request: &ServiceRequest, state: &ApiState, context: &Context) -> (Result<(), Refusal>, Option<Standing>) {
    let standing =
        if request.path().starts_with("/v1/") { state.limits.take(context.account(), context.ip) } else { None };
    if let Some(Standing { retry_after_seconds: Some(seconds), .. }) = standing {
        return (Err(Refusal::of(&RATE_LIMITED).after(seconds)), standing);
    }
    (gate::check(request, &state.settings), standing)
}

/// Runs the handler within its deadline. `Err` where it panicked or took too long.
async fn handle(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    state: &ApiState,
    context: &Context,
) -> Result<ServiceResponse<BoxBody>, HttpResponse> {
    let base_url = &state.settings.public_base_url;
    let running = AssertUnwindSafe(async { next.call(request).await }).catch_unwind();
    match tokio::time::timeout(state.settings.request_deadline, running).await {
        Ok(Ok(Ok(response))) => Ok(settle(response.map_into_boxed_body(), state, context).await),
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, "a middleware failed");
            Err(problem::render(&Refusal::of(&INTERNAL_ERROR), context, base_url))
        }
        Ok(Err(panic)) => {
            metrics::counter!("http_panics_total").increment(1);
            let message = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
            tracing::error!(message, "a handler panicked");
            Err(problem::render(&Refusal::of(&INTERNAL_ERROR), context, base_url))
        }
        Err(_) => Err(problem::render(&Refusal::of(&REQUEST_TIMEOUT).after(2), context, base_url)),
    }
}

/// Gives every error its problem document, and puts on record what wants to be.
async fn settle(response: ServiceResponse<BoxBody>, state: &ApiState, context: &Context) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || is_problem(&response) {
        return response;
    }
    let base_url = &state.settings.public_base_url;
    let raised = response.response().error().and_then(|error| error.as_error::<Problem>());
    let mut document = match raised {
        Some(Problem(refusal)) => {
            if let Some(source) = &refusal.source {
                tracing::error!(code = refusal.entry.code, %source, "refused for an inner reason");
            }
            if let Some(event) = &refusal.record {
                work::put_on_record(&state.store, &context.act(), (**event).clone()).await;
            }
            problem::render(refusal, context, base_url)
        }
        None => problem::render(&Refusal::of(entry_for(status)), context, base_url),
    };
    // What a handler said beside the status (Allow) stays.
    for (name, value) in response.headers() {
        if !document.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            document.headers_mut().insert(name.clone(), value.clone());
        }
    }
    response.into_response(document)
}

fn is_problem(response: &ServiceResponse<BoxBody>) -> bool {
    let content_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|content_type| {
        content_type.starts_with(problem::PROBLEM_JSON) || content_type == crate::routes::HEALTH_JSON
    })
}

/// For errors that actix itself raised.
fn entry_for(status: StatusCode) -> &'static FaultEntry {
    match status {
        StatusCode::NOT_FOUND => &ROUTE_NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED => &METHOD_NOT_ALLOWED,
        StatusCode::BAD_REQUEST => &MALFORMED_REQUEST,
        status if status.is_client_error() => &INVALID_PARAMETER,
        _ => &INTERNAL_ERROR,
    }
}

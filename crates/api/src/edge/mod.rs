//! Everything between the socket and a handler, in one place and one order:
//! context → quota of the address → size and form of the head → token → quota → handler → problem
//! document → headers → access log. From the first quota to the problem document one deadline holds, and
//! panics are caught. See [`pass`].

pub mod client_address;
pub mod context;
pub mod fallback;
pub mod gate;
pub mod headers;
mod incoming;
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
use actix_web::{Error, HttpMessage, web};
use futures_util::FutureExt as _;
use gongjian_kernel::fault::INTERNAL_ERROR;
use gongjian_kernel::{FaultEntry, Refusal, work};
use tracing::Instrument as _;

use self::context::Context;
use self::incoming::Incoming;
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
    let context = Arc::new(Context::of(&request, &state));
    request.extensions_mut().insert(context.clone());
    let incoming = Incoming::of(&mut request);
    let entry = journal::Entry::of(&request, &context);
    let origin = request.headers().get(header::ORIGIN).cloned();
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let span = tracing::info_span!("http", request_id = %context.request_id, trace_id = %context.trace_id);
    let answered = in_time(answer(request, next, &state, &context), &state).instrument(span.clone()).await;

    let _in_span = span.enter();
    match answered {
        Ok((response, standing)) => {
            let mut response = response.map_body(|_, body| incoming.held_by(body));
            let status = response.status();
            headers::dress(response.headers_mut(), status, &context, standing);
            let route = response.request().match_pattern();
            entry.close(status, route.as_deref(), context.account(), started.elapsed());
            Ok(response)
        }
        // The request went away with its handler: only an error can carry the answer now, past CORS.
        Err(fault) => {
            let refused = problem::render(&fault, &context, &state.settings.public_base_url);
            let mut response = refused.map_body(|_, body| incoming.held_by(body));
            let status = response.status();
            headers::dress(response.headers_mut(), status, &context, None);
            if let Some(origin) =
                origin.filter(|origin| state.settings.cors_origins.iter().any(|known| known == origin))
            {
                response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            }
            entry.close(status, None, context.account(), started.elapsed());
            Err(InternalError::from_response("no answer from the handler", response).into())
        }
    }
}

/// What came of it within the deadline; a panic is a fault like others.
async fn in_time<T>(running: impl Future<Output = Result<T, Error>>, state: &ApiState) -> Result<T, Refusal> {
    match tokio::time::timeout(state.settings.request_deadline, AssertUnwindSafe(running).catch_unwind()).await {
        Ok(Ok(Ok(answer))) => Ok(answer),
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, "a middleware failed");
            Err(Refusal::of(&INTERNAL_ERROR))
        }
        Ok(Err(panic)) => {
            metrics::counter!("http_panics_total").increment(1);
            let message = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
            tracing::error!(message, "a handler panicked");
            Err(Refusal::of(&INTERNAL_ERROR))
        }
        Err(_) => Err(Refusal::of(&REQUEST_TIMEOUT).after(2)),
    }
}

/// The answer of the handler, or of the edge in its place.
async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    state: &ApiState,
    context: &Context,
) -> Result<(ServiceResponse<BoxBody>, Option<Standing>), Error> {
    let (admitted, standing) = admit(&request, state, context).await;
    let response = match admitted {
        Ok(()) if fallback::is_wrong_method(request.path(), request.method()) => {
            let (request, _) = request.into_parts();
            match fallback::answer(request.clone()).await {
                Ok(answered) => ServiceResponse::new(request, answered),
                Err(refused) => ServiceResponse::from_err(refused, request),
            }
        }
        Ok(()) => next.call(request).await?.map_into_boxed_body(),
        Err(refusal) => request.into_response(problem::render(&refusal, context, &state.settings.public_base_url)),
    };
    Ok((settle(response, state, context).await, standing))
}

/// Whether the request may go on, and what is left of the caller's quota. What costs least comes first.
async fn admit(
    request: &ServiceRequest,
    state: &ApiState,
    context: &Context,
) -> (Result<(), Refusal>, Option<Standing>) {
    let of_address = state.limits.take_address(context.ip);
    let checked = within(of_address).and_then(|()| gate::check(request, &state.settings));
    if checked.is_err() {
        return (checked, of_address);
    }
    context.recognize(request.headers(), state).await;
    if !request.path().starts_with("/v1/") {
        return (Ok(()), of_address);
    }
    let standing = state.limits.take(context.account(), context.ip);
    (within(standing), standing)
}

fn within(standing: Option<Standing>) -> Result<(), Refusal> {
    match standing.and_then(|standing| standing.retry_after_seconds) {
        Some(seconds) => Err(Refusal::of(&RATE_LIMITED).after(seconds)),
        None => Ok(()),
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

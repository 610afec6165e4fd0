//! What the edge finds out about a request before any handler runs.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap};
use gongjian_identity::fault::UNAUTHENTICATED;
use gongjian_kernel::{Act, Actor, FaultEntry, Lang, Refusal, Say};
use uuid::Uuid;

use super::{client_address, language, trace};
use crate::state::ApiState;

/// One per request, in its extensions.
#[derive(Debug)]
pub struct Context {
    pub request_id: Uuid,
    /// 32 hex digits: the caller's W3C trace, or a new one.
    pub trace_id: String,
    pub lang: Lang,
    pub ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    pub sent_token: bool,
    /// Empty without a token, and until it has been looked at.
    who: OnceLock<Who>,
}

/// Who asks, as far as a token tells.
#[derive(Debug)]
enum Who {
    Known(Arc<gongjian_identity::Caller>),
    /// The token was refused; kept until a handler wants to know.
    Refused {
        entry: &'static FaultEntry,
        detail: Say,
        retry_after_seconds: Option<u64>,
    },
}

const LONGEST_USER_AGENT: usize = 300;

impl Context {
    /// What the head alone tells. Who asks comes later: see [`Context::recognize`].
    pub(super) fn of(request: &ServiceRequest, state: &ApiState) -> Self {
        let headers = request.headers();
        let request_id = state.store.ids.next();
        let peer = request.peer_addr().map(|peer| peer.ip());
        Self {
            request_id,
            trace_id: trace::continued(headers).unwrap_or_else(|| request_id.simple().to_string()),
            lang: language::preferred(headers, state.settings.default_language),
            ip: client_address::of(peer, headers, &state.settings.trusted_proxies),
            user_agent: headers
                .get(header::USER_AGENT)
                .and_then(|value| value.to_str().ok())
                .map(|agent| agent.chars().take(LONGEST_USER_AGENT).collect()),
            sent_token: bearer(headers).is_some(),
            who: OnceLock::new(),
        }
    }

    /// Looks at the token; this may ask the database.
    pub(super) async fn recognize(&self, headers: &HeaderMap, state: &ApiState) {
        let Some(token) = bearer(headers) else { return };
        let who = match state.identity.authenticate(&state.store, token).await {
            Ok(caller) => Who::Known(caller),
            Err(refusal) => self.refused(refusal),
        };
        self.who.get_or_init(|| who);
    }

    fn refused(&self, refusal: Refusal) -> Who {
        let code = refusal.entry.code;
        metrics::counter!("auth_tokens_refused_total", "code" => code).increment(1);
        match &refusal.source {
            Some(source) => tracing::warn!(code, %source, "a token could not be checked"),
            None => tracing::debug!(code, ip = self.ip.map(tracing::field::display), "a token was refused"),
        }
        Who::Refused { entry: refusal.entry, detail: refusal.detail, retry_after_seconds: refusal.retry_after_seconds }
    }

    /// The account behind the token.
    pub fn caller(&self) -> Result<Arc<gongjian_identity::Caller>, Refusal> {
        match self.who.get() {
            Some(Who::Known(caller)) => Ok(caller.clone()),
            None => Err(Refusal::of(&UNAUTHENTICATED)),
            Some(Who::Refused { entry, detail, retry_after_seconds }) => {
                let mut refusal = Refusal::new(entry, detail.clone());
                refusal.retry_after_seconds = *retry_after_seconds;
                Err(refusal)
            }
        }
    }

    pub fn account(&self) -> Option<Uuid> {
        match self.who.get() {
            Some(Who::Known(caller)) => caller.actor.account,
            Some(Who::Refused { .. }) | None => None,
        }
    }

    /// For the audit trail.
    pub fn act(&self) -> Act {
        let actor = match self.who.get() {
            Some(Who::Known(caller)) => caller.actor.clone(),
            Some(Who::Refused { .. }) | None => Actor::anonymous(),
        };
        Act { actor, request_id: self.request_id, ip: self.ip, user_agent: self.user_agent.clone() }
    }
}

/// The token of `Authorization: Bearer …`; one in a query or a cookie is none.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The context that the edge left with a request.
pub(crate) fn of(request: &impl HttpMessage) -> Result<Arc<Context>, Refusal> {
    let context = request.extensions().get::<Arc<Context>>().cloned();
    context.ok_or_else(|| Refusal::internal("the request did not pass the edge"))
}

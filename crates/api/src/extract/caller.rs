//! Who asks. Always the first argument of a handler: placed later, strangers would learn from a 400 or
//! 404 what exists.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest, web};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::fault::BUSY;
use gongjian_kernel::idempotency::{Key, Once, write_once};
use gongjian_kernel::keys::{Keys, mac, sha256};
use gongjian_kernel::{Act, Lang, Permission, Refusal, Resource, Store, Target, Work};

use super::{Body, IfMatch};
use crate::edge::context::{self, Context};
use crate::edge::gate::bad_header;
use crate::faults::{FILES_BUSY, PASSWORD_CHANGE_REQUIRED, SECOND_FACTOR_ENROLMENT_REQUIRED};
use crate::problem::{Answer, Problem};
use crate::reply::Reply;
use crate::state::{ApiSettings, ApiState};
use gongjian_identity::Identity;
use tokio::sync::OwnedSemaphorePermit;

/// Somebody who need not be known: for login and whatever else is public.
#[derive(Debug)]
pub struct Visitor {
    pub act: Act,
    pub lang: Lang,
    state: web::Data<ApiState>,
    exchange: Exchange,
}

/// When it is worth asking for a turn again.
const LONG_READ_SECONDS: u64 = 10;

/// What an idempotency key is bound to.
#[derive(Debug)]
struct Exchange {
    method: Method,
    path: String,
    /// As it was sent: the same request on another version is another request.
    if_match: Vec<u8>,
    key: Result<Option<String>, ()>,
}

impl Visitor {
    fn of(request: &HttpRequest, context: &Context) -> Result<Self, Refusal> {
        let state = request.app_data::<web::Data<ApiState>>().cloned();
        let state = state.ok_or_else(|| Refusal::internal("the application has no state"))?;
        let exchange = Exchange {
            method: request.method().clone(),
            path: request.path().to_owned(),
            if_match: request.headers().get(IF_MATCH).map(|value| value.as_bytes().to_vec()).unwrap_or_default(),
            key: idempotency_key(request),
        };
        Ok(Self { act: context.act(), lang: context.lang, state, exchange })
    }

    #[must_use]
    pub fn store(&self) -> &Store {
        &self.state.store
    }

    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.state.identity
    }

    /// The permission alone: for prechecks, and for reads that stand open to some offices.
    pub fn authorize(&self, wanted: &Permission, resource: &dyn Resource) -> Result<(), Refusal> {
        authorize(&self.act.actor, wanted, wanted, resource)
    }

    #[must_use]
    pub fn settings(&self) -> &ApiSettings {
        &self.state.settings
    }

    /// A turn at what reads much and takes long; held while it does.
    pub fn long_read(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        let turn = self.state.long_reads.clone().try_acquire_owned();
        turn.map_err(|_| Refusal::of(&BUSY).after(LONG_READ_SECONDS))
    }

    /// Leave to work on a file; few do at once, because each may hold some tens of megabytes.
    pub fn files(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        self.state.files.clone().try_acquire_owned().map_err(|_| Refusal::of(&FILES_BUSY).after(2))
    }

    /// Runs a command in a transaction, once for an `Idempotency-Key`. The answer is stored with the
    /// key: commands that give out tokens use [`gongjian_kernel::write`] instead.
    pub async fn write<F>(&self, body_digest: &str, run: F) -> Answer
    where
        F: AsyncFn(&mut Work<'_>) -> Result<Reply, Refusal>,
    {
        let key = self.exchange.key(&self.store().keys, &self.act, body_digest)?;
        match write_once(self.store(), &self.act, key.as_ref(), run).await? {
            Once::Done(reply) => Ok(reply),
            Once::Replayed(reply) => Ok(reply.replayed()),
        }
    }

    /// A command with a body. `precheck`, the permission alone, is awaited only where the body is not
    /// valid, so that a stranger is told 403 or 404 before 422.
    pub async fn command<T, P, F>(&self, body: Body<T>, precheck: P, run: F) -> Answer
    where
        P: Future<Output = Result<(), Refusal>>,
        F: AsyncFn(&mut Work<'_>, &T) -> Result<Reply, Refusal>,
    {
        let digest = body.digest().to_owned();
        let fields = match body.valid() {
            Ok(fields) => fields,
            Err(refusal) => {
                precheck.await?;
                return Err(refusal.into());
            }
        };
        self.write(&digest, async |work| run(work, &fields).await).await
    }

    /// A command on one thing that the caller has read: an action, a merge patch. `precheck` is awaited
    /// only where `If-Match` or the body is bad, so that 403 and 404 come first.
    pub async fn act_on<I, T, P, F>(&self, id: I, if_match: IfMatch, body: Body<T>, precheck: P, run: F) -> Answer
    where
        I: Copy,
        P: Future<Output = Result<(), Refusal>>,
        F: AsyncFn(&mut Work<'_>, Target<I>, &T) -> Result<Reply, Refusal>,
    {
        let digest = body.digest().to_owned();
        let read = if_match.target(id).and_then(|target| Ok((target, body.valid()?)));
        let (target, fields) = match read {
            Ok(read) => read,
            Err(refusal) => {
                precheck.await?;
                return Err(refusal.into());
            }
        };
        self.write(&digest, async |work| run(work, Target { id: target.id, version: target.version }, &fields).await)
            .await
    }
}

impl Exchange {
    /// Under a MAC: a body may hold a number that could be guessed from a plain digest.
    fn key(&self, keys: &Keys, act: &Act, body_digest: &str) -> Result<Option<Key>, Refusal> {
        let given = self.key.as_ref().map_err(|()| bad_header("Idempotency-Key"))?;
        let Some(given) = given.as_ref().filter(|_| self.method == Method::POST) else { return Ok(None) };
        let sender = match (act.actor.account, act.ip) {
            (Some(account), _) => account.to_string(),
            (None, ip) => ip.map_or_else(String::new, |ip| ip.to_string()),
        };
        let target = [self.method.as_str().as_bytes(), b"\n", self.path.as_bytes(), b"\n"].concat();
        Ok(Some(Key {
            scope: sha256(&[sender.as_bytes(), b"\n", &target, given.as_bytes()]),
            fingerprint: mac(&keys.refresh, &[&target, body_digest.as_bytes(), b"\n", &self.if_match[..]].concat()),
        }))
    }
}

/// 1–255 visible ASCII characters; the quotes of a structured-field string are no part of it.
fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, ()> {
    let Some(raw) = request.headers().get("idempotency-key") else { return Ok(None) };
    let raw = raw.to_str().map_err(|_| ())?.trim();
    let key = raw.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(raw);
    let valid = (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if valid { Ok(Some(key.to_owned())) } else { Err(()) }
}

/// Somebody whose token holds.
#[derive(Debug)]
pub struct Caller {
    visitor: Visitor,
    pub who: Arc<gongjian_identity::Caller>,
}

/// The same, also while the password must still be changed: for `me`, logout and the change itself.
#[derive(Debug)]
pub struct CallerBeforeChange(pub Caller);

/// The same, while a second factor must still be enrolled: for the enrolment itself.
#[derive(Debug)]
pub struct CallerBeforeEnrolment(pub Caller);

impl Deref for Caller {
    type Target = Visitor;
    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

impl Deref for CallerBeforeChange {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl Deref for CallerBeforeEnrolment {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl Caller {
    fn of(request: &HttpRequest) -> Result<Self, Refusal> {
        let context = context::of(request)?;
        let who = context.caller()?;
        Ok(Self { visitor: Visitor::of(request, &context)?, who })
    }

    fn with_own_password(self) -> Result<Self, Refusal> {
        if self.who.must_change_password { Err(Refusal::of(&PASSWORD_CHANGE_REQUIRED)) } else { Ok(self) }
    }

    fn with_second_factor(self) -> Result<Self, Refusal> {
        if self.who.must_enrol_second_factor { Err(Refusal::of(&SECOND_FACTOR_ENROLMENT_REQUIRED)) } else { Ok(self) }
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(context::of(request).and_then(|context| Self::of(request, &context)).map_err(Problem))
    }
}

impl FromRequest for CallerBeforeChange {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Caller::of(request).map(Self).map_err(Problem))
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = Self::of(request).and_then(Self::with_own_password).and_then(Self::with_second_factor);
        ready(caller.map_err(Problem))
    }
}

impl FromRequest for CallerBeforeEnrolment {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Caller::of(request).and_then(Caller::with_own_password).map(Self).map_err(Problem))
    }
}

//! Requests about one's own data that the secretariat answers within a number of working days: another
//! name, deletion.

mod queries;

use chrono::NaiveDate;
use gongjian_kernel::clock::day;
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::lifecycle::Lifecycle;
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{
    Actor, Event, FaultEntry, Refusal, Relation, Resource, Result, Scope, Target, Text, Work, actor, calendar, policy,
};
use sea_orm::{QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::action::{PRIVACY_REQUEST_ANSWER, PRIVACY_REQUEST_READ};
use super::event::{REQUEST_GRANTED, REQUEST_REFUSED, REQUEST_WITHDRAWN, REQUESTED};
use super::fault::{OWN_REQUEST, REQUEST_CLOSED, REQUEST_NOT_FOUND, REQUEST_OPEN};
use super::{PrivacyPolicy, correction, erasure, person_of};
use crate::identity::Identity;

gongjian_kernel::ids! {
    /// A request about personal data.
    RequestId;
}

gongjian_kernel::words! {
    /// What somebody asks for.
    pub enum RequestKind as "privacy_request_kind" ("个人信息权利请求类别", "Kind of a request about personal data") {
        NameCorrection = "name_correction" ("更正姓名", "Correction of the name"),
        Deletion = "deletion" ("注销", "Deletion"),
    }
}

gongjian_kernel::words! {
    /// How far a request is.
    pub enum RequestStatus as "privacy_request_status" ("个人信息权利请求状态", "Status of a request about personal data") {
        Submitted = "submitted" ("待答复", "Submitted"),
        Granted = "granted" ("已同意", "Granted"),
        Refused = "refused" ("未予同意", "Refused"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What moves a request.
    pub enum RequestAction as "privacy_request_action" ("个人信息权利请求操作", "Action on a request about personal data") {
        Grant = "grant" ("同意", "Grant"),
        Refuse = "refuse" ("不予同意", "Refuse"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
    }
}

impl Lifecycle for RequestStatus {
    type Action = RequestAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [RequestAction] = RequestAction::ALL;

    fn next(self, action: RequestAction) -> Option<Self> {
        match (self, action) {
            (Self::Submitted, RequestAction::Grant) => Some(Self::Granted),
            (Self::Submitted, RequestAction::Refuse) => Some(Self::Refused),
            (Self::Submitted, RequestAction::Withdraw) => Some(Self::Withdrawn),
            (Self::Granted | Self::Refused | Self::Withdrawn, _) => None,
        }
    }
}

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use super::{RequestId, RequestKind, RequestStatus};
    use crate::person::PersonId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "privacy_request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RequestId,
        pub person_id: PersonId,
        pub kind: RequestKind,
        pub status: RequestStatus,
        pub new_name: Option<String>,
        pub reason: Option<String>,
        pub submitted_at: DateTimeUtc,
        /// The last day for the answer.
        pub due_on: Date,
        pub closed_at: Option<DateTimeUtc>,
        pub answered_by_id: Option<PersonId>,
        pub answer: Option<String>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use queries::{RequestFilter, RequestView, get, list, named};
pub use row::Model as Request;

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

impl Request {
    /// Answered after its last day, or not yet although that is over.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.closed_at.map_or(today, day) > self.due_on
    }

    #[must_use]
    pub fn is_own(&self, actor: &Actor) -> bool {
        actor.person == Some(self.person_id.0)
    }
}

impl Resource for Request {
    fn relates(&self, _: Relation, scope: &Scope) -> bool {
        *scope == Scope::Association
    }

    fn unknown(&self) -> &'static FaultEntry {
        &REQUEST_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("person", Some(self.person_id.0))
    }
}

/// Asks for something about one's own data.
pub(super) async fn submit(
    work: &mut Work<'_>,
    kind: RequestKind,
    new_name: Option<String>,
    reason: Option<String>,
) -> Result<Request> {
    let person_id = person_of(work.actor())?;
    let workdays = policy::within::<PrivacyPolicy>(work).await?.value.answer_workdays;
    let due_on = calendar::within(work).await?.add(work.today(), workdays).on;
    let request = Request {
        id: work.new_id(),
        person_id,
        kind,
        status: RequestStatus::Submitted,
        new_name,
        reason,
        submitted_at: work.now(),
        due_on,
        closed_at: None,
        answered_by_id: None,
        answer: None,
        version: 1,
    };
    let active: row::ActiveModel = request.clone().into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &REQUEST_OPEN))?;
    let data = json!({ "request": request.id, "kind": kind, "due_on": due_on });
    work.record(Event::new(&REQUESTED, person_id.0, data));
    Ok(request)
}

/// 个人信息保护法 47: asks that one's own data are deleted.
pub async fn ask_for_deletion(work: &mut Work<'_>, reason: Option<Text<2, 500>>) -> Result<Request> {
    submit(work, RequestKind::Deletion, None, reason.map(Text::into_string)).await
}

/// Does what was asked for.
pub async fn grant(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<RequestId>,
    answer: Option<Text<2, 500>>,
) -> Result<Request> {
    let before = to_answer(work, target).await?;
    // What is erased takes the request's own text with it, so that comes last.
    let after = close(work, &before, RequestAction::Grant, answer.map(Text::into_string)).await?;
    work.record(Event::new(&REQUEST_GRANTED, before.person_id.0, said(&after)));
    match before.kind {
        RequestKind::Deletion => erasure::erase(work, identity, before.person_id).await?,
        RequestKind::NameCorrection => {
            correction::rename(work, identity, before.person_id, before.new_name.unwrap_or_default()).await?;
        }
    }
    require(work.tx(), target.id).await
}

/// Says why not (个人信息保护法 50).
pub async fn refuse(work: &mut Work<'_>, target: Target<RequestId>, answer: Text<4, 500>) -> Result<Request> {
    let before = to_answer(work, target).await?;
    let after = close(work, &before, RequestAction::Refuse, Some(answer.into_string())).await?;
    work.record(Event::new(&REQUEST_REFUSED, before.person_id.0, said(&after)));
    Ok(after)
}

/// Takes back one's own request. Another's is not there.
pub async fn withdraw(work: &mut Work<'_>, target: Target<RequestId>) -> Result<Request> {
    let before = lock(work, target.id).await?;
    if !before.is_own(work.actor()) {
        work.authorize(&PRIVACY_REQUEST_READ, &PRIVACY_REQUEST_READ, &before)?;
        return Err(Refusal::of(&FORBIDDEN));
    }
    target.is_current(before.version)?;
    let after = close(work, &before, RequestAction::Withdraw, None).await?;
    work.record(Event::new(&REQUEST_WITHDRAWN, before.person_id.0, said(&after)));
    Ok(after)
}

fn said(request: &Request) -> serde_json::Value {
    json!({ "request": request.id, "kind": request.kind })
}

async fn to_answer(work: &Work<'_>, target: Target<RequestId>) -> Result<Request> {
    let before = lock(work, target.id).await?;
    may_answer(work.actor(), &before)?;
    target.is_current(before.version)?;
    if before.is_own(work.actor()) { Err(Refusal::of(&OWN_REQUEST)) } else { Ok(before) }
}

/// Its author may know of it, but others answer it.
pub fn may_answer(actor: &Actor, request: &Request) -> Result<()> {
    if request.is_own(actor) && !actor.may(&PRIVACY_REQUEST_ANSWER, request) {
        return Err(Refusal::of(&FORBIDDEN));
    }
    actor::authorize(actor, &PRIVACY_REQUEST_ANSWER, &PRIVACY_REQUEST_READ, request)
}

async fn close(work: &Work<'_>, before: &Request, action: RequestAction, answer: Option<String>) -> Result<Request> {
    let closed = || Refusal { allowed_actions: Some(Vec::new()), ..Refusal::of(&REQUEST_CLOSED) };
    let status = before.status.next(action).ok_or_else(closed)?;
    let answered_by_id = if before.is_own(work.actor()) { None } else { Some(person_of(work.actor())?) };
    let after = Request {
        status,
        closed_at: Some(work.now()),
        answered_by_id,
        answer,
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<row::Entity>(before, &after).await?;
    Ok(after)
}

async fn lock(work: &Work<'_>, id: RequestId) -> Result<Request> {
    let found = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    found.ok_or_else(|| Refusal::of(&REQUEST_NOT_FOUND))
}

async fn require(db: &impl ConnectionTrait, id: RequestId) -> Result<Request> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&REQUEST_NOT_FOUND))
}

//! Reading applications. Who may read is part of the `WHERE`.

use gongjian_kernel::actor::{ANY, Actor, Association, authorize};
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::page::{self, Page};
use gongjian_kernel::{Refusal, Result, Scope, Store};
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Serialize;

use super::action::{APPLICATION_READ, RECOMMENDER};
use super::fault::{APPLICATION_NOT_FOUND, UNKNOWN_TRACKING_CODE};
use super::store::row::{Column, Entity};
use super::{Application, ApplicationAction, ApplicationId, ApplicationOrigin, ApplicationStatus, TrackingCode};
use crate::action::BRANCH;
use crate::unit::UnitId;

/// What a list of applications is narrowed to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ApplicationFilter {
    pub status: Vec<ApplicationStatus>,
    pub origin: Vec<ApplicationOrigin>,
    pub street_code: Vec<String>,
}

pub async fn get(store: &Store, actor: &Actor, id: ApplicationId) -> Result<Application> {
    let found = Entity::find_by_id(id).one(store.db.reader()).await?;
    let application = found.ok_or_else(|| Refusal::of(&APPLICATION_NOT_FOUND))?;
    authorize(actor, &APPLICATION_READ, &APPLICATION_READ, &application)?;
    Ok(application)
}

/// The application that the code stands for.
pub async fn track(store: &Store, code: &TrackingCode) -> Result<Application> {
    let found = Entity::find().filter(Column::TrackingHash.eq(code.hash())).one(store.db.reader()).await?;
    found.ok_or_else(|| Refusal::of(&UNKNOWN_TRACKING_CODE))
}

/// One page of the applications that the caller may read, in the order in which they were received.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ApplicationFilter,
    limit: u64,
    cursor: Option<&str>,
) -> Result<Page<Application>> {
    let sealed_for = serde_json::to_string(&("applications", filter))?;
    let mut query = Entity::find().filter(visible(actor)?).order_by_asc(Column::Id).limit(limit + 1);
    if !filter.status.is_empty() {
        query = query.filter(Column::Status.is_in(filter.status.iter().copied()));
    }
    if !filter.origin.is_empty() {
        query = query.filter(Column::Origin.is_in(filter.origin.iter().copied()));
    }
    if !filter.street_code.is_empty() {
        query = query.filter(Column::StreetCode.is_in(&filter.street_code));
    }
    if let Some(cursor) = cursor {
        let after: ApplicationId = page::open(&store.keys, &sealed_for, cursor)?;
        query = query.filter(Column::Id.gt(after));
    }
    Page::cut(query.all(store.db.reader()).await?, limit, &store.keys, &sealed_for, |row| row.id)
}

fn visible(actor: &Actor) -> Result<Condition> {
    let mut seen = Condition::any();
    for grant in &actor.grants {
        for rule in APPLICATION_READ.rules.iter().filter(|rule| rule.role == grant.role) {
            let condition = match (rule.over, &grant.scope) {
                (ANY, _) => return Ok(Condition::all()),
                (BRANCH, Scope::Branch(street)) => Some(Column::StreetCode.eq(street.as_str())),
                (RECOMMENDER, Scope::Unit(unit)) => Some(Column::RecommendedBy.eq(UnitId(*unit))),
                _ => None,
            };
            seen = seen.add_option(condition);
        }
    }
    if seen.is_empty() {
        authorize(actor, &APPLICATION_READ, &APPLICATION_READ, &Association)?;
    }
    Ok(seen)
}

/// What somebody with an account may do with it now.
#[must_use]
pub fn allowed_actions(actor: &Actor, application: &Application) -> Vec<ApplicationAction> {
    let may = |action: &ApplicationAction| {
        action.permission().is_some_and(|permission| actor.may(permission, application))
            && (*action != ApplicationAction::FindEligible || application.has_consent())
    };
    application.status.open_actions().filter(may).collect()
}

/// What the applicant may do with it now.
#[must_use]
pub fn open_to_applicant(application: &Application) -> Vec<ApplicationAction> {
    use ApplicationAction::{Consent, Correct, Withdraw};
    application.status.open_actions().filter(|action| matches!(action, Correct | Consent | Withdraw)).collect()
}

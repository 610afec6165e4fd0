//! Asking for a service, taking it back; accepting, declining, finishing (Article 17(2)).

use gongjian_governance::acting::{not_open, unit_of};
use gongjian_governance::body;
use gongjian_governance::office::queries::lead_unit;
use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Permission, Refusal, Result, Target, Text, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::require_active;
use serde_json::json;

use super::queries::{affair, request_affair};
use super::{
    CommitteeServiceId, ServiceRequest, ServiceRequestAction as Action, ServiceRequestId, ServiceRequestStatus, store,
};
use crate::committee::action::{Affair, SERVICE_ANSWER, SERVICE_READ, SERVICE_REQUEST, SERVICE_REQUEST_READ};
use crate::committee::commands::standing;
use crate::committee::event::{SERVICE_ACCEPTED, SERVICE_DECLINED, SERVICE_DONE, SERVICE_REQUESTED, SERVICE_WITHDRAWN};
use crate::committee::fault::{SERVICE_OVER, SERVICE_REQUEST_NOT_OPEN};

/// A member unit asks for what is offered.
pub async fn ask(
    work: &mut Work<'_>,
    id: CommitteeServiceId,
    unit: Option<UnitId>,
    question: Text<2, 2000>,
) -> Result<ServiceRequest> {
    let unit = unit_of(work.actor(), &SERVICE_REQUEST, unit)?;
    let service = store::lock(work, id).await?;
    let body = body::get(work.tx(), service.body_id).await?;
    let affair = Affair { unit: Some(unit), ..affair(&body, None, id) };
    work.authorize(&SERVICE_REQUEST, &SERVICE_READ, &affair)?;
    standing(work, &body)?;
    require_active(work.tx(), unit).await?;
    if !service.is_open_on(work.today()) {
        return Err(Refusal::of(&SERVICE_OVER));
    }
    let request = ServiceRequest {
        id: work.new_id(),
        service_id: id,
        body_id: body.id,
        unit_id: unit,
        question: question.into_string(),
        status: ServiceRequestStatus::Requested,
        requested_by: work.actor().person.map(PersonId),
        requested_at: work.now(),
        accepted_at: None,
        outcome: None,
        reason: None,
        ended_at: None,
        version: 1,
    };
    store::insert_request(work, &request).await?;
    let data = json!({ "committee_service_id": id, "unit_id": unit });
    work.record(Event::new(&SERVICE_REQUESTED, request.id.0, data));
    Ok(request)
}

/// The committee takes it on.
pub async fn accept(work: &mut Work<'_>, target: Target<ServiceRequestId>) -> Result<ServiceRequest> {
    let before = open(work, target, &SERVICE_ANSWER).await?;
    let after = ServiceRequest { accepted_at: Some(work.now()), ..step(&before, Action::Accept)? };
    save(work, &before, after, &SERVICE_ACCEPTED).await
}

/// The committee does not take it on, and the unit is told why.
pub async fn decline(
    work: &mut Work<'_>,
    target: Target<ServiceRequestId>,
    reason: Text<2, 500>,
) -> Result<ServiceRequest> {
    let before = open(work, target, &SERVICE_ANSWER).await?;
    let reason = Some(reason.into_string());
    let after = ServiceRequest { reason, ended_at: Some(work.now()), ..step(&before, Action::Decline)? };
    save(work, &before, after, &SERVICE_DECLINED).await
}

/// What the unit asked for is done.
pub async fn finish(
    work: &mut Work<'_>,
    target: Target<ServiceRequestId>,
    outcome: Text<2, 2000>,
) -> Result<ServiceRequest> {
    let before = open(work, target, &SERVICE_ANSWER).await?;
    let outcome = Some(outcome.into_string());
    let after = ServiceRequest { outcome, ended_at: Some(work.now()), ..step(&before, Action::Finish)? };
    save(work, &before, after, &SERVICE_DONE).await
}

/// The unit takes it back before it is done.
pub async fn withdraw(work: &mut Work<'_>, target: Target<ServiceRequestId>) -> Result<ServiceRequest> {
    let before = open(work, target, &SERVICE_REQUEST).await?;
    let after = ServiceRequest { ended_at: Some(work.now()), ..step(&before, Action::Withdraw)? };
    save(work, &before, after, &SERVICE_WITHDRAWN).await
}

async fn open(work: &Work<'_>, target: Target<ServiceRequestId>, wanted: &Permission) -> Result<ServiceRequest> {
    let request = store::lock_request(work, target.id).await?;
    let body = body::get(work.tx(), request.body_id).await?;
    let lead = lead_unit(work.tx(), body.id, work.today()).await?;
    work.authorize(wanted, &SERVICE_REQUEST_READ, &request_affair(&body, lead, &request))?;
    target.is_current(request.version)?;
    standing(work, &body)?;
    Ok(request)
}

async fn save(
    work: &mut Work<'_>,
    before: &ServiceRequest,
    after: ServiceRequest,
    event: &'static EventEntry,
) -> Result<ServiceRequest> {
    work.update::<store::request::Entity>(before, &after).await?;
    let data = json!({
        "committee_service_id": after.service_id, "unit_id": after.unit_id, "outcome": after.outcome,
        "reason": after.reason,
    });
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}

/// The request after the action.
fn step(before: &ServiceRequest, action: Action) -> Result<ServiceRequest> {
    let status = before.status.next(action).ok_or_else(|| {
        let open = before.status.open_actions().map(Action::as_str).collect();
        let said = (before.status.label(), action.label());
        not_open(&SERVICE_REQUEST_NOT_OPEN, ("该申请", "request"), said, open)
    })?;
    Ok(ServiceRequest { status, version: before.version + 1, ..before.clone() })
}

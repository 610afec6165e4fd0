//! Offering a service and ending it (Article 17(2)).

use chrono::NaiveDate;
use gongjian_governance::acting::not_open;
use gongjian_governance::body::{self, BodyId};
use gongjian_governance::office::queries::lead_unit;
use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Target, Text, Work};
use serde_json::json;

use super::queries::affair;
use super::{CommitteeService, CommitteeServiceId, ServiceAction, ServiceKind, ServiceStatus, store};
use crate::committee::action::{Affair, SERVICE_OFFER, SERVICE_READ};
use crate::committee::commands::{lock, standing};
use crate::committee::event::{SERVICE_ENDED, SERVICE_OFFERED};
use crate::committee::fault::SERVICE_NOT_OPEN;

/// What a committee offers.
#[derive(Debug, Clone)]
pub struct NewService {
    pub kind: ServiceKind,
    pub title: Text<2, 200>,
    pub description: Text<2, 2000>,
    pub valid_until: Option<NaiveDate>,
}

/// A director or the lead unit offers it.
pub async fn offer(work: &mut Work<'_>, id: BodyId, new: NewService) -> Result<CommitteeService> {
    let body = lock(work, id).await?;
    let affair = Affair { lead: lead_unit(work.tx(), body.id, work.today()).await?, ..Affair::of(&body) };
    work.authorize(&SERVICE_OFFER, &SERVICE_OFFER, &affair)?;
    standing(work, &body)?;
    if new.valid_until.is_some_and(|until| until < work.today()) {
        let say = Say::fixed("有效期不能早于今天。", "It must not lie before today.");
        return Err(Refusal::invalid(vec![FieldFault::body("/valid_until", "in_past", say)]));
    }
    let service = CommitteeService {
        id: work.new_id(),
        body_id: body.id,
        kind: new.kind,
        title: new.title.into_string(),
        description: new.description.into_string(),
        valid_until: new.valid_until,
        status: ServiceStatus::Offered,
        offered_by: work.actor().person.map(PersonId),
        offered_at: work.now(),
        ended_at: None,
        version: 1,
    };
    store::insert(work, &service).await?;
    let data = json!({
        "committee": body.code, "kind": service.kind, "title": service.title, "valid_until": service.valid_until,
    });
    work.record(Event::new(&SERVICE_OFFERED, service.id.0, data));
    Ok(service)
}

/// Nobody asks for it any more; what was asked for is still answered.
pub async fn end(work: &mut Work<'_>, target: Target<CommitteeServiceId>) -> Result<CommitteeService> {
    let before = store::lock(work, target.id).await?;
    let body = body::get(work.tx(), before.body_id).await?;
    let lead = lead_unit(work.tx(), body.id, work.today()).await?;
    work.authorize(&SERVICE_OFFER, &SERVICE_READ, &affair(&body, lead, before.id))?;
    target.is_current(before.version)?;
    standing(work, &body)?;
    let status = before.status.next(ServiceAction::End).ok_or_else(|| {
        let said = (before.status.label(), ServiceAction::End.label());
        not_open(&SERVICE_NOT_OPEN, ("该服务", "service"), said, Vec::new())
    })?;
    let after = CommitteeService { status, ended_at: Some(work.now()), version: before.version + 1, ..before.clone() };
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&SERVICE_ENDED, after.id.0, json!({ "title": after.title })));
    Ok(after)
}

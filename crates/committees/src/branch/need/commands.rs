//! Telling the branch what one needs, and seeing to it (Article 18(4)).

use gongjian_governance::acting::{not_open, unit_of};
use gongjian_governance::body::{self, branch_of};
use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, Permission, Refusal, Result, Target, Text, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::require_active;
use serde_json::json;

use super::{Need, NeedAction as Action, NeedId, NeedStatus, store};
use crate::branch::action::{NEED_HANDLE, NEED_READ, NEED_REPORT, OfBranch};
use crate::branch::event::{NEED_ACCEPTED, NEED_DECLINED, NEED_MET, NEED_REPORTED, NEED_WITHDRAWN};
use crate::branch::fault::{NEED_NOT_FOUND, NEED_NOT_OPEN, NO_BRANCH_THERE};

/// What a unit needs.
#[derive(Debug, Clone)]
pub struct NewNeed {
    /// May stay open for one who acts for a single unit.
    pub unit: Option<UnitId>,
    pub category: Text<1, 40>,
    pub title: Text<2, 100>,
    pub detail: Text<2, 4000>,
}

/// A member tells the branch of its street.
pub async fn report(work: &mut Work<'_>, new: NewNeed) -> Result<Need> {
    let unit = unit_of(work.actor(), &NEED_REPORT, new.unit)?;
    let street = require_active(work.tx(), unit).await?.street_code;
    let body = branch_of(work.tx(), &street).await?.filter(|body| body.stands_on(work.today()));
    let body = body.ok_or_else(|| Refusal::of(&NO_BRANCH_THERE))?;
    let need = Need {
        id: work.new_id(),
        body_id: body.id,
        unit_id: unit,
        category: new.category.into_string(),
        title: new.title.into_string(),
        detail: new.detail.into_string(),
        status: NeedStatus::Reported,
        result: None,
        reason: None,
        reported_by: work.actor().person.map(PersonId),
        reported_at: work.now(),
        ended_at: None,
        version: 1,
    };
    store::insert(work, &need).await?;
    let data = json!({ "branch": body.code, "unit_id": unit, "category": need.category, "title": need.title });
    work.record(Event::new(&NEED_REPORTED, need.id.0, data));
    Ok(need)
}

/// The branch sees to it.
pub async fn accept(work: &mut Work<'_>, target: Target<NeedId>) -> Result<Need> {
    let (before, after) = step(work, target, Action::Accept, &NEED_HANDLE).await?;
    save(work, &before, after, &NEED_ACCEPTED, json!({})).await
}

/// It is met, in this way.
pub async fn meet(work: &mut Work<'_>, target: Target<NeedId>, result: Text<2, 4000>) -> Result<Need> {
    let (before, after) = step(work, target, Action::Meet, &NEED_HANDLE).await?;
    let after = Need { result: Some(result.into_string()), ended_at: Some(work.now()), ..after };
    let data = json!({ "result": after.result });
    save(work, &before, after, &NEED_MET, data).await
}

/// It is not for the branch, or cannot be met; the unit is told why.
pub async fn decline(work: &mut Work<'_>, target: Target<NeedId>, reason: Text<2, 500>) -> Result<Need> {
    let (before, after) = step(work, target, Action::Decline, &NEED_HANDLE).await?;
    let after = Need { reason: Some(reason.into_string()), ended_at: Some(work.now()), ..after };
    let data = json!({ "reason": after.reason });
    save(work, &before, after, &NEED_DECLINED, data).await
}

/// The unit needs it no more.
pub async fn withdraw(work: &mut Work<'_>, target: Target<NeedId>) -> Result<Need> {
    let (before, after) = step(work, target, Action::Withdraw, &NEED_REPORT).await?;
    let after = Need { ended_at: Some(work.now()), ..after };
    save(work, &before, after, &NEED_WITHDRAWN, json!({})).await
}

/// The need as it was, and as it is after the action.
async fn step(work: &Work<'_>, target: Target<NeedId>, action: Action, wanted: &Permission) -> Result<(Need, Need)> {
    let before = store::lock(work, target.id).await?;
    let body = body::get(work.tx(), before.body_id).await?;
    let units = [before.unit_id];
    let subject = ("branch_need", Some(before.id.0));
    let seen = OfBranch { units: &units, unknown: &NEED_NOT_FOUND, subject, ..OfBranch::new(&body) };
    work.authorize(wanted, &NEED_READ, &seen)?;
    target.is_current(before.version)?;
    let status = before.status.next(action).ok_or_else(|| {
        let open = before.status.open_actions().map(Action::as_str).collect();
        not_open(&NEED_NOT_OPEN, ("该需求", "need"), (before.status.label(), action.label()), open)
    })?;
    let after = Need { status, version: before.version + 1, ..before.clone() };
    Ok((before, after))
}

async fn save(
    work: &mut Work<'_>,
    before: &Need,
    after: Need,
    event: &'static EventEntry,
    data: serde_json::Value,
) -> Result<Need> {
    work.update::<store::row::Entity>(before, &after).await?;
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}

//! Publishing key projects; claiming them, confirming, declining, taking back (Article 14(3)).

use chrono::NaiveDate;
use gongjian_governance::acting::{not_open, unit_of};
use gongjian_governance::office::queries::council_units;
use gongjian_governance::plan::{InstrumentKind, PlanItemId, item, queries as plans};
use gongjian_identity::PersonId;
use gongjian_kernel::actor::Association;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, EventEntry, FieldFault, Permission, Refusal, Result, Say, Target, Text, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::require_active;
use serde_json::json;

use super::action::{CLAIM_CONFIRM, CLAIM_MAKE, CLAIM_RELEASE, ClaimOf, KEY_PROJECT_PUBLISH, KEY_PROJECT_READ};
use super::event::{
    CLAIM_CONFIRMED, CLAIM_DECLINED, CLAIM_MADE, CLAIM_RELEASED, CLAIM_WITHDRAWN, KEY_PROJECT_PUBLISHED,
    KEY_PROJECT_REVISED,
};
use super::fault::{
    CLAIM_NOT_OPEN, CLAIMED_ALREADY, CLAIMING_NOT_OPEN, NOT_A_COUNCIL_UNIT, NOT_A_KEY_ITEM, PLAN_ITEM_NOT_FOUND,
    SHARES_TAKEN,
};
use super::queries::taken;
use super::{Claim, ClaimAction, ClaimId, ClaimStatus, Claiming, KeyProject, KeyProjectId, standing, store};

/// An item of the plan to be offered.
#[derive(Debug, Clone)]
pub struct NewKeyProject {
    pub plan_item: PlanItemId,
    pub shares_total: i32,
    pub claim_from: NaiveDate,
    pub claim_until: NaiveDate,
    pub requirements: Option<Text<2, 2000>>,
}

/// What changes of it; `None` leaves.
#[derive(Debug, Clone)]
pub struct Revision {
    pub shares_total: Option<i32>,
    pub claim_until: Option<NaiveDate>,
    pub requirements: Option<Text<2, 2000>>,
}

/// A claim to be made.
#[derive(Debug, Clone)]
pub struct NewClaim {
    pub project: KeyProjectId,
    pub unit: Option<UnitId>,
    pub shares: i32,
    pub undertaking: Text<2, 1000>,
}

/// The agreement that a claim is confirmed on.
#[derive(Debug, Clone)]
pub struct Confirmation {
    pub agreement_ref: Text<2, 200>,
    pub agreed_on: NaiveDate,
}

/// Articles 11(3) and 17: what the general meeting adopted as a key item is offered, once.
pub async fn publish(work: &mut Work<'_>, new: NewKeyProject) -> Result<KeyProject> {
    work.authorize(&KEY_PROJECT_PUBLISH, &KEY_PROJECT_READ, &Association)?;
    let found = item::find(work.tx(), new.plan_item).await?;
    let found = found.ok_or_else(|| Refusal::of(&PLAN_ITEM_NOT_FOUND).at("/plan_item_id"))?;
    let plan = plans::require(work.tx(), found.instrument_id).await?;
    let is_adopted = plan.kind == InstrumentKind::AnnualPlan && plan.decision_id.is_some() && plan.ended_on.is_none();
    let year = match plan.year {
        Some(year) if is_adopted && found.is_key => year,
        Some(_) | None => return Err(Refusal::of(&NOT_A_KEY_ITEM)),
    };
    window(new.claim_from, new.claim_until)?;
    let project = KeyProject {
        id: work.new_id::<KeyProjectId>(),
        plan_item_id: found.id,
        year,
        title: found.title,
        goal: found.goal,
        requirements: new.requirements.map(Text::into_string),
        shares_total: new.shares_total,
        claim_from: new.claim_from,
        claim_until: new.claim_until,
        published_by: work.actor().person.map(PersonId),
        published_at: work.now(),
        version: 1,
    };
    store::insert(work, &project).await?;
    work.record(Event::new(&KEY_PROJECT_PUBLISHED, project.id.0, said(&project)));
    Ok(project)
}

/// More time, other requirements, more or fewer shares: never fewer than are taken.
pub async fn revise(work: &mut Work<'_>, target: Target<KeyProjectId>, revision: Revision) -> Result<KeyProject> {
    let before = store::lock(work, target.id).await?;
    work.authorize(&KEY_PROJECT_PUBLISH, &KEY_PROJECT_READ, &before)?;
    target.is_current(before.version)?;
    let after = KeyProject {
        shares_total: revision.shares_total.unwrap_or(before.shares_total),
        claim_until: revision.claim_until.unwrap_or(before.claim_until),
        requirements: revision.requirements.map(Text::into_string).or_else(|| before.requirements.clone()),
        version: before.version + 1,
        ..before.clone()
    };
    window(after.claim_from, after.claim_until)?;
    if i64::from(after.shares_total) < taken(work.tx(), [before.id]).await?.of(before.id).live() {
        return Err(Refusal::of(&SHARES_TAKEN).at("/shares_total"));
    }
    work.update::<store::row::Entity>(&before, &after).await?;
    work.record(Event::new(&KEY_PROJECT_REVISED, after.id.0, said(&after)));
    Ok(after)
}

/// Article 14(3): a council unit takes shares on, of its own accord, while there are any.
pub async fn claim(work: &mut Work<'_>, new: NewClaim) -> Result<Claim> {
    let id = new.project;
    let unit = unit_of(work.actor(), &CLAIM_MAKE, new.unit)?;
    work.authorize(&CLAIM_MAKE, &KEY_PROJECT_READ, &ClaimOf(unit))?;
    let project = store::lock(work, id).await.map_err(|refusal| refusal.at("/key_project_id"))?;
    require_active(work.tx(), unit).await?;
    if !council_units(work.tx(), work.today()).await?.iter().any(|(seated, _)| *seated == unit) {
        return Err(Refusal::of(&NOT_A_COUNCIL_UNIT));
    }
    if project.claiming_on(work.today()) != Claiming::Open {
        return Err(Refusal::of(&CLAIMING_NOT_OPEN));
    }
    let taken = taken(work.tx(), [id]).await?;
    if taken.is_by(id, unit) {
        return Err(Refusal::of(&CLAIMED_ALREADY));
    }
    let left = i64::from(project.shares_total) - taken.of(id).live();
    if i64::from(new.shares) > left {
        let (zh, en) = (format!("剩余 {left} 份。"), format!("{left} shares are left."));
        return Err(Refusal::new(&SHARES_TAKEN, Say::new(zh, en)));
    }
    let claim = Claim {
        id: work.new_id::<ClaimId>(),
        key_project_id: id,
        unit_id: unit,
        shares: new.shares,
        undertaking: new.undertaking.into_string(),
        status: ClaimStatus::Pending,
        claimed_by: work.actor().person.map(PersonId),
        claimed_at: work.now(),
        decided_at: None,
        agreement_ref: None,
        agreed_on: None,
        reason: None,
        version: 1,
    };
    store::insert_claim(work, &claim).await?;
    let data = json!({ "key_project_id": id, "unit_id": unit, "shares": claim.shares });
    work.record(Event::new(&CLAIM_MADE, claim.id.0, data));
    Ok(claim)
}

/// The claim counts: an agreement says who does what.
pub async fn confirm(work: &mut Work<'_>, target: Target<ClaimId>, on: Confirmation) -> Result<Claim> {
    let (project, before) = open(work, target, &CLAIM_CONFIRM).await?;
    if on.agreed_on > work.today() {
        let say = Say::fixed("日期不能晚于今天。", "It must not lie after today.");
        return Err(Refusal::invalid(vec![FieldFault::body("/agreed_on", "in_future", say)]));
    }
    let claim = Claim {
        status: step(&before, ClaimAction::Confirm)?,
        agreement_ref: Some(on.agreement_ref.into_string()),
        agreed_on: Some(on.agreed_on),
        ..before.clone()
    };
    let claim = close(work, &before, claim, &CLAIM_CONFIRMED).await?;
    standing::confirmed(work, &project, &claim).await?;
    Ok(claim)
}

pub async fn decline(work: &mut Work<'_>, target: Target<ClaimId>, reason: Text<2, 500>) -> Result<Claim> {
    end(work, target, reason, (&CLAIM_CONFIRM, ClaimAction::Decline, &CLAIM_DECLINED)).await
}

/// The unit takes back what was not confirmed yet.
pub async fn withdraw(work: &mut Work<'_>, target: Target<ClaimId>, reason: Text<2, 500>) -> Result<Claim> {
    end(work, target, reason, (&CLAIM_MAKE, ClaimAction::Withdraw, &CLAIM_WITHDRAWN)).await
}

/// A confirmed claim ends: its shares are free, its line in the passbook goes.
pub async fn release(work: &mut Work<'_>, target: Target<ClaimId>, reason: Text<2, 500>) -> Result<Claim> {
    let claim = end(work, target, reason, (&CLAIM_RELEASE, ClaimAction::Release, &CLAIM_RELEASED)).await?;
    standing::released(work, &claim).await?;
    Ok(claim)
}

async fn end(
    work: &mut Work<'_>,
    target: Target<ClaimId>,
    reason: Text<2, 500>,
    (wanted, action, event): (&Permission, ClaimAction, &'static EventEntry),
) -> Result<Claim> {
    let (_, before) = open(work, target, wanted).await?;
    let after = Claim { status: step(&before, action)?, reason: Some(reason.into_string()), ..before.clone() };
    close(work, &before, after, event).await
}

/// The project is held first, as by every claim, so that shares are counted one after the other.
async fn open(work: &Work<'_>, target: Target<ClaimId>, wanted: &Permission) -> Result<(KeyProject, Claim)> {
    let id = super::queries::require_claim(work.tx(), target.id).await?.key_project_id;
    let project = store::lock(work, id).await?;
    let claim = store::lock_claim(work, target.id).await?;
    work.authorize(wanted, &KEY_PROJECT_READ, &claim)?;
    target.is_current(claim.version)?;
    Ok((project, claim))
}

async fn close(work: &mut Work<'_>, before: &Claim, after: Claim, event: &'static EventEntry) -> Result<Claim> {
    let after = Claim { decided_at: Some(work.now()), version: before.version + 1, ..after };
    work.update::<store::claim::Entity>(before, &after).await?;
    let data = json!({
        "key_project_id": after.key_project_id, "unit_id": after.unit_id, "shares": after.shares,
        "agreement": after.agreement_ref, "reason": after.reason,
    });
    work.record(Event::new(event, after.id.0, data));
    Ok(after)
}

fn step(claim: &Claim, action: ClaimAction) -> Result<ClaimStatus> {
    claim.status.next(action).ok_or_else(|| {
        let open = claim.status.open_actions().map(ClaimAction::as_str).collect();
        not_open(&CLAIM_NOT_OPEN, ("该认领", "claim"), (claim.status.label(), action.label()), open)
    })
}

fn window(from: NaiveDate, until: NaiveDate) -> Result<()> {
    if until >= from {
        return Ok(());
    }
    let say = Say::fixed("截止日期不能早于起始日期。", "The last day must not lie before the first.");
    Err(Refusal::invalid(vec![FieldFault::body("/claim_until", "before_claim_from", say)]))
}

fn said(project: &KeyProject) -> serde_json::Value {
    json!({
        "plan_item_id": project.plan_item_id, "year": project.year, "title": project.title,
        "shares_total": project.shares_total, "claim_from": project.claim_from, "claim_until": project.claim_until,
    })
}

//! What the council makes of the set of committees (Article 17), and the secretariat of the experts (Article 15).

use gongjian_governance::body::fault::{BODY_DISSOLVED, COMMITTEE_NEEDS_COUNCIL};
use gongjian_governance::body::members::{self, CommitteeMember, CommitteeMemberId};
use gongjian_governance::body::{self, Body, BodyId, BodyKind, EXPERT_COMMITTEE, change};
use gongjian_governance::decision::{DecisionId, Matter, spend};
use gongjian_identity::Identity;
use gongjian_kernel::{Event, Permission, Refusal, Result, Target, Text, Work};
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::action::{Affair, COMMITTEE_CHANGE, COMMITTEE_LEAVE, COMMITTEE_LINK, COMMITTEE_MEMBER_READ};
use super::application;
use super::event::{
    COMMITTEE_DISSOLVED, COMMITTEE_LINKED, COMMITTEE_MERGED, COMMITTEE_RENAMED, COMMITTEE_UNLINKED, MEMBER_LEFT,
};
use super::fault::{COMMITTEE_INTO_ITSELF, COMMITTEE_NOT_FOUND};
use super::store::{ending, former_name, link};

/// By decision of the council the committee bears another name; the former one stays with its days.
pub async fn rename(
    work: &mut Work<'_>,
    target: Target<BodyId>,
    name: Text<2, 100>,
    decision: Option<DecisionId>,
) -> Result<Body> {
    let before = open(work, &target, &COMMITTEE_CHANGE).await?;
    let decision = decided(work, decision, "committee_rename", before.id).await?;
    let former = former_name::Model {
        body_id: before.id,
        until: work.today(),
        name: before.name.clone(),
        decision_id: decision,
    };
    let known = former_name::Entity::find_by_id((before.id, former.until)).one(work.tx()).await?;
    // A second name of one day was never that of a day.
    if known.is_none() {
        let former: former_name::ActiveModel = former.into();
        former_name::Entity::insert(former.reset_all()).exec_without_returning(work.tx()).await?;
    }
    let after = change::rename(work, &before, name.into_string()).await?;
    let data = json!({ "from": before.name, "to": after.name, "decision_id": decision });
    work.record(Event::new(&COMMITTEE_RENAMED, after.id.0, data));
    Ok(after)
}

/// By decision of the council the committee is no more.
pub async fn dissolve(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<BodyId>,
    decision: Option<DecisionId>,
) -> Result<Body> {
    let before = open(work, &target, &COMMITTEE_CHANGE).await?;
    let decision = decided(work, decision, "committee_dissolve", before.id).await?;
    let after = change::dissolve(work, identity, &before, basis()?).await?;
    end(work, before.id, None, decision).await?;
    let data = json!({ "name": before.name, "decision_id": decision });
    work.record(Event::new(&COMMITTEE_DISSOLVED, after.id.0, data));
    Ok(after)
}

/// By decision of the council the committee is merged into another, to which its members go over.
pub async fn merge(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<BodyId>,
    into: BodyId,
    decision: Option<DecisionId>,
) -> Result<Body> {
    // Always in the same order: two merges of the same two do not wait for each other.
    if into < target.id {
        // Whether it is there is told below, to whoever may merge.
        body::lock(work, into).await.ok();
    }
    let before = open(work, &target, &COMMITTEE_CHANGE).await?;
    if into == before.id {
        return Err(Refusal::of(&COMMITTEE_INTO_ITSELF).at("/into_id"));
    }
    let into = lock(work, into).await.map_err(|refusal| refusal.at("/into_id"))?;
    standing(work, &into).map_err(|refusal| refusal.at("/into_id"))?;
    let decision = decided(work, decision, "committee_merge", before.id).await?;
    let (after, carried) = change::merge(work, identity, &before, &into, basis()?).await?;
    end(work, before.id, Some(into.id), decision).await?;
    let data = json!({ "name": before.name, "into": into.id, "carried_units": carried, "decision_id": decision });
    work.record(Event::new(&COMMITTEE_MERGED, after.id.0, data));
    Ok(after)
}

/// Articles 15 and 17 (domain.md A7): at most one committee is the secretariat of the experts.
pub async fn serve_experts(work: &mut Work<'_>, target: Target<BodyId>, serves: bool) -> Result<Body> {
    let body = open(work, &target, &COMMITTEE_LINK).await?;
    // Of two at once the later one waits here.
    body::lock(work, EXPERT_COMMITTEE).await?;
    let known = link::Entity::find_by_id(EXPERT_COMMITTEE).one(work.tx()).await?;
    let before = known.map(|link| link.body_id);
    if serves == (before == Some(body.id)) {
        return Ok(body);
    }
    link::Entity::delete_by_id(EXPERT_COMMITTEE).exec(work.tx()).await?;
    if serves {
        let link = link::Model { expert_body_id: EXPERT_COMMITTEE, body_id: body.id, set_at: work.now() };
        let link: link::ActiveModel = link.into();
        link::Entity::insert(link.reset_all()).exec_without_returning(work.tx()).await?;
    }
    let event = if serves { &COMMITTEE_LINKED } else { &COMMITTEE_UNLINKED };
    work.record(Event::new(event, body.id.0, json!({ "before": before })));
    Ok(body)
}

/// Article 9(3): a unit leaves whenever it wants to, at once; nobody is asked.
pub async fn leave(work: &mut Work<'_>, id: CommitteeMemberId) -> Result<CommitteeMember> {
    let before = members::lock(work, id).await?;
    let body = body::get(work.tx(), before.body_id).await?;
    let affair = super::queries::membership_affair(work.tx(), &body, &before, work.today()).await?;
    work.authorize(&COMMITTEE_LEAVE, &COMMITTEE_MEMBER_READ, &affair)?;
    let after = members::leave(work, &before).await?;
    let data = json!({ "unit_id": after.unit_id, "membership_id": after.id });
    work.record(Event::new(&MEMBER_LEFT, body.id.0, data));
    Ok(after)
}

/// The committee, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: BodyId) -> Result<Body> {
    let body = body::lock(work, id).await.map_err(|_| Refusal::of(&COMMITTEE_NOT_FOUND))?;
    if body.kind == BodyKind::Committee { Ok(body) } else { Err(Refusal::of(&COMMITTEE_NOT_FOUND)) }
}

/// What was dissolved is there to be read.
pub(super) fn standing(work: &Work<'_>, body: &Body) -> Result<()> {
    if body.stands_on(work.today()) { Ok(()) } else { Err(Refusal::of(&BODY_DISSOLVED)) }
}

async fn open(work: &Work<'_>, target: &Target<BodyId>, wanted: &Permission) -> Result<Body> {
    let body = lock(work, target.id).await?;
    work.authorize(wanted, wanted, &Affair::of(&body))?;
    target.is_current(body.version)?;
    standing(work, &body)?;
    Ok(body)
}

/// Article 17: the council has decided it, with effect, and for this.
async fn decided(
    work: &mut Work<'_>,
    decision: Option<DecisionId>,
    act: &'static str,
    body: BodyId,
) -> Result<DecisionId> {
    let decision = decision.ok_or_else(|| Refusal::of(&COMMITTEE_NEEDS_COUNCIL))?;
    spend(work, decision, Matter::CommitteeSet, (act, body.0)).await?;
    Ok(decision)
}

/// What ends with a committee beside its offices and memberships.
async fn end(work: &Work<'_>, body: BodyId, successor: Option<BodyId>, decision: DecisionId) -> Result<()> {
    let ended: ending::ActiveModel =
        ending::Model { body_id: body, successor_id: successor, decision_id: decision }.into();
    ending::Entity::insert(ended.reset_all()).exec_without_returning(work.tx()).await?;
    link::Entity::delete_many().filter(link::Column::BodyId.eq(body)).exec(work.tx()).await?;
    application::lapse(work, body).await
}

fn basis() -> Result<Text<2, 200>> {
    Text::parse("理事会关于专业研究委员会设置的决定").map_err(|fault| Refusal::internal(fault.code()))
}

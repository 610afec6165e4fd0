//! A unit replies, revises, takes back; the secretariat says what becomes of each point.

use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, FieldFault, Permission, Refusal, Result, Say, Target, Text, Work, policy};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries as members;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::json;

use super::action::Asked;
use super::store::{self, opinion, point};
use super::{
    Call, CallAction, CallId, Opinion, OpinionAction, OpinionId, OpinionStatus, PointResult, Revision, calls, standing,
};
use crate::acting;
use crate::briefing::action::{CALL_READ, OPINION_DECIDE, OPINION_READ, OPINION_SUBMIT};
use crate::briefing::fault::{OPINION_CALL_NOT_FOUND, OPINION_CALL_OVER, OPINION_EXISTS, OPINION_NOT_OPEN};
use crate::briefing::{BriefingPolicy, LateOpinions, event};

/// What a unit replies: numbered points in their order.
#[derive(Debug, Clone)]
pub struct NewOpinion {
    /// May stay open for one who acts for a single unit.
    pub unit: Option<UnitId>,
    pub points: Vec<String>,
}

/// What becomes of a point.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub number: i32,
    pub result: PointResult,
    pub reason: Option<Text<2, 500>>,
}

/// Articles 2 and 10(3): the unit's representative or liaison replies for it, once.
pub async fn submit(work: &mut Work<'_>, id: CallId, new: NewOpinion) -> Result<Opinion> {
    let call = store::lock_call(work, id).await?;
    let asked = store::asked_of(work.tx(), id, work.actor().units().map(UnitId)).await?;
    work.authorize(&OPINION_SUBMIT, &CALL_READ, &Asked { call: &call, units: &asked })?;
    let unit = acting::unit_of(work.actor(), &OPINION_SUBMIT, new.unit)?;
    if !asked.contains(&unit) {
        return Err(Refusal::of(&OPINION_CALL_NOT_FOUND));
    }
    members::require_active(work.tx(), unit).await?;
    calls::step(&call, CallAction::Reply)?;
    let is_late = late(work, &call).await?;
    let given = opinion::Entity::find()
        .filter(opinion::Column::CallId.eq(id))
        .filter(opinion::Column::UnitId.eq(unit))
        .filter(opinion::Column::Status.eq(OpinionStatus::Submitted));
    if given.exists(work.tx()).await? {
        return Err(Refusal::of(&OPINION_EXISTS));
    }
    let opinion = Opinion {
        id: work.new_id(),
        call_id: id,
        unit_id: unit,
        status: OpinionStatus::Submitted,
        is_late,
        revision: 1,
        submitted_by: work.actor().person.map(PersonId),
        submitted_at: work.now(),
        changed_at: work.now(),
        withdraw_reason: None,
        version: 1,
    };
    store::insert_opinion(work, &opinion).await?;
    store::word(work, &opinion, &new.points, revision(work, &opinion, &new.points)?).await?;
    standing::given(work, &call, &opinion).await?;
    let data = json!({ "opinion_call_id": id, "unit_id": unit, "points": new.points.len(), "late": is_late });
    work.record(Event::new(&event::OPINION_SUBMITTED, opinion.id.0, data));
    Ok(opinion)
}

/// Whether the deadline has passed; refuses where the policy takes no late opinions.
async fn late(work: &Work<'_>, call: &Call) -> Result<bool> {
    let is_late = call.due_on < Some(work.today());
    match policy::within::<BriefingPolicy>(work).await?.value.late_opinions {
        LateOpinions::Refused if is_late => Err(Refusal::of(&OPINION_CALL_OVER)),
        LateOpinions::Refused | LateOpinions::Marked => Ok(is_late),
    }
}

fn revision(work: &Work<'_>, opinion: &Opinion, points: &[String]) -> Result<Revision> {
    Ok(Revision {
        opinion_id: opinion.id,
        revision: opinion.revision,
        points: serde_json::to_string(points)?,
        written_by: work.actor().person.map(PersonId),
        written_at: work.now(),
    })
}

/// Until the deadline the unit may say it otherwise; every wording stays on file.
pub async fn revise(work: &mut Work<'_>, target: Target<OpinionId>, points: &[String]) -> Result<Opinion> {
    let (call, before) = open(work, target, &OPINION_SUBMIT, OpinionAction::Revise).await?;
    members::require_active(work.tx(), before.unit_id).await?;
    let is_late = late(work, &call).await? || before.is_late;
    let after = Opinion {
        is_late,
        revision: before.revision + 1,
        changed_at: work.now(),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<opinion::Entity>(&before, &after).await?;
    store::word(work, &after, points, revision(work, &after, points)?).await?;
    let data = json!({ "unit_id": after.unit_id, "revision": after.revision, "points": points.len() });
    work.record(Event::new(&event::OPINION_REVISED, after.id.0, data));
    Ok(after)
}

/// The unit takes its reply back, and the line in its passbook goes with it.
pub async fn withdraw(work: &mut Work<'_>, target: Target<OpinionId>, reason: Text<2, 500>) -> Result<Opinion> {
    let (call, before) = open(work, target, &OPINION_SUBMIT, OpinionAction::Withdraw).await?;
    late(work, &call).await?;
    let after = Opinion {
        status: OpinionStatus::Withdrawn,
        withdraw_reason: Some(reason.into_string()),
        changed_at: work.now(),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<opinion::Entity>(&before, &after).await?;
    standing::withdrawn(work, &after).await?;
    let data = json!({ "unit_id": after.unit_id, "reason": after.withdraw_reason });
    work.record(Event::new(&event::OPINION_WITHDRAWN, after.id.0, data));
    Ok(after)
}

/// Article 2: points get their results, some or all of them; until the call is answered they may be given anew.
pub async fn decide(work: &mut Work<'_>, target: Target<OpinionId>, verdicts: &[Verdict]) -> Result<Opinion> {
    let (_, before) = open(work, target, &OPINION_DECIDE, OpinionAction::Decide).await?;
    let points = store::points(work.tx(), [before.id]).await?;
    check(verdicts, &points.iter().map(|point| point.number).collect::<Vec<_>>())?;
    let (decided_by, decided_at) = (work.actor().person.map(PersonId), Some(work.now()));
    for verdict in verdicts {
        let decided = point::ActiveModel {
            result: Set(Some(verdict.result)),
            reason: Set(verdict.reason.clone().map(Text::into_string)),
            decided_by: Set(decided_by),
            decided_at: Set(decided_at),
            ..Default::default()
        };
        point::Entity::update_many()
            .set(decided)
            .filter(point::Column::OpinionId.eq(before.id))
            .filter(point::Column::Number.eq(verdict.number))
            .exec(work.tx())
            .await?;
    }
    let after = Opinion { changed_at: work.now(), version: before.version + 1, ..before.clone() };
    work.update::<opinion::Entity>(&before, &after).await?;
    let told = verdicts.iter().map(|it| json!({ "number": it.number, "result": it.result, "reason": it.reason }));
    let data = json!({ "unit_id": after.unit_id, "results": told.collect::<Vec<_>>() });
    work.record(Event::new(&event::OPINION_DECIDED, after.id.0, data));
    Ok(after)
}

/// Every verdict is about a point that there is, once, and says why where it must.
fn check(verdicts: &[Verdict], known: &[i32]) -> Result<()> {
    let mut faults = Vec::new();
    for (at, verdict) in verdicts.iter().enumerate() {
        let mut fault = |member: &str, code: &'static str, detail: Say| {
            faults.push(FieldFault::body(format!("/results/{at}/{member}"), code, detail));
        };
        if !known.contains(&verdict.number) {
            fault("number", "unknown_point", Say::fixed("没有该条意见。", "There is no such point."));
        } else if verdicts[..at].iter().any(|other| other.number == verdict.number) {
            fault("number", "repeated", Say::fixed("同一条意见只能有一个结果。", "A point has one result."));
        }
        if verdict.result.needs_reason() && verdict.reason.is_none() {
            let zh = "部分采纳或未采纳的，须说明理由。";
            fault("reason", "required", Say::fixed(zh, "Say why it is not adopted in full."));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults).with_article(Some(2))) }
}

/// Loads the call and then the opinion, so that replies, results and closing come one after the other.
async fn open(
    work: &Work<'_>,
    target: Target<OpinionId>,
    wanted: &Permission,
    action: OpinionAction,
) -> Result<(Call, Opinion)> {
    let known = opinion::Entity::find_by_id(target.id).one(work.tx()).await?;
    let known = known.ok_or_else(|| Refusal::of(&crate::briefing::fault::OPINION_NOT_FOUND))?;
    let call = store::lock_call(work, known.call_id).await?;
    let before = store::lock_opinion(work, target.id).await?;
    work.authorize(wanted, &OPINION_READ, &before)?;
    target.is_current(before.version)?;
    before.status.next(action).ok_or_else(|| {
        let open = before.status.open_actions().map(OpinionAction::as_str).collect();
        acting::not_open(&OPINION_NOT_OPEN, ("意见", "opinion"), (before.status.label(), action.label()), open)
    })?;
    calls::step(&call, action.of_call())?;
    Ok((call, before))
}

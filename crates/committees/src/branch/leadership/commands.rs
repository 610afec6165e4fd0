//! Setting who presides over a branch, and handing a term over (Article 18).

use std::collections::HashSet;

use chrono::NaiveDate;
use gongjian_governance::body::{Body, BodyId, change};
use gongjian_governance::consultation::{ConsultationId, ConsultationStatus, queries as consultations};
use gongjian_governance::decision::fault::{
    RESULT_NOT_CARRIED, RESULT_NOT_CONCLUDED, RESULT_NOT_FOUND, RESULT_OF_ANOTHER_BODY,
};
use gongjian_governance::office::fault::NOT_OF_THE_STREET;
use gongjian_identity::{Identity, PersonId};
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Target, Text, Work, policy};
use gongjian_membership::UnitId;
use serde_json::json;

use super::rotation::extend;
use super::terms::{clear, members, put_one, put_turns};
use super::{Leadership, LeadershipMode, Term, TermId, store};
use crate::branch::action::{BRANCH_LEAD, BRANCH_LEAD_DOCUMENT, BRANCH_READ, HANDOVER_REPORT, OfBranch};
use crate::branch::event::{HANDOVER_REPORTED, LEADERSHIP_SET};
use crate::branch::fault::{
    CONSENSUS_NEEDED, HANDOVER_REPORTED_ALREADY, ROTATION_NEEDS_DUAL, TERM_NOT_BEGUN, TERM_NOT_FOUND, TERM_WITHOUT_END,
    TERMS_OVERLAP,
};
use crate::branch::{BranchPolicy, lock, queries};

/// What the members of a branch have agreed on.
#[derive(Debug, Clone)]
pub struct NewLeadership {
    pub mode: LeadershipMode,
    /// Of two presidents the unit, of a rotation the units in the order of their turns.
    pub units: Vec<UnitId>,
    /// The policy's where none is given.
    pub period_months: Option<u32>,
    /// Today where none is given.
    pub since: Option<NaiveDate>,
    pub consultation: Option<ConsultationId>,
    /// The document of an agreement from before, with its day.
    pub document: Option<(Text<2, 200>, NaiveDate)>,
}

/// Article 18: by consensus of the members the branch has one president, two, or two of whom one changes in turn.
pub async fn set(
    work: &mut Work<'_>,
    identity: &Identity,
    target: Target<BodyId>,
    new: NewLeadership,
) -> Result<Leadership> {
    let body = lock(work, target.id).await?;
    work.authorize(&BRANCH_LEAD, &BRANCH_READ, &OfBranch::new(&body))?;
    if new.document.is_some() {
        work.authorize(&BRANCH_LEAD_DOCUMENT, &BRANCH_READ, &OfBranch::new(&body))?;
    }
    target.is_current(body.version)?;
    let since = first_day(work, &body, &new).await?;
    fits(&new)?;
    lie_in_the_street(work, &body, &new.units).await?;
    let basis = consensus(work, &body, &new).await?;
    let before = store::latest(work.tx(), body.id).await?;
    let until_now = match &before {
        Some(before) => before.mode,
        None => queries::find(work.tx(), body.id, work.today()).await?.mode,
    };
    if new.mode == LeadershipMode::DualRotating && until_now == LeadershipMode::Single {
        return Err(Refusal::of(&ROTATION_NEEDS_DUAL));
    }
    let policy = policy::within::<BranchPolicy>(work).await?;
    let rotates = new.mode == LeadershipMode::DualRotating;
    let months = new.period_months.unwrap_or(policy.value.rotation_months);
    let leadership = Leadership {
        id: work.new_id(),
        body_id: body.id,
        mode: new.mode,
        valid_from: since,
        period_months: rotates.then(|| i32::try_from(months).unwrap_or(i32::MAX)),
        unit_order: serde_json::to_string(&new.units)?,
        basis,
        consultation_id: new.consultation,
        set_by: work.actor().person.map(PersonId),
        set_at: work.now(),
    };
    store::insert(work, &leadership).await?;
    let data = json!({
        "before": until_now, "mode": leadership.mode, "since": since, "unit_ids": new.units,
        "period_months": leadership.period_months, "basis": leadership.basis,
        "consultation_id": leadership.consultation_id,
    });
    work.record(Event::new(&LEADERSHIP_SET, body.id.0, data));
    match (new.mode, new.units.first()) {
        (LeadershipMode::Dual, Some(unit)) => {
            clear(work, identity, &body, since).await?;
            put_one(work, identity, &body, &leadership, *unit).await?;
            store::lapse(work, body.id).await?;
        }
        (LeadershipMode::DualRotating, _) => {
            let mut slots = Vec::new();
            // The first turns may lie behind us, where an agreement is put on file late.
            let passed = months_between(since, work.today()) / months.max(1);
            let wanted = usize::try_from(passed + policy.value.terms_ahead + 1).unwrap_or(1);
            extend(&mut slots, &new.units, None, &new.units.iter().copied().collect(), wanted);
            put_turns(work, identity, &body, &leadership, since, &slots).await?;
        }
        (LeadershipMode::Single | LeadershipMode::Dual, _) => {
            clear(work, identity, &body, since).await?;
            store::lapse(work, body.id).await?;
        }
    }
    change::touch(work, &body).await?;
    Ok(leadership)
}

fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days().max(0) / 28).unwrap_or(0)
}

/// An agreement holds from today or later; one from before from when it was made. None begins before the last one did.
async fn first_day(work: &Work<'_>, body: &Body, new: &NewLeadership) -> Result<NaiveDate> {
    let fault = |at: &str, code: &'static str, zh: &'static str, en: &'static str| {
        Err(Refusal::invalid(vec![FieldFault::body(at, code, Say::fixed(zh, en))]))
    };
    let since = new.since.unwrap_or(work.today());
    match &new.document {
        None if since < work.today() => {
            return fault("/since", "in_past", "协商一致后起始日期不能早于今天。", "It begins today or later.");
        }
        Some((_, agreed_on)) if *agreed_on > work.today() => {
            return fault("/agreed_on", "in_future", "日期不能晚于今天。", "It must not lie after today.");
        }
        Some((_, agreed_on)) if since < *agreed_on => {
            return fault(
                "/since",
                "before_agreement",
                "不能早于协商一致之日。",
                "It begins with the agreement, not before.",
            );
        }
        Some(_) | None => {}
    }
    if body.founded_on.is_some_and(|founded_on| since < founded_on) {
        return fault("/since", "before_branch", "不能早于分会设立之日。", "It begins with the branch, not before.");
    }
    let last = store::latest(work.tx(), body.id).await?;
    if last.is_some_and(|last| since < last.valid_from) {
        return Err(Refusal::of(&TERMS_OVERLAP));
    }
    Ok(since)
}

/// One unit presides, or several in turn; nobody has two turns before all have had one.
fn fits(new: &NewLeadership) -> Result<()> {
    let (zh, en) = match (new.mode, new.units.as_slice()) {
        (LeadershipMode::Single, []) | (LeadershipMode::Dual, [_]) => ("", ""),
        (LeadershipMode::DualRotating, [_, _, ..]) => ("", ""),
        (LeadershipMode::Single, _) => ("单会长制不填单位。", "A single president is the secretary; name no unit."),
        (LeadershipMode::Dual, _) => {
            ("双会长制填一个会员单位。", "Name the one unit that presides with the secretary.")
        }
        (LeadershipMode::DualRotating, _) => {
            ("轮值至少填两个会员单位。", "Name the units that take turns, two or more.")
        }
    };
    if !zh.is_empty() {
        return Err(Refusal::field("/unit_ids", "wrong_count", zh, en).with_article(Some(18)));
    }
    let mut seen = HashSet::new();
    if let Some(at) = new.units.iter().position(|unit| !seen.insert(*unit)) {
        let at = format!("/unit_ids/{at}");
        return Err(Refusal::field(&at, "duplicate", "轮值任期重叠：单位重复。", "The unit has two turns at once."));
    }
    if new.period_months.is_some() && new.mode != LeadershipMode::DualRotating {
        let (zh, en) = ("只有轮值才有任期月数。", "Only a rotation has a period.");
        return Err(Refusal::field("/period_months", "not_allowed", zh, en));
    }
    Ok(())
}

/// Article 18: 辖区会员单位.
async fn lie_in_the_street(work: &Work<'_>, body: &Body, units: &[UnitId]) -> Result<()> {
    let members = members(work, body).await?;
    match units.iter().position(|unit| !members.contains(unit)) {
        Some(at) => Err(Refusal::of(&NOT_OF_THE_STREET).at(&format!("/unit_ids/{at}"))),
        None => Ok(()),
    }
}

/// Article 18 「经分会会员协商一致」: what it rests on, in words.
async fn consensus(work: &Work<'_>, body: &Body, new: &NewLeadership) -> Result<String> {
    let id = match (new.consultation, &new.document) {
        (Some(id), None) => id,
        (None, Some((document, _))) => return Ok(document.as_str().to_owned()),
        (None, None) => return Err(Refusal::of(&CONSENSUS_NEEDED)),
        (Some(_), Some(_)) => {
            let (zh, en) = ("协商与文件只填一项。", "Name the consultation or the document, not both.");
            return Err(Refusal::field("/basis", "not_both", zh, en));
        }
    };
    let found = consultations::find(work.tx(), id, work.today()).await;
    let found = found.map_err(|_| Refusal::of(&RESULT_NOT_FOUND).at("/consultation_id"))?.consultation;
    let refused = |entry| Err(Refusal::of(entry).with_article(Some(18)));
    if found.body_id != body.id {
        return refused(&RESULT_OF_ANOTHER_BODY);
    }
    match found.status {
        ConsultationStatus::Consensus => Ok(found.subject),
        ConsultationStatus::Open => refused(&RESULT_NOT_CONCLUDED),
        ConsultationStatus::NotReached | ConsultationStatus::Withdrawn => refused(&RESULT_NOT_CARRIED),
    }
}

/// What the unit hands over to the next, before its term passes or, late, after.
pub async fn report(work: &mut Work<'_>, target: Target<TermId>, text: Text<2, 10_000>) -> Result<Term> {
    let before = store::lock_term(work, target.id).await?;
    let body = queries::branch(work.tx(), before.body_id).await?;
    let units = [before.unit_id];
    let subject = ("branch_term", Some(before.id.0));
    let seen = OfBranch { units: &units, unknown: &TERM_NOT_FOUND, subject, ..OfBranch::new(&body) };
    work.authorize(&HANDOVER_REPORT, &BRANCH_READ, &seen)?;
    target.is_current(before.version)?;
    if before.valid_from > work.today() {
        return Err(Refusal::of(&TERM_NOT_BEGUN));
    }
    if before.valid_until.is_none() {
        return Err(Refusal::of(&TERM_WITHOUT_END));
    }
    if before.reported_at.is_some() {
        return Err(Refusal::of(&HANDOVER_REPORTED_ALREADY));
    }
    let after = Term {
        report: Some(text.into_string()),
        reported_by: work.actor().person.map(PersonId),
        reported_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<store::term::Entity>(&before, &after).await?;
    let data = json!({ "branch": body.code, "unit_id": after.unit_id, "report": after.report });
    work.record(Event::new(&HANDOVER_REPORTED, after.id.0, data));
    Ok(after)
}

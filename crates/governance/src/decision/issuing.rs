//! Issuing a decision: it takes its number, and what it replaces or revokes ends with its day.

use chrono::{Datelike as _, NaiveDate};
use gongjian_identity::PersonId;
use gongjian_kernel::lifecycle::Lifecycle as _;
use gongjian_kernel::{Event, Refusal, Result, Target, Work, number, policy};
use sea_orm::{QuerySelect as _, entity::prelude::*};
use serde_json::json;

use super::action::DECISION_ISSUE;
use super::commands::{authorize, step};
use super::event::{DECISION_ISSUED, DECISION_RESTORED, DECISION_REVOKED, DECISION_SUPERSEDED};
use super::fault::{DECISION_ENDED, DECISION_NOT_EFFECTIVE, DECISION_OF_ANOTHER_BODY, DECISION_ON_ANOTHER_MATTER};
use super::store::{self, row};
use super::{Decision, DecisionAction, DecisionId, DecisionPolicy, DecisionStatus, Matter, MethodKind};
use crate::body::BodyId;

/// The decision takes the next number of its body and year. It is effective from its day on, at the earliest today;
/// what was decided on paper may have been effective before.
pub async fn issue(work: &mut Work<'_>, target: Target<DecisionId>) -> Result<Decision> {
    let before = store::lock(work, target.id).await?;
    let body = authorize(work, &before, &DECISION_ISSUE).await?;
    target.is_current(before.version)?;
    let today = work.today();
    let status = step(&before, today, DecisionAction::Issue)?;
    let endings = store::endings(work.tx(), [before.id]).await?;
    let endings: Vec<_> = endings.into_iter().map(|row| (row.target_id, row.ends_as)).collect();
    let targets = check_endings(work, (before.id, before.body_id, before.matter), &endings).await?;
    let effective_from = match (before.method, before.effective_from) {
        (MethodKind::Document, wished) => wished.unwrap_or(before.adopted_on),
        (MethodKind::Ballot | MethodKind::Consultation | MethodKind::Consent, wished) => {
            wished.map_or(today, |wished| wished.max(today))
        }
    };
    let policy = policy::within::<DecisionPolicy>(work).await?;
    let year = today.year();
    let n = number::next(work, "decision", &body.id.to_string(), year).await?;
    let after = Decision {
        status,
        issued_on: Some(today),
        effective_from: Some(effective_from),
        number_year: Some(year),
        number_seq: Some(n),
        number: Some(policy.value.number(&body, year, n)),
        issued_by: work.actor().person.map(PersonId),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<row::Entity>(&before, &after).await?;
    let data = json!({
        "body_id": after.body_id, "matter": after.matter, "number": after.number, "effective_from": effective_from,
    });
    work.record(Event::new(&DECISION_ISSUED, after.id.0, data));
    for (old, ends_as) in targets {
        end(work, old, ends_as, &after, effective_from).await?;
    }
    Ok(after)
}

/// The decisions that this one ends: issued by the same body, in force or to come; only one on the same matter takes
/// another's place. Locked, in the order of their ids.
pub(super) async fn check_endings(
    work: &Work<'_>,
    (id, body, matter): (DecisionId, BodyId, Matter),
    endings: &[(DecisionId, DecisionStatus)],
) -> Result<Vec<(Decision, DecisionStatus)>> {
    let found = store::lock_all(work, endings.iter().map(|(id, _)| *id)).await?;
    let mut targets = Vec::with_capacity(endings.len());
    for (target, ends_as) in endings {
        let at = if *ends_as == DecisionStatus::Revoked { "/revokes" } else { "/supersedes" };
        let old = found.iter().find(|old| old.id == *target && old.id != id).cloned();
        let old = old.ok_or_else(|| Refusal::of(&super::fault::DECISION_NOT_FOUND).at(at))?;
        if old.body_id != body {
            return Err(Refusal::of(&DECISION_OF_ANOTHER_BODY));
        }
        if *ends_as == DecisionStatus::Superseded && old.matter != matter {
            return Err(Refusal::of(&DECISION_ON_ANOTHER_MATTER));
        }
        let action =
            if *ends_as == DecisionStatus::Revoked { DecisionAction::Revoke } else { DecisionAction::Supersede };
        // One ending is enough, also where its day has not come.
        if old.ended_as.is_some() {
            return Err(Refusal::of(&DECISION_ENDED));
        }
        if old.status_on(work.today()).next(action).is_none() {
            let is_open = old.status == DecisionStatus::Adopted;
            return Err(Refusal::of(if is_open { &DECISION_NOT_EFFECTIVE } else { &DECISION_ENDED }));
        }
        targets.push((old, *ends_as));
    }
    Ok(targets)
}

async fn end(
    work: &mut Work<'_>,
    before: Decision,
    ends_as: DecisionStatus,
    by: &Decision,
    from: NaiveDate,
) -> Result<()> {
    let after = Decision {
        ended_as: Some(ends_as),
        ended_by_id: Some(by.id),
        ended_from: Some(from),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<row::Entity>(&before, &after).await?;
    let entry = if ends_as == DecisionStatus::Revoked { &DECISION_REVOKED } else { &DECISION_SUPERSEDED };
    work.record(Event::new(entry, after.id.0, json!({ "by": by.id, "number": by.number, "from": from })));
    if after.effective_from.is_some_and(|effective| from <= effective) {
        restore(work, after.id).await?;
    }
    Ok(())
}

/// What never takes effect ends nothing.
async fn restore(work: &mut Work<'_>, never: DecisionId) -> Result<()> {
    let ended = row::Entity::find().filter(row::Column::EndedById.eq(never)).lock_exclusive().all(work.tx()).await?;
    for before in ended {
        let after = Decision {
            ended_as: None,
            ended_by_id: None,
            ended_from: None,
            version: before.version + 1,
            ..before.clone()
        };
        work.update::<row::Entity>(&before, &after).await?;
        work.record(Event::new(&DECISION_RESTORED, after.id.0, json!({ "not_ended_by": never })));
        end_again(work, &after).await?;
    }
    Ok(())
}

/// What a restored decision had ended, before it was ended itself, ends with it again.
async fn end_again(work: &mut Work<'_>, restored: &Decision) -> Result<()> {
    let Some(from) = restored.effective_from else { return Ok(()) };
    let endings = store::endings(work.tx(), [restored.id]).await?;
    let targets = store::lock_all(work, endings.iter().map(|row| row.target_id)).await?;
    for target in targets.into_iter().filter(|target| target.ended_as.is_none()) {
        if let Some(row) = endings.iter().find(|row| row.target_id == target.id) {
            Box::pin(end(work, target, row.ends_as, restored, from)).await?;
        }
    }
    Ok(())
}

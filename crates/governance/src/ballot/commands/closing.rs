//! Closing and counting; voiding; calling a run-off.

use gongjian_identity::PersonId;
use gongjian_kernel::{Event, Refusal, Result, Target, Text, Work};
use sea_orm::{ExprTrait as _, entity::prelude::*};
use serde_json::json;

use super::super::event::{BALLOT_CLOSED, BALLOT_RUN_OFF_CALLED, BALLOT_VOIDED};
use super::super::fault::{BALLOT_NO_MEETING, BALLOT_NO_RUN_OFF};
use super::super::outcome::{BallotResult, Frozen};
use super::super::store::{self, ballot};
use super::super::{
    Ballot, BallotAction, BallotId, BallotKind, BallotOutcome, BallotStatus, Candidate, Secrecy, count, election, urn,
};
use super::opening::{bases, present};
use super::{Conducted, conducted, draft};
use crate::meeting::{self, MeetingStatus};

/// Closes and counts. Votes under way are waited for and counted; later ones are refused. The quorum is asked for again.
pub async fn close(work: &mut Work<'_>, target: Target<BallotId>) -> Result<Ballot> {
    let Conducted { before, next, .. } = conducted(work, target, BallotAction::Close).await?;
    let frozen = Frozen::of(&before)?;
    let meeting = meeting::lock(work, before.meeting_id).await?;
    let floor = meeting::floor(work.tx(), &meeting, work.now()).await?;
    let quorum = frozen.quorum.apply(present(&floor), bases(&floor));
    let (outcome, result) = if quorum.holds {
        count::count(work, &before, &frozen, quorum).await?
    } else {
        if before.secrecy == Secrecy::Secret {
            urn::destroy(work, before.id).await?;
        }
        (BallotOutcome::NoQuorum, BallotResult::without_quorum(&frozen, quorum))
    };
    let after = Ballot {
        status: next,
        outcome: Some(outcome),
        result: Some(serde_json::to_string(&result)?),
        ended_by: work.actor().person.map(PersonId),
        ended_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<ballot::Entity>(&before, &after).await?;
    work.record(Event::new(&BALLOT_CLOSED, after.id.0, json!({ "outcome": outcome, "result": result })));
    Ok(after)
}

/// Voids a draft or an open ballot, with the reason. What was cast is counted by nobody.
pub async fn void(work: &mut Work<'_>, target: Target<BallotId>, reason: Text<2, 500>) -> Result<Ballot> {
    let Conducted { before, next, .. } = conducted(work, target, BallotAction::Void).await?;
    let after = Ballot {
        status: next,
        void_reason: Some(reason.into_string()),
        ended_by: work.actor().person.map(PersonId),
        ended_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<ballot::Entity>(&before, &after).await?;
    if before.secrecy == Secrecy::Secret && before.status == BallotStatus::Open {
        urn::destroy(work, before.id).await?;
    }
    work.record(Event::new(&BALLOT_VOIDED, after.id.0, json!({ "reason": after.void_reason })));
    Ok(after)
}

/// Article 12: seats that are left go to a further round among those who tied, or who come next.
pub async fn run_off(work: &mut Work<'_>, target: Target<BallotId>) -> Result<Ballot> {
    let Conducted { before, .. } = conducted(work, target, BallotAction::RunOff).await?;
    let none = || Refusal::of(&BALLOT_NO_RUN_OFF);
    let result = BallotResult::of(&before)?.filter(|_| before.kind == BallotKind::Election).ok_or_else(none)?;
    let meeting = meeting::lock(work, before.meeting_id).await?;
    if meeting.status != MeetingStatus::Open {
        return Err(Refusal::of(&BALLOT_NO_MEETING));
    }
    let further = ballot::Entity::find()
        .filter(ballot::Column::PreviousId.eq(before.id))
        .filter(ballot::Column::Status.ne(BallotStatus::Voided))
        .filter(ballot::Column::Outcome.is_null().or(ballot::Column::Outcome.ne(BallotOutcome::NoQuorum)));
    if further.count(work.tx()).await? > 0 {
        return Err(none());
    }
    let stood = store::candidates(work.tx(), before.id).await?;
    let is_contested = stood.len() > usize::try_from(before.seats).unwrap_or_default();
    let stand = election::run_off(&result.election(), is_contested);
    if stand.is_empty() {
        return Err(none());
    }
    let next = Ballot {
        id: work.new_id(),
        round: before.round + 1,
        previous_id: Some(before.id),
        seats: i32::try_from(result.unfilled).unwrap_or(i32::MAX),
        status: BallotStatus::Draft,
        outcome: None,
        rules: None,
        electors: None,
        present: None,
        result: None,
        drafted_by: work.actor().person.map(PersonId),
        drafted_at: work.now(),
        opened_by: None,
        opened_at: None,
        ended_by: None,
        ended_at: None,
        version: 1,
        ..before.clone()
    };
    let stands = |one: &Candidate| stand.contains(&one.id.0);
    let candidates: Vec<Candidate> = stood
        .into_iter()
        .filter(stands)
        .map(|one| Candidate { id: work.new_id(), ballot_id: next.id, ..one })
        .collect();
    let names: Vec<String> = candidates.iter().map(|one| one.name.clone()).collect();
    draft::insert(work, &next, candidates).await?;
    let data = json!({ "run_off_id": next.id, "round": next.round, "seats": next.seats, "candidates": names });
    work.record(Event::new(&BALLOT_RUN_OFF_CALLED, before.id.0, data));
    Ok(next)
}

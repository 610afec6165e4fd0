//! Counting: an aggregate over the roll or the marks of an open ballot, the urn of a secret one.

use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::election::{self, CandidateCount, Standing};
use super::lifecycle::{BallotKind, BallotOutcome, Choice, Secrecy};
use super::outcome::{BallotResult, Frozen};
use super::rule::{Arithmetic, Bases};
use super::store::{self, elector, mark};
use super::tally::MotionCount;
use super::{Ballot, BallotId, Candidate, CandidateId, urn};

/// What came out, with the arithmetic. The ballot is held: nobody votes meanwhile.
pub(super) async fn count(
    work: &Work<'_>,
    ballot: &Ballot,
    frozen: &Frozen,
    quorum_at_closing: Arithmetic,
) -> Result<(BallotOutcome, BallotResult)> {
    let voted = store::turnout(work.tx(), ballot.id).await?;
    let size = |number: Option<i32>| number.and_then(|number| u64::try_from(number).ok()).unwrap_or_default();
    let (electors, present) = (size(ballot.electors), size(ballot.present));
    let mut result = BallotResult::with_quorum(frozen, quorum_at_closing);
    result.voted = Some(voted);
    result.silent = Some(present.saturating_sub(voted));
    // Of a few secret votes the numbers would tell who voted how.
    result.withheld = ballot.secrecy == Secrecy::Secret && voted < u64::from(frozen.secret_minimum);
    let outcome = match ballot.kind {
        BallotKind::Motion => {
            let count = motion(work, ballot, voted).await?;
            let (outcome, majority) = count.decide(&frozen.majority, electors, present);
            if !result.withheld {
                (result.count, result.majority) = (Some(count), Some(majority));
            }
            outcome
        }
        BallotKind::Election => {
            let stand = store::candidates(work.tx(), ballot.id).await?;
            let (standings, marked) = election(work, ballot, stand, voted).await?;
            let bases = Bases { all_electors: electors, present, votes_cast: voted, for_and_against: marked };
            let seats = usize::try_from(ballot.seats).unwrap_or_default();
            let counted = election::count(standings, seats, &frozen.majority, bases);
            result.unfilled = counted.unfilled as u64;
            result.candidates = if result.withheld { concealed(counted.candidates) } else { counted.candidates };
            if counted.unfilled == 0 { BallotOutcome::Carried } else { BallotOutcome::NotCarried }
        }
    };
    Ok((outcome, result))
}

async fn motion(work: &Work<'_>, ballot: &Ballot, voted: u64) -> Result<MotionCount> {
    if ballot.secrecy == Secrecy::Open {
        return open_motion(work.tx(), ballot.id).await;
    }
    let urn = urn::empty(work, ballot.id, voted).await?;
    let mut count = MotionCount::default();
    for (choice, votes) in Choice::ALL.iter().zip(urn.options()) {
        count.add(*choice, *votes);
    }
    // Each secret vote on a motion is one of the three.
    if count.cast() == voted { Ok(count) } else { Err(Refusal::internal("the urn does not add up")) }
}

/// A statement over the roll, however long it is.
pub(super) async fn open_motion(db: &impl ConnectionTrait, ballot: BallotId) -> Result<MotionCount> {
    let counted: Vec<(Choice, i64)> = elector::Entity::find()
        .select_only()
        .column(elector::Column::Choice)
        .column_as(elector::Column::ElectorKey.count(), "votes")
        .filter(elector::Column::BallotId.eq(ballot))
        .filter(elector::Column::Choice.is_not_null())
        .group_by(elector::Column::Choice)
        .into_tuple()
        .all(db)
        .await?;
    let mut count = MotionCount::default();
    for (choice, votes) in counted {
        count.add(choice, u64::try_from(votes).unwrap_or_default());
    }
    Ok(count)
}

/// Votes of each candidate, and how many votes named anybody at all.
async fn election(work: &Work<'_>, ballot: &Ballot, stand: Vec<Candidate>, voted: u64) -> Result<(Vec<Standing>, u64)> {
    let standing = |one: Candidate, votes: u64| Standing { id: one.id.0, name: one.name, votes };
    if ballot.secrecy == Secrecy::Secret {
        let urn = urn::empty(work, ballot.id, voted).await?;
        // The place after the candidates counts the votes that named somebody.
        let named = urn.options().get(stand.len()).copied().unwrap_or_default();
        return Ok((stand.into_iter().zip(urn.options()).map(|(one, votes)| standing(one, *votes)).collect(), named));
    }
    let marks = mark::Entity::find().filter(mark::Column::BallotId.eq(ballot.id));
    let counted: Vec<(CandidateId, i64)> = marks
        .clone()
        .select_only()
        .column(mark::Column::CandidateId)
        .column_as(mark::Column::ElectorKey.count(), "votes")
        .group_by(mark::Column::CandidateId)
        .into_tuple()
        .all(work.tx())
        .await?;
    let named = marks.select_only().column(mark::Column::ElectorKey).distinct().into_tuple::<String>();
    let named = named.all(work.tx()).await?.len() as u64;
    let votes_of = |id: CandidateId| counted.iter().find(|(one, _)| *one == id).map_or(0, |(_, votes)| *votes);
    let with_votes = |one: Candidate| {
        let votes = u64::try_from(votes_of(one.id)).unwrap_or_default();
        standing(one, votes)
    };
    Ok((stand.into_iter().map(with_votes).collect(), named))
}

/// Who is elected and nothing more, in an order that tells nothing.
fn concealed(mut candidates: Vec<CandidateCount>) -> Vec<CandidateCount> {
    candidates.sort_by_key(|one| one.candidate_id);
    let conceal = |one| CandidateCount { votes: None, majority: None, tied: false, ..one };
    candidates.into_iter().map(conceal).collect()
}

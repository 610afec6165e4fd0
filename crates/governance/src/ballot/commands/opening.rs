//! Opening: what is frozen from here on is the rules, the roll and who was present (Articles 11 and 13).

use gongjian_identity::PersonId;
use gongjian_kernel::{Event, Refusal, Result, Say, Target, Work, policy};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries as units;
use sea_orm::{ExprTrait as _, entity::prelude::*};
use serde_json::json;

use super::super::event::BALLOT_OPENED;
use super::super::fault::{
    BALLOT_CANDIDATES_WANTED, BALLOT_ITEM_TAKEN, BALLOT_LEFT, BALLOT_NO_MEETING, BALLOT_NO_QUORUM,
    BALLOT_TOO_FEW_FOR_SECRECY, BALLOT_WITHOUT_CONSENT,
};
use super::super::outcome::Frozen;
use super::super::rule::{Arithmetic, Bases};
use super::super::store::{self, ballot, elector};
use super::super::{
    Ballot, BallotAction, BallotId, BallotKind, BallotOutcome, BallotStatus, Candidate, Choice, RollEntry, Secrecy,
    VotingPolicy, sitting, urn,
};
use super::{Conducted, conducted};
use crate::meeting::{self, Floor, MeetingStatus};

/// Opens the ballot: the meeting is on, the body may decide the matter, the quorum is there, and of ballots on this item it is
/// the only one.
pub async fn open(work: &mut Work<'_>, target: Target<BallotId>) -> Result<Ballot> {
    let Conducted { before, body, next } = conducted(work, target, BallotAction::Open).await?;
    let meeting = meeting::lock(work, before.meeting_id).await?;
    if meeting.status != MeetingStatus::Open {
        return Err(Refusal::of(&BALLOT_NO_MEETING));
    }
    let matter = sitting::matter(work.tx(), meeting.id, before.agenda_item_id, body.kind).await?;
    is_first(work, &before).await?;
    let voting = policy::within::<VotingPolicy>(work).await?;
    let rules = voting.value.rules_for(matter, before.kind == BallotKind::Election)?;
    let floor = meeting::floor(work.tx(), &meeting, work.now()).await?;
    let quorum = rules.quorum.apply(present(&floor), bases(&floor));
    require_quorum(&quorum)?;
    require_cover(&before, present(&floor), voting.value.secret_minimum)?;
    let candidates = store::candidates(work.tx(), before.id).await?;
    check_candidates(work, &before, &candidates).await?;
    let frozen = Frozen {
        quorum: rules.quorum,
        majority: rules.majority,
        secret_minimum: voting.value.secret_minimum,
        policy_version: voting.version,
        quorum_at_opening: quorum,
    };
    let after = Ballot {
        matter,
        status: next,
        rules: Some(serde_json::to_string(&frozen)?),
        electors: i32::try_from(floor.electors.len()).ok(),
        present: i32::try_from(present(&floor)).ok(),
        opened_by: work.actor().person.map(PersonId),
        opened_at: Some(work.now()),
        version: before.version + 1,
        ..before.clone()
    };
    let updated = work.update::<ballot::Entity>(&before, &after).await;
    updated.map_err(taken)?;
    freeze(work, &after, floor).await?;
    if after.secrecy == Secrecy::Secret {
        let options = if after.kind == BallotKind::Motion { Choice::ALL.len() } else { candidates.len() + 1 };
        urn::set_up(work, after.id, options).await?;
    }
    let data = json!({
        "electors": after.electors, "present": after.present, "quorum": frozen.quorum_at_opening,
        "majority": frozen.majority, "policy_version": frozen.policy_version,
    });
    work.record(Event::new(&BALLOT_OPENED, after.id.0, data));
    Ok(after)
}

/// The unique index speaks where two open at once.
fn taken(refusal: Refusal) -> Refusal {
    let duplicate = refusal.source.as_ref().and_then(|source| source.downcast_ref::<DbErr>());
    if duplicate.is_some_and(gongjian_kernel::db::is_duplicate) { Refusal::of(&BALLOT_ITEM_TAKEN) } else { refusal }
}

/// What is decided, or being voted on, is not voted on beside it.
async fn is_first(work: &Work<'_>, ballot: &Ballot) -> Result<()> {
    use ballot::Column as C;
    let others = ballot::Entity::find()
        .filter(C::AgendaItemId.eq(ballot.agenda_item_id))
        .filter(C::Round.eq(ballot.round))
        .filter(C::Id.ne(ballot.id))
        .filter(
            C::Status.eq(BallotStatus::Open).or(C::Outcome.is_in([BallotOutcome::Carried, BallotOutcome::NotCarried])),
        );
    if others.count(work.tx()).await? == 0 { Ok(()) } else { Err(Refusal::of(&BALLOT_ITEM_TAKEN)) }
}

/// Those who have a voice and are there.
pub(super) fn present(floor: &Floor) -> u64 {
    floor.electors.iter().filter(|elector| floor.present.contains(&elector.key)).count() as u64
}

pub(super) fn bases(floor: &Floor) -> Bases {
    Bases { all_electors: floor.electors.len() as u64, present: present(floor), ..Bases::default() }
}

fn require_quorum(quorum: &Arithmetic) -> Result<()> {
    if quorum.holds {
        return Ok(());
    }
    let (all, there) = (quorum.base_count, quorum.count);
    let detail = Say::new(
        format!("应到 {all}，实到 {there}：{}。", quorum.formula_zh),
        format!("{there} of {all} are present: {}.", quorum.formula_en),
    );
    Err(Refusal::new(&BALLOT_NO_QUORUM, detail))
}

/// A secret is kept among many: with too few present the result alone would tell.
fn require_cover(ballot: &Ballot, present: u64, minimum: u32) -> Result<()> {
    if ballot.secrecy == Secrecy::Open || present >= u64::from(minimum) {
        return Ok(());
    }
    let detail = Say::new(
        format!("实到 {present}，无记名表决至少须 {minimum}。"),
        format!("{present} are present; a secret ballot takes {minimum}."),
    );
    Err(Refusal::new(&BALLOT_TOO_FEW_FOR_SECRECY, detail))
}

/// Article 12: those who stand have consented, are enough, and are members still.
async fn check_candidates(work: &Work<'_>, ballot: &Ballot, candidates: &[Candidate]) -> Result<()> {
    if ballot.kind == BallotKind::Motion {
        return Ok(());
    }
    let seats = usize::try_from(ballot.seats).unwrap_or_default();
    if candidates.len() < seats || candidates.is_empty() {
        let detail = Say::new(
            format!("应选 {seats} 名，候选人 {} 名。", candidates.len()),
            format!("{seats} seats, {} candidates.", candidates.len()),
        );
        return Err(Refusal::new(&BALLOT_CANDIDATES_WANTED, detail));
    }
    if let Some(one) = candidates.iter().find(|one| one.consented_on.is_none()) {
        let detail = Say::new(format!("“{}”尚未同意。", one.name), format!("“{}” has not consented.", one.name));
        return Err(Refusal::new(&BALLOT_WITHOUT_CONSENT, detail));
    }
    for unit in candidates.iter().filter_map(|one| one.unit_id) {
        still_active(work, unit).await?;
    }
    Ok(())
}

async fn still_active(work: &Work<'_>, unit: UnitId) -> Result<()> {
    let found = units::require_active(work.tx(), unit).await;
    found.map(drop).map_err(|refusal| {
        let has_left = refusal.kind() == gongjian_kernel::FaultKind::Conflict;
        if has_left { Refusal::of(&BALLOT_LEFT) } else { refusal }
    })
}

/// Everybody with a voice, whether present or not, in the order of their keys.
async fn freeze(work: &Work<'_>, ballot: &Ballot, floor: Floor) -> Result<()> {
    let mut electors = floor.electors;
    electors.sort_by(|a, b| a.key.cmp(&b.key));
    let rows = electors.into_iter().map(|one| {
        let present = floor.present.contains(&one.key);
        let row = RollEntry {
            ballot_id: ballot.id,
            elector_key: one.key,
            unit_id: one.unit_id,
            post_id: one.post_id,
            person_id: one.person_id,
            name: one.name,
            present,
            voted_at: None,
            voted_by: None,
            receipt: None,
            choice: None,
        };
        elector::ActiveModel::from(row).reset_all()
    });
    store::insert_all(work, rows.collect::<Vec<_>>()).await
}

//! Casting a vote: one elector, one vote, cast by whoever speaks for it at that instant.

use std::collections::HashSet;

use gongjian_identity::PersonId;
use gongjian_kernel::keys::random_token;
use gongjian_kernel::{Event, Refusal, Result, Work};
use gongjian_membership::unit::queries as units;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use serde_json::json;

use super::super::action::{BALLOT_READ, BALLOT_VOTE};
use super::super::event::BALLOT_VOTE_CAST;
use super::super::fault::{
    BALLOT_LEFT, BALLOT_NOT_FOUND, BALLOT_NOT_ON_ROLL, BALLOT_NOT_PRESENT, BALLOT_NOT_SPEAKER, BALLOT_VOTED_ALREADY,
};
use super::super::input::{Mark, Vote};
use super::super::queries::VoiceOnRoll;
use super::super::store::{self, elector, mark};
use super::super::{
    Ballot, BallotAction, BallotId, BallotKind, BallotStatus, CandidateId, Choice, RollEntry, Secrecy, sitting,
    standing, urn,
};
use super::step;
use crate::body::Elector;
use crate::{meeting, office};

/// A vote on the roll, and whether it was this request that put it there.
#[derive(Debug)]
pub struct Cast {
    pub voice: VoiceOnRoll,
    pub is_new: bool,
}

impl Cast {
    /// As it is told to whoever cast it: of a secret vote nothing.
    fn of(ballot: &Ballot, entry: RollEntry, mark: &Mark, is_new: bool) -> Self {
        let candidates = match (ballot.secrecy, mark) {
            (Secrecy::Open, Mark::Candidates(candidates)) => candidates.clone(),
            (Secrecy::Open, Mark::Motion(_)) | (Secrecy::Secret, _) => Vec::new(),
        };
        Self { voice: VoiceOnRoll { entry, candidates, is_told: ballot.secrecy == Secrecy::Open }, is_new }
    }
}

/// Casts the vote of one elector. The same vote again is told the same; of a secret one nobody can tell whether it is the same,
/// so that whoever cast it is told that it was cast, and anybody else that it cannot be done.
pub async fn cast(work: &mut Work<'_>, id: BallotId, vote: Vote) -> Result<Cast> {
    let ballot = store::hold_open(work, id).await?;
    let entry = match voice(work, &ballot, &vote).await {
        Ok(entry) => entry,
        Err(refusal) => return Err(as_reader(work, &ballot, vote.elector.as_deref(), refusal).await?),
    };
    let chosen = chosen(work, &ballot, &vote.mark).await?;
    if entry.voted_at.is_some() && ballot.status != BallotStatus::Voided {
        return again(work, &ballot, entry, &vote.mark).await;
    }
    step(&ballot, BallotAction::Vote)?;
    if !entry.present || !sitting::is_present(work.tx(), ballot.meeting_id, &entry.elector_key, work.now()).await? {
        return Err(Refusal::of(&BALLOT_NOT_PRESENT));
    }
    let receipt = random_token::<15>().map_err(|_| Refusal::internal("no random bytes"))?;
    let is_open_motion = ballot.secrecy == Secrecy::Open && ballot.kind == BallotKind::Motion;
    let after = RollEntry {
        voted_at: Some(work.now()),
        voted_by: work.actor().person.map(PersonId),
        receipt: Some(receipt),
        choice: if is_open_motion { chosen.choice } else { None },
        ..entry
    };
    save(work, &ballot, &after, &chosen).await?;
    if let Some(person) = after.voted_by {
        meeting::commands::use_mandate(work, ballot.meeting_id, &after.elector_key, person).await?;
    }
    let data = json!({ "elector": after.elector_key, "name": after.name });
    work.record(Event::new(&BALLOT_VOTE_CAST, ballot.id.0, data));
    Ok(Cast::of(&ballot, after, &vote.mark, true))
}

/// A mark that fits the ballot.
struct Chosen {
    choice: Option<Choice>,
    candidates: Vec<CandidateId>,
    /// Places in the urn.
    places: Vec<usize>,
}

/// The voice that the actor votes for, held; he speaks for it now.
async fn voice(work: &Work<'_>, ballot: &Ballot, vote: &Vote) -> Result<RollEntry> {
    if ballot.status == BallotStatus::Draft {
        step(ballot, BallotAction::Vote)?;
    }
    let key = match &vote.elector {
        Some(key) => key.clone(),
        None => own_key(work, ballot).await?,
    };
    let entry = store::lock_voice(work, ballot.id, &key).await?;
    let entry = entry.ok_or_else(|| Refusal::of(&BALLOT_NOT_ON_ROLL))?;
    let meeting = meeting::get(work.tx(), ballot.meeting_id).await?;
    let person = work.actor().person.map(PersonId).ok_or_else(|| Refusal::of(&BALLOT_NOT_SPEAKER))?;
    if let Some(unit) = entry.unit_id {
        units::require_active(work.tx(), unit).await.map_err(|_| Refusal::of(&BALLOT_LEFT))?;
    }
    if meeting::may_speak(work.tx(), &meeting, &elector_of(&entry), person, work.now()).await? {
        Ok(entry)
    } else {
        Err(Refusal::of(&BALLOT_NOT_SPEAKER).with_article(entry.unit_id.is_none().then_some(12)))
    }
}

/// Whose vote it is where the request does not say: the actor's own unit, or himself.
async fn own_key(work: &Work<'_>, ballot: &Ballot) -> Result<String> {
    let actor = work.actor();
    let own = actor.units().map(|unit| format!("unit:{unit}"));
    let own: Vec<String> = own.chain(actor.person.map(|person| format!("person:{person}"))).collect();
    let found = elector::Entity::find()
        .filter(elector::Column::BallotId.eq(ballot.id))
        .filter(elector::Column::ElectorKey.is_in(own))
        .all(work.tx())
        .await?;
    match found.as_slice() {
        [one] => Ok(one.elector_key.clone()),
        [] => Err(Refusal::of(&BALLOT_NOT_ON_ROLL)),
        _ => Err(Refusal::field(
            "/elector",
            "required",
            "您可为多个单位或席位投票，请指明其一。",
            "You may vote for several; name the one.",
        )),
    }
}

/// The voice as it was when the ballot opened.
fn elector_of(entry: &RollEntry) -> Elector {
    Elector {
        key: entry.elector_key.clone(),
        unit_id: entry.unit_id,
        post_id: entry.post_id,
        person_id: entry.person_id,
        name: entry.name.clone(),
    }
}

/// Who may not read the ballot is not told that there is one; but for whoever spoke for the voice when it opened, and is
/// told why he does so no more.
async fn as_reader(work: &Work<'_>, ballot: &Ballot, key: Option<&str>, refusal: Refusal) -> Result<Refusal> {
    let body = crate::body::get(work.tx(), ballot.body_id).await?;
    let seen = sitting::seen(work.tx(), work.actor(), Some(ballot.id), body, work.now()).await?;
    let may = |wanted| work.actor().may(wanted, &seen);
    let reads = may(&BALLOT_READ) || may(&BALLOT_VOTE) || spoke(work, ballot, key).await?;
    Ok(if reads { refusal } else { Refusal::of(&BALLOT_NOT_FOUND) })
}

async fn spoke(work: &Work<'_>, ballot: &Ballot, key: Option<&str>) -> Result<bool> {
    let (Some(key), Some(at), Some(person)) = (key, ballot.opened_at, work.actor().person) else { return Ok(false) };
    match store::lock_voice(work, ballot.id, key).await? {
        Some(entry) => office::speaks_for(work.tx(), &elector_of(&entry), PersonId(person), at).await,
        None => Ok(false),
    }
}

async fn chosen(work: &Work<'_>, ballot: &Ballot, mark: &Mark) -> Result<Chosen> {
    match (ballot.kind, mark) {
        (BallotKind::Motion, Mark::Motion(choice)) => {
            let place = Choice::ALL.iter().position(|known| known == choice).unwrap_or_default();
            Ok(Chosen { choice: Some(*choice), candidates: Vec::new(), places: vec![place] })
        }
        (BallotKind::Election, Mark::Candidates(candidates)) => {
            let standing = store::candidates(work.tx(), ballot.id).await?;
            let fault = |code, zh: &'static str, en: &'static str| Refusal::field("/candidate_ids", code, zh, en);
            if candidates.len() > usize::try_from(ballot.seats).unwrap_or_default() {
                return Err(fault("too_many", "所选人数超过应选名额。", "More are chosen than there are seats."));
            }
            if candidates.iter().collect::<HashSet<_>>().len() != candidates.len() {
                return Err(fault("duplicate", "候选人重复。", "A candidate is chosen twice."));
            }
            let place = |id: &CandidateId| standing.iter().position(|one| one.id == *id);
            let places: Option<Vec<usize>> = candidates.iter().map(place).collect();
            let unknown = || fault("unknown_candidate", "候选人不在本次选举中。", "No candidate of this election.");
            let mut places = places.ok_or_else(unknown)?;
            if !places.is_empty() {
                places.push(standing.len());
            }
            Ok(Chosen { choice: None, candidates: candidates.clone(), places })
        }
        (BallotKind::Motion, Mark::Candidates(_)) => {
            Err(Refusal::field("/choice", "required", "议案表决须填写意见。", "A motion takes a choice."))
        }
        (BallotKind::Election, Mark::Motion(_)) => {
            Err(Refusal::field("/candidate_ids", "required", "选举须填写所选候选人。", "An election takes candidates."))
        }
    }
}

/// What is there already is told again, or is in the way.
async fn again(work: &Work<'_>, ballot: &Ballot, entry: RollEntry, vote: &Mark) -> Result<Cast> {
    let is_same = match (ballot.secrecy, vote) {
        (Secrecy::Secret, _) => entry.voted_by.is_some() && entry.voted_by == work.actor().person.map(PersonId),
        (Secrecy::Open, Mark::Motion(choice)) => entry.choice == Some(*choice),
        (Secrecy::Open, Mark::Candidates(candidates)) => {
            let marks = mark::Entity::find()
                .filter(mark::Column::BallotId.eq(ballot.id))
                .filter(mark::Column::ElectorKey.eq(&entry.elector_key))
                .all(work.tx())
                .await?;
            let before: HashSet<CandidateId> = marks.into_iter().map(|mark| mark.candidate_id).collect();
            before == candidates.iter().copied().collect()
        }
    };
    if is_same { Ok(Cast::of(ballot, entry, vote, false)) } else { Err(Refusal::of(&BALLOT_VOTED_ALREADY)) }
}

/// The roll first, the urn last: the one row that all secret votes share is held as briefly as possible.
async fn save(work: &Work<'_>, ballot: &Ballot, entry: &RollEntry, chosen: &Chosen) -> Result<()> {
    use elector::Column as C;
    elector::Entity::update_many()
        .col_expr(C::VotedAt, Expr::val(entry.voted_at))
        .col_expr(C::VotedBy, Expr::val(entry.voted_by))
        .col_expr(C::Receipt, Expr::val(entry.receipt.clone()))
        .col_expr(C::Choice, Expr::val(entry.choice))
        .filter(elector::Column::BallotId.eq(ballot.id))
        .filter(elector::Column::ElectorKey.eq(&entry.elector_key))
        .exec(work.tx())
        .await?;
    if let Some(unit) = entry.unit_id {
        standing::voted(work, unit, ballot).await?;
    }
    match ballot.secrecy {
        Secrecy::Secret => urn::put(work, ballot.id, &chosen.places).await,
        Secrecy::Open => {
            let marks = chosen.candidates.iter().map(|candidate| mark::Model {
                ballot_id: ballot.id,
                elector_key: entry.elector_key.clone(),
                candidate_id: *candidate,
            });
            store::insert_all(work, marks.map(|row| mark::ActiveModel::from(row).reset_all()).collect::<Vec<_>>()).await
        }
    }
}

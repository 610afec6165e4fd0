//! Drafting a ballot on an item of the agenda, and changing the draft.

use std::collections::{HashMap, HashSet};

use gongjian_identity::{PersonId, person};
use gongjian_kernel::{Event, FieldFault, Refusal, Result, Say, Target, Text, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries as units;
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::super::action::{BALLOT_CONDUCT, BALLOT_READ};
use super::super::event::{BALLOT_DRAFTED, BALLOT_EDITED};
use super::super::fault::BALLOT_NO_MEETING;
use super::super::input::{BallotEdit, NewBallot, NewCandidate, Who};
use super::super::store::{self, ballot, candidate};
use super::super::{Ballot, BallotAction, BallotId, BallotKind, BallotStatus, Candidate, sitting};
use super::{Conducted, conducted};
use crate::meeting::MeetingStatus;

/// The most seats of an election.
const MOST_SEATS: u32 = 100;

/// Article 13: those who conduct the body's meetings put a ballot on an item of the agenda.
pub async fn create(work: &mut Work<'_>, new: NewBallot) -> Result<Ballot> {
    host(work.actor())?;
    let meeting = crate::meeting::get(work.tx(), new.meeting).await.map_err(|refusal| refusal.at("/meeting_id"))?;
    let body = crate::body::get(work.tx(), meeting.body_id).await?;
    let seen = sitting::seen(work.tx(), work.actor(), None, body, work.now()).await?;
    work.authorize(&BALLOT_CONDUCT, &BALLOT_READ, &seen)?;
    match meeting.status {
        MeetingStatus::Planned | MeetingStatus::Called | MeetingStatus::Open => {}
        MeetingStatus::Closed | MeetingStatus::Minuted | MeetingStatus::Approved | MeetingStatus::Cancelled => {
            return Err(Refusal::of(&BALLOT_NO_MEETING));
        }
    }
    let matter = sitting::matter(work.tx(), meeting.id, new.item, seen.body.kind).await?;
    let seats = seats(new.kind, new.seats, &new.candidates)?;
    let ballot = Ballot {
        id: work.new_id(),
        meeting_id: meeting.id,
        agenda_item_id: new.item,
        body_id: seen.body.id,
        matter,
        kind: new.kind,
        secrecy: new.secrecy,
        round: 1,
        previous_id: None,
        title: new.title.into_string(),
        motion: new.motion.map(Text::into_string),
        seats,
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
        void_reason: None,
        version: 1,
    };
    let candidates = candidates(work, ballot.id, &new.candidates).await?;
    insert(work, &ballot, candidates).await?;
    let data = json!({
        "meeting_id": ballot.meeting_id, "agenda_item_id": ballot.agenda_item_id, "matter": matter,
        "kind": ballot.kind, "secrecy": ballot.secrecy, "title": ballot.title,
    });
    work.record(Event::new(&BALLOT_DRAFTED, ballot.id.0, data));
    Ok(ballot)
}

/// Whether the actor conducts ballots of any body at all: whoever does not is told so before anything else.
pub fn host(actor: &gongjian_kernel::Actor) -> Result<()> {
    if actor.has_some(&BALLOT_CONDUCT) {
        return Ok(());
    }
    let entry = &gongjian_kernel::fault::FORBIDDEN;
    let detail = Say::fixed("由机构的会务人员组织表决。", "Those who hold the body's meetings conduct its ballots.");
    Err(Refusal::new(entry, detail).with_article(BALLOT_CONDUCT.article))
}

pub(super) async fn insert(work: &Work<'_>, row: &Ballot, candidates: Vec<Candidate>) -> Result<()> {
    let active: ballot::ActiveModel = row.clone().into();
    ballot::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    store::insert_all(work, candidates.into_iter().map(|row| candidate::ActiveModel::from(row).reset_all())).await
}

/// A draft may be changed in everything but what it is on.
pub async fn edit(work: &mut Work<'_>, target: Target<BallotId>, edit: BallotEdit) -> Result<Ballot> {
    let Conducted { before, next, .. } = conducted(work, target, BallotAction::Edit).await?;
    let of_election = |given: bool, at: &'static str| match (given, before.kind, before.previous_id) {
        (true, BallotKind::Motion, _) => Err(not_a_members_of_motions(at)),
        (true, BallotKind::Election, Some(_)) => Err(given_by_the_first_round(at)),
        _ => Ok(()),
    };
    of_election(edit.seats.is_some(), "/seats")?;
    of_election(edit.candidates.is_some(), "/candidates")?;
    let seats = edit.seats.map_or(Ok(before.seats), in_range)?;
    let after = Ballot {
        status: next,
        secrecy: edit.secrecy.unwrap_or(before.secrecy),
        title: edit.title.map_or_else(|| before.title.clone(), Text::into_string),
        motion: edit.motion.map_or_else(|| before.motion.clone(), |motion| motion.map(Text::into_string)),
        seats,
        version: before.version + 1,
        ..before.clone()
    };
    work.update::<ballot::Entity>(&before, &after).await?;
    if let Some(new) = &edit.candidates {
        candidate::Entity::delete_many().filter(candidate::Column::BallotId.eq(after.id)).exec(work.tx()).await?;
        let rows = candidates(work, after.id, new).await?;
        store::insert_all(work, rows.into_iter().map(|row| candidate::ActiveModel::from(row).reset_all())).await?;
    }
    let data = json!({ "title": after.title, "secrecy": after.secrecy, "seats": after.seats });
    work.record(Event::new(&BALLOT_EDITED, after.id.0, data));
    Ok(after)
}

/// Article 12: who stands in a run-off, and for how many seats, follows from the round before.
fn given_by_the_first_round(at: &str) -> Refusal {
    let (zh, en) =
        ("再次投票的候选人和名额由上一轮结果产生。", "Candidates and seats of a run-off follow from the round before.");
    Refusal::field(at, "not_allowed", zh, en).with_article(Some(12))
}

fn not_a_members_of_motions(at: &str) -> Refusal {
    Refusal::field(at, "not_allowed", "只有选举才填写此项。", "Only an election has it.")
}

fn seats(kind: BallotKind, seats: Option<u32>, candidates: &[NewCandidate]) -> Result<i32> {
    match (kind, seats) {
        (BallotKind::Motion, None) if candidates.is_empty() => Ok(0),
        (BallotKind::Motion, None) => Err(not_a_members_of_motions("/candidates")),
        (BallotKind::Motion, Some(_)) => Err(not_a_members_of_motions("/seats")),
        (BallotKind::Election, Some(seats)) => in_range(seats),
        (BallotKind::Election, None) => Err(Refusal::field(
            "/seats",
            "required",
            "选举须填写应选名额。",
            "An election says how many seats it fills.",
        )),
    }
}

fn in_range(seats: u32) -> Result<i32> {
    let seats =
        Some(seats).filter(|seats| (1..=MOST_SEATS).contains(seats)).and_then(|seats| i32::try_from(seats).ok());
    seats.ok_or_else(|| Refusal::field("/seats", "out_of_range", "应为 1 至 100。", "Give 1 to 100."))
}

/// Those who stand, each once, under the name of this day. A unit is an active member (domain.md A13).
async fn candidates(work: &Work<'_>, ballot_id: BallotId, new: &[NewCandidate]) -> Result<Vec<Candidate>> {
    let persons = new.iter().filter_map(|one| if let Who::Person(person) = one.who { Some(person) } else { None });
    let persons: HashMap<PersonId, String> =
        person::list(work.tx(), persons).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let (mut seen, mut rows, mut faults) = (HashSet::new(), Vec::with_capacity(new.len()), Vec::new());
    for (at, one) in new.iter().enumerate() {
        let pointer = |member: &str| format!("/candidates/{at}/{member}");
        let mut fault = |member: &str, code: &'static str, detail: Say| {
            faults.push(FieldFault::body(pointer(member), code, detail));
        };
        let (member, unit_id, person_id, name) = match one.who {
            Who::Unit(unit) => ("unit_id", Some(unit), None, active(work, unit).await?),
            Who::Person(person) => ("person_id", None, Some(person), persons.get(&person).cloned()),
        };
        if !seen.insert(one.who) {
            fault(member, "duplicate", Say::fixed("候选人重复。", "The candidate is there twice."));
        }
        if name.is_none() {
            let detail = Say::fixed("没有该在会单位或人员。", "No such active unit or person.");
            fault(member, "unknown_candidate", detail);
        }
        if one.consent.as_ref().is_some_and(|consent| consent.on > work.today()) {
            fault(
                "consent/consented_on",
                "in_future",
                Say::fixed("日期不能晚于今天。", "It must not lie after today."),
            );
        }
        rows.push(Candidate {
            id: work.new_id(),
            ballot_id,
            position: i32::try_from(at).unwrap_or(i32::MAX),
            unit_id,
            person_id,
            name: name.unwrap_or_default(),
            consent_basis: one.consent.as_ref().map(|consent| consent.basis.to_string()),
            consented_on: one.consent.as_ref().map(|consent| consent.on),
        });
    }
    if faults.is_empty() { Ok(rows) } else { Err(Refusal::invalid(faults)) }
}

/// The name of the unit, if it is a member.
async fn active(work: &Work<'_>, unit: UnitId) -> Result<Option<String>> {
    match units::require_active(work.tx(), unit).await {
        Ok(unit) => Ok(Some(unit.name)),
        Err(refusal) if refusal.kind() == gongjian_kernel::FaultKind::Internal => Err(refusal),
        Err(_) => Ok(None),
    }
}

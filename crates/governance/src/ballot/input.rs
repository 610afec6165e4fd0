//! What callers may send.

use chrono::NaiveDate;
use gongjian_identity::PersonId;
use gongjian_kernel::Text;
use gongjian_membership::UnitId;

use super::{BallotKind, CandidateId, Choice, Secrecy};
use crate::meeting::{AgendaItemId, MeetingId};

/// A ballot to be.
#[derive(Debug, Clone)]
pub struct NewBallot {
    pub meeting: MeetingId,
    pub item: AgendaItemId,
    pub kind: BallotKind,
    pub secrecy: Secrecy,
    pub title: Text<2, 200>,
    pub motion: Option<Text<2, 4000>>,
    /// Of an election.
    pub seats: Option<u32>,
    pub candidates: Vec<NewCandidate>,
}

/// Somebody who is to stand: a unit or a person, with what proves the consent.
#[derive(Debug, Clone)]
pub struct NewCandidate {
    pub who: Who,
    pub consent: Option<CandidateConsent>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    Unit(UnitId),
    Person(PersonId),
}

/// The document by which a candidate consented, and the day.
#[derive(Debug, Clone)]
pub struct CandidateConsent {
    pub basis: Text<2, 200>,
    pub on: NaiveDate,
}

/// What a draft is changed to. What is absent stays.
#[derive(Debug, Clone, Default)]
pub struct BallotEdit {
    pub secrecy: Option<Secrecy>,
    pub title: Option<Text<2, 200>>,
    pub motion: Option<Option<Text<2, 4000>>>,
    pub seats: Option<u32>,
    pub candidates: Option<Vec<NewCandidate>>,
}

/// A vote.
#[derive(Debug, Clone)]
pub struct Vote {
    /// May stay open for one who speaks for a single voice of the roll.
    pub elector: Option<String>,
    pub mark: Mark,
}

/// How somebody votes: on a motion, or for candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Motion(Choice),
    Candidates(Vec<CandidateId>),
}

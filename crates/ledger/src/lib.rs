//! # The issue ledger (意见台账), Article 23, and the conferences that it travels to (Articles 19, 22)
//!
//! Member units bring difficulties, suggestions and opinions. Each gets one number when it is registered
//! (一事一号), one lead department answers for it, and it is cancelled only when it is answered and the
//! submitter has confirmed, stayed silent, or the secretariat has ruled (一办一销).
//!
//! Where to look: the words in [`vocabulary`], permissions in [`action`], the table of states in
//! [`issue::lifecycle`], what is open when in [`issue::case`], the verbs in [`issue::commands`], the values
//! that the charter leaves open in [`policy`], what happens by rule in [`duty`].
//!
//! Invariants: a number is assigned once and never reused; three fields — status, outcome, satisfaction —
//! never stand for each other; a state changes only through a command that records an event.

pub mod action;
pub mod conference;
pub mod duty;
pub mod event;
pub mod fault;
pub mod issue;
pub mod network;
pub mod policy;
pub mod standing;
pub mod vocabulary;

use gongjian_kernel::words::WordList;

/// The ledger's part of the dictionary.
pub const WORDS: &[WordList] = &[
    vocabulary::IssueKind::WORDS,
    vocabulary::Urgency::WORDS,
    vocabulary::IssueLevel::WORDS,
    vocabulary::IssueStatus::WORDS,
    vocabulary::IssueAction::WORDS,
    vocabulary::Light::WORDS,
    vocabulary::Outcome::WORDS,
    vocabulary::Satisfaction::WORDS,
    vocabulary::ClosureBasis::WORDS,
    vocabulary::RejectGround::WORDS,
    vocabulary::Forum::WORDS,
    vocabulary::SupervisionLevel::WORDS,
    vocabulary::SheetGround::WORDS,
    vocabulary::NoteKind::WORDS,
    issue::clock::ClockReason::WORDS,
    issue::statistics::GroupBy::WORDS,
];

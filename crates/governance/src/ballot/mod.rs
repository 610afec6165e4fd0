//! Votes, owned by units (Articles 11 to 13; preamble: equality). A ballot is on one item of one meeting's agenda. What holds always:
//!
//! * the rules are exact fractions of a named base, frozen when the ballot opens, and shown with their arithmetic;
//! * the roll is frozen when the ballot opens; one elector, one vote, cast by whoever speaks for it at that instant;
//! * a vote that is accepted is counted, a vote that comes after the closing is refused;
//! * of a secret ballot nothing is kept that tells who voted how (ADR 0013).

pub mod action;
pub mod commands;
mod count;
pub mod election;
pub mod event;
pub mod fault;
pub mod input;
pub mod lifecycle;
mod outcome;
pub mod policy;
pub mod queries;
pub mod rule;
mod sitting;
pub mod standing;
pub(crate) mod store;
pub mod tally;
mod urn;

pub use action::OnBody;
pub use lifecycle::{BallotAction, BallotKind, BallotOutcome, BallotStatus, Choice, ElectionForm, Secrecy};
pub use outcome::{BallotResult, Frozen, Outcome, open_in, outcome};
pub use policy::VotingPolicy;
pub use store::ballot::Model as Ballot;
pub use store::candidate::Model as Candidate;
pub use store::elector::Model as RollEntry;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    BallotKind::WORDS,
    Secrecy::WORDS,
    ElectionForm::WORDS,
    BallotStatus::WORDS,
    BallotAction::WORDS,
    BallotOutcome::WORDS,
    Choice::WORDS,
    rule::Base::WORDS,
];

gongjian_kernel::ids! {
    /// A ballot.
    BallotId;
    /// Somebody or some unit that stands for election.
    CandidateId;
}

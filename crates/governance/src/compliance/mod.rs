//! The compliance calendar: what the charter asks for, when, and which recorded facts meet it (Articles 2, 11–13,
//! 17, 18, 23, 25). Nothing here is ticked off: a duty is met by facts that other modules keep, or it is not.
//! What holds in principle and did not happen has a reason on record (domain.md §0, rule 7); it blocks nothing.

pub mod action;
mod duty;
pub mod event;
pub mod explanation;
pub mod fault;
pub mod feed;
mod obligation;
mod period;
pub mod policy;
pub mod queries;
mod sight;
mod source;
mod state;

pub use duty::{Duty, Fact, Subject};
pub use explanation::{Explanation, ExplanationId};
pub use feed::{Feed, FeedId};
pub use obligation::{Cadence, Obligation, Strength, SubjectKind, Warning, find, obligations};
pub use period::Period;
pub use policy::CompliancePolicy;
pub use queries::DutyFilter;
pub use state::{DutyAction, DutyState, Standing, state};

pub const WORDS: &[gongjian_kernel::words::WordList] =
    &[Strength::WORDS, Cadence::WORDS, SubjectKind::WORDS, DutyState::WORDS, DutyAction::WORDS];

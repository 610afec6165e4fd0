//! Conferences that take up what one department cannot solve alone: joint conferences (联席会, Article 22), held with the
//! secretariat's approval at the level of the district or a street, and zone coordination meetings (地区事务协调会,
//! Article 19), which a zone convenes without asking. Both put issues of the ledger on their agenda, agree on measures
//! with an owner and a day, and bring the issues home under the numbers that they had.

pub mod action;
mod agenda;
pub mod commands;
pub mod conduct;
pub mod delegation;
pub mod event;
pub mod fault;
mod lifecycle;
pub mod measure;
mod policy;
pub mod queries;
pub(crate) mod store;

pub use commands::{ConferenceEdit, NewConference, NewZoneMeeting};
pub use conduct::{Minutes, NewMeasure, Sitting};
pub use lifecycle::{ConferenceAction, ConferenceKind, ConferenceLevel, ConferenceStatus, ZoneAttribute, ZoneDomain};
pub use policy::ConferencePolicy;
pub use queries::{ConferenceFilter, ConferenceOnFile, IssueOnAgenda};
pub use store::invitee::Model as Invitee;
pub use store::row::Model as Conference;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    ConferenceKind::WORDS,
    ConferenceLevel::WORDS,
    ConferenceStatus::WORDS,
    ConferenceAction::WORDS,
    ZoneDomain::WORDS,
    ZoneAttribute::WORDS,
    measure::MeasureStatus::WORDS,
    measure::MeasureAction::WORDS,
];

gongjian_kernel::ids! {
    /// A joint conference or a zone coordination meeting.
    ConferenceId;
    /// That a branch president approves in the secretariat's place.
    DelegationId;
    /// What a conference has agreed on, with its owner and its day.
    MeasureId;
}

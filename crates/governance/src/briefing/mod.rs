//! Briefings (通报) and calls for opinion (征求意见): Article 2. The council tells members how the area fares and
//! asks what they think. What holds always:
//!
//! * whom something is told to is frozen when it is issued, so that a rate never exceeds one;
//! * sent and read are two things; the first reading of a unit counts;
//! * every point of every opinion gets a result, and one that is not adopted in full says why.

pub mod action;
mod audience;
pub mod commands;
pub mod event;
pub mod fault;
pub mod lifecycle;
pub mod opinion;
pub mod policy;
pub mod queries;
pub(crate) mod store;

pub use audience::{Audience, AudienceKind};
pub use commands::{BriefingEdit, NewBriefing};
pub use lifecycle::{BriefingAction, BriefingStatus};
pub use policy::{BriefingPolicy, LateOpinions};
pub use queries::{BriefingFilter, BriefingOnFile, ReaderOnFile, Readership};
pub use store::reader::Model as Reader;
pub use store::row::Model as Briefing;
pub use store::{Section, Sections};

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    AudienceKind::WORDS,
    BriefingStatus::WORDS,
    BriefingAction::WORDS,
    LateOpinions::WORDS,
    opinion::CallStatus::WORDS,
    opinion::CallAction::WORDS,
    opinion::OpinionStatus::WORDS,
    opinion::OpinionAction::WORDS,
    opinion::PointResult::WORDS,
];

gongjian_kernel::ids! {
    /// A briefing.
    BriefingId;
}

//! The bodies of the association (Articles 11, 13, 15, 16–18): one model for all of them. A body has electors: who has
//! a voice in it at an instant, and how many of them there are, is computed from facts, never kept.

pub mod action;
pub mod change;
pub mod commands;
mod elector;
pub mod event;
pub mod fault;
pub mod members;
pub mod queries;
mod roster;
mod store;

pub use commands::NewBody;
pub use elector::{Elector, electorate};
pub use queries::BodyFilter;
pub(crate) use queries::bodies;
pub use roster::{Roster, RosterSeat, roster};
pub(crate) use store::row as body_row;
pub use store::{all, branch_of, get, lock, row::Model as Body};

pub const WORDS: &[gongjian_kernel::words::WordList] = &[BodyKind::WORDS];

gongjian_kernel::ids! {
    /// A body.
    BodyId;
}

gongjian_kernel::words! {
    /// Articles 11, 13, 15–18: the kinds of bodies.
    pub enum BodyKind as "body_kind" ("机构类别", "Kind of body") {
        GeneralMeeting = "general_meeting" ("会员大会", "General meeting"),
        Council = "council" ("理事会", "Council"),
        Committee = "committee" ("专业研究委员会", "Professional research committee"),
        Branch = "branch" ("街道分会", "Street branch"),
        ExpertCommittee = "expert_committee" ("党建专家咨询委员会", "Expert advisory committee"),
    }
}

/// Article 11: all members. There is one.
pub const GENERAL_MEETING: BodyId = BodyId(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0011));
/// Article 13. There is one.
pub const COUNCIL: BodyId = BodyId(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0013));
/// Article 15. There is one.
pub const EXPERT_COMMITTEE: BodyId = BodyId(uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0015));

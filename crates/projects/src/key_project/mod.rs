//! The year's key projects (年度重点项目) and who takes them on (Article 14(3): 理事单位主动认领年度工作项目). The
//! secretariat publishes an item of the adopted plan with so many shares; council units claim shares until none is
//! left; a claim is confirmed on an agreement. A council unit without a claim is seen, and nothing follows from it.

pub mod action;
pub mod commands;
pub mod event;
pub mod fault;
mod lifecycle;
pub mod queries;
pub mod standing;
pub(crate) mod store;

pub use commands::{Confirmation, NewClaim, NewKeyProject, Revision};
pub use lifecycle::{ClaimAction, ClaimStatus, Claiming};
pub use queries::{ClaimFilter, ClaimOnFile, Claimer, KeyProjectFilter, KeyProjectOnFile, Taken};
pub use store::claim::Model as Claim;
pub use store::row::Model as KeyProject;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[Claiming::WORDS, ClaimStatus::WORDS, ClaimAction::WORDS];

gongjian_kernel::ids! {
    /// A key project of the year.
    KeyProjectId;
    /// A claim to shares of it.
    ClaimId;
}

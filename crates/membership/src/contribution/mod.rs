//! What units give (Article 10(3)): information, research results, resources to share, suggestions.

pub mod action;
pub mod commands;
pub mod event;
pub mod fault;
pub mod lifecycle;
pub mod queries;
pub(crate) mod store;

pub use commands::NewContribution;
pub use lifecycle::{ContributionAction, ContributionKind, ContributionStatus, LINE_KINDS};
pub use queries::{ContributionFilter, ContributionOnFile};
pub use store::row::Model as Contribution;

gongjian_kernel::ids! {
    /// Something that a unit has given.
    ContributionId;
}

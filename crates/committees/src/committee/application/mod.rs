//! Applying to a committee (Article 9(3)): any member may, the lead unit checks, both directors decide, each for
//! himself. A refusal says why.

pub mod commands;
mod lifecycle;
pub mod queries;
pub(super) mod store;

pub use lifecycle::{CommitteeApplicationAction, CommitteeApplicationStatus};
pub use queries::{CommitteeApplicationFilter, CommitteeApplicationOnFile};
pub(super) use store::lapse;
pub use store::opinion::Model as DirectorOpinion;
pub use store::row::Model as CommitteeApplication;

gongjian_kernel::ids! {
    /// An application of a unit to a committee.
    CommitteeApplicationId;
}

//! Calls for opinion (征求意见) and what units reply: Article 2, the right of Article 9(2), the suggestions (建议) of
//! Article 10(3).

pub mod action;
pub mod calls;
pub mod commands;
pub mod lifecycle;
pub mod queries;
pub mod standing;
pub(crate) mod store;

pub use calls::{CallEdit, NewCall};
pub use commands::{NewOpinion, Verdict};
pub use lifecycle::{CallAction, CallStatus, OpinionAction, OpinionStatus, PointResult};
pub use queries::{CallFilter, CallOnFile, OpinionOnFile, Tally};
pub use store::call::Model as Call;
pub use store::opinion::Model as Opinion;
pub use store::point::Model as Point;
pub use store::revision::Model as Revision;

gongjian_kernel::ids! {
    /// A call for opinion.
    CallId;
    /// What a unit replied.
    OpinionId;
}

//! What members of a branch need (Article 18(4) 了解会员需求), and what became of it.

mod commands;
mod lifecycle;
pub mod queries;
pub(super) mod store;

pub use commands::{NewNeed, accept, decline, meet, report, withdraw};
pub use lifecycle::{NeedAction, NeedStatus};
pub use queries::{NeedFilter, NeedOnFile};
pub use store::row::Model as Need;

gongjian_kernel::ids! {
    /// What a member of a branch needs.
    NeedId;
}

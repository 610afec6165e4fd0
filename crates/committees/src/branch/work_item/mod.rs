//! The eight duties of a branch (Article 18(1)–(8)) as the work of a year, each item with its evidence.

mod commands;
mod lifecycle;
pub mod queries;
pub(super) mod store;

pub use commands::{NewWorkItem, WorkItemEdit, complete, drop_item, plan, revise};
pub use lifecycle::{BranchDuty, WorkItemAction, WorkItemStatus};
pub use queries::{WorkItemFilter, WorkItemOnFile};
pub use store::row::Model as WorkItem;

gongjian_kernel::ids! {
    /// An item of a branch's yearly work.
    WorkItemId;
}

//! The execution book (执行台账): who carries out what of a decision, until when, and what came of it (Articles 10(1)
//! and 13). Whether an item is overdue, and by how many working days, is computed and never kept.

mod access;
pub mod commands;
mod lifecycle;
pub mod queries;
pub(crate) mod store;

use gongjian_membership::standing::LineKind;

pub use access::{Task, is_owner};
pub use commands::{Deadline, NewItem, Owner};
pub use lifecycle::{ExecutionLight, ItemAction, ItemStatus, OwnerKind};
pub use queries::{ForMeeting, ItemFilter, ItemOnFile, for_next_meeting};
pub use store::entry::Model as Entry;
pub use store::row::Model as Item;

/// Article 10(1): 执行决议.
pub static DECISION_EXECUTED: LineKind = LineKind::duty("decision_executed", "执行决议", "Decision carried out");

/// The lines that the book enters into passbooks.
pub static LINE_KINDS: &[&LineKind] = &[&DECISION_EXECUTED];

gongjian_kernel::ids! {
    /// An item of the execution book.
    ItemId;
    /// What was reported of an item, or done with it.
    EntryId;
}

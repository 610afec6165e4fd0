//! One issue, from submission to cancellation.

pub mod case;
pub mod clock;
pub mod commands;
pub mod input;
pub mod lifecycle;
pub mod light;
pub mod queries;
pub mod similar;
pub mod statistics;
mod store;

gongjian_kernel::ids! {
    /// An issue on the ledger.
    IssueId;
    /// A note on the handling of an issue.
    NoteId;
    /// A supervision sheet.
    SheetId;
}

pub use case::Sight;
pub use store::{Issue, Note, Sheet};

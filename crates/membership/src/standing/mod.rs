//! The passbook of a unit (Articles 9 and 10): which rights it has used, which duties it has met. Each line
//! names the record that it comes from, and the unit may dispute it. The charter knows no sanction, so this
//! is statistics and nothing follows from it.
//!
//! Any crate adds lines without this one knowing it: it declares a [`LineKind`] and calls [`enter`] in the
//! transaction of the act that the line is about.

pub mod action;
pub mod commands;
mod entry;
pub mod event;
pub mod fault;
pub mod lifecycle;
pub mod queries;
pub(crate) mod store;

use gongjian_kernel::Say;

pub use entry::{Entry, Source, enter, enter_all, withdraw};
pub use lifecycle::{DisputeOutcome, LineAction, LineStatus};
pub use queries::{LineFilter, LineOnFile, Passbook, Tally};
pub use store::dispute::Model as Dispute;
pub use store::line::Model as Line;

gongjian_kernel::ids! {
    /// A line of a passbook.
    LineId;
    /// An objection of a unit to a line.
    DisputeId;
}

gongjian_kernel::words! {
    /// Whether a line tells of a right (Article 9) or of a duty (Article 10).
    pub enum Side as "standing_side" ("权利义务", "Right or duty") {
        Right = "right" ("权利", "Right used"),
        Duty = "duty" ("义务", "Duty met"),
    }
}

/// A kind of line: data of whichever crate enters such lines.
#[derive(Debug, PartialEq, Eq)]
pub struct LineKind {
    pub name: &'static str,
    pub side: Side,
    /// Of the charter: 9 or 10.
    pub article: u8,
    pub label: Say,
}

impl LineKind {
    #[must_use]
    pub const fn right(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { name, side: Side::Right, article: 9, label: Say::fixed(zh, en) }
    }

    #[must_use]
    pub const fn duty(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { name, side: Side::Duty, article: 10, label: Say::fixed(zh, en) }
    }
}

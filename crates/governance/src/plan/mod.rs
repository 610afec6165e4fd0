//! Instruments: annual plans (年度计划, Article 11(3)), work reports (工作报告, Article 11(2)), internal rules
//! (内部管理制度, Article 13(5)). One model for the three: drafted, deliberated, adopted by the body that the
//! charter names, published. A plan has items, a report has figures, a rule has a number and editions.

pub mod action;
pub mod commands;
pub mod comment;
pub mod event;
pub mod fault;
pub mod item;
pub mod lifecycle;
pub mod purpose;
pub mod queries;
pub mod report;
pub mod rule;
pub(crate) mod store;

pub use commands::{Adoption, InstrumentPatch, NewInstrument};
pub use comment::{Comment, CommentResult};
pub use item::{Item, Items, NewItem};
pub use lifecycle::{InstrumentAction, InstrumentKind, InstrumentStatus};
pub use purpose::{Goal, Method};
pub use queries::{InstrumentFilter, InstrumentOnFile};
pub use report::Figure;
pub use store::row::Model as Instrument;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    Goal::WORDS,
    Method::WORDS,
    InstrumentKind::WORDS,
    InstrumentStatus::WORDS,
    InstrumentAction::WORDS,
    CommentResult::WORDS,
    report::FigureUnit::WORDS,
];

gongjian_kernel::ids! {
    /// A plan, a report, a rule.
    InstrumentId;
    /// An item of an annual plan.
    PlanItemId;
    /// What somebody said of an instrument in deliberation.
    CommentId;
}

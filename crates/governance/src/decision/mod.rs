//! Decisions (决议): adopted, issued, effective (Articles 11 and 13). A decision is not effective because it was
//! typed: a vote, a consultation, a consent or a document stands behind it, it has a number, and its day has come.
//! What the charter binds to a decision asks [`require_effective`] or [`spend`]. The execution book keeps what came
//! of it.

pub mod action;
pub mod book;
pub mod commands;
mod effect;
pub mod event;
pub mod fault;
mod issuing;
mod lifecycle;
mod matter;
mod method;
mod policy;
pub mod queries;
pub(crate) mod store;

pub use commands::{Correction, NewDecision};
pub use effect::{require_effective, spend};
pub use issuing::issue;
pub use lifecycle::{DecisionAction, DecisionStatus};
pub use matter::Matter;
pub use method::{Method, MethodKind, MethodResult};
pub(crate) use method::{not_concluded, unknown_result};
pub use policy::DecisionPolicy;
pub use queries::{DecisionFilter, DecisionOnFile};
pub use store::row::Model as Decision;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    Matter::WORDS,
    MethodKind::WORDS,
    DecisionStatus::WORDS,
    DecisionAction::WORDS,
    book::ItemStatus::WORDS,
    book::ItemAction::WORDS,
    book::OwnerKind::WORDS,
    book::ExecutionLight::WORDS,
];

gongjian_kernel::ids! {
    /// A decision.
    DecisionId;
}

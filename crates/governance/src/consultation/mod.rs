//! Consultation (协商) as a way to decide (preamble 「协商一致」, Articles 12–14 and 18): parties that must be heard, what
//! each says, rounds with a revised text where one objects, and an outcome that is a pure function of these facts. The
//! outcome is a result like a vote's: a decision may rest on it.

pub mod action;
pub mod commands;
pub mod event;
pub mod fault;
mod lifecycle;
mod outcome;
pub mod queries;
pub(crate) mod store;

pub use commands::{NewConsultation, Parties, Said};
pub use lifecycle::{ConsultationAction, ConsultationStatus, Position};
pub use outcome::{Heard, Outcome, Tally, assess};
pub(crate) use queries::result;
pub use queries::{ConsultationFilter, ConsultationOnFile};
pub use store::party::Model as Party;
pub use store::round::Model as Round;
pub use store::row::Model as Consultation;
pub use store::statement::Model as Statement;

pub const WORDS: &[gongjian_kernel::words::WordList] =
    &[ConsultationStatus::WORDS, ConsultationAction::WORDS, Position::WORDS, Heard::WORDS];

gongjian_kernel::ids! {
    /// A consultation.
    ConsultationId;
    /// What a party has said in a round.
    StatementId;
}

//! The expert advisory committee (Article 15): persons, no units, who advise. Since when and until when somebody is
//! one is his term of office; what stands here is what he knows, and whom he must keep away from. What holds always:
//!
//! * an expert never answers a unit that he is or was with or has an interest in;
//! * an opinion is its author's alone until the enquiry is answered;
//! * nothing is told more widely than its asker agreed to.

pub mod action;
pub mod commands;
pub mod enquiry;
pub mod event;
pub mod fault;
pub mod policy;
pub mod queries;
mod recusal;
pub(crate) mod store;
mod term;

pub use commands::{ExpertEdit, NewExpert};
pub use policy::ExpertPolicy;
pub use queries::{ExpertFilter, ExpertOnFile};
pub use store::row::Model as Expert;
pub use store::unit::Model as UnitTie;
pub use term::Term;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    Tie::WORDS,
    enquiry::AskerKind::WORDS,
    enquiry::Publicity::WORDS,
    enquiry::EnquiryStatus::WORDS,
    enquiry::EnquiryAction::WORDS,
    enquiry::EnquiryLight::WORDS,
    enquiry::AssignmentStatus::WORDS,
    enquiry::AssignmentAction::WORDS,
    enquiry::DeclineGround::WORDS,
];

gongjian_kernel::ids! {
    /// An expert.
    ExpertId;
}

gongjian_kernel::words! {
    /// What ties an expert to a unit.
    pub enum Tie as "expert_tie" ("专家与单位的关系", "Tie of an expert to a unit") {
        Employer = "employer" ("任职单位", "Employer"),
        Former = "former" ("曾任职单位", "Former employer"),
        Interest = "interest" ("利害关系", "Interest"),
    }
}

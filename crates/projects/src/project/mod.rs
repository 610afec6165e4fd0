//! Projects of member units from their declaration to their approval (申报、审核、公示、立项; Articles 20 and 21): the
//! unit writes and submits, the secretariat checks the form, the council decides, everybody may object while it is
//! made public, and what is approved has a number and a task book that no longer changes.

pub mod action;
pub mod commands;
pub mod declaration;
pub mod event;
pub mod fault;
mod lifecycle;
pub mod policy;
pub mod queries;
mod sight;
pub(crate) mod store;

pub use declaration::{BudgetLine, Declaration, FundSource, Indicator, JointUnit, Milestone, ProjectKind};
pub use lifecycle::{ProjectAction, ProjectStatus};
pub use policy::ProjectPolicy;
pub use queries::{ProjectFilter, ProjectOnFile};
pub use sight::Sight;
pub use store::objection::Model as Objection;
pub use store::revision::Model as Revision;
pub use store::row::Model as Project;

pub const WORDS: &[gongjian_kernel::words::WordList] =
    &[ProjectStatus::WORDS, ProjectAction::WORDS, ProjectKind::WORDS, FundSource::WORDS];

gongjian_kernel::ids! {
    /// A project of a member unit.
    ProjectId;
    /// An objection to a project that is made public.
    ObjectionId;
}

//! Filing (备案), Article 25. A filing takes effect at once and whoever filed holds a receipt; it is no
//! approval. The secretariat looks at its form only: it accepts the filing or returns it for correction.
//! What was filed stays in effect either way; a correction is a filing of its own.

pub mod action;
pub mod commands;
pub mod deadline;
pub mod event;
pub mod fault;
pub mod gaps;
pub mod lifecycle;
pub mod policy;
pub mod queries;
pub(crate) mod store;
pub mod vacancies;

pub use commands::{NewFiling, receipt_no, submit};
pub use gaps::{Gap, GapState, UnitGaps};
pub use lifecycle::{FilingAction, FilingKind, FilingStatus};
pub use policy::FilingPolicy;
pub use queries::{FilingFilter, FilingOnFile};
pub use store::row::Model as Filing;

gongjian_kernel::ids! {
    /// A filing.
    FilingId;
}

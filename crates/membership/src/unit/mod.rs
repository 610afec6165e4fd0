//! A unit and the persons who speak for it.

pub(crate) mod admission;
pub mod as_of;
pub mod commands;
pub mod contact;
pub mod export;
pub mod history;
pub mod import;
pub mod leaving;
pub mod membership;
pub mod model;
pub mod period;
mod proposal;
pub mod queries;
pub mod reform;
pub(crate) mod store;
pub mod succession;
pub mod terms;
#[cfg(test)]
mod tests;

pub use contact::{ContactKind, ContactOnFile, NewContact};
pub use history::{Successor, UnitChange, UnitVersion, count_by_street, members_on};
pub use leaving::{DissolutionGround, Evidence, Left};
pub use membership::{Consent, Membership, UnitStatus};
pub use model::{AffiliationLevel, NewUnit, PartyOrgKind, UnitType, ZoneCodes};
pub use period::{EndedBy, MembershipPeriod};
pub use proposal::ContactFiling;
pub use queries::{UnitCard, UnitFilter};
pub use reform::{Decision, NewName, Parts, ReformKind};
pub use store::contact::Model as Term;
pub use store::unit::Model as Unit;
pub use terms::{TermFilter, TermOnFile};

gongjian_kernel::ids! {
    /// A unit.
    UnitId;
    /// A person's time as representative or liaison of a unit.
    UnitContactId;
}

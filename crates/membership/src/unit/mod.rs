//! A unit and the persons who speak for it.

pub(crate) mod admission;
pub mod as_of;
pub mod commands;
pub mod contact;
pub mod history;
pub mod leaving;
pub mod membership;
pub mod model;
pub mod period;
pub mod queries;
pub mod reform;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use contact::{ContactKind, ContactOnFile, NewContact};
pub use history::{Successor, UnitChange, UnitVersion};
pub use leaving::{DissolutionGround, Evidence, Left};
pub use membership::{Consent, Membership, UnitStatus};
pub use model::{AffiliationLevel, NewUnit, PartyOrgKind, UnitType, ZoneCodes};
pub use period::{EndedBy, MembershipPeriod};
pub use queries::{UnitCard, UnitFilter};
pub use reform::{Decision, NewName, Parts, ReformKind};
pub use store::unit::Model as Unit;

gongjian_kernel::ids! {
    /// A unit.
    UnitId;
    /// A person's time as representative or liaison of a unit.
    UnitContactId;
}

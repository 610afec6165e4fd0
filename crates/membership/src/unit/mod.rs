//! A unit and the persons who speak for it.

pub mod commands;
pub mod contact;
pub mod export;
pub mod import;
pub mod membership;
pub mod model;
pub mod queries;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use contact::{ContactKind, ContactOnFile, NewContact};
pub use membership::{Membership, UnitStatus};
pub use model::{AffiliationLevel, NewUnit, PartyOrgKind, UnitType, ZoneCodes};
pub use queries::{UnitCard, UnitFilter};
pub use store::unit::Model as Unit;

gongjian_kernel::ids! {
    /// A unit.
    UnitId;
    /// A person's time as representative or liaison of a unit.
    UnitContactId;
}

//! A unit and the persons who speak for it.

pub mod commands;
pub mod contact;
pub mod history;
pub mod membership;
pub mod model;
mod proposal;
pub mod queries;
pub(crate) mod store;
pub mod succession;
#[cfg(test)]
mod tests;

pub use contact::{ContactKind, ContactOnFile, NewContact};
pub use history::{TermFilter, TermOnFile};
pub use membership::{Membership, UnitStatus};
pub use model::{AffiliationLevel, NewUnit, PartyOrgKind, UnitType, ZoneCodes};
pub use proposal::ContactFiling;
pub use queries::{UnitCard, UnitFilter};
pub use store::contact::Model as Term;
pub use store::unit::Model as Unit;

gongjian_kernel::ids! {
    /// A unit.
    UnitId;
    /// A person's time as representative or liaison of a unit.
    UnitContactId;
}

//! Functional zones (Article 19): what several streets have in common, the streets, and the unit that convenes.

pub mod action;
pub mod commands;
pub mod event;
pub mod fault;
pub mod queries;
mod store;

pub use commands::{NewZone, ZoneEdit};
pub use queries::{ZoneFilter, ZoneOnFile};
pub use store::row::Model as Zone;

gongjian_kernel::ids! {
    /// A functional zone.
    ZoneId;
}

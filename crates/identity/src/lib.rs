//! Accounts, sessions, tokens and roles.
pub mod person;
pub mod role;

pub use person::{Person, PersonId};
pub use role::{Role, ScopeKind};

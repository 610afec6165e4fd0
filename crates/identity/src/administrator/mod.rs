//! Two persons make an administrator, and two end his time (三员分立, GB/T 22239 8.1.5; domain.md §7.2). The
//! system or the security administrator proposes; the other of the two confirms. Neither may be the
//! candidate, under whatever account, and whoever proposed must still be in office when it is confirmed.
//! What nobody confirms expires.

mod action;
pub mod commands;
mod model;
mod policy;
mod queries;
mod store;
mod vocabulary;

pub use action::{
    ADMINISTRATOR_CONFIRM, ADMINISTRATOR_EVENTS, ADMINISTRATOR_FAULTS, ADMINISTRATOR_PROPOSE, ADMINISTRATOR_READ,
    NOT_GRANTED, PERMISSIONS,
};
pub use commands::expire_due;
pub use model::{NewProposal, ProposalId};
pub use policy::GrantPolicy;
pub use queries::{ProposalFilter, ProposalView, find, get, list};
pub use store::row::Model as Proposal;
pub use vocabulary::{GrantChange, ProposalAction, ProposalStatus};

//! Accounts: a person's way into the system, and the offices it holds there.

pub mod commands;
pub mod grant;
pub mod lock;
mod model;
pub mod queries;
pub(crate) mod store;
pub(crate) mod unused;
pub(crate) mod username;

pub use commands::{create, disable, enable, open, refuse_second, reset_password};
pub use grant::{AccountGrant, GrantId};
pub use lock::{lock, unlock};
pub use model::{Account, AccountAction, AccountId, AccountState, NewAccount};
pub use queries::{AccountFilter, AccountView, find, get, is_held_by, list};
pub use username::Username;

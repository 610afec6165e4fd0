//! Two-key consent (Articles 17 and 18: 双主任、双会长协商一致). Two offices, two keys, two persons: a committee's
//! directors of different origin, a branch's two presidents. Whoever holds a key at that instant turns it, once. Where
//! they do not agree in time, the matter is the council's. The outcome is a result like a vote's.

pub mod action;
pub mod commands;
pub mod event;
pub mod fault;
mod keys;
mod lifecycle;
pub mod queries;
pub(crate) mod store;

pub use commands::NewConsent;
pub use keys::{Key, keys};
pub use lifecycle::{ConsentAction, ConsentStatus};
pub(crate) use queries::result;
pub use queries::{ConsentFilter, ConsentOnFile, escalated};
pub use store::row::Model as Consent;
pub use store::signature::Model as Signature;

pub const WORDS: &[gongjian_kernel::words::WordList] = &[ConsentStatus::WORDS, ConsentAction::WORDS];

gongjian_kernel::ids! {
    /// A consent.
    ConsentId;
}

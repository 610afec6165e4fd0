//! Applications for membership (Articles 8, 9(4); voluntariness of the preamble). A unit applies by itself, is
//! nominated, or is recommended by a member; in all three its consent is on record before anything is decided,
//! and the only ground for a rejection is that Article 8 is not met.
//!
//! Whoever holds the tracking code speaks for the application: it is shown once, kept as a hash, and never part
//! of an address.

pub mod action;
pub mod commands;
pub mod event;
pub mod fault;
pub mod lifecycle;
pub mod model;
pub mod policy;
pub mod queries;
pub(crate) mod store;
pub mod throttle;
pub mod vocabulary;

pub use action::PERMISSIONS;
pub use event::APPLICATION_EVENTS;
pub use fault::APPLICATION_FAULTS;
pub use model::{ConsentOnRecord, NewApplication, TrackingCode};
pub use policy::JoiningPolicy;
pub use queries::ApplicationFilter;
pub use store::row::Model as Application;
pub use vocabulary::{ApplicationAction, ApplicationOrigin, ApplicationStatus, ConsentVia, Ineligibility};

use gongjian_kernel::words::WordList;

/// The words of this module, for the published dictionary.
pub static WORDS: &[WordList] = &[
    ApplicationStatus::WORDS,
    ApplicationAction::WORDS,
    ApplicationOrigin::WORDS,
    ConsentVia::WORDS,
    Ineligibility::WORDS,
];

gongjian_kernel::ids! {
    /// An application for membership.
    ApplicationId;
}

//! The second factor: codes by time (TOTP, RFC 6238) from a device that its owner holds, and ten recovery
//! codes for the day on which the device is lost.
//!
//! A code is good once: the step it belongs to is kept, and none before it is taken again. Guesses are
//! counted like passwords.

mod challenge;
mod own;
mod reset;
mod secret;
pub(crate) mod store;

pub use challenge::Proof;
pub(crate) use challenge::ask;
pub use own::{Enrolment, SecondFactorState};
pub use reset::reset;
pub(crate) use store::sweep;

use chrono::{DateTime, Utc};

/// What a sign-in comes to where a second factor stands beside the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for Challenge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Challenge").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

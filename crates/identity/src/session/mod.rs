//! Sessions: one sign-in on one device, with its family of refresh tokens.

pub mod foreign;
pub(crate) mod login;
pub(crate) mod own;
mod password;
mod rotation;
pub(crate) mod store;

pub use login::{Login, SignedIn};
pub(crate) use own::account_of;
pub use store::{RefreshTokenId, Session, SessionId};

use chrono::{DateTime, Utc};

/// What a sign-in or a refresh hands out.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    pub access_token: String,
    pub expires_in_seconds: i64,
    pub refresh_token: String,
    pub refresh_expires_at: DateTime<Utc>,
    pub session: SessionId,
    pub must_change_password: bool,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("session", &self.session).finish_non_exhaustive()
    }
}

//! What an operator may set. Defaults follow NIST SP 800-63B-4 and OWASP.

use chrono::Duration;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentitySettings {
    /// `iss` of access tokens: the public address of the service.
    pub issuer: String,
    /// `aud` of access tokens.
    pub audience: String,
    /// Life of an access token, [`MAX_ACCESS_TOKEN_SECONDS`] at most.
    pub access_token_seconds: u32,
    /// A session that is not used for so long ends.
    pub refresh_idle_days: u32,
    /// A session ends then, used or not.
    pub refresh_absolute_days: u32,
    /// How long a spent refresh token gets the same answer again: an answer can be lost on its way.
    pub refresh_retry_seconds: u32,
    pub password_min_length: u32,
    /// Hashes at a time; each takes `argon2_memory_kib`.
    pub hash_permits: u32,
    pub argon2_memory_kib: u32,
    pub argon2_iterations: u32,
    pub argon2_lanes: u32,
    /// Wrong passwords for one name from one address until the name is locked for that address.
    pub lock_after: u32,
    pub lock_minutes: u32,
    /// The name is locked for every address after so many times `lock_after`.
    pub name_lock_factor: u32,
    /// Failed attempts from one address within the window.
    pub address_limit: u32,
    pub address_window_minutes: u32,
}

/// Roles are read from the database, so the life only bounds how long a stolen token is of use.
pub const MAX_ACCESS_TOKEN_SECONDS: u32 = 600;

impl Default for IdentitySettings {
    fn default() -> Self {
        Self {
            issuer: "http://localhost:8080".to_owned(),
            audience: "gongjian".to_owned(),
            access_token_seconds: MAX_ACCESS_TOKEN_SECONDS,
            refresh_idle_days: 14,
            refresh_absolute_days: 90,
            refresh_retry_seconds: 60,
            password_min_length: 15,
            hash_permits: 2,
            argon2_memory_kib: 19_456,
            argon2_iterations: 2,
            argon2_lanes: 1,
            lock_after: 5,
            lock_minutes: 15,
            name_lock_factor: 4,
            address_limit: 50,
            address_window_minutes: 15,
        }
    }
}

impl IdentitySettings {
    pub(crate) fn access_life(&self) -> Duration {
        Duration::seconds(self.access_token_seconds.clamp(1, MAX_ACCESS_TOKEN_SECONDS).into())
    }

    pub(crate) fn idle_life(&self) -> Duration {
        Duration::days(self.refresh_idle_days.into())
    }

    pub(crate) fn absolute_life(&self) -> Duration {
        Duration::days(self.refresh_absolute_days.into())
    }

    pub(crate) fn retry_window(&self) -> Duration {
        Duration::seconds(self.refresh_retry_seconds.into())
    }
}

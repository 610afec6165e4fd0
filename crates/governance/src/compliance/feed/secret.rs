//! What makes the address of a feed unknown to others: 160 random bits.

use gongjian_kernel::keys::{random_token, sha256};
use gongjian_kernel::{Refusal, Result};

const BYTES: usize = 20;
/// In base64url.
const LENGTH: usize = 27;

/// Shown once, kept as a hash.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedSecret(String);

impl std::fmt::Debug for FeedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FeedSecret(***)")
    }
}

impl FeedSecret {
    pub(super) fn draw() -> Result<Self> {
        random_token::<BYTES>().map(Self).map_err(Refusal::internal)
    }

    /// What an address names; nothing where it cannot be one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        (text.len() == LENGTH && plain).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> String {
        sha256(&[b"compliance-feed:", self.0.as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_random_and_silent() {
        let secret = FeedSecret::draw().unwrap();
        assert_eq!(FeedSecret::parse(secret.text()), Some(secret.clone()));
        assert_ne!(FeedSecret::draw().unwrap(), secret);
        assert_eq!(format!("{secret:?}"), "FeedSecret(***)");
        assert!(!secret.hash().contains(secret.text()));
        assert!(FeedSecret::parse("").is_none() && FeedSecret::parse(&"%".repeat(LENGTH)).is_none());
    }
}

//! The secret that the device and we share: sealed in the database, shown once as text and as a link.

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use gongjian_kernel::keys::Keys;
use gongjian_kernel::{Refusal, Result};
use totp_rs::{Builder, Secret, Totp};

use crate::account::AccountId;

/// RFC 4226 §4 recommends 160 bits.
const SECRET_BYTES: usize = 20;
const NONCE_BYTES: usize = 12;

/// Codes of six digits, thirty seconds each, one step of drift either way: what every app understands.
pub(super) struct Device(Totp, Vec<u8>);

impl Device {
    pub(super) fn draw() -> Result<Self> {
        let mut secret = [0u8; SECRET_BYTES];
        aws_lc_rs::rand::fill(&mut secret).map_err(Refusal::internal)?;
        Self::of(secret.to_vec())
    }

    fn of(secret: Vec<u8>) -> Result<Self> {
        let totp = Builder::new().with_secret(secret.clone()).build();
        Ok(Self(totp.map_err(|error| Refusal::internal(error.to_string()))?, secret))
    }

    /// The step that the code belongs to, if it is one of now.
    pub(super) fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let now = u64::try_from(now.timestamp()).ok()?;
        self.0.check(code, now).and_then(|step| i64::try_from(step).ok())
    }

    pub(super) fn text(&self) -> String {
        Secret::from(self.1.clone()).to_base32()
    }

    /// Bound to the account: the sealed secret of one is of no use in the row of another.
    pub(super) fn seal(&self, keys: &Keys, account: AccountId) -> Result<String> {
        let mut bytes = self.1.clone();
        let nonce = key(keys)?
            .seal_in_place_append_tag(Aad::from(account.0.as_bytes()), &mut bytes)
            .map_err(Refusal::internal)?;
        Ok(BASE64URL_NOPAD.encode(&[nonce.as_ref().as_slice(), &bytes].concat()))
    }

    pub(super) fn open(keys: &Keys, account: AccountId, sealed: &str) -> Result<Self> {
        let unreadable = || Refusal::internal("the secret of a second factor cannot be opened");
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(Refusal::internal)?;
        let (nonce, bytes) = bytes.split_at_checked(NONCE_BYTES).ok_or_else(unreadable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(Refusal::internal)?;
        let mut bytes = bytes.to_vec();
        let secret = key(keys)?
            .open_in_place(nonce, Aad::from(account.0.as_bytes()), &mut bytes)
            .map_err(|_| unreadable())?
            .to_vec();
        Self::of(secret)
    }
}

fn key(keys: &Keys) -> Result<RandomizedNonceKey> {
    RandomizedNonceKey::new(&AES_256_GCM, &keys.totp).map_err(Refusal::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(secret: &str) -> Keys {
        Keys::from_secret(secret.as_bytes()).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let device = Device::of(b"12345678901234567890".to_vec()).unwrap();
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(device.step_of(code, at(second)), Some(second / 30));
            assert_eq!(device.step_of(code, at(second + 30)), Some(second / 30), "one step late");
            assert_eq!(device.step_of(code, at(second + 61)), None, "two steps late");
        }
        for bad in ["", "28708", "2870822", "２８７０８２", "abcdef"] {
            assert_eq!(device.step_of(bad, at(59)), None, "{bad}");
        }
    }

    #[test]
    fn a_sealed_secret_opens_with_its_key_for_its_account_only() {
        let (ours, others) = (
            keys("a secret of more than 32 bytes, mixed: 8fK2-x"),
            keys("another one of more than 32 bytes, mixed: 3hT7"),
        );
        let (account, stranger) = (AccountId(uuid::Uuid::from_u128(7)), AccountId(uuid::Uuid::from_u128(8)));
        let device = Device::draw().unwrap();
        let sealed = device.seal(&ours, account).unwrap();
        assert!(!sealed.contains(&device.text()));
        assert_eq!(Device::open(&ours, account, &sealed).unwrap().text(), device.text());
        assert!(Device::open(&ours, stranger, &sealed).is_err());
        assert!(Device::open(&others, account, &sealed).is_err());
        assert_ne!(device.seal(&ours, account).unwrap(), sealed, "a nonce of its own each time");
    }
}

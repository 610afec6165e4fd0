//! Sealing: text that is kept so that only the holder of a data key can read it, and only in the place
//! that it was sealed for (个人信息保护法 51; GB/T 39786 8.4 e).
//!
//! Sealed text names its algorithm and its key, `a256gcm:<key id>:<base64url of nonce, text and tag>`, so
//! that keys can be replaced one by one and SM4 can stand beside AES.

use std::collections::BTreeSet;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::{hkdf, hmac};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};

use crate::fault::{Refusal, Result};

/// The key that is derived from the master secret: the only one where none is listed, and the last one
/// otherwise, so that what it sealed can still be read.
pub const DERIVED: &str = "secret";

const A256GCM: &str = "a256gcm";
const NONCE_LEN: usize = 12;

/// Sealed text as it is stored. It is opened explicitly and shown by nothing.
#[derive(Clone, PartialEq, Eq, sea_orm::DeriveValueType)]
pub struct Sealed(String);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(***)")
    }
}

/// Why a list of data keys is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    #[error("a data key is written id=base64 of 32 bytes")]
    Form,
    #[error("the id of a data key has 1 to 32 small letters, digits and hyphens, and is not \"{DERIVED}\": {0:?}")]
    Id(String),
    #[error("the data key {0} has not 32 bytes in base64")]
    Length(String),
    #[error("the data key {0} is listed twice")]
    Twice(String),
}

/// The data keys of an instance, the current one first. Never printed. Cheap to clone.
#[derive(Clone)]
pub struct DataKeys(Arc<[DataKey]>);

struct DataKey {
    id: String,
    key: RandomizedNonceKey,
    fingerprint: String,
}

impl std::fmt::Debug for DataKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
}

impl DataKey {
    fn new(id: &str, bytes: &[u8]) -> Option<Self> {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, bytes), b"gongjian/v1 data key");
        let fingerprint = HEXLOWER.encode(tag.as_ref().get(..8)?);
        Some(Self { id: id.to_owned(), key: RandomizedNonceKey::new(&AES_256_GCM, bytes).ok()?, fingerprint })
    }

    fn listed(entry: &str) -> std::result::Result<Self, KeyFault> {
        let (id, key) = entry.split_once('=').ok_or(KeyFault::Form)?;
        let id = id.trim();
        let plain = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !plain || id.is_empty() || id.len() > 32 || id == DERIVED {
            return Err(KeyFault::Id(id.to_owned()));
        }
        let wrong = || KeyFault::Length(id.to_owned());
        let bytes = BASE64.decode(key.trim().as_bytes()).map_err(|_| wrong())?;
        Some(bytes).filter(|bytes| bytes.len() == 32).and_then(|bytes| Self::new(id, &bytes)).ok_or_else(wrong)
    }
}

impl DataKeys {
    /// The keys of a list, `id=base64` between commas or on lines of their own, and after them the one
    /// that is derived from the master secret.
    pub(crate) fn new(list: &str, derived: &[u8; 32]) -> std::result::Result<Self, KeyFault> {
        let entries = list.split([',', '\n']).map(str::trim).filter(|entry| !entry.is_empty());
        let mut keys = entries.map(DataKey::listed).collect::<std::result::Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        if let Some(twice) = keys.iter().find(|key| !seen.insert(&key.id)) {
            return Err(KeyFault::Twice(twice.id.clone()));
        }
        keys.push(DataKey::new(DERIVED, derived).ok_or_else(|| KeyFault::Length(DERIVED.to_owned()))?);
        Ok(Self(keys.into()))
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|key| key.id.as_str())
    }

    /// The key that seals from now on.
    #[must_use]
    pub fn current(&self) -> &str {
        self.ids().next().unwrap_or(DERIVED)
    }

    /// Tells a key from another one of the same name, without telling the key.
    #[must_use]
    pub fn fingerprint(&self, id: &str) -> Option<&str> {
        self.key(id).map(|key| key.fingerprint.as_str())
    }

    fn key(&self, id: &str) -> Option<&DataKey> {
        self.0.iter().find(|key| key.id == id)
    }

    /// Seals text with the current key for one place: a column and the id of its row.
    pub fn seal(&self, place: &str, text: &str) -> Result<Sealed> {
        let failed = || Refusal::internal("text cannot be sealed");
        let DataKey { id, key, .. } = self.0.first().ok_or_else(failed)?;
        let mut sealed = text.as_bytes().to_vec();
        let nonce = key.seal_in_place_append_tag(Aad::from(place), &mut sealed).map_err(|_| failed())?;
        let whole = [nonce.as_ref().as_slice(), &sealed].concat();
        Ok(Sealed(format!("{A256GCM}:{id}:{}", BASE64URL_NOPAD.encode(&whole))))
    }

    /// The text, if it was sealed for this place with a key that is at hand.
    pub fn open(&self, place: &str, sealed: &Sealed) -> Result<String> {
        self.read(place, sealed).ok_or_else(|| Refusal::internal(format!("sealed text does not open ({place})")))
    }

    fn read(&self, place: &str, sealed: &Sealed) -> Option<String> {
        let (algorithm, rest) = sealed.0.split_once(':')?;
        let (id, whole) = rest.split_once(':')?;
        let key = Some(self.key(id)?).filter(|_| algorithm == A256GCM)?;
        let mut whole = BASE64URL_NOPAD.decode(whole.as_bytes()).ok()?;
        let (nonce, text) = whole.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let text = key.key.open_in_place(nonce, Aad::from(place), text).ok()?;
        String::from_utf8(text.to_vec()).ok()
    }
}

/// The key that the master secret makes.
pub(crate) fn derive(secret: &[u8], purpose: &str) -> Option<[u8; 32]> {
    let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"gongjian/v1");
    let mut out = [0u8; 32];
    let okm = salt.extract(secret);
    okm.expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256).and_then(|okm| okm.fill(&mut out)).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const K1: &str = "k1=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    const K2: &str = "k2=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    fn keys(list: &str) -> DataKeys {
        DataKeys::new(list, &[7; 32]).unwrap()
    }

    #[test]
    fn sealed_text_opens_in_its_place_alone() {
        let keys = keys(K1);
        let sealed = keys.seal("person.phone 1", "+8613800000001").unwrap();
        assert!(sealed.0.starts_with("a256gcm:k1:") && !format!("{sealed:?}").contains("k1"));
        assert_ne!(sealed, keys.seal("person.phone 1", "+8613800000001").unwrap(), "no two are alike");
        assert_eq!(keys.open("person.phone 1", &sealed).unwrap(), "+8613800000001");
        assert!(keys.open("person.phone 2", &sealed).is_err());
        for broken in [sealed.0.replace("a256gcm", "sm4gcm"), sealed.0.replace(":k1:", ":k9:"), "a256gcm:k1:AA".into()]
        {
            assert!(keys.open("person.phone 1", &Sealed(broken)).is_err());
        }
    }

    #[test]
    fn the_first_key_seals_and_all_of_them_open() {
        let before = keys("").seal("p", "x").unwrap();
        let old = keys(K1).seal("p", "x").unwrap();
        let both = keys(&format!("{K2}\n{K1}\n"));
        assert_eq!(both.current(), "k2");
        assert_eq!((both.open("p", &before).unwrap(), both.open("p", &old).unwrap()), ("x".into(), "x".into()));
        assert!(keys(K2).open("p", &old).is_err());
        assert_ne!(keys(K1).fingerprint("k1"), keys(&K2.replace("k2", "k1")).fingerprint("k1"));
    }

    #[test]
    fn a_bad_list_is_refused() {
        for (list, fault) in [
            ("k1", KeyFault::Form),
            ("K 1=AA", KeyFault::Id("K 1".into())),
            (&K1.replace("k1", DERIVED), KeyFault::Id(DERIVED.into())),
            ("k1=AAAA", KeyFault::Length("k1".into())),
            (&format!("{K1},{K1}"), KeyFault::Twice("k1".into())),
        ] {
            assert_eq!(DataKeys::new(list, &[7; 32]).err(), Some(fault), "{list}");
        }
    }
}

//! Everything secret comes from one master secret of at least 32 bytes, by HKDF: the key that signs
//! access tokens, the one that signs cursors, the one that seals the audit chain, the one that seals
//! personal data where no other is listed. Instances that share the secret agree on all of them.

use aws_lc_rs::hmac;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

use crate::seal::{DataKeys, KeyFault, derive};

/// Keys derived from the master secret. Never printed.
#[derive(Clone)]
pub struct Keys {
    pub token_seed: [u8; 32],
    pub refresh: hmac::Key,
    pub cursor: hmac::Key,
    pub audit: hmac::Key,
    /// Seal personal data.
    pub data: DataKeys,
    derived_data_key: [u8; 32],
    /// Seals the secrets of second factors.
    pub totp: [u8; 32],
    /// Makes the codes that people check in with.
    pub check_in: hmac::Key,
    /// Tells whether two instances hold the same secret, without telling the secret.
    pub fingerprint: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(***)")
    }
}

/// Why a master secret is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakSecret {
    #[error("the secret has {0} bytes; at least 32 are needed")]
    Short(usize),
    #[error("the secret is a well-known or repetitive one")]
    WellKnown,
    #[error("the key derivation failed")]
    Derivation,
}

impl Keys {
    pub fn from_secret(secret: &[u8]) -> Result<Self, WeakSecret> {
        if secret.len() < 32 {
            return Err(WeakSecret::Short(secret.len()));
        }
        let mut distinct = secret.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let lower = String::from_utf8_lossy(secret).to_lowercase();
        let known = [
            "changeme",
            "change-me",
            "change_me",
            "secret-secret",
            "example",
            "password",
            "0123456789abcdef0123456789abcdef",
        ];
        if distinct.len() < 12 || known.iter().any(|word| lower.contains(word)) {
            return Err(WeakSecret::WellKnown);
        }
        let derive = |purpose| derive(secret, purpose).ok_or(WeakSecret::Derivation);
        let derived_data_key = derive("data")?;
        Ok(Self {
            token_seed: derive("access-token")?,
            refresh: hmac::Key::new(hmac::HMAC_SHA256, &derive("refresh-token")?),
            cursor: hmac::Key::new(hmac::HMAC_SHA256, &derive("cursor")?),
            audit: hmac::Key::new(hmac::HMAC_SHA256, &derive("audit-seal")?),
            data: DataKeys::new("", &derived_data_key).map_err(|_| WeakSecret::Derivation)?,
            derived_data_key,
            totp: derive("totp")?,
            check_in: hmac::Key::new(hmac::HMAC_SHA256, &derive("check-in")?),
            fingerprint: HEXLOWER.encode(&derive("fingerprint")?[..8]),
        })
    }

    /// The same, with data keys of their own list before the derived one.
    pub fn with_data_keys(self, list: &str) -> Result<Self, KeyFault> {
        let data = DataKeys::new(list, &self.derived_data_key)?;
        Ok(Self { data, ..self })
    }
}

/// `sha256:` and the digest in hex; the name of the algorithm leaves room for SM3.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> String {
    let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    for part in parts {
        context.update(part);
    }
    format!("sha256:{}", HEXLOWER.encode(context.finish().as_ref()))
}

#[must_use]
pub fn mac(key: &hmac::Key, message: &[u8]) -> String {
    BASE64URL_NOPAD.encode(hmac::sign(key, message).as_ref())
}

#[must_use]
pub fn mac_holds(key: &hmac::Key, message: &[u8], tag: &str) -> bool {
    BASE64URL_NOPAD.decode(tag.as_bytes()).is_ok_and(|tag| hmac::verify(key, message, &tag).is_ok())
}

/// Six digits that follow from the message, as RFC 4226 cuts them out of a MAC.
#[must_use]
pub fn short_code(key: &hmac::Key, message: &[u8]) -> String {
    let tag = hmac::sign(key, message);
    let tag = tag.as_ref();
    let at = tag.last().map_or(0, |last| usize::from(last & 0x0f));
    let number = tag[at..].iter().take(4).fold(0u32, |number, byte| number << 8 | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// Whether it is that code, told in a time that does not depend on how much of it is right.
#[must_use]
pub fn short_code_holds(key: &hmac::Key, message: &[u8], typed: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(short_code(key, message).as_bytes(), typed.as_bytes()).is_ok()
}

/// Random bytes in base64url.
pub fn random_token<const N: usize>() -> Result<String, aws_lc_rs::error::Unspecified> {
    let mut bytes = [0u8; N];
    aws_lc_rs::rand::fill(&mut bytes)?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_secrets_are_refused() {
        assert_eq!(Keys::from_secret(b"short").err(), Some(WeakSecret::Short(5)));
        assert_eq!(Keys::from_secret(&[7; 64]).err(), Some(WeakSecret::WellKnown));
        assert_eq!(Keys::from_secret(b"please-changeme-please-changeme-please").err(), Some(WeakSecret::WellKnown));
        assert!(Keys::from_secret(random_token::<32>().unwrap().as_bytes()).is_ok());
    }
}

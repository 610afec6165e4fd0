//! The text of a refresh token: the id of its row and a MAC over it. The database holds a hash only, and
//! yet the successor's text can be said again to a caller that lost the answer.

use aws_lc_rs::hmac;
use data_encoding::BASE64URL_NOPAD;
use gongjian_kernel::keys::sha256;
use uuid::Uuid;

use crate::session::RefreshTokenId;

const PREFIX: &str = "gjr_";
const ID_BYTES: usize = 16;

pub(crate) fn text(key: &hmac::Key, id: RefreshTokenId) -> String {
    let tag = hmac::sign(key, id.0.as_bytes());
    format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&[id.0.as_bytes(), tag.as_ref()].concat()))
}

/// The id in a text that we issued. A forged one is refused before the database is asked.
pub(crate) fn read(key: &hmac::Key, text: &str) -> Option<RefreshTokenId> {
    let raw = BASE64URL_NOPAD.decode(text.strip_prefix(PREFIX)?.as_bytes()).ok()?;
    let (id, tag) = raw.split_at_checked(ID_BYTES)?;
    hmac::verify(key, id, tag).ok()?;
    Uuid::from_slice(id).ok().map(RefreshTokenId)
}

pub(crate) fn hash(text: &str) -> String {
    sha256(&[text.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_text_is_read_back() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]);
        let other = hmac::Key::new(hmac::HMAC_SHA256, &[8; 32]);
        let id = RefreshTokenId(Uuid::from_u128(7));
        let token = text(&key, id);
        assert_eq!(token.len(), PREFIX.len() + 64);
        assert_eq!(read(&key, &token), Some(id));
        assert_eq!(read(&other, &token), None);
        for forged in ["", "gjr_", "gjr_AAAA", &token[4..], &token[..token.len() - 1], &format!("{token}A")] {
            assert_eq!(read(&key, forged), None, "{forged}");
        }
    }
}

//! Codes that are good once: drawn here, shown once, kept as a hash. 160 random bits in base32, in groups
//! that can be read out and typed.

use data_encoding::BASE32_NOPAD;
use gongjian_kernel::keys::sha256;
use gongjian_kernel::{Refusal, Result};

/// A code that was drawn: its text is for one pair of eyes, once.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode(String);

impl std::fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneTimeCode(***)")
    }
}

const GROUP: usize = 4;

impl OneTimeCode {
    /// For invitations and resets.
    pub(crate) fn draw() -> Result<Self> {
        Self::of::<20>()
    }

    /// 80 bits: for recovery codes, which are tried under the limits of the sign-in.
    pub(crate) fn draw_short() -> Result<Self> {
        Self::of::<10>()
    }

    fn of<const BYTES: usize>() -> Result<Self> {
        let mut bytes = [0u8; BYTES];
        aws_lc_rs::rand::fill(&mut bytes).map_err(Refusal::internal)?;
        let text = BASE32_NOPAD.encode(&bytes);
        let groups: Vec<_> = text.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect();
        Ok(Self(groups.join("-")))
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// The hash of a code however it was typed: case, spaces and hyphens make no difference.
pub(crate) fn hash(typed: &str) -> String {
    let plain: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    sha256(&[b"code:", plain.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = OneTimeCode::draw().unwrap();
        assert_eq!(code.text().len(), 39);
        assert_eq!(hash(&code.text().to_lowercase().replace('-', " ")), code.hash());
        assert_ne!(OneTimeCode::draw().unwrap(), code);
        assert_eq!(format!("{code:?}"), "OneTimeCode(***)");
        assert_eq!(OneTimeCode::draw_short().unwrap().text().len(), 19);
    }
}

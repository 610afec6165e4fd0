//! 统一社会信用代码 (GB 32100-2015): one character for the register, one for the kind of body, six digits
//! for the region of the register, nine for the body (GB 11714), one to check the others.

use std::fmt;
use std::str::FromStr;

use gongjian_kernel::Say;
use unicode_normalization::UnicodeNormalization;

/// A code that has its form and checks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, sea_orm::DeriveValueType)]
#[serde(transparent)]
#[sea_orm(value_type = "String")]
pub struct CreditCode(String);

/// What is wrong with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeFault {
    #[error("the code does not have 18 characters")]
    Length,
    #[error("the code holds a character that GB 32100 does not use")]
    Character,
    #[error("characters 3 to 8 are not a region of six digits")]
    Region,
    #[error("the check digit does not match")]
    CheckDigit,
}

impl CreditCodeFault {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Length => "credit_code_length",
            Self::Character => "credit_code_character",
            Self::Region => "credit_code_region",
            Self::CheckDigit => "credit_code_check_digit",
        }
    }

    #[must_use]
    pub fn detail(self) -> Say {
        match self {
            Self::Length => {
                Say::fixed("统一社会信用代码应为 18 位。", "A unified social credit code has 18 characters.")
            }
            Self::Character => Say::fixed(
                "统一社会信用代码只使用数字和大写字母，不使用 I、O、S、V、Z。",
                "A unified social credit code uses digits and capital letters other than I, O, S, V and Z.",
            ),
            Self::Region => Say::fixed(
                "统一社会信用代码第 3 至 8 位应为登记管理机关行政区划码（数字）。",
                "Characters 3 to 8 of the code are the region of the register, in digits.",
            ),
            Self::CheckDigit => Say::fixed(
                "统一社会信用代码校验位不符，请与登记证书核对。",
                "The check digit of the code does not match; compare it with the certificate.",
            ),
        }
    }
}

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^i mod 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// The region of the register, and the organisation code: places in the 18 characters.
const REGION: std::ops::Range<usize> = 2..8;
const INNER: std::ops::Range<usize> = 8..17;

impl CreditCode {
    /// Reads a code as people write it: full-width, in small letters, with spaces.
    pub fn parse(raw: &str) -> Result<Self, CreditCodeFault> {
        let code: String = raw.nfkc().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        if code.chars().count() != 18 {
            return Err(CreditCodeFault::Length);
        }
        let values: Vec<usize> = code.bytes().filter_map(value).collect();
        // A character outside the alphabet has no value, nor has any byte of a wider one.
        let [body @ .., check] = values.as_slice() else { return Err(CreditCodeFault::Character) };
        if body.len() != WEIGHTS.len() {
            return Err(CreditCodeFault::Character);
        }
        if body[REGION].iter().any(|value| *value > 9) {
            return Err(CreditCodeFault::Region);
        }
        let sum: usize = body.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        // The outer remainder turns 31 into 0: the case that many programs get wrong.
        if *check == (31 - sum % 31) % 31 { Ok(Self(code)) } else { Err(CreditCodeFault::CheckDigit) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the organisation code inside checks by GB 11714. Codes in use exist that do not, so this
    /// is worth a warning and no refusal.
    #[must_use]
    pub fn inner_code_holds(&self) -> bool {
        const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
        let inner = &self.0[INNER];
        let sum: u32 = inner.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight).sum();
        let check = match 11 - sum % 11 {
            10 => 'X',
            11 => '0',
            digit => char::from_digit(digit, 10).unwrap_or('0'),
        };
        inner.ends_with(check)
    }
}

fn value(byte: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == byte)
}

impl FromStr for CreditCode {
    type Err = CreditCodeFault;

    fn from_str(raw: &str) -> Result<Self, CreditCodeFault> {
        Self::parse(raw)
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Vectors {
        valid: Vec<Vector>,
        invalid: Vec<Vector>,
    }

    #[derive(serde::Deserialize)]
    struct Vector {
        code: String,
        why: String,
    }

    #[test]
    fn the_vectors_pass_and_fail_as_published() {
        let vectors: Vectors = serde_json::from_str(include_str!("../data/uscc_vectors.json")).unwrap();
        assert!(vectors.valid.len() == 6 && vectors.invalid.len() == 5);
        for Vector { code, why } in vectors.valid {
            assert_eq!(CreditCode::parse(&code).map(|c| c.0), Ok(code), "{why}");
        }
        for Vector { code, why } in vectors.invalid {
            assert!(CreditCode::parse(&code).is_err(), "{why}");
        }
    }

    #[test]
    fn a_fault_says_what_is_wrong() {
        for (code, fault) in [
            ("91350100M000100Y", CreditCodeFault::Length),
            ("", CreditCodeFault::Length),
            ("91350100M000100YIO", CreditCodeFault::Character),
            ("9135010OM000100Y43", CreditCodeFault::Character),
            ("企业350100M000100Y43", CreditCodeFault::Character),
            ("9135010AM000100Y43", CreditCodeFault::Region),
            ("91350100M000100Y4A", CreditCodeFault::CheckDigit),
            ("91110000600037342L", CreditCodeFault::CheckDigit),
        ] {
            assert_eq!(CreditCode::parse(code), Err(fault), "{code}");
        }
    }

    #[test]
    fn the_way_of_writing_does_not_matter() {
        let written = CreditCode::parse(" ９１３５０１００ m000100y43　").unwrap();
        assert_eq!(written.as_str(), "91350100M000100Y43");
    }

    #[test]
    fn the_organisation_code_inside_is_checked_apart() {
        for code in ["91350100M000100Y43", "91110000600037341L"] {
            assert!(CreditCode::parse(code).unwrap().inner_code_holds(), "{code}");
        }
        // Two places altered so that only the outer check still holds.
        let outer_only = (0..31)
            .map(|at| format!("91350100M000100Y5{}", char::from(ALPHABET[at])))
            .find_map(|code| CreditCode::parse(&code).ok())
            .unwrap();
        assert!(!outer_only.inner_code_holds());
    }
}

//! Telephone numbers of mainland China (domain.md §6.4), and what others see of a number or an address.

use std::sync::LazyLock;

use gongjian_kernel::Say;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// A number that can be called: a mobile in E.164, or a landline as it is dialled in the country.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Phone").field(&self.masked()).finish()
    }
}

/// The text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhoneFault;

impl PhoneFault {
    pub const CODE: &'static str = "phone_number";

    #[must_use]
    pub fn detail() -> Say {
        Say::fixed(
            "应为 11 位手机号码，或带区号的固定电话号码（如 010-12345678）。",
            "Give a mobile number of 11 digits, or a landline with its area code (010-12345678).",
        )
    }
}

impl Phone {
    pub fn parse(raw: &str) -> Result<Self, PhoneFault> {
        static MOBILE: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^(?:\+?86|0086)?(1[3-9][0-9]{9})$").ok());
        static LANDLINE: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?$").ok());
        let dense: String = raw.nfkc().filter(|c| !c.is_whitespace()).collect();
        let digits = dense.replace('-', "");
        if let Some(mobile) = MOBILE.as_ref().and_then(|mobile| mobile.captures(&digits)) {
            return Ok(Self(format!("+86{}", &mobile[1])));
        }
        if LANDLINE.as_ref().is_some_and(|landline| landline.is_match(&dense)) {
            return Ok(Self(dense));
        }
        Err(PhoneFault)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As others see it: `138****0001`.
    #[must_use]
    pub fn masked(&self) -> String {
        masked_phone(&self.0)
    }
}

/// The number as others see it: `138****0001` (个人信息保护法 6: no more than the purpose needs).
#[must_use]
pub fn masked_phone(number: &str) -> String {
    let national: Vec<char> = number.strip_prefix("+86").unwrap_or(number).chars().collect();
    match (national.first_chunk::<3>(), national.last_chunk::<4>()) {
        (Some(head), Some(tail)) if national.len() > 7 => head.iter().chain(&['*'; 4]).chain(tail).collect(),
        _ => "****".to_owned(),
    }
}

/// The address as others see it: `l****n@example.org`.
#[must_use]
pub fn masked_email(address: &str) -> String {
    let Some((mailbox, domain)) = address.rsplit_once('@') else { return "****".to_owned() };
    let mut letters = mailbox.chars();
    match (letters.next(), letters.next_back()) {
        (Some(first), Some(last)) => format!("{first}****{last}@{domain}"),
        _ => format!("****@{domain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobiles_become_e164_and_landlines_stay() {
        for written in ["13800000001", "+86 138 0000 0001", "0086-138-0000-0001", "１３８００００ ０００１"]
        {
            assert_eq!(Phone::parse(written).unwrap().as_str(), "+8613800000001", "{written}");
        }
        for landline in ["010-12345678", "0991-1234567", "02112345678", "0991-1234567-801"] {
            assert_eq!(Phone::parse(landline).unwrap().as_str(), landline);
        }
    }

    #[test]
    fn what_nobody_can_call_is_refused() {
        // The last but two is the 13-digit form of machines.
        for bad in ["", "12800000001", "1380000000", "138000000012", "1064012345678", "12345678", "+1 202 555 0100"] {
            assert_eq!(Phone::parse(bad), Err(PhoneFault), "{bad}");
        }
    }

    #[test]
    fn a_masked_address_shows_where_it_is_but_not_whose() {
        assert_eq!(masked_email("limin@example.org"), "l****n@example.org");
        assert_eq!(masked_email("l@example.org"), "****@example.org");
        assert_eq!(masked_email("nobody"), "****");
        assert!(!format!("{:?}", Phone::parse("13800000001").unwrap()).contains("000000"));
    }

    #[test]
    fn a_masked_number_shows_its_ends_only() {
        assert_eq!(masked_phone("+8613800000001"), "138****0001");
        assert_eq!(masked_phone("13800000001"), "138****0001");
        assert_eq!(masked_phone("010-12345678"), "010****5678");
        assert_eq!(masked_phone("1234567"), "****");
    }
}

//! Money (Article 26): Chinese yuan with two decimals. Kept in fen (分) and counted in whole numbers; on the wire a
//! string, so that no client makes a fraction of two out of it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount in yuan, exact to the fen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// As it is written: no sign, no leading zeros, two decimals.
pub const PATTERN: &str = r"^(0|[1-9][0-9]{0,9})\.[0-9]{2}$";

impl Money {
    #[must_use]
    pub const fn of_fen(fen: i64) -> Self {
        Self(fen)
    }

    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The amount that is written so, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (yuan, fen) = text.split_once('.')?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_written_so = digits(yuan) && digits(fen) && fen.len() == 2 && (1..=10).contains(&yuan.len());
        if !is_written_so || (yuan.len() > 1 && yuan.starts_with('0')) {
            return None;
        }
        Some(Self(yuan.parse::<i64>().ok()? * 100 + fen.parse::<i64>().ok()?))
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.fold(0, |sum, amount| sum.saturating_add(amount.0)))
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an amount in yuan with two decimals"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_comes_back_to_the_fen() {
        for text in ["0.00", "0.01", "10.10", "120000.00", "9999999999.99"] {
            assert_eq!(Money::parse(text).map(|amount| amount.to_string()).as_deref(), Some(text));
        }
        for text in
            ["", ".", "1", "1.", ".50", "1.5", "1.505", "01.00", "-1.00", "+1.00", "1,000.00", "1e3.00", "１.00"]
        {
            assert_eq!(Money::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_tenth_and_two_tenths_are_three_tenths() {
        let parts = ["0.10", "0.20"].iter().filter_map(|text| Money::parse(text));
        assert_eq!(parts.sum::<Money>(), Money::of_fen(30));
    }
}

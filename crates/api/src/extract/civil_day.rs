//! Civil days on the wire: `YYYY-MM-DD`, of years that the association can speak of. chrono reads more
//! (`-9999-01-01`), and what the databases keep differs.

use std::ops::RangeInclusive;

use chrono::{Datelike as _, NaiveDate};
use gongjian_kernel::Say;

const YEARS: RangeInclusive<i32> = 1900..=2200;

pub(super) const DETAIL: Say =
    Say::fixed("应为 1900 至 2200 年间的日期，格式为 YYYY-MM-DD。", "A day of the years 1900 to 2200, as YYYY-MM-DD.");

/// The format `date` of every schema.
pub(super) fn is_civil_day(text: &str) -> bool {
    let digits_and_dashes =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10
        && text.bytes().enumerate().all(digits_and_dashes)
        && text.parse::<NaiveDate>().is_ok_and(|day| YEARS.contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_days_of_our_time_are_read() {
        for day in ["1900-01-01", "2026-02-28", "2200-12-31"] {
            assert!(is_civil_day(day), "{day}");
        }
        for day in [
            "-9999-01-01",
            "0000-01-01",
            "1899-12-31",
            "2201-01-01",
            "+12026-01-01",
            "2026-2-3",
            "2026-02-30",
            "20260203",
            "",
        ] {
            assert!(!is_civil_day(day), "{day}");
        }
    }
}

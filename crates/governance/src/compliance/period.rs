//! The periods that obligations come round in. Days are civil days in Shanghai, both ends included.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::Cadence;

/// From one day to another, by a name that stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// `2026`, `2026-H1`, `2026-Q3`, `2026-M01-02`, or the day of what happened: `2026-11-20`.
    pub key: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// From what happened to when something is due for it.
    pub(crate) fn of_event(on: NaiveDate, due_on: NaiveDate) -> Self {
        Self { key: on.to_string(), from: on, to: due_on }
    }
}

/// The year that the name of a period begins with.
pub(crate) fn year_of(key: &str) -> Option<i32> {
    key.get(..4)?.parse().ok()
}

fn first_of(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)
}

/// The last day of so many months from that day on.
fn last_of(from: NaiveDate, months: u32) -> Option<NaiveDate> {
    from.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))
}

/// The periods of a year; none for what happens when it happens.
pub(crate) fn periods(cadence: Cadence, year: i32, interval_months: u32) -> Vec<Period> {
    let months = match cadence {
        Cadence::Yearly => 12,
        Cadence::HalfYearly => 6,
        Cadence::Regularly => interval_months.clamp(1, 12),
        Cadence::EachTime => return Vec::new(),
    };
    let all = (1..=12).step_by(months as usize).filter_map(|month| {
        let from = first_of(year, month)?;
        let to = last_of(from, months.min(13 - month))?;
        Some(Period { key: name(cadence, from, to, months), from, to })
    });
    all.collect()
}

fn name(cadence: Cadence, from: NaiveDate, to: NaiveDate, months: u32) -> String {
    let (year, number) = (from.year(), (from.month() - 1) / months + 1);
    match (cadence, months) {
        (Cadence::Yearly | Cadence::EachTime, _) => year.to_string(),
        (Cadence::HalfYearly, _) => format!("{year}-H{number}"),
        (Cadence::Regularly, 3) => format!("{year}-Q{number}"),
        (Cadence::Regularly, _) => format!("{year}-M{:02}-{:02}", from.month(), to.month()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cadence: Cadence, interval: u32) -> Vec<String> {
        periods(cadence, 2028, interval).iter().map(|it| format!("{} {}..{}", it.key, it.from, it.to)).collect()
    }

    #[test]
    fn a_year_is_cut_into_its_periods_without_a_gap() {
        assert_eq!(told(Cadence::Yearly, 3), ["2028 2028-01-01..2028-12-31"]);
        let halves = ["2028-H1 2028-01-01..2028-06-30", "2028-H2 2028-07-01..2028-12-31"];
        assert_eq!(told(Cadence::HalfYearly, 3), halves);
        let quarters = told(Cadence::Regularly, 3);
        assert_eq!((quarters.len(), quarters[0].as_str()), (4, "2028-Q1 2028-01-01..2028-03-31"));
        for months in 1..=12 {
            let all = periods(Cadence::Regularly, 2028, months);
            assert_eq!(all[0].from.to_string(), "2028-01-01");
            assert_eq!(all[all.len() - 1].to.to_string(), "2028-12-31", "{months}");
            assert!(all.windows(2).all(|two| two[0].to.succ_opt() == Some(two[1].from)), "{months}");
        }
        assert_eq!(told(Cadence::Regularly, 5)[2], "2028-M11-12 2028-11-01..2028-12-31");
        assert!(told(Cadence::EachTime, 3).is_empty());
        assert_eq!((year_of("2028-Q1"), year_of("20x8"), year_of("二〇二八")), (Some(2028), None, None));
    }
}

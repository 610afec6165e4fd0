//! Time, injected. Instants are UTC with milliseconds; civil days are days in Asia/Shanghai, which
//! has been UTC+8 without daylight saving since 1991.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SubsecRound, Utc};

pub trait Clock: Send + Sync + std::fmt::Debug {
    fn now(&self) -> DateTime<Utc>;
}

#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the system's clock is read")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(3)
    }
}

/// A clock that stands still until it is set: for tests, and for replaying the demo's year.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(AtomicI64::new(now.timestamp_millis()))
    }

    pub fn set(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp_millis(), Ordering::SeqCst);
    }

    pub fn advance(&self, by: chrono::Duration) {
        self.0.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// The system's clock, moved so that it started at a chosen instant.
#[derive(Debug, Clone, Copy)]
pub struct ShiftedClock(chrono::Duration);

impl ShiftedClock {
    #[must_use]
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        Self(start - SystemClock.now())
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.0
    }
}

const EAST_8: i32 = 8 * 3600;

#[must_use]
pub fn shanghai(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(EAST_8) {
        Some(zone) => at.with_timezone(&zone),
        None => at.fixed_offset(),
    }
}

/// The civil day in Asia/Shanghai.
#[must_use]
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    shanghai(at).date_naive()
}

/// The instant of a civil day and time in Asia/Shanghai.
#[must_use]
pub fn instant(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    (day.and_time(time) - chrono::Duration::seconds(EAST_8.into())).and_utc()
}

#[must_use]
pub fn start_of(day: NaiveDate) -> DateTime<Utc> {
    instant(day, NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_civil_day_changes_at_midnight_in_shanghai() {
        let before: DateTime<Utc> = "2026-12-31T15:59:59.999Z".parse().unwrap();
        let after: DateTime<Utc> = "2026-12-31T16:00:00Z".parse().unwrap();
        assert_eq!(day(before).to_string(), "2026-12-31");
        assert_eq!(day(after).to_string(), "2027-01-01");
        assert_eq!(start_of(day(after)), after);
    }
}

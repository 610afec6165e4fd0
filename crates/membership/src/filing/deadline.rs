//! How long there is to file (Article 25 「及时」, domain.md A9), in working days.

use chrono::NaiveDate;
use gongjian_kernel::calendar::Calendar;

use super::FilingPolicy;

/// The limit that an event sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub remind_on: NaiveDate,
    pub due_on: NaiveDate,
    /// The count ran through a year whose calendar is not published.
    pub estimated: bool,
}

impl Deadline {
    #[must_use]
    pub fn of(calendar: &Calendar, policy: &FilingPolicy, event_on: NaiveDate) -> Self {
        let due = calendar.add(event_on, policy.filing_workdays);
        let remind_on = calendar.add(event_on, policy.reminder_workdays).on;
        Self { remind_on, due_on: due.on, estimated: due.estimated }
    }

    /// Working days from the deadline to this day; none while it has not passed.
    #[must_use]
    pub fn late_workdays(&self, calendar: &Calendar, day: NaiveDate) -> i32 {
        if day <= self.due_on { 0 } else { i32::try_from(calendar.between(self.due_on, day)).unwrap_or(i32::MAX) }
    }
}

//! Lights: a pure function of status, deadline and day (domain.md §3.3).

use chrono::{Days, NaiveDate};
use gongjian_kernel::calendar::Calendar;

use super::Issue;
use crate::policy::LedgerPolicy;
use crate::vocabulary::{IssueStatus, Light};

/// The days that divide the lights, the same for all issues on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LightDays {
    pub today: NaiveDate,
    /// A deadline up to this day is near.
    pub near_until: NaiveDate,
}

impl LightDays {
    #[must_use]
    pub fn on(today: NaiveDate, calendar: &Calendar, policy: &LedgerPolicy) -> Self {
        let beyond = calendar.add(today, policy.yellow_workdays + 1).on;
        Self { today, near_until: beyond.checked_sub_days(Days::new(1)).unwrap_or(beyond) }
    }
}

/// What a light depends on.
#[derive(Debug, Clone, Copy)]
pub struct LightFacts {
    pub status: IssueStatus,
    pub due_on: Option<NaiveDate>,
    pub sign_due_on: Option<NaiveDate>,
    pub replied_on: Option<NaiveDate>,
}

impl LightFacts {
    #[must_use]
    pub fn of(issue: &Issue) -> Self {
        Self {
            status: issue.status,
            due_on: issue.due_on,
            sign_due_on: issue.sign_due_on,
            replied_on: issue.replied_on,
        }
    }
}

#[must_use]
pub fn light(facts: LightFacts, days: LightDays) -> Option<Light> {
    let due_on = facts.due_on;
    match facts.status {
        IssueStatus::Draft
        | IssueStatus::BranchReview
        | IssueStatus::BranchSettled
        | IssueStatus::Submitted
        | IssueStatus::Rejected
        | IssueStatus::Merged
        | IssueStatus::Withdrawn => None,
        IssueStatus::Closed => Some(Light::Grey),
        IssueStatus::Suspended => Some(Light::White),
        IssueStatus::AwaitingConfirmation | IssueStatus::Disputed | IssueStatus::Confirmed => {
            Some(if facts.replied_on <= due_on { Light::Green } else { Light::Red })
        }
        IssueStatus::Registered
        | IssueStatus::Dispatched
        | IssueStatus::Returned
        | IssueStatus::Signed
        | IssueStatus::InProgress
        | IssueStatus::JointMeeting => {
            let due_on = due_on?;
            let unsigned = facts.status == IssueStatus::Dispatched && facts.sign_due_on < Some(days.today);
            Some(match () {
                () if due_on < days.today => Light::Red,
                () if due_on <= days.near_until || unsigned => Light::Yellow,
                () => Light::Green,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(status: IssueStatus, due_on: &str) -> Option<Light> {
        let days = LightDays { today: "2026-11-20".parse().unwrap(), near_until: "2026-11-24".parse().unwrap() };
        let facts = LightFacts {
            status,
            due_on: due_on.parse().ok(),
            sign_due_on: "2026-11-20".parse().ok(),
            replied_on: "2026-11-02".parse().ok(),
        };
        light(facts, days)
    }

    #[test]
    fn the_lights_of_the_twentieth_of_november() {
        assert_eq!(at(IssueStatus::InProgress, "2026-11-19"), Some(Light::Red));
        assert_eq!(at(IssueStatus::InProgress, "2026-11-20"), Some(Light::Yellow));
        assert_eq!(at(IssueStatus::JointMeeting, "2026-11-24"), Some(Light::Yellow));
        assert_eq!(at(IssueStatus::InProgress, "2026-11-25"), Some(Light::Green));
        assert_eq!(at(IssueStatus::AwaitingConfirmation, "2026-11-04"), Some(Light::Green));
        assert_eq!(at(IssueStatus::AwaitingConfirmation, "2026-11-01"), Some(Light::Red));
        assert_eq!(at(IssueStatus::Suspended, "2026-04-09"), Some(Light::White));
        assert_eq!(at(IssueStatus::Closed, "2026-04-09"), Some(Light::Grey));
        assert_eq!(at(IssueStatus::Submitted, ""), None);
    }
}

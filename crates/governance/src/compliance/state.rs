//! Where a duty stands on a day: a pure function of what is recorded, never of a tick.

use chrono::NaiveDate;

use super::Strength;

gongjian_kernel::words! {
    /// Where a duty stands on a day.
    pub enum DutyState as "duty_state" ("义务状态", "State of a duty") {
        NotYetDue = "not_yet_due" ("未到期", "Not yet due"),
        DueSoon = "due_soon" ("即将到期", "Due soon"),
        Met = "met" ("已履行", "Met"),
        MetLate = "met_late" ("逾期履行", "Met late"),
        Overdue = "overdue" ("逾期", "Overdue"),
        /// In principle only: there is a reason on record.
        Explained = "explained" ("已说明原因", "Breach explained"),
        /// What one may do was not done: no breach.
        NotUsed = "not_used" ("未实行", "Not made use of"),
    }
}

gongjian_kernel::words! {
    /// What a caller may do about a duty.
    pub enum DutyAction as "duty_action" ("义务办理", "Action on a duty") {
        Explain = "explain" ("说明原因", "Say why"),
        Amend = "amend" ("更正说明", "Amend the reason"),
    }
}

impl DutyState {
    /// Whether recorded facts meet it.
    #[must_use]
    pub fn is_met(self) -> bool {
        match self {
            Self::Met | Self::MetLate => true,
            Self::NotYetDue | Self::DueSoon | Self::Overdue | Self::Explained | Self::NotUsed => false,
        }
    }
}

/// What a state follows from.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub strength: Strength,
    pub warn_on: NaiveDate,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// The first day on which facts meet it.
    pub met_on: Option<NaiveDate>,
    pub is_explained: bool,
}

#[must_use]
pub fn state(duty: Standing, today: NaiveDate) -> DutyState {
    if let Some(met_on) = duty.met_on.filter(|met_on| *met_on <= today) {
        return if met_on <= duty.due_on { DutyState::Met } else { DutyState::MetLate };
    }
    if duty.is_explained && duty.strength == Strength::InPrinciple {
        return DutyState::Explained;
    }
    if today > duty.due_on {
        return match duty.strength {
            Strength::Must | Strength::InPrinciple => DutyState::Overdue,
            Strength::May => DutyState::NotUsed,
        };
    }
    if today >= duty.warn_on { DutyState::DueSoon } else { DutyState::NotYetDue }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn general_meeting(met_on: Option<&str>, is_explained: bool) -> Standing {
        Standing {
            strength: Strength::InPrinciple,
            warn_on: day("2026-10-01"),
            due_on: day("2026-12-31"),
            met_on: met_on.map(day),
            is_explained,
        }
    }

    /// domain.md §1.4: warn from 1 October, overdue on 1 January.
    #[test]
    fn a_general_meeting_that_is_not_held_is_warned_of_in_october_and_overdue_in_january() {
        let duty = general_meeting(None, false);
        for (today, expected) in [
            ("2026-09-30", DutyState::NotYetDue),
            ("2026-10-01", DutyState::DueSoon),
            ("2026-12-31", DutyState::DueSoon),
            ("2027-01-01", DutyState::Overdue),
        ] {
            assert_eq!(state(duty, day(today)), expected, "{today}");
        }
    }

    #[test]
    fn facts_meet_a_duty_from_their_day_on() {
        let duty = general_meeting(Some("2026-12-31"), false);
        assert_eq!(state(duty, day("2026-12-30")), DutyState::DueSoon);
        assert_eq!(state(duty, day("2026-12-31")), DutyState::Met);
        assert_eq!(state(duty, day("2027-06-01")), DutyState::Met);
        let late = general_meeting(Some("2027-01-04"), true);
        assert_eq!(state(late, day("2027-01-03")), DutyState::Explained);
        assert_eq!(state(late, day("2027-01-04")), DutyState::MetLate, "a reason makes nothing punctual");
    }

    #[test]
    fn a_reason_explains_what_holds_in_principle_and_nothing_else() {
        let explained = general_meeting(None, true);
        assert_eq!(state(explained, day("2026-11-01")), DutyState::Explained);
        assert_eq!(state(explained, day("2027-01-01")), DutyState::Explained);
        let must = Standing { strength: Strength::Must, ..explained };
        assert_eq!(state(must, day("2027-01-01")), DutyState::Overdue);
        let may = Standing { strength: Strength::May, ..explained };
        assert_eq!(state(may, day("2027-01-01")), DutyState::NotUsed);
    }
}

//! Article 9(4): joining and leaving, as far as the dates tell it.

use chrono::NaiveDate;
use gongjian_kernel::{Say, Text};

use super::model::Faults;

gongjian_kernel::words! {
    /// Article 9(4): how the unit stands with the association. The charter knows no expulsion.
    pub enum UnitStatus as "unit_status" ("会员状态", "Membership status") {
        Active = "active" ("在会", "Active"),
        Withdrawn = "withdrawn" ("已退会", "Withdrawn"),
        Dissolved = "dissolved" ("已终止", "Dissolved"),
    }
}

impl UnitStatus {
    /// Whether the unit is a member.
    #[must_use]
    pub fn is_living(self) -> bool {
        match self {
            Self::Active => true,
            Self::Withdrawn | Self::Dissolved => false,
        }
    }
}

/// Voluntariness (preamble of the charter): the document by which the unit itself consented to joining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub basis: Text<2, 200>,
    pub on: NaiveDate,
}

impl Consent {
    pub(super) fn read(&self, at: &str, today: NaiveDate, faults: &mut Faults) {
        if self.on > today {
            let detail = Say::fixed("日期不能晚于今天。", "It must not lie after today.");
            faults.add(format!("{at}/consented_on"), "in_future", detail);
        }
    }
}

/// How a unit stands with the association when it is put on file, so that its past comes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    pub status: UnitStatus,
    pub applied_on: Option<NaiveDate>,
    pub joined_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
}

/// A member from today.
impl Default for Membership {
    fn default() -> Self {
        Self { status: UnitStatus::Active, applied_on: None, joined_on: None, withdrawn_on: None }
    }
}

impl Membership {
    /// The dates that the status needs, none that it excludes, in their order, none in the future.
    pub(super) fn read(self, today: NaiveDate, faults: &mut Faults) -> Self {
        let mut read = self;
        match self.status {
            UnitStatus::Active => {
                read.joined_on = Some(self.joined_on.unwrap_or(today));
                if self.withdrawn_on.is_some() {
                    let detail = Say::fixed("此状态下没有该日期。", "The status has no such date.");
                    faults.add("/withdrawn_on", "not_allowed", detail);
                }
            }
            UnitStatus::Withdrawn => {
                for (pointer, date) in [("/joined_on", self.joined_on), ("/withdrawn_on", self.withdrawn_on)] {
                    if date.is_none() {
                        let detail = Say::fixed("已退会单位须填此日期。", "A unit that has left has this date.");
                        faults.add(pointer, "required", detail);
                    }
                }
            }
            UnitStatus::Dissolved => {
                let detail = Say::fixed(
                    "单位终止须凭证据办理，不能直接登记。",
                    "A dissolution needs evidence; it is not put on file like this.",
                );
                faults.add("/status", "invalid_status", detail);
            }
        }
        let mut before = NaiveDate::MIN;
        let dates =
            [("/applied_on", read.applied_on), ("/joined_on", read.joined_on), ("/withdrawn_on", read.withdrawn_on)];
        for (pointer, date) in dates {
            let Some(date) = date else { continue };
            if date > today {
                faults.add(pointer, "in_future", Say::fixed("日期不能晚于今天。", "It must not lie after today."));
            } else if date < before {
                let detail = Say::fixed("日期先后不合。", "The dates are out of order.");
                faults.add(pointer, "out_of_order", detail);
            }
            before = before.max(date);
        }
        read
    }
}

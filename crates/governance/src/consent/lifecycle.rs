//! Where a consent stands. That its time is over is computed.

use chrono::NaiveDate;
use gongjian_kernel::lifecycle::Lifecycle;

use super::Consent;

gongjian_kernel::words! {
    /// Where a consent stands on a day.
    pub enum ConsentStatus as "joint_consent_status" ("双签状态", "Status of a consent") {
        Open = "open" ("待双签", "Open"),
        Agreed = "agreed" ("已协商一致", "Agreed"),
        Declined = "declined" ("未同意", "Declined"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
        /// Its time is over: it is for the council's agenda.
        Escalated = "escalated" ("逾期转理事会", "Escalated to the council"),
    }
}

gongjian_kernel::words! {
    /// What happens to a consent.
    pub enum ConsentAction as "joint_consent_action" ("双签办理", "Action on a consent") {
        Sign = "sign" ("签署同意", "Sign"),
        Agree = "agree" ("双签完成", "Complete with both keys"),
        Decline = "decline" ("不同意", "Decline"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        Escalate = "escalate" ("逾期转理事会", "Escalate"),
    }
}

impl Lifecycle for ConsentStatus {
    type Action = ConsentAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ConsentAction] = ConsentAction::ALL;

    fn next(self, action: ConsentAction) -> Option<Self> {
        match (self, action) {
            (Self::Open, ConsentAction::Sign) => Some(Self::Open),
            (Self::Open, ConsentAction::Agree) => Some(Self::Agreed),
            (Self::Open, ConsentAction::Decline) => Some(Self::Declined),
            (Self::Open | Self::Escalated, ConsentAction::Withdraw) => Some(Self::Withdrawn),
            (Self::Open, ConsentAction::Escalate) => Some(Self::Escalated),
            (
                Self::Escalated,
                ConsentAction::Sign | ConsentAction::Agree | ConsentAction::Decline | ConsentAction::Escalate,
            )
            | (
                Self::Agreed | Self::Declined | Self::Withdrawn,
                ConsentAction::Sign
                | ConsentAction::Agree
                | ConsentAction::Decline
                | ConsentAction::Withdraw
                | ConsentAction::Escalate,
            ) => None,
        }
    }
}

impl Consent {
    /// Where it stands on that day: whoever has not signed by its last day signs no more.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> ConsentStatus {
        if self.status == ConsentStatus::Open && self.due_on < day { ConsentStatus::Escalated } else { self.status }
    }
}

//! The life of what a member needs.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a member's need stands.
    pub enum NeedStatus as "branch_need_status" ("会员需求状态", "Status of a member's need") {
        Reported = "reported" ("已反映", "Reported"),
        Accepted = "accepted" ("办理中", "Accepted"),
        Met = "met" ("已满足", "Met"),
        Declined = "declined" ("未予受理", "Declined"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with a member's need.
    pub enum NeedAction as "branch_need_action" ("会员需求办理", "Action on a member's need") {
        Accept = "accept" ("受理", "Accept"),
        Meet = "meet" ("登记结果", "Say how it was met"),
        Decline = "decline" ("不予受理", "Decline"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
    }
}

use NeedAction as Action;

impl Lifecycle for NeedStatus {
    type Action = Action;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Reported, Action::Accept) => Some(Self::Accepted),
            (Self::Reported | Self::Accepted, Action::Decline) => Some(Self::Declined),
            (Self::Reported | Self::Accepted, Action::Withdraw) => Some(Self::Withdrawn),
            (Self::Accepted, Action::Meet) => Some(Self::Met),
            (Self::Reported, Action::Meet)
            | (Self::Accepted, Action::Accept)
            | (
                Self::Met | Self::Declined | Self::Withdrawn,
                Action::Accept | Action::Meet | Action::Decline | Action::Withdraw,
            ) => None,
        }
    }
}

//! The life of an application to a committee.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where an application to a committee stands.
    pub enum CommitteeApplicationStatus as "committee_application_status" ("加入专委会申请状态", "Status of an application to a committee") {
        Applied = "applied" ("已申请", "Applied"),
        Checked = "checked" ("已审核", "Checked by the lead unit"),
        Admitted = "admitted" ("已加入", "Admitted"),
        Refused = "refused" ("未获同意", "Refused"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
        /// The committee was dissolved or merged before both directors had decided.
        Lapsed = "lapsed" ("因专委会撤销失效", "Lapsed with the committee"),
    }
}

gongjian_kernel::words! {
    /// What is done with an application to a committee.
    pub enum CommitteeApplicationAction as "committee_application_action" ("加入专委会申请办理", "Action on an application to a committee") {
        Check = "check" ("审核", "Check"),
        /// One director agrees, the other has still to decide.
        Agree = "agree" ("同意", "Agree"),
        /// Both have agreed.
        Admit = "admit" ("加入", "Admit"),
        Decline = "decline" ("不同意", "Decline"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        Lapse = "lapse" ("失效", "Lapse"),
    }
}

use CommitteeApplicationAction as Action;

impl Lifecycle for CommitteeApplicationStatus {
    type Action = Action;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Applied, Action::Check) | (Self::Checked, Action::Agree) => Some(Self::Checked),
            (Self::Checked, Action::Admit) => Some(Self::Admitted),
            (Self::Checked, Action::Decline) => Some(Self::Refused),
            (Self::Applied | Self::Checked, Action::Withdraw) => Some(Self::Withdrawn),
            (Self::Applied | Self::Checked, Action::Lapse) => Some(Self::Lapsed),
            (Self::Applied, Action::Agree | Action::Admit | Action::Decline)
            | (Self::Checked, Action::Check)
            | (
                Self::Admitted | Self::Refused | Self::Withdrawn | Self::Lapsed,
                Action::Check | Action::Agree | Action::Admit | Action::Decline | Action::Withdraw | Action::Lapse,
            ) => None,
        }
    }
}

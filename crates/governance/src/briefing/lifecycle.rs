//! The life of a briefing.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a briefing stands.
    pub enum BriefingStatus as "briefing_status" ("通报状态", "Status of a briefing") {
        Draft = "draft" ("草稿", "Draft"),
        Issued = "issued" ("已发出", "Issued"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
        Discarded = "discarded" ("已作废", "Discarded"),
    }
}

gongjian_kernel::words! {
    /// What is done with a briefing.
    pub enum BriefingAction as "briefing_action" ("通报办理", "Action on a briefing") {
        Edit = "edit" ("修改", "Edit"),
        Issue = "issue" ("签发", "Issue"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        Discard = "discard" ("作废", "Discard the draft"),
        /// A unit says that it has read it.
        Read = "read" ("签阅", "Sign as read"),
    }
}

impl Lifecycle for BriefingStatus {
    type Action = BriefingAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [BriefingAction] = BriefingAction::ALL;

    fn next(self, action: BriefingAction) -> Option<Self> {
        match self {
            Self::Draft => match action {
                BriefingAction::Edit => Some(Self::Draft),
                BriefingAction::Issue => Some(Self::Issued),
                BriefingAction::Discard => Some(Self::Discarded),
                BriefingAction::Withdraw | BriefingAction::Read => None,
            },
            Self::Issued => match action {
                BriefingAction::Withdraw => Some(Self::Withdrawn),
                BriefingAction::Read => Some(Self::Issued),
                BriefingAction::Edit | BriefingAction::Issue | BriefingAction::Discard => None,
            },
            Self::Withdrawn | Self::Discarded => match action {
                BriefingAction::Edit
                | BriefingAction::Issue
                | BriefingAction::Withdraw
                | BriefingAction::Discard
                | BriefingAction::Read => None,
            },
        }
    }
}

impl BriefingStatus {
    /// Whether members know of it.
    #[must_use]
    pub fn is_out(self) -> bool {
        match self {
            Self::Issued | Self::Withdrawn => true,
            Self::Draft | Self::Discarded => false,
        }
    }
}

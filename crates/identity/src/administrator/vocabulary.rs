//! The words of a proposal.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// What is proposed.
    pub enum GrantChange as "grant_proposal_change" ("管理员授权变更", "Change of an administrator's grant") {
        Grant = "grant" ("授予", "Grant"),
        End = "end" ("终止", "End"),
    }
}

gongjian_kernel::words! {
    /// What has become of it.
    pub enum ProposalStatus as "grant_proposal_status" ("管理员授权状态", "Status of an administrator's grant") {
        Proposed = "proposed" ("待确认", "Awaiting confirmation"),
        Confirmed = "confirmed" ("已确认", "Confirmed"),
        Declined = "declined" ("已否决", "Declined"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
        Expired = "expired" ("已过期", "Expired"),
    }
}

gongjian_kernel::words! {
    /// What is done with it.
    pub enum ProposalAction as "grant_proposal_action" ("管理员授权操作", "Action on an administrator's grant") {
        Confirm = "confirm" ("确认", "Confirm"),
        Decline = "decline" ("否决", "Decline"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        Expire = "expire" ("过期", "Expire"),
    }
}

impl Lifecycle for ProposalStatus {
    type Action = ProposalAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ProposalAction] = ProposalAction::ALL;

    fn next(self, action: ProposalAction) -> Option<Self> {
        match self {
            Self::Proposed => Some(match action {
                ProposalAction::Confirm => Self::Confirmed,
                ProposalAction::Decline => Self::Declined,
                ProposalAction::Withdraw => Self::Withdrawn,
                ProposalAction::Expire => Self::Expired,
            }),
            Self::Confirmed | Self::Declined | Self::Withdrawn | Self::Expired => None,
        }
    }
}

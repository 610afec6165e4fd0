//! Where claiming and claims stand.

use chrono::NaiveDate;
use gongjian_kernel::lifecycle::Lifecycle;

use super::KeyProject;

gongjian_kernel::words! {
    /// Whether a key project can be claimed on a day.
    pub enum Claiming as "claiming" ("认领窗口", "Window for claims") {
        Upcoming = "upcoming" ("未开始", "Not yet"),
        Open = "open" ("认领中", "Open"),
        Closed = "closed" ("已截止", "Closed"),
    }
}

gongjian_kernel::words! {
    /// Where a claim stands.
    pub enum ClaimStatus as "claim_status" ("认领状态", "Status of a claim") {
        Pending = "pending" ("待确认", "Pending"),
        Confirmed = "confirmed" ("已确认", "Confirmed"),
        Declined = "declined" ("未予确认", "Declined"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
        Released = "released" ("已解除", "Released"),
    }
}

gongjian_kernel::words! {
    /// What is done with a claim.
    pub enum ClaimAction as "claim_action" ("认领办理", "Action on a claim") {
        Confirm = "confirm" ("确认", "Confirm"),
        Decline = "decline" ("不予确认", "Decline"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        /// Of a confirmed claim: the shares are free again.
        Release = "release" ("解除", "Release"),
    }
}

impl Lifecycle for ClaimStatus {
    type Action = ClaimAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ClaimAction] = ClaimAction::ALL;

    fn next(self, action: ClaimAction) -> Option<Self> {
        match self {
            Self::Pending => match action {
                ClaimAction::Confirm => Some(Self::Confirmed),
                ClaimAction::Decline => Some(Self::Declined),
                ClaimAction::Withdraw => Some(Self::Withdrawn),
                ClaimAction::Release => None,
            },
            Self::Confirmed => match action {
                ClaimAction::Release => Some(Self::Released),
                ClaimAction::Confirm | ClaimAction::Decline | ClaimAction::Withdraw => None,
            },
            Self::Declined | Self::Withdrawn | Self::Released => match action {
                ClaimAction::Confirm | ClaimAction::Decline | ClaimAction::Withdraw | ClaimAction::Release => None,
            },
        }
    }
}

impl ClaimStatus {
    /// Those that hold their shares.
    pub const LIVE: [Self; 2] = [Self::Pending, Self::Confirmed];
}

impl KeyProject {
    /// The first and the last day of the window count.
    #[must_use]
    pub fn claiming_on(&self, day: NaiveDate) -> Claiming {
        match () {
            () if day < self.claim_from => Claiming::Upcoming,
            () if day > self.claim_until => Claiming::Closed,
            () => Claiming::Open,
        }
    }
}

//! Where a decision stands. Kept is what people did with it; what days do to it is computed.

use chrono::NaiveDate;
use gongjian_kernel::lifecycle::Lifecycle;

use super::Decision;

gongjian_kernel::words! {
    /// Where a decision stands on a day.
    pub enum DecisionStatus as "decision_status" ("决议状态", "Status of a decision") {
        Adopted = "adopted" ("已通过", "Adopted"),
        /// It has its number; its day has not come.
        Issued = "issued" ("已印发", "Issued"),
        Effective = "effective" ("已生效", "Effective"),
        Superseded = "superseded" ("已被取代", "Superseded"),
        Revoked = "revoked" ("已撤销", "Revoked"),
        /// It was entered by mistake and never issued.
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What happens to a decision. The last three come of a day or of another decision.
    pub enum DecisionAction as "decision_action" ("决议办理", "Action on a decision") {
        Correct = "correct" ("更正", "Correct"),
        Issue = "issue" ("印发", "Issue"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        TakeEffect = "take_effect" ("生效", "Take effect"),
        Supersede = "supersede" ("取代", "Supersede"),
        Revoke = "revoke" ("撤销", "Revoke"),
    }
}

impl Lifecycle for DecisionStatus {
    type Action = DecisionAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [DecisionAction] = DecisionAction::ALL;

    fn next(self, action: DecisionAction) -> Option<Self> {
        match (self, action) {
            (Self::Adopted, DecisionAction::Correct) => Some(Self::Adopted),
            (Self::Adopted, DecisionAction::Issue) => Some(Self::Issued),
            (Self::Adopted, DecisionAction::Withdraw) => Some(Self::Withdrawn),
            (Self::Issued, DecisionAction::TakeEffect) => Some(Self::Effective),
            (Self::Issued | Self::Effective, DecisionAction::Supersede) => Some(Self::Superseded),
            (Self::Issued | Self::Effective, DecisionAction::Revoke) => Some(Self::Revoked),
            (
                Self::Issued | Self::Effective | Self::Superseded | Self::Revoked | Self::Withdrawn,
                DecisionAction::Correct | DecisionAction::Issue | DecisionAction::Withdraw,
            )
            | (
                Self::Adopted | Self::Effective | Self::Superseded | Self::Revoked | Self::Withdrawn,
                DecisionAction::TakeEffect,
            )
            | (
                Self::Adopted | Self::Superseded | Self::Revoked | Self::Withdrawn,
                DecisionAction::Supersede | DecisionAction::Revoke,
            ) => None,
        }
    }
}

impl DecisionAction {
    /// What somebody does to the decision itself; the others come of a day or of another decision.
    #[must_use]
    pub fn is_done_by_hand(self) -> bool {
        matches!(self, Self::Correct | Self::Issue | Self::Withdraw)
    }
}

impl Decision {
    /// Where it stands on that day.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> DecisionStatus {
        if self.status != DecisionStatus::Issued {
            return self.status;
        }
        let has_come = |from: Option<NaiveDate>| from.is_some_and(|from| from <= day);
        match self.ended_as {
            Some(ended) if has_come(self.ended_from) => ended,
            Some(_) | None if has_come(self.effective_from) => DecisionStatus::Effective,
            Some(_) | None => DecisionStatus::Issued,
        }
    }
}

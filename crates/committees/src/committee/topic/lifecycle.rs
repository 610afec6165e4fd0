//! The life of a topic that a committee brings before the council.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a committee's topic stands.
    pub enum CommitteeTopicStatus as "committee_topic_status" ("专委会议题状态", "Status of a committee's topic") {
        Proposed = "proposed" ("已提出", "Proposed"),
        OnAgenda = "on_agenda" ("已列入议程", "On the agenda"),
        Decided = "decided" ("已决定", "Decided"),
        NotTaken = "not_taken" ("未采纳", "Not taken"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with a committee's topic.
    pub enum CommitteeTopicAction as "committee_topic_action" ("专委会议题办理", "Action on a committee's topic") {
        Place = "place" ("列入议程", "Place on an agenda"),
        Decide = "decide" ("登记决定", "Enter the decision"),
        Decline = "decline" ("不采纳", "Do not take"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
    }
}

use CommitteeTopicAction as Action;

impl Lifecycle for CommitteeTopicStatus {
    type Action = Action;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [Action] = Action::ALL;

    fn next(self, action: Action) -> Option<Self> {
        match (self, action) {
            // Put off to another meeting, it is placed again.
            (Self::Proposed | Self::OnAgenda, Action::Place) => Some(Self::OnAgenda),
            (Self::OnAgenda, Action::Decide) => Some(Self::Decided),
            (Self::Proposed | Self::OnAgenda, Action::Decline) => Some(Self::NotTaken),
            (Self::Proposed, Action::Withdraw) => Some(Self::Withdrawn),
            (Self::Proposed, Action::Decide)
            | (Self::OnAgenda, Action::Withdraw)
            | (
                Self::Decided | Self::NotTaken | Self::Withdrawn,
                Action::Place | Action::Decide | Action::Decline | Action::Withdraw,
            ) => None,
        }
    }
}

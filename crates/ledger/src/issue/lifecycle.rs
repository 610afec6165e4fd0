//! The life of an issue as a total table (domain.md §3.3). A new state or action does not compile until
//! every pair is decided.

use gongjian_kernel::lifecycle::Lifecycle;

use crate::vocabulary::{IssueAction, IssueStatus};

impl Lifecycle for IssueStatus {
    type Action = IssueAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [IssueAction] = IssueAction::ALL;

    #[rustfmt::skip]
    fn next(self, action: IssueAction) -> Option<Self> {
        use IssueAction as A;
        match self {
            Self::Draft => match action {
                A::Edit => Some(Self::Draft),
                A::Submit => Some(Self::Submitted),
                A::Refer => Some(Self::BranchReview),
                A::Withdraw => Some(Self::Withdrawn),
                A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign | A::Return | A::Contribute
                    | A::ReportProgress | A::RequestExtension | A::DecideExtension | A::Suspend | A::Resume
                    | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm | A::AutoConfirm | A::Dispute
                    | A::Rule | A::Reopen | A::Cancel | A::Urge | A::Supervise | A::ExcludeFeedback
                    | A::Reassign | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::BranchReview => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::PassOn => Some(Self::Submitted),
                A::Settle => Some(Self::BranchSettled),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign | A::Return
                    | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension | A::Suspend
                    | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm | A::AutoConfirm
                    | A::Dispute | A::Rule | A::Reopen | A::Cancel | A::Urge | A::Supervise | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::Insist => None,
            },
            Self::BranchSettled => match action {
                A::Insist => Some(Self::Submitted),
                A::Edit | A::Submit | A::Withdraw | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign
                    | A::Return | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension
                    | A::Suspend | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm
                    | A::AutoConfirm | A::Dispute | A::Rule | A::Reopen | A::Cancel | A::Urge | A::Supervise
                    | A::ExcludeFeedback | A::Reassign | A::Refer | A::PassOn | A::Settle => None,
            },
            Self::Submitted => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::Register => Some(Self::Registered),
                A::Reject => Some(Self::Rejected),
                A::Merge => Some(Self::Merged),
                A::Edit | A::Submit | A::Dispatch | A::Sign | A::Return | A::Contribute | A::ReportProgress
                    | A::RequestExtension | A::DecideExtension | A::Suspend | A::Resume | A::Escalate
                    | A::ConcludeMeeting | A::Reply | A::Confirm | A::AutoConfirm | A::Dispute | A::Rule
                    | A::Reopen | A::Cancel | A::Urge | A::Supervise | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Registered => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::Merge => Some(Self::Merged),
                A::Dispatch => Some(Self::Dispatched),
                A::Edit | A::Submit | A::Register | A::Reject | A::Sign | A::Return | A::Contribute
                    | A::ReportProgress | A::RequestExtension | A::DecideExtension | A::Suspend | A::Resume
                    | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm | A::AutoConfirm | A::Dispute
                    | A::Rule | A::Reopen | A::Cancel | A::Urge | A::Supervise | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Dispatched => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::Sign => Some(Self::Signed),
                A::Return => Some(Self::Returned),
                A::Contribute | A::Urge | A::Supervise | A::Reassign => Some(Self::Dispatched),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Dispatch | A::ReportProgress
                    | A::RequestExtension | A::DecideExtension | A::Suspend | A::Resume | A::Escalate
                    | A::ConcludeMeeting | A::Reply | A::Confirm | A::AutoConfirm | A::Dispute | A::Rule
                    | A::Reopen | A::Cancel | A::ExcludeFeedback | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Returned => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::Dispatch => Some(Self::Dispatched),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Sign | A::Return | A::Contribute
                    | A::ReportProgress | A::RequestExtension | A::DecideExtension | A::Suspend | A::Resume
                    | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm | A::AutoConfirm | A::Dispute
                    | A::Rule | A::Reopen | A::Cancel | A::Urge | A::Supervise | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Signed => match action {
                A::Reassign => Some(Self::Dispatched),
                A::Withdraw => Some(Self::Withdrawn),
                A::Return => Some(Self::Returned),
                A::Contribute | A::RequestExtension | A::DecideExtension | A::Urge | A::Supervise => Some(Self::Signed),
                A::ReportProgress => Some(Self::InProgress),
                A::Suspend => Some(Self::Suspended),
                A::Escalate => Some(Self::JointMeeting),
                A::Reply => Some(Self::AwaitingConfirmation),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign | A::Resume
                    | A::ConcludeMeeting | A::Confirm | A::AutoConfirm | A::Dispute | A::Rule | A::Reopen
                    | A::Cancel | A::ExcludeFeedback | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::InProgress => match action {
                A::Reassign => Some(Self::Dispatched),
                A::Withdraw => Some(Self::Withdrawn),
                A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension | A::Urge
                    | A::Supervise => Some(Self::InProgress),
                A::Suspend => Some(Self::Suspended),
                A::Escalate => Some(Self::JointMeeting),
                A::Reply => Some(Self::AwaitingConfirmation),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign | A::Return
                    | A::Resume | A::ConcludeMeeting | A::Confirm | A::AutoConfirm | A::Dispute | A::Rule
                    | A::Reopen | A::Cancel | A::ExcludeFeedback | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::JointMeeting => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::Contribute | A::ReportProgress | A::Urge | A::Supervise => Some(Self::JointMeeting),
                A::Suspend => Some(Self::Suspended),
                A::ConcludeMeeting => Some(Self::InProgress),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign | A::Return
                    | A::RequestExtension | A::DecideExtension | A::Resume | A::Escalate | A::Reply
                    | A::Confirm | A::AutoConfirm | A::Dispute | A::Rule | A::Reopen | A::Cancel
                    | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Suspended => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::Contribute | A::ReportProgress | A::Supervise | A::Suspend => Some(Self::Suspended),
                A::Resume => Some(Self::InProgress),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign | A::Return
                    | A::RequestExtension | A::DecideExtension | A::Escalate | A::ConcludeMeeting
                    | A::Reply | A::Confirm | A::AutoConfirm | A::Dispute | A::Rule | A::Reopen | A::Cancel
                    | A::Urge | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::AwaitingConfirmation => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::Confirm | A::AutoConfirm => Some(Self::Confirmed),
                A::Dispute => Some(Self::Disputed),
                A::Reopen => Some(Self::InProgress),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign | A::Return
                    | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension | A::Suspend
                    | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Rule | A::Cancel | A::Urge
                    | A::Supervise | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Disputed => match action {
                A::Withdraw => Some(Self::Withdrawn),
                A::Rule => Some(Self::Confirmed),
                A::Reopen => Some(Self::InProgress),
                A::Edit | A::Submit | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign | A::Return
                    | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension | A::Suspend
                    | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm | A::AutoConfirm
                    | A::Dispute | A::Cancel | A::Urge | A::Supervise | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Confirmed => match action {
                A::Cancel => Some(Self::Closed),
                A::ExcludeFeedback => Some(Self::Confirmed),
                A::Edit | A::Submit | A::Withdraw | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign
                    | A::Return | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension
                    | A::Suspend | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm
                    | A::AutoConfirm | A::Dispute | A::Rule | A::Reopen | A::Urge | A::Supervise
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Closed => match action {
                A::Reopen => Some(Self::InProgress),
                A::ExcludeFeedback => Some(Self::Closed),
                A::Edit | A::Submit | A::Withdraw | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign
                    | A::Return | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension
                    | A::Suspend | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm
                    | A::AutoConfirm | A::Dispute | A::Rule | A::Cancel | A::Urge | A::Supervise
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Rejected => match action {
                A::Edit | A::Submit | A::Withdraw | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign
                    | A::Return | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension
                    | A::Suspend | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm
                    | A::AutoConfirm | A::Dispute | A::Rule | A::Reopen | A::Cancel | A::Urge | A::Supervise
                    | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Merged => match action {
                A::Edit | A::Submit | A::Withdraw | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign
                    | A::Return | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension
                    | A::Suspend | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm
                    | A::AutoConfirm | A::Dispute | A::Rule | A::Reopen | A::Cancel | A::Urge | A::Supervise
                    | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
            Self::Withdrawn => match action {
                A::Edit | A::Submit | A::Withdraw | A::Register | A::Reject | A::Merge | A::Dispatch | A::Sign
                    | A::Return | A::Contribute | A::ReportProgress | A::RequestExtension | A::DecideExtension
                    | A::Suspend | A::Resume | A::Escalate | A::ConcludeMeeting | A::Reply | A::Confirm
                    | A::AutoConfirm | A::Dispute | A::Rule | A::Reopen | A::Cancel | A::Urge | A::Supervise
                    | A::ExcludeFeedback
                    | A::Reassign | A::Refer | A::PassOn | A::Settle | A::Insist => None,
            },
        }
    }
}

impl IssueStatus {
    /// Nothing is owed any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::BranchSettled | Self::Closed | Self::Rejected | Self::Merged | Self::Withdrawn)
    }

    /// The clock for the reply runs.
    #[must_use]
    pub fn is_running(self) -> bool {
        Self::RUNNING.contains(&self)
    }

    pub const RUNNING: [Self; 6] =
        [Self::Registered, Self::Dispatched, Self::Returned, Self::Signed, Self::InProgress, Self::JointMeeting];

    /// Answered; what is left is to agree that it is done.
    pub const ANSWERED: [Self; 3] = [Self::AwaitingConfirmation, Self::Disputed, Self::Confirmed];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancellation_needs_a_reply_and_a_confirmation_or_ruling() {
        for state in IssueStatus::ALL {
            let closes = state.next(IssueAction::Cancel) == Some(IssueStatus::Closed);
            assert_eq!(closes, *state == IssueStatus::Confirmed, "{state}");
            for action in IssueAction::ALL {
                if state.next(*action) == Some(IssueStatus::Confirmed) && *state != IssueStatus::Confirmed {
                    let answered = [IssueStatus::AwaitingConfirmation, IssueStatus::Disputed];
                    assert!(answered.contains(state), "{state} {action}");
                }
            }
        }
    }

    #[test]
    fn final_states_stay_final_but_for_reopening_and_insisting() {
        for state in IssueStatus::ALL.iter().filter(|state| state.is_final()) {
            for action in state.open_actions() {
                let stays = state.next(action) == Some(*state);
                let comes_back = matches!(
                    (*state, action),
                    (IssueStatus::Closed, IssueAction::Reopen) | (IssueStatus::BranchSettled, IssueAction::Insist)
                );
                assert!(stays || comes_back, "{state} {action}");
            }
        }
    }

    #[test]
    fn every_state_can_be_reached_from_submission() {
        let mut reached = vec![IssueStatus::Draft];
        let mut at = 0;
        while at < reached.len() {
            for action in IssueAction::ALL {
                if let Some(next) = reached[at].next(*action)
                    && !reached.contains(&next)
                {
                    reached.push(next);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), IssueStatus::ALL.len());
    }
}

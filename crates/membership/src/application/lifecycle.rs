//! Where an application may go (Articles 8, 9(4)). Consent and twins are facts; they are asked after this table.

use gongjian_kernel::lifecycle::Lifecycle;

use super::vocabulary::{ApplicationAction, ApplicationStatus};

impl Lifecycle for ApplicationStatus {
    type Action = ApplicationAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ApplicationAction] = ApplicationAction::ALL;

    fn next(self, action: ApplicationAction) -> Option<Self> {
        use ApplicationAction as A;
        match self {
            Self::Applied => match action {
                A::Correct | A::Consent => Some(Self::Applied),
                A::Return => Some(Self::Returned),
                A::FindEligible => Some(Self::Eligible),
                A::Reject => Some(Self::Rejected),
                A::Withdraw => Some(Self::Withdrawn),
                A::Admit => None,
            },
            Self::Returned => match action {
                A::Correct => Some(Self::Applied),
                A::Consent => Some(Self::Returned),
                A::Withdraw => Some(Self::Withdrawn),
                A::Return | A::FindEligible | A::Admit | A::Reject => None,
            },
            Self::Eligible => match action {
                A::Return => Some(Self::Returned),
                A::Admit => Some(Self::Admitted),
                A::Withdraw => Some(Self::Withdrawn),
                A::Correct | A::Consent | A::FindEligible | A::Reject => None,
            },
            Self::Admitted | Self::Rejected | Self::Withdrawn => match action {
                A::Correct | A::Consent | A::Return | A::FindEligible | A::Admit | A::Reject | A::Withdraw => None,
            },
        }
    }
}

impl ApplicationStatus {
    /// A second application of the unit is one too many.
    pub const OPEN: [Self; 3] = [Self::Applied, Self::Returned, Self::Eligible];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_admitted_unexamined_and_what_is_decided_stays() {
        for state in ApplicationStatus::ALL {
            let admits = state.next(ApplicationAction::Admit).is_some();
            assert_eq!(admits, *state == ApplicationStatus::Eligible, "{state}");
            assert_eq!(ApplicationStatus::OPEN.contains(state), state.open_actions().next().is_some(), "{state}");
            if ApplicationStatus::OPEN.contains(state) {
                assert!(state.next(ApplicationAction::Withdraw).is_some(), "{state}: free to go at any time");
            }
        }
    }
}

//! Where a consultation stands, and what is done with it.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a consultation stands.
    pub enum ConsultationStatus as "consultation_status" ("协商状态", "Status of a consultation") {
        Open = "open" ("协商中", "Open"),
        Consensus = "consensus" ("协商一致", "Consensus reached"),
        NotReached = "not_reached" ("未协商一致", "Consensus not reached"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with a consultation.
    pub enum ConsultationAction as "consultation_action" ("协商办理", "Action on a consultation") {
        State = "state" ("发表意见", "State a position"),
        Revise = "revise" ("修改文本进入下一轮", "Revise the text"),
        Conclude = "conclude" ("得出一致结论", "Conclude with consensus"),
        Fail = "fail" ("得出不一致结论", "Conclude without consensus"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        Confirm = "confirm" ("确认结果", "Confirm the outcome"),
    }
}

gongjian_kernel::words! {
    /// What a party says.
    pub enum Position as "consultation_position" ("协商意见", "Position in a consultation") {
        Support = "support" ("同意", "Support"),
        SupportWithComments = "support_with_comments" ("同意并提出意见", "Support with comments"),
        Object = "object" ("不同意", "Object"),
    }
}

impl Lifecycle for ConsultationStatus {
    type Action = ConsultationAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ConsultationAction] = ConsultationAction::ALL;

    fn next(self, action: ConsultationAction) -> Option<Self> {
        match (self, action) {
            (Self::Open, ConsultationAction::State | ConsultationAction::Revise) => Some(Self::Open),
            (Self::Open, ConsultationAction::Conclude) => Some(Self::Consensus),
            (Self::Open, ConsultationAction::Fail) => Some(Self::NotReached),
            (Self::Open, ConsultationAction::Withdraw) => Some(Self::Withdrawn),
            (Self::Consensus | Self::NotReached, ConsultationAction::Confirm) => Some(self),
            (Self::Open | Self::Withdrawn, ConsultationAction::Confirm)
            | (
                Self::Consensus | Self::NotReached | Self::Withdrawn,
                ConsultationAction::State
                | ConsultationAction::Revise
                | ConsultationAction::Conclude
                | ConsultationAction::Fail
                | ConsultationAction::Withdraw,
            ) => None,
        }
    }
}

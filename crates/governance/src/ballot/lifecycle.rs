//! The life of a ballot: a draft, open, closed with an outcome; or voided with a reason before it is closed.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a ballot stands.
    pub enum BallotStatus as "ballot_status" ("表决状态", "Status of a ballot") {
        Draft = "draft" ("拟定", "Draft"),
        Open = "open" ("表决中", "Open"),
        Closed = "closed" ("已计票", "Closed"),
        Voided = "voided" ("已作废", "Voided"),
    }
}

gongjian_kernel::words! {
    /// What is done with a ballot.
    pub enum BallotAction as "ballot_action" ("表决办理", "Action on a ballot") {
        Edit = "edit" ("修改", "Edit"),
        Open = "open" ("开始表决", "Open"),
        Vote = "vote" ("投票", "Vote"),
        Close = "close" ("结束表决并计票", "Close and count"),
        Void = "void" ("作废", "Void"),
        RunOff = "run_off" ("再次投票", "Call a run-off"),
    }
}

gongjian_kernel::words! {
    /// What came out of a closed ballot. Without a quorum nothing was decided at all.
    pub enum BallotOutcome as "ballot_outcome" ("表决结论", "Outcome of a ballot") {
        Carried = "carried" ("通过", "Carried"),
        NotCarried = "not_carried" ("未通过", "Not carried"),
        NoQuorum = "no_quorum" ("不足法定人数，表决无效", "Void for want of a quorum"),
    }
}

gongjian_kernel::words! {
    /// What is voted on.
    pub enum BallotKind as "ballot_kind" ("表决类别", "Kind of ballot") {
        Motion = "motion" ("议案表决", "Motion"),
        Election = "election" ("选举", "Election"),
    }
}

gongjian_kernel::words! {
    /// Article 12: whether more stand for election than there are seats.
    pub enum ElectionForm as "election_form" ("选举方式", "Form of an election") {
        Contested = "contested" ("差额选举", "More candidates than seats"),
        Equal = "equal" ("等额选举", "As many candidates as seats"),
    }
}

gongjian_kernel::words! {
    /// Whether it is told who voted how.
    pub enum Secrecy as "ballot_secrecy" ("表决方式", "Open or secret") {
        Open = "open" ("记名", "Open"),
        Secret = "secret" ("无记名", "Secret"),
    }
}

gongjian_kernel::words! {
    /// A vote on a motion. Silence is none of them.
    pub enum Choice as "choice" ("表决意见", "Choice") {
        For = "for" ("赞成", "For"),
        Against = "against" ("反对", "Against"),
        Abstain = "abstain" ("弃权", "Abstain"),
    }
}

impl Lifecycle for BallotStatus {
    type Action = BallotAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [BallotAction] = BallotAction::ALL;

    fn next(self, action: BallotAction) -> Option<Self> {
        use BallotAction as A;
        match (self, action) {
            (Self::Draft, A::Edit) => Some(Self::Draft),
            (Self::Draft, A::Open) | (Self::Open, A::Vote) => Some(Self::Open),
            (Self::Open, A::Close) | (Self::Closed, A::RunOff) => Some(Self::Closed),
            (Self::Draft | Self::Open, A::Void) => Some(Self::Voided),
            (Self::Draft, A::Vote | A::Close | A::RunOff)
            | (Self::Open, A::Edit | A::Open | A::RunOff)
            | (Self::Closed, A::Edit | A::Open | A::Vote | A::Close | A::Void)
            | (Self::Voided, _) => None,
        }
    }
}

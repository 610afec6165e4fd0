//! The life of a meeting: the same for every body (Articles 11, 13, 17, 18).

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a meeting stands.
    pub enum MeetingStatus as "meeting_status" ("会议状态", "Status of a meeting") {
        Planned = "planned" ("筹备中", "Planned"),
        Called = "called" ("已通知", "Called"),
        Open = "open" ("进行中", "Open"),
        Closed = "closed" ("已闭会", "Closed"),
        /// Its minutes are out for corrections.
        Minuted = "minuted" ("纪要待审定", "Minutes submitted"),
        Approved = "approved" ("纪要已审定", "Minutes approved"),
        Cancelled = "cancelled" ("已取消", "Cancelled"),
    }
}

gongjian_kernel::words! {
    /// What is done about a meeting.
    pub enum MeetingAction as "meeting_action" ("会议办理", "Action on a meeting") {
        Edit = "edit" ("修改", "Edit"),
        SetAgenda = "set_agenda" ("编排议程", "Set the agenda"),
        ProposeTopic = "propose_topic" ("提出议题", "Propose a topic"),
        DecideTopic = "decide_topic" ("处理议题", "Decide on a topic"),
        Call = "call" ("发出通知", "Call"),
        Acknowledge = "acknowledge" ("确认阅知", "Acknowledge the notice"),
        Attend = "attend" ("签到", "Check in"),
        Excuse = "excuse" ("请假", "Excuse oneself"),
        GiveMandate = "give_mandate" ("书面委托", "Give a written mandate"),
        Open = "open" ("开会", "Open"),
        Close = "close" ("闭会", "Close"),
        DraftMinutes = "draft_minutes" ("起草纪要", "Draft the minutes"),
        SubmitMinutes = "submit_minutes" ("提交纪要", "Submit the minutes"),
        CorrectMinutes = "correct_minutes" ("更正纪要", "Correct the minutes"),
        ApproveMinutes = "approve_minutes" ("审定纪要", "Approve the minutes"),
        Cancel = "cancel" ("取消", "Cancel"),
    }
}

impl MeetingStatus {
    /// The meeting takes place or has taken place.
    #[must_use]
    pub fn was_held(self) -> bool {
        match self {
            Self::Open | Self::Closed | Self::Minuted | Self::Approved => true,
            Self::Planned | Self::Called | Self::Cancelled => false,
        }
    }
}

impl Lifecycle for MeetingStatus {
    type Action = MeetingAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [MeetingAction] = MeetingAction::ALL;

    fn next(self, action: MeetingAction) -> Option<Self> {
        use MeetingAction as A;
        match self {
            Self::Planned => match action {
                A::Edit | A::SetAgenda | A::ProposeTopic | A::DecideTopic => Some(self),
                A::Call => Some(Self::Called),
                A::Cancel => Some(Self::Cancelled),
                A::Acknowledge
                | A::Attend
                | A::Excuse
                | A::GiveMandate
                | A::Open
                | A::Close
                | A::DraftMinutes
                | A::SubmitMinutes
                | A::CorrectMinutes
                | A::ApproveMinutes => None,
            },
            Self::Called => match action {
                A::Edit
                | A::SetAgenda
                | A::ProposeTopic
                | A::DecideTopic
                | A::Acknowledge
                | A::Attend
                | A::Excuse
                | A::GiveMandate => Some(self),
                A::Open => Some(Self::Open),
                A::Cancel => Some(Self::Cancelled),
                A::Call | A::Close | A::DraftMinutes | A::SubmitMinutes | A::CorrectMinutes | A::ApproveMinutes => None,
            },
            Self::Open => match action {
                A::SetAgenda | A::Acknowledge | A::Attend | A::Excuse | A::GiveMandate => Some(self),
                A::Close => Some(Self::Closed),
                A::Edit
                | A::ProposeTopic
                | A::DecideTopic
                | A::Call
                | A::Open
                | A::DraftMinutes
                | A::SubmitMinutes
                | A::CorrectMinutes
                | A::ApproveMinutes
                | A::Cancel => None,
            },
            Self::Closed => match action {
                A::DraftMinutes => Some(self),
                A::SubmitMinutes => Some(Self::Minuted),
                A::Edit
                | A::SetAgenda
                | A::ProposeTopic
                | A::DecideTopic
                | A::Call
                | A::Acknowledge
                | A::Attend
                | A::Excuse
                | A::GiveMandate
                | A::Open
                | A::Close
                | A::CorrectMinutes
                | A::ApproveMinutes
                | A::Cancel => None,
            },
            Self::Minuted => match action {
                A::CorrectMinutes => Some(self),
                A::ApproveMinutes => Some(Self::Approved),
                A::Edit
                | A::SetAgenda
                | A::ProposeTopic
                | A::DecideTopic
                | A::Call
                | A::Acknowledge
                | A::Attend
                | A::Excuse
                | A::GiveMandate
                | A::Open
                | A::Close
                | A::DraftMinutes
                | A::SubmitMinutes
                | A::Cancel => None,
            },
            Self::Approved | Self::Cancelled => match action {
                A::Edit
                | A::SetAgenda
                | A::ProposeTopic
                | A::DecideTopic
                | A::Call
                | A::Acknowledge
                | A::Attend
                | A::Excuse
                | A::GiveMandate
                | A::Open
                | A::Close
                | A::DraftMinutes
                | A::SubmitMinutes
                | A::CorrectMinutes
                | A::ApproveMinutes
                | A::Cancel => None,
            },
        }
    }
}

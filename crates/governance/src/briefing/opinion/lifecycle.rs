//! The life of a call for opinion, and of an opinion.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a call for opinion stands.
    pub enum CallStatus as "opinion_call_status" ("征求意见状态", "Status of a call for opinion") {
        Draft = "draft" ("草稿", "Draft"),
        Open = "open" ("征求中", "Open"),
        Closed = "closed" ("已截止", "Closed"),
        Answered = "answered" ("已反馈", "Answered"),
        Cancelled = "cancelled" ("已取消", "Cancelled"),
    }
}

gongjian_kernel::words! {
    /// What is done with a call for opinion.
    pub enum CallAction as "opinion_call_action" ("征求意见办理", "Action on a call for opinion") {
        Edit = "edit" ("修改", "Edit"),
        Open = "open" ("发出", "Open"),
        /// A unit replies, or revises what it replied.
        Reply = "reply" ("提出意见", "Reply"),
        Close = "close" ("截止", "Close"),
        /// Points get their results.
        Decide = "decide" ("作出采纳结果", "Decide on points"),
        Answer = "answer" ("反馈", "Answer"),
        Cancel = "cancel" ("取消", "Cancel"),
    }
}

impl Lifecycle for CallStatus {
    type Action = CallAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [CallAction] = CallAction::ALL;

    fn next(self, action: CallAction) -> Option<Self> {
        match self {
            Self::Draft => match action {
                CallAction::Edit => Some(Self::Draft),
                CallAction::Open => Some(Self::Open),
                CallAction::Cancel => Some(Self::Cancelled),
                CallAction::Reply | CallAction::Close | CallAction::Decide | CallAction::Answer => None,
            },
            Self::Open => match action {
                CallAction::Reply => Some(Self::Open),
                CallAction::Close => Some(Self::Closed),
                CallAction::Cancel => Some(Self::Cancelled),
                CallAction::Edit | CallAction::Open | CallAction::Decide | CallAction::Answer => None,
            },
            // What has been replied is owed its results: a closed call is answered, never cancelled.
            Self::Closed => match action {
                CallAction::Decide => Some(Self::Closed),
                CallAction::Answer => Some(Self::Answered),
                CallAction::Edit | CallAction::Open | CallAction::Reply | CallAction::Close | CallAction::Cancel => {
                    None
                }
            },
            Self::Answered | Self::Cancelled => match action {
                CallAction::Edit
                | CallAction::Open
                | CallAction::Reply
                | CallAction::Close
                | CallAction::Decide
                | CallAction::Answer
                | CallAction::Cancel => None,
            },
        }
    }
}

gongjian_kernel::words! {
    /// Where an opinion stands.
    pub enum OpinionStatus as "opinion_status" ("意见状态", "Status of an opinion") {
        Submitted = "submitted" ("已提交", "Submitted"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with an opinion.
    pub enum OpinionAction as "opinion_action" ("意见办理", "Action on an opinion") {
        Revise = "revise" ("修改", "Revise"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        Decide = "decide" ("作出采纳结果", "Decide on points"),
    }
}

impl Lifecycle for OpinionStatus {
    type Action = OpinionAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [OpinionAction] = OpinionAction::ALL;

    fn next(self, action: OpinionAction) -> Option<Self> {
        match (self, action) {
            (Self::Submitted, OpinionAction::Revise | OpinionAction::Decide) => Some(Self::Submitted),
            (Self::Submitted, OpinionAction::Withdraw) => Some(Self::Withdrawn),
            (Self::Withdrawn, OpinionAction::Revise | OpinionAction::Withdraw | OpinionAction::Decide) => None,
        }
    }
}

impl OpinionAction {
    /// What the call must be open for.
    #[must_use]
    pub fn of_call(self) -> CallAction {
        match self {
            Self::Revise | Self::Withdraw => CallAction::Reply,
            Self::Decide => CallAction::Decide,
        }
    }
}

gongjian_kernel::words! {
    /// Article 2: what becomes of a point of an opinion.
    pub enum PointResult as "point_result" ("采纳结果", "Result of a point") {
        Adopted = "adopted" ("采纳", "Adopted"),
        Partly = "partly" ("部分采纳", "Adopted in part"),
        NotAdopted = "not_adopted" ("未采纳", "Not adopted"),
    }
}

impl PointResult {
    /// What is not adopted in full says why.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        match self {
            Self::Adopted => false,
            Self::Partly | Self::NotAdopted => true,
        }
    }
}

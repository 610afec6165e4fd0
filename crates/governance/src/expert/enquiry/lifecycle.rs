//! The life of an enquiry, and of an expert's part in it.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Article 15: who asks.
    pub enum AskerKind as "enquiry_asker" ("咨询方类别", "Kind of asker") {
        Unit = "unit" ("会员单位", "Member unit"),
        Branch = "branch" ("街道分会", "Street branch"),
        Committee = "committee" ("专业研究委员会", "Committee"),
        Secretariat = "secretariat" ("秘书处", "Secretariat"),
    }
}

gongjian_kernel::words! {
    /// How widely the outcome is told.
    pub enum Publicity as "enquiry_publicity" ("公布范围", "How widely it is told") {
        Asker = "asker" ("仅咨询方", "The asker alone"),
        Body = "body" ("某机构的成员", "The members of a body"),
        Members = "members" ("全体会员", "All members"),
    }
}

gongjian_kernel::words! {
    /// Where an enquiry stands.
    pub enum EnquiryStatus as "enquiry_status" ("咨询状态", "Status of an enquiry") {
        Submitted = "submitted" ("已提出", "Submitted"),
        Returned = "returned" ("退回补充", "Returned for clarification"),
        Assigned = "assigned" ("已指派", "Assigned"),
        Answered = "answered" ("已答复", "Answered"),
        Concluded = "concluded" ("已办结", "Concluded"),
        Published = "published" ("已公布", "Published"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with an enquiry.
    pub enum EnquiryAction as "enquiry_action" ("咨询办理", "Action on an enquiry") {
        Return = "return" ("退回补充", "Return for clarification"),
        Clarify = "clarify" ("补充", "Clarify"),
        /// The asker says how widely it may be told.
        Agree = "agree" ("表明公开范围", "Agree to a publicity"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        Assign = "assign" ("指派", "Assign"),
        Answer = "answer" ("答复", "Answer"),
        Decline = "decline" ("回避或谢绝", "Decline"),
        Release = "release" ("解除指派", "Release an expert"),
        /// The last expert who was assigned has answered.
        Complete = "complete" ("全部答复", "All have answered"),
        /// Nobody is assigned any more, and nobody has answered.
        Vacate = "vacate" ("待重新指派", "Nobody is assigned any more"),
        ReturnOpinion = "return_opinion" ("退回意见说明", "Return an opinion for clarification"),
        Conclude = "conclude" ("办结", "Conclude"),
        Publish = "publish" ("公布", "Publish"),
    }
}

impl Lifecycle for EnquiryStatus {
    type Action = EnquiryAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [EnquiryAction] = EnquiryAction::ALL;

    fn next(self, action: EnquiryAction) -> Option<Self> {
        use EnquiryAction as A;
        match self {
            Self::Submitted => match action {
                A::Return => Some(Self::Returned),
                A::Agree => Some(Self::Submitted),
                A::Withdraw => Some(Self::Withdrawn),
                A::Assign => Some(Self::Assigned),
                A::Clarify
                | A::Answer
                | A::Decline
                | A::Release
                | A::Complete
                | A::Vacate
                | A::ReturnOpinion
                | A::Conclude
                | A::Publish => None,
            },
            Self::Returned => match action {
                A::Clarify => Some(Self::Submitted),
                A::Agree => Some(Self::Returned),
                A::Withdraw => Some(Self::Withdrawn),
                A::Return
                | A::Assign
                | A::Answer
                | A::Decline
                | A::Release
                | A::Complete
                | A::Vacate
                | A::ReturnOpinion
                | A::Conclude
                | A::Publish => None,
            },
            Self::Assigned => match action {
                A::Agree | A::Assign | A::Answer | A::Decline | A::Release | A::ReturnOpinion => Some(Self::Assigned),
                A::Withdraw => Some(Self::Withdrawn),
                A::Complete => Some(Self::Answered),
                A::Vacate => Some(Self::Submitted),
                A::Return | A::Clarify | A::Conclude | A::Publish => None,
            },
            Self::Answered => match action {
                A::Agree => Some(Self::Answered),
                A::ReturnOpinion => Some(Self::Assigned),
                A::Conclude => Some(Self::Concluded),
                A::Return
                | A::Clarify
                | A::Withdraw
                | A::Assign
                | A::Answer
                | A::Decline
                | A::Release
                | A::Complete
                | A::Vacate
                | A::Publish => None,
            },
            Self::Concluded => match action {
                A::Agree => Some(Self::Concluded),
                A::Publish => Some(Self::Published),
                A::Return
                | A::Clarify
                | A::Withdraw
                | A::Assign
                | A::Answer
                | A::Decline
                | A::Release
                | A::Complete
                | A::Vacate
                | A::ReturnOpinion
                | A::Conclude => None,
            },
            Self::Published | Self::Withdrawn => match action {
                A::Return
                | A::Clarify
                | A::Agree
                | A::Withdraw
                | A::Assign
                | A::Answer
                | A::Decline
                | A::Release
                | A::Complete
                | A::Vacate
                | A::ReturnOpinion
                | A::Conclude
                | A::Publish => None,
            },
        }
    }
}

impl EnquiryStatus {
    /// Whether opinions are read by others than their authors.
    #[must_use]
    pub fn shows_opinions(self) -> bool {
        match self {
            Self::Answered | Self::Concluded | Self::Published => true,
            Self::Submitted | Self::Returned | Self::Assigned | Self::Withdrawn => false,
        }
    }
}

gongjian_kernel::words! {
    /// How the time to answer stands.
    pub enum EnquiryLight as "enquiry_light" ("咨询灯色", "Light of an enquiry") {
        Green = "green" ("正常", "In time"),
        Yellow = "yellow" ("临期", "Near due"),
        Red = "red" ("逾期", "Overdue"),
        Grey = "grey" ("已答复", "Answered"),
    }
}

gongjian_kernel::words! {
    /// Where an expert's part in an enquiry stands.
    pub enum AssignmentStatus as "enquiry_assignment_status" ("指派状态", "Status of an assignment") {
        Assigned = "assigned" ("待答复", "To be answered"),
        Answered = "answered" ("已答复", "Answered"),
        Returned = "returned" ("退回说明", "Returned for clarification"),
        Declined = "declined" ("已回避或谢绝", "Declined"),
        Released = "released" ("已解除", "Released"),
    }
}

gongjian_kernel::words! {
    /// What is done with an assignment.
    pub enum AssignmentAction as "enquiry_assignment_action" ("指派办理", "Action on an assignment") {
        Answer = "answer" ("答复", "Answer"),
        Decline = "decline" ("回避或谢绝", "Decline"),
        Release = "release" ("解除", "Release"),
        ReturnOpinion = "return_opinion" ("退回说明", "Return for clarification"),
    }
}

impl Lifecycle for AssignmentStatus {
    type Action = AssignmentAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [AssignmentAction] = AssignmentAction::ALL;

    fn next(self, action: AssignmentAction) -> Option<Self> {
        use AssignmentAction as A;
        match self {
            Self::Assigned | Self::Returned => match action {
                A::Answer => Some(Self::Answered),
                A::Decline => Some(Self::Declined),
                A::Release => Some(Self::Released),
                A::ReturnOpinion => None,
            },
            Self::Answered => match action {
                A::ReturnOpinion => Some(Self::Returned),
                A::Answer | A::Decline | A::Release => None,
            },
            Self::Declined | Self::Released => match action {
                A::Answer | A::Decline | A::Release | A::ReturnOpinion => None,
            },
        }
    }
}

impl AssignmentStatus {
    /// Whether the enquiry is the expert's business.
    #[must_use]
    pub fn is_his(self) -> bool {
        match self {
            Self::Assigned | Self::Answered | Self::Returned => true,
            Self::Declined | Self::Released => false,
        }
    }

    /// Whether an answer is still to come.
    #[must_use]
    pub fn is_awaited(self) -> bool {
        match self {
            Self::Assigned | Self::Returned => true,
            Self::Answered | Self::Declined | Self::Released => false,
        }
    }
}

gongjian_kernel::words! {
    /// Why an expert does not answer.
    pub enum DeclineGround as "enquiry_decline_ground" ("回避或谢绝的事由", "Why an expert declines") {
        Interest = "interest" ("有利害关系", "An interest in the matter"),
        FormerUnit = "former_unit" ("曾任职于咨询单位", "Was with the asking unit"),
        NotHisField = "not_his_field" ("非本人专长", "Not his field"),
        Unavailable = "unavailable" ("暂无法答复", "Not available"),
    }
}

//! The words of the ledger. One declaration each: type, wire form, database form, dictionary.

pub use gongjian_governance::plan::Goal;

gongjian_kernel::words! {
    /// Article 23: what a member unit brings to the ledger.
    pub enum IssueKind as "issue_kind" ("事项类别", "Kind of issue") {
        Difficulty = "difficulty" ("困难", "Difficulty"),
        Suggestion = "suggestion" ("建议", "Suggestion"),
        Opinion = "opinion" ("意见", "Opinion"),
    }
}

gongjian_kernel::words! {
    /// How pressing an issue is.
    pub enum Urgency as "urgency" ("紧急程度", "Urgency") {
        Normal = "normal" ("一般", "Normal"),
        Urgent = "urgent" ("紧急", "Urgent"),
    }
}

gongjian_kernel::words! {
    /// Where an issue belongs: the district ledger is one, entries of branches and zones say so.
    pub enum IssueLevel as "issue_level" ("事项层级", "Level of an issue") {
        District = "district" ("区级", "District"),
        Branch = "branch" ("街道分会", "Street branch"),
        Zone = "zone" ("功能区", "Functional zone"),
    }
}

gongjian_kernel::words! {
    /// Where an issue stands between submission and cancellation.
    pub enum IssueStatus as "issue_status" ("事项状态", "Status of an issue") {
        Draft = "draft" ("草稿", "Draft"),
        /// Article 18: of a branch's level, its branch looks first.
        BranchReview = "branch_review" ("分会研究中", "Before its branch"),
        BranchSettled = "branch_settled" ("分会已解决", "Settled by its branch"),
        Submitted = "submitted" ("已提交", "Submitted"),
        Registered = "registered" ("已编号登记", "Registered"),
        Dispatched = "dispatched" ("已交办", "Dispatched"),
        Returned = "returned" ("已退回", "Returned"),
        Signed = "signed" ("已签收", "Signed for"),
        InProgress = "in_progress" ("办理中", "In progress"),
        JointMeeting = "joint_meeting" ("会议研究中", "Before a meeting"),
        Suspended = "suspended" ("挂账", "Suspended"),
        AwaitingConfirmation = "awaiting_confirmation" ("已答复待确认", "Awaiting confirmation"),
        Disputed = "disputed" ("待秘书处核定", "Awaiting the secretariat's ruling"),
        Confirmed = "confirmed" ("已确认待销号", "Confirmed"),
        Closed = "closed" ("已销号", "Cancelled from the ledger"),
        Rejected = "rejected" ("不予受理", "Not accepted"),
        Merged = "merged" ("已并单", "Merged"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What can be done with an issue. The names are the last segments of the action paths.
    pub enum IssueAction as "issue_action" ("事项操作", "Action on an issue") {
        Edit = "edit" ("修改草稿", "Edit the draft"),
        Submit = "submit" ("提交", "Submit"),
        Refer = "refer" ("交分会先行研究", "Refer to its branch"),
        PassOn = "pass_on" ("转报区级", "Pass on to the district"),
        Settle = "settle" ("分会答复", "Settle at the branch"),
        Insist = "insist" ("要求转报区级", "Ask for the district"),
        Withdraw = "withdraw" ("撤回", "Withdraw"),
        Register = "register" ("编号登记", "Register"),
        Reject = "reject" ("不予受理", "Refuse"),
        Merge = "merge" ("并单", "Merge"),
        Dispatch = "dispatch" ("交办", "Dispatch"),
        Reassign = "reassign" ("改派", "Reassign"),
        Sign = "sign" ("签收", "Sign for"),
        Return = "return" ("退回", "Return"),
        Contribute = "contribute" ("协助", "Contribute"),
        ReportProgress = "report_progress" ("报告进展", "Report progress"),
        RequestExtension = "request_extension" ("申请延期", "Request an extension"),
        DecideExtension = "decide_extension" ("审定延期", "Decide on an extension"),
        Suspend = "suspend" ("批准或继续挂账", "Suspend, or go on suspending"),
        Resume = "resume" ("恢复办理", "Resume"),
        Escalate = "escalate" ("提请会议研究", "Escalate to a meeting"),
        ConcludeMeeting = "conclude_meeting" ("会议研究结束", "Conclude the meeting"),
        Reply = "reply" ("答复", "Reply"),
        Confirm = "confirm" ("确认与评价", "Confirm or object"),
        AutoConfirm = "auto_confirm" ("逾期自动确认", "Confirm by silence"),
        Dispute = "dispute" ("再次提出异议", "Object again"),
        Rule = "rule" ("核定", "Rule"),
        Reopen = "reopen" ("重办", "Reopen"),
        Cancel = "cancel" ("销号", "Cancel from the ledger"),
        Urge = "urge" ("催办", "Urge"),
        Supervise = "supervise" ("督办", "Supervise"),
        ExcludeFeedback = "exclude_feedback" ("回访剔除", "Exclude the feedback"),
    }
}

gongjian_kernel::words! {
    /// Green, yellow and red by the deadline; white while suspended, grey when done.
    pub enum Light as "light" ("灯色", "Light") {
        Green = "green" ("绿灯：正常", "Green: on course"),
        Yellow = "yellow" ("黄灯：临期", "Yellow: near the deadline"),
        Red = "red" ("红灯：超期", "Red: overdue"),
        White = "white" ("白灯：挂账", "White: suspended"),
        Grey = "grey" ("灰灯：已销号", "Grey: done"),
    }
}

gongjian_kernel::words! {
    /// What became of the matter. Closed is not solved.
    pub enum Outcome as "outcome" ("办理结果", "Outcome") {
        Resolved = "resolved" ("已解决", "Resolved"),
        PartiallyResolved = "partially_resolved" ("部分解决", "Partially resolved"),
        Planned = "planned" ("列入计划", "Planned"),
        Explained = "explained" ("解释说明", "Explained"),
        NotFeasible = "not_feasible" ("暂不具备条件", "Not feasible"),
    }
}

gongjian_kernel::words! {
    /// How content the submitter is with the handling of this round.
    pub enum Satisfaction as "satisfaction" ("满意度", "Satisfaction") {
        Satisfied = "satisfied" ("满意", "Satisfied"),
        BasicallySatisfied = "basically_satisfied" ("基本满意", "Basically satisfied"),
        Dissatisfied = "dissatisfied" ("不满意", "Dissatisfied"),
    }
}

gongjian_kernel::words! {
    /// What a cancellation rests on.
    pub enum ClosureBasis as "closure_basis" ("销号依据", "Basis of a cancellation") {
        SubmitterConfirmed = "submitter_confirmed" ("提出单位确认", "Confirmed by the submitter"),
        AutoConfirmed = "auto_confirmed" ("逾期未反馈自动确认", "Confirmed by silence"),
        SecretariatRuling = "secretariat_ruling" ("秘书处核定", "Ruled by the secretariat"),
    }
}

gongjian_kernel::words! {
    /// Why a submission is not for the ledger. The reason and the right channel are always told.
    pub enum RejectGround as "reject_ground" ("不予受理情形", "Ground for not accepting") {
        JudicialProceedings = "judicial_proceedings" ("应通过诉讼、仲裁、行政复议解决", "For litigation, arbitration or administrative review"),
        DisciplineInspection = "discipline_inspection" ("属纪检监察事项", "For discipline inspection"),
        InformationDisclosure = "information_disclosure" ("属政府信息公开事项", "For information disclosure"),
        Petition = "petition" ("已进入信访渠道", "In the petition channel already"),
        Confidential = "confidential" ("涉及国家秘密、商业秘密、个人隐私", "Secrets or privacy"),
        PublicOrder = "public_order" ("违反法律法规或公序良俗", "Against law or public order"),
        Repeated = "repeated" ("依法终结后重复提出", "Repeated after a lawful conclusion"),
        OutOfScope = "out_of_scope" ("不属于本会职责范围", "Outside the association's scope"),
    }
}

gongjian_kernel::words! {
    /// The meeting that an issue is raised to; its number stays (Articles 11, 13, 19, 22).
    pub enum Forum as "forum" ("会议形式", "Meeting") {
        JointMeeting = "joint_meeting" ("联席会", "Joint meeting"),
        ZoneMeeting = "zone_meeting" ("地区事务协调会", "Zone coordination meeting"),
        Council = "council" ("理事会", "Council"),
        GeneralMeeting = "general_meeting" ("会员大会", "General meeting"),
    }
}

gongjian_kernel::words! {
    /// Four levels of supervision.
    pub enum SupervisionLevel as "supervision_level" ("督办等级", "Level of supervision") {
        Reminder = "l1_reminder" ("一级：临期提醒", "L1: reminder"),
        Urging = "l2_urging" ("二级：催办通知", "L2: urging notice"),
        Sheet = "l3_sheet" ("三级：督办单", "L3: supervision sheet"),
        Circular = "l4_circular" ("四级：通报", "L4: circular"),
    }
}

gongjian_kernel::words! {
    /// What a supervision sheet is about.
    pub enum SheetGround as "sheet_ground" ("督办事由", "Ground of a sheet") {
        SignFor = "sign_for" ("逾期未签收", "Not signed for in time"),
        Reply = "reply" ("办理时限", "The deadline for the reply"),
        SuspensionReview = "suspension_review" ("挂账到期复核", "Review of a suspension"),
        Other = "other" ("其他", "Other"),
    }
}

gongjian_kernel::words! {
    /// Who wrote a note on the handling.
    pub enum NoteKind as "note_kind" ("办理记录类别", "Kind of note") {
        Progress = "progress" ("进展", "Progress"),
        Contribution = "contribution" ("协助", "Contribution"),
    }
}

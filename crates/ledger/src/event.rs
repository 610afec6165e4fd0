//! What happened to an issue, in the past tense: the audit vocabulary and the issue's history.

gongjian_kernel::events! { ISSUE_EVENTS on "issue" art 23:
    DRAFTED = "issue.drafted" "起草" "drafted";
    EDITED = "issue.edited" "修改草稿" "draft edited";
    SUBMITTED = "issue.submitted" "提交" "submitted";
    WITHDRAWN = "issue.withdrawn" "撤回" "withdrawn";
    REGISTERED = "issue.registered" "编号登记" "registered under a number";
    REJECTED = "issue.rejected" "不予受理" "not accepted";
    MERGED = "issue.merged" "并单" "merged under the master's number";
    DUPLICATE_JOINED = "issue.duplicate_joined" "并入重复事项" "a duplicate was merged into it";
    DISPATCHED = "issue.dispatched" "交办" "dispatched to the lead department";
    REASSIGNED = "issue.reassigned" "改派" "reassigned to another department";
    SIGNED = "issue.signed" "签收" "signed for";
    RETURNED = "issue.returned" "退回" "returned";
    CONTRIBUTED = "issue.contributed" "协助单位反馈" "an assisting unit contributed";
    PROGRESS_REPORTED = "issue.progress_reported" "报告进展" "progress reported";
    EXTENSION_REQUESTED = "issue.extension_requested" "申请延期" "extension requested";
    EXTENSION_GRANTED = "issue.extension_granted" "同意延期（告知提出单位）" "extension granted, the submitter is told";
    EXTENSION_REFUSED = "issue.extension_refused" "不同意延期" "extension refused";
    SUSPENDED = "issue.suspended" "批准挂账" "suspended";
    SUSPENSION_CONTINUED = "issue.suspension_continued" "继续挂账" "the suspension goes on after its review";
    RESUMED = "issue.resumed" "恢复办理" "resumed";
    REPLIED = "issue.replied" "答复" "replied";
    CONFIRMED = "issue.confirmed" "提出单位确认" "confirmed by the submitter";
    AUTO_CONFIRMED = "issue.auto_confirmed" "逾期未反馈自动确认" "confirmed by silence";
    DISPUTED = "issue.disputed" "提出单位再次提出异议" "the submitter still objects";
    RULED = "issue.ruled" "秘书处核定" "ruled by the secretariat";
    REOPENED = "issue.reopened" "重办" "reopened as a new round";
    CLOSED = "issue.closed" "销号" "cancelled from the ledger";
    URGED = "issue.urged" "催办" "urged";
    SUPERVISED = "issue.supervised" "督办" "supervised";
    FEEDBACK_EXCLUDED = "issue.feedback_excluded" "回访剔除" "the feedback was excluded";
    DEADLINE_RECOMPUTED = "issue.deadline_recomputed" "日历更新重算时限" "the deadline was recomputed for a new calendar";
}

gongjian_kernel::events! { BRANCH_EVENTS on "issue" art 18:
    REFERRED = "issue.referred" "提交并交分会先行研究" "submitted, and referred to its branch";
    PASSED_ON = "issue.passed_on" "分会转报区级" "passed on to the district";
    SETTLED = "issue.settled" "分会已答复解决" "settled by its branch";
    INSISTED = "issue.insisted" "提出单位要求转报区级" "the unit asked for the district";
}

gongjian_kernel::events! { MEETING_EVENTS on "issue" art 22:
    ESCALATED = "issue.escalated" "提请会议研究" "escalated to a meeting";
    MEETING_CONCLUDED = "issue.meeting_concluded" "会议研究结束" "the meeting concluded";
    MEASURE_AGREED = "issue.measure_agreed" "会议议定措施" "a meeting agreed on a measure";
    MEASURE_SETTLED = "issue.measure_settled" "议定措施已办结" "an agreed measure was done or dropped";
    MEASURE_RETURNED = "issue.measure_returned" "议定措施退回重办" "an agreed measure was returned";
}

/// The facts of an event that everybody who sees the issue may see; the others are working papers.
pub const OPEN_FACTS: &[&str] = &[
    "from",
    "to",
    "round",
    "number",
    "title",
    "unit_id",
    "ledger_no",
    "voided_no",
    "due_on",
    "limit_workdays",
    "ground",
    "channel",
    "lead_unit_id",
    "assisting_unit_ids",
    "sign_due_on",
    "designated",
    "workdays",
    "before",
    "review_on",
    "forum",
    "meeting_no",
    "conference_id",
    "agenda_item_id",
    "measure_id",
    "task",
    "owner_unit_id",
    "open_measures",
    "extension_workdays",
    "outcome",
    "text",
    "measures",
    "signed_by",
    "attachments",
    "confirm_due_on",
    "handling_workdays",
    "contacted",
    "solved",
    "satisfaction",
    "basis",
    "conclusion",
];

/// Events whose reason the submitter is told, or gave itself.
pub const REASON_IS_OPEN: &[&str] =
    &["issue.rejected", "issue.withdrawn", "issue.reopened", "issue.ruled", "issue.escalated", "issue.insisted"];

/// Events that belong to the handling side alone.
pub const INTERNAL: &[&str] = &["issue.urged", "issue.supervised", "issue.feedback_excluded"];

//! Who may do what in the ledger: policy as data (domain.md §1.5, §3.3). The printed matrix is committed.

use gongjian_identity::{Role, by, over};
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{Permission, Relation, Rule, Say, permissions};

use crate::vocabulary::IssueAction;

/// The unit that raised the issue.
pub const SUBMITTER: Relation = Relation("submitter");
/// The same, while the issue is a draft.
pub const OWN_DRAFT: Relation = Relation("own_draft");
/// The same, where the association lets the liaison confirm.
pub const DELEGATED: Relation = Relation("delegated_submitter");
/// The lead department.
pub const LEAD: Relation = Relation("lead");
/// A unit that was asked to assist.
pub const ASSISTING: Relation = Relation("assisting");
/// The street branch that the issue lies in, once it is submitted.
pub const BRANCH: Relation = Relation("branch");
/// Every issue that was submitted.
pub const SUBMITTED: Relation = Relation("submitted");
/// Every issue on the ledger: it has a number.
pub const ON_LEDGER: Relation = Relation("on_ledger");

const RULE: Rule = Rule { role: BY_RULE, over: ANY };
const OFFICE: Rule = over(Role::SecretariatOffice, SUBMITTED);
const SECRETARY_GENERAL: Rule = over(Role::SecretaryGeneral, SUBMITTED);
const REPRESENTATIVE: Rule = over(Role::MemberRepresentative, SUBMITTER);
const LIAISON: Rule = over(Role::MemberLiaison, SUBMITTER);
const HANDLER: Rule = over(Role::DepartmentHandler, LEAD);
const BRANCH_PRESIDENT: Rule = over(Role::BranchPresident, BRANCH);
const BRANCH_STAFF: Rule = over(Role::BranchStaff, BRANCH);

const SECRETARIAT: &[Rule] = &[OFFICE, SECRETARY_GENERAL];

permissions! { PERMISSIONS:
    /// Departments read the whole ledger: Article 23 tasks them with it. Members see what concerns them.
    READ = "issue.read" art 23 "查看事项" "Read an issue" &[
        OFFICE, SECRETARY_GENERAL, over(Role::President, SUBMITTED), over(Role::VicePresident, SUBMITTED),
        REPRESENTATIVE, LIAISON,
        over(Role::MemberRepresentative, ASSISTING), over(Role::MemberLiaison, ASSISTING),
        over(Role::MemberRepresentative, LEAD), over(Role::MemberLiaison, LEAD),
        over(Role::DepartmentHandler, ON_LEDGER), BRANCH_PRESIDENT, BRANCH_STAFF, RULE,
    ];
    /// Progress and contributions: for those whom the issue concerns.
    READ_NOTES = "issue.read_notes" art 23 "查看办理记录" "Read the notes on an issue" &[
        OFFICE, SECRETARY_GENERAL, over(Role::President, SUBMITTED), over(Role::VicePresident, SUBMITTED),
        REPRESENTATIVE, LIAISON, HANDLER, over(Role::DepartmentHandler, ASSISTING),
        over(Role::MemberRepresentative, ASSISTING), over(Role::MemberLiaison, ASSISTING),
        over(Role::MemberRepresentative, LEAD), over(Role::MemberLiaison, LEAD), BRANCH_PRESIDENT, BRANCH_STAFF,
    ];
    /// Instructions, reasons of returns and extensions, plans, sheets: for those who handle and supervise.
    READ_PAPERS = "issue.read_papers" art 23 "查看内部办理材料" "Read the working papers of an issue" &[
        OFFICE, SECRETARY_GENERAL, over(Role::President, SUBMITTED), over(Role::VicePresident, SUBMITTED),
        HANDLER, over(Role::MemberRepresentative, LEAD), over(Role::MemberLiaison, LEAD), BRANCH_PRESIDENT, BRANCH_STAFF,
    ];
    STATISTICS = "issue.statistics" art 23 "查看台账统计" "Read the ledger's statistics" &[
        by(Role::SecretariatOffice), by(Role::SecretaryGeneral),
        by(Role::President), by(Role::VicePresident), by(Role::MemberRepresentative), by(Role::MemberLiaison), by(Role::DepartmentHandler),
        by(Role::BranchPresident), by(Role::BranchStaff),
    ];
    /// Article 25: the representative or the liaison acts for the unit.
    SUBMIT = "issue.submit" art 23 "提交事项" "Submit an issue" &[REPRESENTATIVE, LIAISON];
    WITHDRAW = "issue.withdraw" art 23 "撤回事项" "Withdraw an issue" &[REPRESENTATIVE, over(Role::MemberLiaison, OWN_DRAFT)];
    /// Article 18: the branch that the issue lies in looks first; after a while it goes on by rule.
    PASS_ON = "issue.pass_on" art 18 "转报区级台账" "Pass an issue on to the district" &[BRANCH_PRESIDENT, BRANCH_STAFF, RULE];
    SETTLE = "issue.settle" art 18 "分会答复并解决" "Settle an issue at the branch" &[BRANCH_PRESIDENT, BRANCH_STAFF];
    INSIST = "issue.insist" art 18 "要求转报区级台账" "Ask that an issue goes to the district" &[REPRESENTATIVE, LIAISON];
    /// Reached by submitting; nobody does it by itself.
    REFER = "issue.refer" art 18 "交分会先行研究" "Refer an issue to its branch" &[];
    REGISTER = "issue.register" art 23 "编号登记" "Register an issue" SECRETARIAT;
    REJECT = "issue.reject" art 23 "不予受理" "Refuse an issue" SECRETARIAT;
    MERGE = "issue.merge" art 23 "并单" "Merge a duplicate" SECRETARIAT;
    DISPATCH = "issue.dispatch" art 23 "交办" "Dispatch an issue" SECRETARIAT;
    /// Also to add an assisting unit: the number, the round and the clock stay.
    REASSIGN = "issue.reassign" art 23 "改派" "Reassign an issue" SECRETARIAT;
    SIGN = "issue.sign" art 23 "签收" "Sign for an issue" &[HANDLER];
    RETURN = "issue.return" art 23 "退回" "Return an issue" &[HANDLER];
    CONTRIBUTE = "issue.contribute" art 23 "协助办理" "Contribute as an assisting unit" &[
        over(Role::DepartmentHandler, ASSISTING), over(Role::MemberRepresentative, ASSISTING), over(Role::MemberLiaison, ASSISTING),
    ];
    REPORT_PROGRESS = "issue.report_progress" art 23 "报告进展" "Report progress" &[HANDLER];
    REQUEST_EXTENSION = "issue.request_extension" art 23 "申请延期" "Request an extension" &[HANDLER];
    DECIDE_EXTENSION = "issue.decide_extension" art 23 "审定延期" "Decide on an extension" SECRETARIAT;
    SUSPEND = "issue.suspend" art 23 "批准挂账" "Suspend an issue" &[SECRETARY_GENERAL];
    RESUME = "issue.resume" art 23 "恢复办理" "Resume an issue" SECRETARIAT;
    /// Article 22: a joint meeting is convened with the secretariat's approval; a branch asks for it there.
    ESCALATE = "issue.escalate" art 22 "提请会议研究" "Escalate to a meeting" SECRETARIAT;
    CONCLUDE_MEETING = "issue.conclude_meeting" art 22 "会议研究结束" "Conclude the meeting" SECRETARIAT;
    REPLY = "issue.reply" art 23 "答复" "Reply" &[HANDLER];
    CONFIRM = "issue.confirm" art 23 "确认" "Confirm or object" &[REPRESENTATIVE, over(Role::MemberLiaison, DELEGATED)];
    AUTO_CONFIRM = "issue.auto_confirm" art 23 "逾期自动确认" "Confirm by silence" &[RULE];
    /// Reached through a confirmation that objects; nobody does it by itself.
    DISPUTE = "issue.dispute" art 23 "再次提出异议" "Object again" &[];
    RULE_ON = "issue.rule" art 23 "核定" "Rule on a dispute" SECRETARIAT;
    REOPEN = "issue.reopen" art 23 "重办" "Reopen an issue" SECRETARIAT;
    CANCEL = "issue.cancel" art 23 "销号" "Cancel from the ledger" SECRETARIAT;
    URGE = "issue.urge" art 23 "催办" "Urge" &[OFFICE, SECRETARY_GENERAL, BRANCH_PRESIDENT, BRANCH_STAFF];
    SUPERVISE = "issue.supervise" art 23 "督办" "Supervise" &[OFFICE, SECRETARY_GENERAL, RULE];
    EXCLUDE_FEEDBACK = "issue.exclude_feedback" art 23 "回访剔除" "Exclude feedback from the rates" SECRETARIAT;
}

impl IssueAction {
    /// The permission that the action asks for.
    #[must_use]
    pub fn permission(self) -> &'static Permission {
        match self {
            Self::Edit | Self::Submit => &SUBMIT,
            Self::Refer => &REFER,
            Self::PassOn => &PASS_ON,
            Self::Settle => &SETTLE,
            Self::Insist => &INSIST,
            Self::Withdraw => &WITHDRAW,
            Self::Register => &REGISTER,
            Self::Reject => &REJECT,
            Self::Merge => &MERGE,
            Self::Dispatch => &DISPATCH,
            Self::Reassign => &REASSIGN,
            Self::Sign => &SIGN,
            Self::Return => &RETURN,
            Self::Contribute => &CONTRIBUTE,
            Self::ReportProgress => &REPORT_PROGRESS,
            Self::RequestExtension => &REQUEST_EXTENSION,
            Self::DecideExtension => &DECIDE_EXTENSION,
            Self::Suspend => &SUSPEND,
            Self::Resume => &RESUME,
            Self::Escalate => &ESCALATE,
            Self::ConcludeMeeting => &CONCLUDE_MEETING,
            Self::Reply => &REPLY,
            Self::Confirm => &CONFIRM,
            Self::AutoConfirm => &AUTO_CONFIRM,
            Self::Dispute => &DISPUTE,
            Self::Rule => &RULE_ON,
            Self::Reopen => &REOPEN,
            Self::Cancel => &CANCEL,
            Self::Urge => &URGE,
            Self::Supervise => &SUPERVISE,
            Self::ExcludeFeedback => &EXCLUDE_FEEDBACK,
        }
    }
}

impl IssueAction {
    /// The rule behind the action in one sentence: what a refusal tells.
    #[must_use]
    pub fn rule(self) -> Say {
        match self {
            Self::Edit => Say::fixed("只有草稿可以修改。", "Only a draft can be edited."),
            Self::Submit => Say::fixed(
                "事项由提出单位的固定代表或联络人提交一次。",
                "The unit's representative or liaison submits an issue, once.",
            ),
            Self::Refer => Say::fixed(
                "分会级事项提交后先由所在街道分会研究。",
                "What is of a branch's level goes to the branch of its street first.",
            ),
            Self::PassOn => Say::fixed(
                "分会不能解决的，由分会转报区级台账；逾期自动转报。",
                "What the branch cannot solve it passes on to the district; after a while it goes on by rule.",
            ),
            Self::Settle => {
                Say::fixed("分会能解决的，由分会答复提出单位。", "What the branch can solve it answers itself.")
            }
            Self::Insist => Say::fixed(
                "提出单位不认可分会答复的，可要求转报区级台账。",
                "A unit that is not content with the branch's answer asks for the district.",
            ),
            Self::Withdraw => Say::fixed(
                "提出单位可在确认前撤回。",
                "The unit that raised it may withdraw it before it is confirmed.",
            ),
            Self::Register => Say::fixed(
                "一事一号：秘书处对已提交的事项编号登记一次。",
                "One issue, one number: the secretariat registers what was submitted, once.",
            ),
            Self::Reject => Say::fixed(
                "登记前由秘书处决定不予受理，并告知理由和正确渠道。",
                "Before registration the secretariat may refuse it, with the reason and the right channel.",
            ),
            Self::Merge => Say::fixed(
                "交办前由秘书处将重复事项并入主事项。",
                "Before dispatch the secretariat merges a duplicate into its master.",
            ),
            Self::Dispatch => Say::fixed(
                "秘书处对已登记或已退回的事项确定一个牵头部门。",
                "The secretariat names one lead department for what is registered or was returned.",
            ),
            Self::Reassign => Say::fixed(
                "答复前由秘书处改派牵头部门或增补协助单位。",
                "Before the reply the secretariat may change the lead or the assisting units.",
            ),
            Self::Sign => {
                Say::fixed("由牵头部门签收交办事项。", "The lead department signs for what was dispatched to it.")
            }
            Self::Return => Say::fixed(
                "牵头部门在退回时限内、办理前可以退回。",
                "The lead department may return it within the limit, before it handles it.",
            ),
            Self::Contribute => Say::fixed(
                "由受邀协助的单位在办理期间反馈。",
                "A unit that was asked to assist contributes while the issue is handled.",
            ),
            Self::ReportProgress => {
                Say::fixed("由牵头部门在签收后报告进展。", "The lead department reports progress after signing for it.")
            }
            Self::RequestExtension => Say::fixed(
                "由牵头部门在时限届满前申请延期。",
                "The lead department asks for an extension before the deadline.",
            ),
            Self::DecideExtension => {
                Say::fixed("由秘书处审定牵头部门的延期申请。", "The secretariat decides on the department's request.")
            }
            Self::Suspend => Say::fixed(
                "办理中的事项由秘书长批准挂账，到期复核。",
                "The secretary-general suspends what is being handled, with a day of review.",
            ),
            Self::Resume => Say::fixed("由秘书处恢复办理挂账事项。", "The secretariat resumes what is suspended."),
            Self::Escalate => Say::fixed(
                "召开联席会须经秘书处批准，编号不变。",
                "A joint meeting needs the secretariat's approval; the number stays.",
            ),
            Self::ConcludeMeeting => Say::fixed(
                "由秘书处记录会议意见，恢复办理。",
                "The secretariat notes what the meeting said; handling goes on.",
            ),
            Self::Reply => Say::fixed(
                "由牵头部门在签收后答复，主要负责人签发。",
                "The lead department replies after signing for it; its head signs the reply.",
            ),
            Self::Confirm => Say::fixed(
                "答复后由提出单位的固定代表确认与评价。",
                "After the reply the submitter's representative confirms or objects.",
            ),
            Self::AutoConfirm => Say::fixed(
                "答复后逾期未反馈的，按规则视为确认。",
                "Silence after the reply counts as confirmation by rule.",
            ),
            Self::Dispute => Say::fixed(
                "重办后仍不认可的，提请秘书处核定。",
                "An objection after the reopening goes to the secretariat.",
            ),
            Self::Rule => Say::fixed(
                "提出单位再次提出异议的，由秘书处核定。",
                "The secretariat rules where the submitter objects again.",
            ),
            Self::Reopen => Say::fixed(
                "答复未获认可或销号后期限内，由秘书处重办，编号不变。",
                "The secretariat reopens it after an objection, or within the limit after the cancellation; the number stays.",
            ),
            Self::Cancel => Say::fixed(
                "一办一销：须有答复，并经确认或核定，方可销号。",
                "It is cancelled only after a reply and a confirmation or ruling.",
            ),
            Self::Urge => {
                Say::fixed("对已交办、尚未答复的事项催办。", "What is dispatched and not yet answered can be urged.")
            }
            Self::Supervise => Say::fixed(
                "由秘书处对已交办、尚未答复的事项督办。",
                "The secretariat supervises what is dispatched and not yet answered.",
            ),
            Self::ExcludeFeedback => Say::fixed(
                "由秘书处剔除已确认事项的回访，理由留痕。",
                "The secretariat excludes a feedback after the confirmation; the reason stays on record.",
            ),
        }
    }
}

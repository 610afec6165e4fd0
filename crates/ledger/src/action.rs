//! Who may do what in the ledger: policy as data (domain.md §1.5, §3.3). The printed matrix is committed.

use gongjian_identity::Role;
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{Permission, Relation, Rule, Say};

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

const fn by(role: Role, over: Relation) -> Rule {
    Rule { role: role.as_str(), over }
}

const RULE: Rule = Rule { role: BY_RULE, over: ANY };
const OFFICE: Rule = by(Role::SecretariatOffice, SUBMITTED);
const SECRETARY_GENERAL: Rule = by(Role::SecretaryGeneral, SUBMITTED);
const REPRESENTATIVE: Rule = by(Role::MemberRepresentative, SUBMITTER);
const LIAISON: Rule = by(Role::MemberLiaison, SUBMITTER);
const HANDLER: Rule = by(Role::DepartmentHandler, LEAD);
const BRANCH_PRESIDENT: Rule = by(Role::BranchPresident, BRANCH);
const BRANCH_STAFF: Rule = by(Role::BranchStaff, BRANCH);

const SECRETARIAT: &[Rule] = &[OFFICE, SECRETARY_GENERAL];

macro_rules! permissions {
    ($($(#[doc = $doc:literal])* $name:ident = $id:literal $zh:literal $en:literal $rules:expr;)*) => {
        $($(#[doc = $doc])* pub static $name: Permission = Permission { name: $id, article: Some(23), label: Say::fixed($zh, $en), rules: $rules };)*
        pub static PERMISSIONS: &[&Permission] = &[$(&$name),*];
    };
}

permissions! {
    /// Departments read the whole ledger: Article 23 tasks them with it. Members see what concerns them.
    READ = "issue.read" "查看事项" "Read an issue" &[
        OFFICE, SECRETARY_GENERAL, by(Role::President, SUBMITTED), by(Role::VicePresident, SUBMITTED),
        REPRESENTATIVE, LIAISON,
        by(Role::MemberRepresentative, ASSISTING), by(Role::MemberLiaison, ASSISTING),
        by(Role::MemberRepresentative, LEAD), by(Role::MemberLiaison, LEAD),
        by(Role::DepartmentHandler, ON_LEDGER), BRANCH_PRESIDENT, BRANCH_STAFF, RULE,
    ];
    STATISTICS = "issue.statistics" "查看台账统计" "Read the ledger's statistics" &[
        OFFICE, SECRETARY_GENERAL, by(Role::President, ANY), by(Role::VicePresident, ANY),
        by(Role::MemberRepresentative, ANY), by(Role::MemberLiaison, ANY), by(Role::DepartmentHandler, ANY),
        by(Role::BranchPresident, ANY), by(Role::BranchStaff, ANY),
    ];
    SUBMIT = "issue.submit" "提交事项" "Submit an issue" &[REPRESENTATIVE, LIAISON];
    WITHDRAW = "issue.withdraw" "撤回事项" "Withdraw an issue" &[REPRESENTATIVE, by(Role::MemberLiaison, OWN_DRAFT)];
    REGISTER = "issue.register" "编号登记" "Register an issue" SECRETARIAT;
    REJECT = "issue.reject" "不予受理" "Refuse an issue" SECRETARIAT;
    MERGE = "issue.merge" "并单" "Merge a duplicate" SECRETARIAT;
    DISPATCH = "issue.dispatch" "责成办理" "Dispatch an issue" SECRETARIAT;
    SIGN = "issue.sign" "签收" "Sign for an issue" &[HANDLER];
    RETURN = "issue.return" "退回" "Return an issue" &[HANDLER];
    CONTRIBUTE = "issue.contribute" "协助办理" "Contribute as an assisting unit" &[
        by(Role::DepartmentHandler, ASSISTING), by(Role::MemberRepresentative, ASSISTING), by(Role::MemberLiaison, ASSISTING),
    ];
    REPORT_PROGRESS = "issue.report_progress" "报告进展" "Report progress" &[HANDLER];
    REQUEST_EXTENSION = "issue.request_extension" "申请延期" "Request an extension" &[HANDLER];
    DECIDE_EXTENSION = "issue.decide_extension" "审定延期" "Decide on an extension" SECRETARIAT;
    SUSPEND = "issue.suspend" "批准挂账" "Suspend an issue" &[SECRETARY_GENERAL];
    RESUME = "issue.resume" "恢复办理" "Resume an issue" SECRETARIAT;
    ESCALATE = "issue.escalate" "提请会议研究" "Escalate to a meeting" &[OFFICE, SECRETARY_GENERAL, BRANCH_PRESIDENT];
    CONCLUDE_MEETING = "issue.conclude_meeting" "会议研究结束" "Conclude the meeting" &[OFFICE, SECRETARY_GENERAL, BRANCH_PRESIDENT];
    REPLY = "issue.reply" "答复" "Reply" &[HANDLER];
    CONFIRM = "issue.confirm" "确认" "Confirm or object" &[REPRESENTATIVE, by(Role::MemberLiaison, DELEGATED)];
    AUTO_CONFIRM = "issue.auto_confirm" "逾期自动确认" "Confirm by silence" &[RULE];
    /// Reached through a confirmation that objects; nobody does it by itself.
    DISPUTE = "issue.dispute" "提请核定" "Dispute" &[];
    RULE_ON = "issue.rule" "核定" "Rule on a dispute" SECRETARIAT;
    REOPEN = "issue.reopen" "重办" "Reopen an issue" SECRETARIAT;
    CANCEL = "issue.cancel" "销号" "Cancel from the ledger" SECRETARIAT;
    URGE = "issue.urge" "催办" "Urge" &[OFFICE, SECRETARY_GENERAL, BRANCH_PRESIDENT, BRANCH_STAFF];
    SUPERVISE = "issue.supervise" "督办" "Supervise" &[OFFICE, SECRETARY_GENERAL, RULE];
    EXCLUDE_FEEDBACK = "issue.exclude_feedback" "回访剔除" "Exclude feedback from the rates" SECRETARIAT;
}

impl IssueAction {
    /// The permission that the action asks for.
    #[must_use]
    pub fn permission(self) -> &'static Permission {
        match self {
            Self::Edit | Self::Submit => &SUBMIT,
            Self::Withdraw => &WITHDRAW,
            Self::Register => &REGISTER,
            Self::Reject => &REJECT,
            Self::Merge => &MERGE,
            Self::Dispatch => &DISPATCH,
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

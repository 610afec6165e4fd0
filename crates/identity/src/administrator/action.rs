//! Who may propose and confirm, what is recorded, what is refused.

use gongjian_kernel::{Permission, Relation, Rule, Say};

use crate::role::{Role, by, over};

/// The system administrator proposed it.
pub(super) const BY_SYSTEM: Relation = Relation("proposed_by_system_administrator");
/// The security administrator proposed it.
pub(super) const BY_SECURITY: Relation = Relation("proposed_by_security_administrator");

const BOTH: &[Rule] = &[by(Role::SystemAdministrator), by(Role::SecurityAdministrator)];

pub static ADMINISTRATOR_READ: Permission = Permission {
    name: "administrator.read",
    article: None,
    label: Say::fixed("查看管理员授权", "read proposals for administrators"),
    rules: BOTH,
};

pub static ADMINISTRATOR_PROPOSE: Permission = Permission {
    name: "administrator.propose",
    article: None,
    label: Say::fixed("提出管理员授权", "propose to make or end an administrator"),
    rules: BOTH,
};

/// The one of the two administrators who did not propose.
pub static ADMINISTRATOR_CONFIRM: Permission = Permission {
    name: "administrator.confirm",
    article: None,
    label: Say::fixed("确认管理员授权", "confirm or decline a proposal"),
    rules: &[over(Role::SecurityAdministrator, BY_SYSTEM), over(Role::SystemAdministrator, BY_SECURITY)],
};

pub static PERMISSIONS: &[&Permission] = &[&ADMINISTRATOR_READ, &ADMINISTRATOR_PROPOSE, &ADMINISTRATOR_CONFIRM];

// The confirmation itself is on record as what it does to the account: `account.granted`, `account.ungranted`.
gongjian_kernel::events! { ADMINISTRATOR_EVENTS on "grant_proposal":
    PROPOSED = "grant_proposal.proposed" "已提出管理员授权" "a change of administrators was proposed";
    DECLINED = "grant_proposal.declined" "管理员授权已否决" "the proposal was declined";
    WITHDRAWN = "grant_proposal.withdrawn" "管理员授权已撤回" "the proposal was withdrawn";
    EXPIRED = "grant_proposal.expired" "管理员授权已过期" "the proposal expired";
}

gongjian_kernel::faults! { ADMINISTRATOR_FAULTS:
    PROPOSAL_NOT_FOUND = NotFound "grant_proposal_not_found": "没有该管理员授权", "No such proposal";
        "核对授权标识后重试。", "Check the id of the proposal.";
    PROPOSAL_STATE = Conflict "grant_proposal_state": "该授权已有结果", "The proposal is settled";
        "查看其结果；需要时重新提出。", "See what became of it; propose again where needed.";
    PROPOSED_ALREADY = Conflict "grant_proposal_pending": "该账号已有待确认的授权", "A proposal for this account awaits confirmation";
        "先确认、否决或撤回原有授权。", "Confirm, decline or withdraw that one first.";
    PASSWORD_OF_ANOTHER = Conflict "password_of_another": "该账号的密码尚未由本人设置", "The password of the account was set by somebody else";
        "由本人登录并修改密码后再办理。", "Its owner signs in and changes it first.";
    TWO_PERSONS = Conflict "two_persons_required": "提出人与确认人须为不同人员", "Whoever confirms must be another person than whoever proposed";
        "由另一人的账号确认。", "Somebody else must confirm it.";
    PROPOSER_GONE = Conflict "proposer_not_in_office": "提出人已不是管理员", "Whoever proposed it is no administrator any more";
        "由现任管理员重新提出。", "An administrator in office must propose it again.";
    NOT_GRANTED = Conflict "not_granted": "该账号不是这一管理员", "The account is not this administrator";
        "查看该账号的管理员授权。", "See the grants of the account.";
    NOT_THE_PROPOSER = Denied "not_the_proposer": "只有提出人可以撤回", "Only whoever proposed it can withdraw it";
        "另一方可以否决。", "The other side can decline it.";
}

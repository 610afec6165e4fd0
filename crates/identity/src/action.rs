//! Every permission over accounts: policy as data. One's own sessions and password need none.
//!
//! GB/T 22239 8.1.5 wants three administrators who exclude each other: accounts with the system
//! administrator, rights with the security administrator, the trail with the audit administrator.

use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{Permission, Relation, Rule, Say};

use crate::role::{Role, by, over};

/// Commands run on the server itself, by whoever operates it.
const OPERATOR: Rule = Rule { role: BY_RULE, over: ANY };

/// The system administrator opens and shuts accounts.
const SYSTEM: &[Rule] = &[by(Role::SystemAdministrator), OPERATOR];

/// The security administrator keeps locks and passwords.
const SECURITY: &[Rule] = &[by(Role::SecurityAdministrator), OPERATOR];

pub static ACCOUNT_READ: Permission = Permission {
    name: "account.read",
    article: None,
    label: Say::fixed("查看账号", "read accounts"),
    rules: &[by(Role::SystemAdministrator), by(Role::SecurityAdministrator), OPERATOR],
};

pub static ACCOUNT_CREATE: Permission = Permission {
    name: "account.create",
    article: None,
    label: Say::fixed("创建账号", "create accounts"),
    rules: SYSTEM,
};

pub static ACCOUNT_DISABLE: Permission = Permission {
    name: "account.disable",
    article: None,
    label: Say::fixed("停用和启用账号", "disable and enable accounts"),
    rules: SYSTEM,
};

/// A reset lifts a lock, too: both are the security administrator's.
pub static ACCOUNT_RESET_PASSWORD: Permission = Permission {
    name: "account.reset_password",
    article: None,
    label: Say::fixed("重置密码、解除锁定", "reset passwords and lift locks"),
    rules: SECURITY,
};

/// By one alone, and only from the command line: the way to the first of each kind. Over the API it takes two
/// ([`crate::administrator`]).
pub static ACCOUNT_GRANT: Permission = Permission {
    name: "account.grant",
    article: None,
    label: Say::fixed("由运维命令授予管理员权限", "make an administrator from the command line"),
    rules: &[OPERATOR],
};

/// The office is held for the unit that the person acts for.
pub const UNIT_OF_PERSON: Relation = Relation("unit_of_person");
/// The person holds no office of the association itself.
pub const NO_OFFICER: Relation = Relation("no_officer");

/// Article 25: the secretariat invites whom it has on file; a unit's representative its own people.
pub static ACCOUNT_INVITE: Permission = Permission {
    name: "account.invite",
    article: Some(25),
    label: Say::fixed("邀请人员开通账号", "invite people to open their accounts"),
    rules: &[
        by(Role::SystemAdministrator),
        over(Role::SecretariatOffice, NO_OFFICER),
        by(Role::SecretaryGeneral),
        over(Role::MemberRepresentative, UNIT_OF_PERSON),
    ],
};

pub static ACCOUNT_LOCK: Permission = Permission {
    name: "account.lock",
    article: None,
    label: Say::fixed("锁定和解锁账号", "lock and unlock accounts"),
    rules: SECURITY,
};

pub static ACCOUNT_SESSIONS: Permission = Permission {
    name: "account.sessions",
    article: None,
    label: Say::fixed("查看和结束账号的会话", "see and end the sessions of accounts"),
    rules: SECURITY,
};

pub static ACCOUNT_RESET_SECOND_FACTOR: Permission = Permission {
    name: "account.reset_second_factor",
    article: None,
    label: Say::fixed("重置第二验证因素", "reset second factors"),
    rules: SECURITY,
};

pub static PERMISSIONS: &[&Permission] = &[
    &ACCOUNT_READ,
    &ACCOUNT_CREATE,
    &ACCOUNT_DISABLE,
    &ACCOUNT_RESET_PASSWORD,
    &ACCOUNT_GRANT,
    &ACCOUNT_INVITE,
    &ACCOUNT_LOCK,
    &ACCOUNT_SESSIONS,
    &ACCOUNT_RESET_SECOND_FACTOR,
];

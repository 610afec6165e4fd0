//! Every permission over accounts: policy as data. One's own sessions and password need none.
//!
//! GB/T 22239 8.1.5 wants three administrators who exclude each other: accounts with the system
//! administrator, rights with the security administrator, the trail with the audit administrator.

use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{Permission, Rule, Say};

use crate::role::Role;

const fn by(role: Role) -> Rule {
    Rule { role: role.as_str(), over: ANY }
}

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

pub static PERMISSIONS: &[&Permission] =
    &[&ACCOUNT_READ, &ACCOUNT_CREATE, &ACCOUNT_DISABLE, &ACCOUNT_RESET_PASSWORD, &ACCOUNT_GRANT];

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

/// The security administrator decides on rights.
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

pub static ACCOUNT_RESET_PASSWORD: Permission = Permission {
    name: "account.reset_password",
    article: None,
    label: Say::fixed("重置密码", "reset passwords"),
    rules: SYSTEM,
};

pub static ACCOUNT_GRANT: Permission = Permission {
    name: "account.grant",
    article: None,
    label: Say::fixed("授予和终止管理员权限", "make and end administrators"),
    rules: SECURITY,
};

pub static PERMISSIONS: &[&Permission] =
    &[&ACCOUNT_READ, &ACCOUNT_CREATE, &ACCOUNT_DISABLE, &ACCOUNT_RESET_PASSWORD, &ACCOUNT_GRANT];

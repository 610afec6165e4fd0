//! Every permission over accounts: policy as data. One's own sessions and password need none.
//!
//! GB/T 22239 8.1.5 wants three administrators: accounts with the system administrator, offices and
//! lock-outs with the security administrator, the trail with the audit administrator. The first two
//! are still one office here; splitting them changes the rules below and nothing else.

use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{Permission, Rule, Say};

use crate::role::Role;

/// The system administrator, and commands run on the server itself.
const ADMINISTRATION: &[Rule] =
    &[Rule { role: Role::SystemAdministrator.as_str(), over: ANY }, Rule { role: BY_RULE, over: ANY }];

pub static ACCOUNT_READ: Permission = Permission {
    name: "account.read",
    article: None,
    label: Say::fixed("查看账号", "read accounts"),
    rules: ADMINISTRATION,
};

pub static ACCOUNT_CREATE: Permission = Permission {
    name: "account.create",
    article: None,
    label: Say::fixed("创建账号", "create accounts"),
    rules: ADMINISTRATION,
};

pub static ACCOUNT_DISABLE: Permission = Permission {
    name: "account.disable",
    article: None,
    label: Say::fixed("停用和启用账号", "disable and enable accounts"),
    rules: ADMINISTRATION,
};

pub static ACCOUNT_RESET_PASSWORD: Permission = Permission {
    name: "account.reset_password",
    article: None,
    label: Say::fixed("重置密码", "reset passwords"),
    rules: ADMINISTRATION,
};

pub static ACCOUNT_GRANT: Permission = Permission {
    name: "account.grant",
    article: None,
    label: Say::fixed("授予和终止职务", "grant and end offices"),
    rules: ADMINISTRATION,
};

pub static PERMISSIONS: &[&Permission] =
    &[&ACCOUNT_READ, &ACCOUNT_CREATE, &ACCOUNT_DISABLE, &ACCOUNT_RESET_PASSWORD, &ACCOUNT_GRANT];

//! Permissions over what an operator sets: policies and the working calendar. They live here because
//! their rules name offices, and the kernel, which keeps the documents, knows none.

use gongjian_kernel::{Permission, Say};

use crate::role::{Role, by};

/// Article 9(2): whoever holds an office may know the rules that the association works by.
pub static CONFIGURATION_READ: Permission = Permission {
    name: "configuration.read",
    article: Some(9),
    label: Say::fixed("查看配置", "read the configuration"),
    rules: &[
        by(Role::MemberRepresentative),
        by(Role::MemberLiaison),
        by(Role::DepartmentHandler),
        by(Role::BranchPresident),
        by(Role::BranchStaff),
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        by(Role::CouncilMember),
        by(Role::CommitteeDirector),
        by(Role::Expert),
        by(Role::SystemAdministrator),
        by(Role::SecurityAdministrator),
        by(Role::AuditAdministrator),
    ],
};

pub static CONFIGURATION_CHANGE: Permission = Permission {
    name: "configuration.change",
    article: None,
    label: Say::fixed("变更配置", "change the configuration"),
    rules: &[by(Role::SystemAdministrator)],
};

/// What guards accounts and rights is the security administrator's to change (三员, GB/T 22239 8.1.5).
pub static SECURITY_POLICY_CHANGE: Permission = Permission {
    name: "configuration.change_security",
    article: None,
    label: Say::fixed("变更安全策略", "change the security policies"),
    rules: &[by(Role::SecurityAdministrator)],
};

pub static CALENDAR_IMPORT: Permission = Permission {
    name: "calendar.import",
    article: None,
    label: Say::fixed("导入工作日历", "import a calendar year"),
    rules: &[by(Role::SystemAdministrator)],
};

pub static PERMISSIONS: &[&Permission] =
    &[&CONFIGURATION_READ, &CONFIGURATION_CHANGE, &SECURITY_POLICY_CHANGE, &CALENDAR_IMPORT];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_holds_an_office_may_read_the_configuration() {
        for role in Role::ALL {
            assert!(CONFIGURATION_READ.rules.iter().any(|rule| rule.role == role.as_str()), "{role}");
        }
    }
}

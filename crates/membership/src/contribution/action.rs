//! Who contributes for a unit, and who acknowledges it.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Permission, Relation, Resource, Say, Scope};

use super::Contribution;
use super::fault::CONTRIBUTION_NOT_FOUND;
use crate::action::OWN_UNIT;

pub static CONTRIBUTION_READ: Permission = Permission {
    name: "contribution.read",
    article: Some(10),
    label: Say::fixed("查看贡献", "read contributions"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
    ],
};

/// Article 10(3): the unit gives by its own will, and may take it back.
pub static CONTRIBUTION_SUBMIT: Permission = Permission {
    name: "contribution.submit",
    article: Some(10),
    label: Say::fixed("提交贡献", "contribute"),
    rules: &[over(Role::MemberRepresentative, OWN_UNIT), over(Role::MemberLiaison, OWN_UNIT)],
};

pub static CONTRIBUTION_ACKNOWLEDGE: Permission = Permission {
    name: "contribution.acknowledge",
    article: Some(10),
    label: Say::fixed("确认收悉贡献", "acknowledge a contribution"),
    rules: SECRETARIAT,
};

impl Resource for Contribution {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match scope {
            Scope::Unit(unit) => over == OWN_UNIT && self.unit_id.0 == *unit,
            Scope::Association | Scope::Branch(_) | Scope::Body(_) => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &CONTRIBUTION_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("contribution", Some(self.id.0))
    }
}

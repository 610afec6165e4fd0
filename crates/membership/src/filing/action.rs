//! Who may see filings, and who looks at their form.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Permission, Relation, Resource, Say, Scope};

use super::Filing;
use super::fault::FILING_NOT_FOUND;
use crate::action::OWN_UNIT;

/// Article 25: a unit sees what it has filed, the secretariat all of it.
pub static FILING_READ: Permission = Permission {
    name: "filing.read",
    article: Some(25),
    label: Say::fixed("查看备案", "read filings"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
    ],
};

/// Article 25 「报秘书处备案」: the form alone; nobody approves a filing.
pub static FILING_CHECK: Permission = Permission {
    name: "filing.check",
    article: Some(25),
    label: Say::fixed("形式审核备案", "check the form of filings"),
    rules: SECRETARIAT,
};

impl Resource for Filing {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match scope {
            Scope::Unit(unit) => over == OWN_UNIT && self.unit_id.is_some_and(|own| own.0 == *unit),
            Scope::Association | Scope::Branch(_) | Scope::Body(_) => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &FILING_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("filing", Some(self.id.0))
    }
}

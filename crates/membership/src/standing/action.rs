//! Who reads passbooks, and who argues about them.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Permission, Relation, Resource, Say, Scope};

use super::Line;
use super::fault::STANDING_LINE_NOT_FOUND;
use crate::action::OWN_UNIT;

/// Articles 9 and 10: the unit itself, the secretariat, and those who read everything. Article 9(2) does not
/// publish the passbook of another unit.
pub static STANDING_READ: Permission = Permission {
    name: "standing.read",
    article: Some(10),
    label: Say::fixed("查看履职记录", "read the passbook of a unit"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
    ],
};

/// Article 9(2): who has the right to know may also say that it is wrong.
pub static STANDING_DISPUTE: Permission = Permission {
    name: "standing.dispute",
    article: Some(9),
    label: Say::fixed("对履职记录提出异议", "dispute a line of the passbook"),
    rules: &[over(Role::MemberRepresentative, OWN_UNIT)],
};

/// Article 13: the secretariat keeps the record.
pub static STANDING_ANSWER: Permission = Permission {
    name: "standing.answer",
    article: Some(13),
    label: Say::fixed("处理履职记录异议", "answer a dispute"),
    rules: SECRETARIAT,
};

impl Resource for Line {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match scope {
            Scope::Unit(unit) => over == OWN_UNIT && self.unit_id.0 == *unit,
            Scope::Association | Scope::Branch(_) | Scope::Body(_) => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &STANDING_LINE_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("standing_line", Some(self.id.0))
    }
}

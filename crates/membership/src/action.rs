//! Every permission over units: who holds it, and the article that it rests on.

use gongjian_identity::Role;
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{FaultEntry, Permission, Relation, Resource, Rule, Say, Scope};

use crate::appointment::BELOW_ASSOCIATION;
use crate::fault::UNIT_NOT_FOUND;
use crate::unit::Unit;

/// The office is held for this very unit.
pub const OWN_UNIT: Relation = Relation("own_unit");
/// The unit lies in the street of the office.
pub const BRANCH: Relation = Relation("branch");

pub static UNIT_CREATE: Permission = Permission {
    name: "unit.create",
    article: Some(8),
    label: Say::fixed("登记会员单位", "put a unit on file"),
    rules: &[
        Rule { role: Role::SecretariatOffice.as_str(), over: ANY },
        Rule { role: Role::SecretaryGeneral.as_str(), over: ANY },
    ],
};

/// Article 9(2): members have the right to know. Administrators hold no business role and see none of it.
pub static UNIT_READ: Permission = Permission {
    name: "unit.read",
    article: Some(9),
    label: Say::fixed("查阅会员单位", "read units"),
    rules: &[
        Rule { role: Role::MemberRepresentative.as_str(), over: ANY },
        Rule { role: Role::MemberLiaison.as_str(), over: ANY },
        Rule { role: Role::DepartmentHandler.as_str(), over: ANY },
        Rule { role: Role::BranchPresident.as_str(), over: ANY },
        Rule { role: Role::BranchStaff.as_str(), over: ANY },
        Rule { role: Role::SecretariatOffice.as_str(), over: ANY },
        Rule { role: Role::SecretaryGeneral.as_str(), over: ANY },
        Rule { role: Role::President.as_str(), over: ANY },
        Rule { role: Role::VicePresident.as_str(), over: ANY },
    ],
};

/// Article 25: the unit proposes its successor, the secretariat keeps the file.
pub static UNIT_CONTACT_CHANGE: Permission = Permission {
    name: "unit.contact_change",
    article: Some(25),
    label: Say::fixed("备案固定代表和联络人", "file the representative and liaison"),
    rules: &[
        Rule { role: Role::SecretariatOffice.as_str(), over: ANY },
        Rule { role: Role::SecretaryGeneral.as_str(), over: ANY },
        Rule { role: Role::MemberRepresentative.as_str(), over: OWN_UNIT },
    ],
};

const fn by(role: Role) -> Rule {
    Rule { role: role.as_str(), over: ANY }
}

/// Article 25: changes of office are filed with the secretariat. Its own officers, and those above them,
/// are filed by the secretary-general; before there is one, by the security administrator, who decides on
/// rights (三员). A department names its own handlers (Article 23).
pub static APPOINTMENT_FILE: Permission = Permission {
    name: "appointment.file",
    article: Some(25),
    label: Say::fixed("任职备案", "file an appointment"),
    rules: &[
        by(Role::SecretaryGeneral),
        by(Role::SecurityAdministrator),
        Rule { role: BY_RULE, over: ANY },
        Rule { role: Role::SecretariatOffice.as_str(), over: BELOW_ASSOCIATION },
        Rule { role: Role::MemberRepresentative.as_str(), over: OWN_UNIT },
    ],
};

/// Article 9(2): who holds the association's offices.
pub static APPOINTMENT_READ: Permission = Permission {
    name: "appointment.read",
    article: Some(9),
    label: Say::fixed("查看任职", "read appointments"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        by(Role::SecurityAdministrator),
        Rule { role: BY_RULE, over: ANY },
        Rule { role: Role::MemberRepresentative.as_str(), over: OWN_UNIT },
    ],
};

/// Article 8: many units at once are put on file by whoever does it one by one.
pub static UNIT_IMPORT: Permission = Permission {
    name: "unit.import",
    article: Some(8),
    label: Say::fixed("批量导入会员单位", "import units"),
    rules: &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral)],
};

/// Article 9(2) lets every member read the list; taking it away with its people is the association's own
/// business (个人信息保护法 6).
pub static UNIT_EXPORT: Permission = Permission {
    name: "unit.export",
    article: Some(9),
    label: Say::fixed("导出会员单位名册", "export the list of units"),
    rules: &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral), by(Role::President), by(Role::VicePresident)],
};

pub static PERMISSIONS: &[&Permission] =
    &[&UNIT_CREATE, &UNIT_READ, &UNIT_CONTACT_CHANGE, &APPOINTMENT_FILE, &APPOINTMENT_READ, &UNIT_IMPORT, &UNIT_EXPORT];

impl Resource for Unit {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match scope {
            Scope::Association => false,
            Scope::Branch(street) => over == BRANCH && *street == self.street_code,
            Scope::Unit(unit) => over == OWN_UNIT && *unit == self.id.0,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &UNIT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("unit", Some(self.id.0))
    }
}

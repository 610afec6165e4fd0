//! Every permission over units: who holds it, and the article that it rests on.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{Actor, FaultEntry, Permission, Relation, Resource, Rule, Say, Scope};
use uuid::Uuid;

use crate::appointment::BELOW_ASSOCIATION;
use crate::contribution::action::{CONTRIBUTION_ACKNOWLEDGE, CONTRIBUTION_READ, CONTRIBUTION_SUBMIT};
use crate::fault::UNIT_NOT_FOUND;
use crate::filing::action::{FILING_CHECK, FILING_READ};
use crate::standing::action::{STANDING_ANSWER, STANDING_DISPUTE, STANDING_READ};
use crate::unit::Unit;

/// The office is held for this very unit.
pub const OWN_UNIT: Relation = Relation("own_unit");
/// The unit lies in the street of the office.
pub const BRANCH: Relation = Relation("branch");

pub static UNIT_CREATE: Permission = Permission {
    name: "unit.create",
    article: Some(8),
    label: Say::fixed("登记会员单位", "put a unit on file"),
    rules: SECRETARIAT,
};

/// Article 9(2): members have the right to know. Administrators hold no business role and see none of it.
pub static UNIT_READ: Permission = Permission {
    name: "unit.read",
    article: Some(9),
    label: Say::fixed("查阅会员单位", "read units"),
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
    ],
};

/// Article 25: the unit proposes its successor, the secretariat keeps the file.
pub static UNIT_CONTACT_CHANGE: Permission = Permission {
    name: "unit.contact_change",
    article: Some(25),
    label: Say::fixed("备案固定代表和联络人", "file the representative and liaison"),
    rules: &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral), over(Role::MemberRepresentative, OWN_UNIT)],
};

/// Article 25: changes of office are filed with the secretariat. Its own officers are filed by the
/// secretary-general. A department names its own handlers (Article 23).
pub static APPOINTMENT_FILE: Permission = Permission {
    name: "appointment.file",
    article: Some(25),
    label: Say::fixed("任职备案", "file an appointment"),
    rules: &[
        by(Role::SecretaryGeneral),
        Rule { role: BY_RULE, over: ANY },
        over(Role::SecretariatOffice, BELOW_ASSOCIATION),
        over(Role::MemberRepresentative, OWN_UNIT),
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
        over(Role::MemberRepresentative, OWN_UNIT),
    ],
};

/// Article 8 takes military units in; their details are for themselves and for whoever keeps the files.
/// The same persons see the addresses of a unit's people in full.
pub static UNIT_READ_IN_FULL: Permission = Permission {
    name: "unit.read_in_full",
    article: Some(8),
    label: Say::fixed("查阅单位完整信息", "read everything about a unit"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
        over(Role::DepartmentHandler, OWN_UNIT),
    ],
};

/// Article 25: those who keep the files, and the person's own unit, reach the person by telephone.
pub static PERSON_REVEAL: Permission = Permission {
    name: "person.reveal",
    article: Some(25),
    label: Say::fixed("查看完整电话号码", "see a phone number in full"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
    ],
};

/// Article 9(4): free to leave. The representative alone gives the notice, and nobody else ends a membership
/// that a unit wants to keep.
pub static UNIT_WITHDRAW: Permission = Permission {
    name: "unit.withdraw",
    article: Some(9),
    label: Say::fixed("退会", "leave the association"),
    rules: &[over(Role::MemberRepresentative, OWN_UNIT)],
};

/// Article 9: a unit that is gone, with evidence (domain.md §1.6, A3). No expulsion.
pub static UNIT_DISSOLVE: Permission = Permission {
    name: "unit.dissolve",
    article: Some(9),
    label: Say::fixed("登记单位终止", "put on file that a unit is gone"),
    rules: SECRETARIAT,
};

/// Article 9(4): what a unit that leaves was part of is handed over.
pub static UNIT_HANDOVER: Permission = Permission {
    name: "unit.handover",
    article: Some(9),
    label: Say::fixed("查看待移交事项", "see what is to be handed over"),
    rules: &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral), over(Role::MemberRepresentative, OWN_UNIT)],
};

/// Article 25: changes are filed with the secretariat.
pub static UNIT_RENAME: Permission = Permission {
    name: "unit.rename",
    article: Some(25),
    label: Say::fixed("单位更名备案", "file a new name"),
    rules: &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral), over(Role::MemberRepresentative, OWN_UNIT)],
};

/// Article 8: the members after an institutional reform.
pub static UNIT_REFORM: Permission = Permission {
    name: "unit.reform",
    article: Some(8),
    label: Say::fixed("登记单位合并、分立", "put a merger or split on file"),
    rules: SECRETARIAT,
};

/// Article 25: all who have been representative or liaison, with when and why they changed.
pub static UNIT_CONTACT_HISTORY: Permission = Permission {
    name: "unit.contact_history",
    article: Some(25),
    label: Say::fixed("查看历任固定代表和联络人", "read the former representatives and liaisons"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
    ],
};

/// Article 8: many units at once are put on file by whoever does it one by one.
pub static UNIT_IMPORT: Permission = Permission {
    name: "unit.import",
    article: Some(8),
    label: Say::fixed("批量导入会员单位", "import units"),
    rules: SECRETARIAT,
};

/// Article 9(2) lets every member read the list; taking it away with its people is the association's own
/// business (个人信息保护法 6).
pub static UNIT_EXPORT: Permission = Permission {
    name: "unit.export",
    article: Some(9),
    label: Say::fixed("导出会员单位名册", "export the list of units"),
    rules: &[by(Role::SecretariatOffice), by(Role::SecretaryGeneral), by(Role::President), by(Role::VicePresident)],
};

pub static PERMISSIONS: &[&Permission] = &[
    &UNIT_CREATE,
    &UNIT_READ,
    &UNIT_CONTACT_CHANGE,
    &APPOINTMENT_FILE,
    &APPOINTMENT_READ,
    &UNIT_WITHDRAW,
    &UNIT_DISSOLVE,
    &UNIT_HANDOVER,
    &UNIT_RENAME,
    &UNIT_REFORM,
    &UNIT_READ_IN_FULL,
    &PERSON_REVEAL,
    &UNIT_CONTACT_HISTORY,
    &FILING_READ,
    &FILING_CHECK,
    &STANDING_READ,
    &STANDING_DISPUTE,
    &STANDING_ANSWER,
    &CONTRIBUTION_READ,
    &CONTRIBUTION_SUBMIT,
    &CONTRIBUTION_ACKNOWLEDGE,
    &UNIT_IMPORT,
    &UNIT_EXPORT,
];

/// The units for which the actor holds an office that carries the permission over its own unit: what a
/// list is narrowed to for one who may not read all.
#[must_use]
pub fn own_units(actor: &Actor, permission: &Permission) -> Vec<Uuid> {
    let carries = |role: &str| permission.rules.iter().any(|rule| rule.role == role && rule.over == OWN_UNIT);
    let units = actor.grants.iter().filter_map(|grant| match grant.scope {
        Scope::Unit(unit) if carries(grant.role) => Some(unit),
        Scope::Unit(_) | Scope::Association | Scope::Branch(_) | Scope::Body(_) => None,
    });
    units.collect()
}

impl Resource for Unit {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match scope {
            Scope::Association | Scope::Body(_) => false,
            Scope::Branch(street) => over == BRANCH && *street == self.street_code,
            Scope::Unit(unit) => over == OWN_UNIT && *unit == self.id.0,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &UNIT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("unit", Some(self.id.0))
    }
}

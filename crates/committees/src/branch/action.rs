//! Permissions: street branches.

use gongjian_governance::body::Body;
use gongjian_governance::body::action::OWN_BODY;
use gongjian_identity::{Role, by, over};
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use gongjian_membership::UnitId;
use gongjian_membership::action::{OWN_UNIT, UNIT_READ};
use uuid::Uuid;

/// Whoever presides over the branch or works for it.
const OF_BRANCH: &[Rule] = &[over(Role::BranchPresident, OWN_BODY), over(Role::BranchStaff, OWN_BODY)];

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): whoever reads units reads what their branches are and do.
    BRANCH_READ = "branch.read" art 18 "查看街道分会" "read street branches" UNIT_READ.rules;
    BRANCH_LEAD = "branch.lead" art 18 "依协商一致确定会长制和轮值" "set who presides, by consensus" &[
        over(Role::BranchPresident, OWN_BODY),
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        Rule { role: BY_RULE, over: ANY },
    ];
    /// What was agreed on before there was a system; marked as such.
    BRANCH_LEAD_DOCUMENT = "branch.enter_document" art 18 "依据书面文件登记会长制" "set who presides from a document" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        Rule { role: BY_RULE, over: ANY },
    ];
    /// The secretary and the units concerned, each for himself.
    ROTATION_CHANGE = "branch_rotation.change" art 18 "提出、同意轮值调整" "propose a change of the rotation, consent to it" &[
        over(Role::BranchPresident, OWN_BODY),
        over(Role::MemberRepresentative, OWN_UNIT),
    ];
    HANDOVER_REPORT = "branch_term.report" art 18 "提交轮值交接报告" "report on a term that ends" &[
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
    ];
    BRANCH_WORK_KEEP = "branch_work.keep" art 18 "安排和记录分会年度工作" "plan the year's work and tell what was done" OF_BRANCH;
    NEED_READ = "branch_need.read" art 18 "查看会员需求" "read what members need" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        over(Role::BranchPresident, OWN_BODY),
        over(Role::BranchStaff, OWN_BODY),
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
    ];
    /// Article 18(4).
    NEED_REPORT = "branch_need.report" art 18 "向分会反映、撤回需求" "tell the branch what one needs, take it back" &[
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberLiaison, OWN_UNIT),
    ];
    NEED_HANDLE = "branch_need.handle" art 18 "办理会员需求" "see to what members need" OF_BRANCH;
    /// Article 18(5) and (6).
    MASS_ORGANISATION_FILE = "mass_organisation.file" art 18 "登记群众组织" "file mass organisations" OF_BRANCH;
}

/// Something of a branch, as permissions see it.
#[derive(Debug, Clone, Copy)]
pub struct OfBranch<'a> {
    pub body: &'a Body,
    /// The units that it is about.
    pub units: &'a [UnitId],
    pub unknown: &'static FaultEntry,
    pub subject: (&'static str, Option<Uuid>),
}

impl<'a> OfBranch<'a> {
    /// Something that is yet to be made. Branches are no secret: who may not is told so.
    #[must_use]
    pub fn new(body: &'a Body) -> Self {
        Self { body, units: &[], unknown: &FORBIDDEN, subject: body.subject() }
    }
}

impl Resource for OfBranch<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match (over, scope) {
            (OWN_UNIT, Scope::Unit(unit)) => self.units.iter().any(|own| own.0 == *unit),
            (OWN_UNIT, _) => false,
            (over, scope) => self.body.relates(over, scope),
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        self.unknown
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        self.subject
    }
}

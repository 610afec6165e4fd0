//! Permissions: projects (Articles 20 and 21).

use gongjian_identity::{Role, over};
use gongjian_kernel::{Relation, Rule};
use gongjian_membership::action::OWN_UNIT;

/// The unit takes part without being the one that declared.
pub const JOINT_UNIT: Relation = Relation("joint_unit");
/// It has been declared: no draft.
pub const DECLARED: Relation = Relation("declared");
/// It is made public, or approved.
pub const MADE_PUBLIC: Relation = Relation("made_public");

const SECRETARIAT: &[Rule] = &[over(Role::SecretariatOffice, DECLARED), over(Role::SecretaryGeneral, DECLARED)];
const DECLARERS: &[Rule] = &[over(Role::MemberRepresentative, OWN_UNIT), over(Role::MemberLiaison, OWN_UNIT)];

const READERS: &[Rule] = &[
    over(Role::SecretariatOffice, DECLARED),
    over(Role::SecretaryGeneral, DECLARED),
    over(Role::President, DECLARED),
    over(Role::VicePresident, DECLARED),
    over(Role::CouncilMember, DECLARED),
    over(Role::MemberRepresentative, OWN_UNIT),
    over(Role::MemberLiaison, OWN_UNIT),
    over(Role::MemberRepresentative, JOINT_UNIT),
    over(Role::MemberLiaison, JOINT_UNIT),
    over(Role::MemberRepresentative, MADE_PUBLIC),
    over(Role::MemberLiaison, MADE_PUBLIC),
    over(Role::DepartmentHandler, MADE_PUBLIC),
    over(Role::BranchPresident, MADE_PUBLIC),
    over(Role::BranchStaff, MADE_PUBLIC),
    over(Role::CommitteeDirector, MADE_PUBLIC),
    over(Role::Expert, MADE_PUBLIC),
];

gongjian_kernel::permissions! { PERMISSIONS:
    PROJECT_READ = "project.read" art 20 "查看项目" "read projects" READERS;
    PROJECT_DECLARE = "project.declare" art 21 "申报项目" "declare a project" DECLARERS;
    /// Article 20: the secretariat does the council's part of it.
    PROJECT_CHECK = "project.check" art 20 "形式审查" "check the form of declarations" SECRETARIAT;
    PROJECT_APPROVE = "project.approve" art 20 "办理项目核准、公示和立项" "carry out the council's decisions on projects" SECRETARIAT;
    /// Each under the name of his unit.
    PROJECT_OBJECT = "project.object" art 9 "对公示项目提出异议" "object to a project made public"
        &[over(Role::MemberRepresentative, MADE_PUBLIC), over(Role::MemberLiaison, MADE_PUBLIC)];
}

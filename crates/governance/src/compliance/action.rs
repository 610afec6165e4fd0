//! Who may know what the charter still asks for, and who gives the reason of a breach.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::Relation;
use gongjian_membership::action::{BRANCH, OWN_UNIT};

use crate::body::action::OWN_BODY;

/// Article 9(2): it is about the association itself, and every member has the right to know.
pub const PUBLIC_DUTY: Relation = Relation("public_duty");

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): the association's own for everybody in it, a unit's for the unit, a branch's for the branch.
    /// The council answers for all of it to the general meeting (Article 13).
    COMPLIANCE_READ = "compliance.read" art 9 "查看合规日历" "read the compliance calendar" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        by(Role::CouncilMember),
        over(Role::MemberRepresentative, OWN_UNIT),
        over(Role::MemberRepresentative, PUBLIC_DUTY),
        over(Role::MemberLiaison, OWN_UNIT),
        over(Role::MemberLiaison, PUBLIC_DUTY),
        over(Role::BranchPresident, BRANCH),
        over(Role::BranchPresident, PUBLIC_DUTY),
        over(Role::BranchStaff, BRANCH),
        over(Role::BranchStaff, PUBLIC_DUTY),
        over(Role::CommitteeDirector, OWN_BODY),
        over(Role::CommitteeDirector, PUBLIC_DUTY),
    ];
    /// Article 13: the secretariat reports to the council, also why something was not done.
    COMPLIANCE_EXPLAIN = "compliance.explain" art 13 "说明未按原则办理的原因" "say why something did not happen" SECRETARIAT;
}

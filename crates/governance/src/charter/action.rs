//! Who drafts the charter's versions, who reads drafts, who records what the general meeting has adopted.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Scope};
use uuid::Uuid;

use super::fault::CHARTER_VERSION_NOT_FOUND;
use super::{CharterStatus, CharterVersion};

/// The version lies before the general meeting, or has been adopted.
pub const DELIBERATED: Relation = Relation("in_deliberation");
/// The general meeting has adopted it.
pub const ADOPTED: Relation = Relation("adopted");

gongjian_kernel::permissions! { PERMISSIONS:
    /// What is adopted is read by everybody who is signed in; this tells who reads what is not.
    CHARTER_READ = "charter.read" art 9 "查阅章程" "read the charter" &[
        by(Role::SecretariatOffice), by(Role::SecretaryGeneral),
        over(Role::President, DELIBERATED), over(Role::VicePresident, DELIBERATED), over(Role::CouncilMember, DELIBERATED),
        over(Role::MemberRepresentative, ADOPTED), over(Role::MemberLiaison, ADOPTED),
        over(Role::DepartmentHandler, ADOPTED), over(Role::BranchPresident, ADOPTED), over(Role::BranchStaff, ADOPTED),
        over(Role::CommitteeDirector, ADOPTED), over(Role::Expert, ADOPTED),
    ];
    /// Article 13(1): the council prepares the general meeting; its secretariat drafts.
    CHARTER_DRAFT = "charter.draft" art 13 "起草章程修订" "draft an amendment of the charter" SECRETARIAT;
    /// Article 11(1): the secretariat records it; the decision is the general meeting's.
    CHARTER_ENACT = "charter.enact" art 11 "使修订后的章程施行" "put an adopted charter into force" SECRETARIAT;
}

/// A status stands for all versions in it: what lists are narrowed to.
impl Resource for CharterStatus {
    fn relates(&self, over: Relation, _: &Scope) -> bool {
        match over {
            DELIBERATED => matches!(self, Self::Submitted | Self::Adopted),
            ADOPTED => *self == Self::Adopted,
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &CHARTER_VERSION_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("charter_version", None)
    }
}

impl Resource for CharterVersion {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        self.status.relates(over, scope)
    }

    fn unknown(&self) -> &'static FaultEntry {
        &CHARTER_VERSION_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("charter_version", Some(self.id.0))
    }
}

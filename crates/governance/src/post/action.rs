//! Who records posts and their holders.

use gongjian_identity::{Role, by, over};
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use gongjian_membership::action::OWN_UNIT;
use uuid::Uuid;

use super::fault::POST_NOT_FOUND;
use super::{Post, PostKind};

/// No office of the association's top rests on the post.
pub const BELOW_ASSOCIATION: Relation = Relation("below_association");
/// The secretary-general's office rests on the post, and nobody holds it.
pub const FIRST_SECRETARY_GENERAL: Relation = Relation("first_secretary_general");

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): who holds which office, and by which post.
    POST_READ = "post.read" art 9 "查看公职与任职" "read posts and their holders" READERS;
    /// Articles 12, 25: the association's own data; a unit names its own head.
    POST_CREATE = "post.create" art 25 "登记公职" "put a post on file" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        Rule { role: BY_RULE, over: ANY },
        over(Role::MemberRepresentative, OWN_UNIT),
    ];
    /// Article 25: posts of the association's top are recorded by the secretary-general, and while nobody holds his
    /// own, by the security administrator, who decides on rights (三员); others by the office, a unit's head by it.
    POST_RECORD = "post.record_holder" art 25 "登记公职任职" "record the holder of a post" &[
        by(Role::SecretaryGeneral),
        over(Role::SecurityAdministrator, FIRST_SECRETARY_GENERAL),
        Rule { role: BY_RULE, over: ANY },
        over(Role::SecretariatOffice, BELOW_ASSOCIATION),
        over(Role::MemberRepresentative, OWN_UNIT),
    ];
}

/// Everybody in a business office, and whoever decides on rights.
pub const READERS: &[Rule] = &[
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
    by(Role::SecurityAdministrator),
    Rule { role: BY_RULE, over: ANY },
];

/// A post, and what rests on it today.
#[derive(Debug, Clone)]
pub struct PostInQuestion {
    pub post: Post,
    /// An office of the association's top rests on it.
    pub carries_top: bool,
    /// The secretary-general's office rests on it, and nobody holds it.
    pub awaits_secretary_general: bool,
}

impl Resource for PostInQuestion {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match (over, scope) {
            (BELOW_ASSOCIATION, Scope::Association) => !self.carries_top,
            (FIRST_SECRETARY_GENERAL, Scope::Association) => self.awaits_secretary_general,
            (OWN_UNIT, Scope::Unit(unit)) => {
                self.post.kind == PostKind::UnitHead && self.post.unit_id.is_some_and(|own| own.0 == *unit)
            }
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &POST_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("post", Some(self.post.id.0))
    }
}

//! Permissions: key projects and claims (Article 14(3)).

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Relation, Resource, Scope};
use gongjian_membership::UnitId;
use gongjian_membership::action::{OWN_UNIT, UNIT_READ};
use uuid::Uuid;

use super::fault::{CLAIM_NOT_FOUND, KEY_PROJECT_NOT_FOUND};
use super::{Claim, KeyProject};

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): what the association has planned, and who has taken it on.
    KEY_PROJECT_READ = "key_project.read" art 9 "查看重点项目及认领" "read key projects and claims" UNIT_READ.rules;
    KEY_PROJECT_PUBLISH = "key_project.publish" art 17 "发布年度重点项目" "publish key projects" SECRETARIAT;
    CLAIM_MAKE = "project_claim.make" art 14 "认领重点项目" "claim a key project"
        &[over(Role::MemberRepresentative, OWN_UNIT), over(Role::MemberLiaison, OWN_UNIT)];
    CLAIM_CONFIRM = "project_claim.confirm" art 14 "确认认领" "confirm claims" SECRETARIAT;
    /// A unit gives back what it took; the secretariat takes note of it.
    CLAIM_RELEASE = "project_claim.release" art 14 "解除认领" "release a claim" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::MemberRepresentative, OWN_UNIT),
    ];
}

impl Resource for KeyProject {
    fn relates(&self, _: Relation, _: &Scope) -> bool {
        false
    }

    fn unknown(&self) -> &'static FaultEntry {
        &KEY_PROJECT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("key_project", Some(self.id.0))
    }
}

/// A claim that a unit is about to make.
#[derive(Debug, Clone, Copy)]
pub struct ClaimOf(pub UnitId);

impl Resource for ClaimOf {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        over == OWN_UNIT && *scope == Scope::Unit(self.0.0)
    }

    fn unknown(&self) -> &'static FaultEntry {
        &CLAIM_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("unit", Some(self.0.0))
    }
}

impl Resource for Claim {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        ClaimOf(self.unit_id).relates(over, scope)
    }

    fn unknown(&self) -> &'static FaultEntry {
        &CLAIM_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("project_claim", Some(self.id.0))
    }
}

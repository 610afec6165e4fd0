//! Every permission over applications.

use gongjian_identity::{Role, SECRETARIAT, by, over};
use gongjian_kernel::{FaultEntry, Permission, Relation, Resource, Say, Scope};

use super::Application;
use super::fault::APPLICATION_NOT_FOUND;
use super::vocabulary::ApplicationAction;
use crate::action::{BRANCH, OWN_UNIT};

/// The office is held for the member that recommended the unit.
pub const RECOMMENDER: Relation = Relation("recommender");

pub static APPLICATION_READ: Permission = Permission {
    name: "application.read",
    article: Some(8),
    label: Say::fixed("查阅入会申请", "read applications"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        by(Role::President),
        by(Role::VicePresident),
        over(Role::BranchPresident, BRANCH),
        over(Role::BranchStaff, BRANCH),
        over(Role::MemberRepresentative, RECOMMENDER),
    ],
};

pub static APPLICATION_NOMINATE: Permission = Permission {
    name: "application.nominate",
    article: Some(8),
    label: Say::fixed("提名单位入会", "nominate a unit"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::BranchPresident, BRANCH),
        over(Role::BranchStaff, BRANCH),
    ],
};

pub static APPLICATION_RECOMMEND: Permission = Permission {
    name: "application.recommend",
    article: Some(8),
    label: Say::fixed("推荐单位入会", "recommend a unit"),
    rules: &[over(Role::MemberRepresentative, OWN_UNIT)],
};

/// The preamble's voluntariness: a consent on paper is entered by those who received it.
pub static APPLICATION_CONSENT: Permission = Permission {
    name: "application.consent",
    article: Some(9),
    label: Say::fixed("登记单位同意入会的文件", "enter the document of a unit's consent"),
    rules: &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::BranchPresident, BRANCH),
        over(Role::BranchStaff, BRANCH),
    ],
};

pub static APPLICATION_DECIDE: Permission = Permission {
    name: "application.decide",
    article: Some(8),
    label: Say::fixed("审查入会申请", "decide on applications"),
    rules: SECRETARIAT,
};

pub static PERMISSIONS: &[&Permission] =
    &[&APPLICATION_READ, &APPLICATION_NOMINATE, &APPLICATION_RECOMMEND, &APPLICATION_CONSENT, &APPLICATION_DECIDE];

impl ApplicationAction {
    /// What somebody with an account needs for it; the applicant acts with the tracking code alone.
    #[must_use]
    pub fn permission(self) -> Option<&'static Permission> {
        match self {
            Self::Correct | Self::Withdraw => None,
            Self::Consent => Some(&APPLICATION_CONSENT),
            Self::Return | Self::FindEligible | Self::Admit | Self::Reject => Some(&APPLICATION_DECIDE),
        }
    }
}

impl Resource for Application {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match scope {
            Scope::Association | Scope::Body(_) => false,
            Scope::Branch(street) => over == BRANCH && *street == self.street_code,
            Scope::Unit(unit) => over == RECOMMENDER && self.recommended_by.is_some_and(|by| by.0 == *unit),
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &APPLICATION_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("application", Some(self.id.0))
    }
}

/// The street that a unit to be nominated lies in.
#[derive(Debug)]
pub struct Nominee<'a>(pub &'a str);

impl Resource for Nominee<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        over == BRANCH && *scope == Scope::Branch(self.0.to_owned())
    }

    fn unknown(&self) -> &'static FaultEntry {
        &gongjian_kernel::fault::FORBIDDEN
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("application", None)
    }
}

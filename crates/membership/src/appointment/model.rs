//! An appointment: what it is, and what must hold before one is filed.

use chrono::NaiveDate;
use gongjian_identity::{Position, Role};
use gongjian_kernel::fault::FORBIDDEN;
use gongjian_kernel::{FaultEntry, Relation, Resource, Scope, Text};

use super::Appointment;
use super::store::row;
use crate::action::OWN_UNIT;
use crate::fault::APPOINTMENT_NOT_FOUND;

/// The office is that of a unit or a branch, not one of the association itself.
pub const BELOW_ASSOCIATION: Relation = Relation("below_association");

/// Who is appointed to what, and by which document or decision.
#[derive(Debug, Clone)]
pub struct NewAppointment {
    pub office: Office,
    pub basis: Text<2, 200>,
    /// The day of the change, from which the time to file is counted; today where none is given.
    pub event_on: Option<NaiveDate>,
}

/// An office over its scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    pub role: Role,
    pub scope: Scope,
}

impl Office {
    /// Whether the office follows from a public post (Articles 12, 13, 18): who holds that is recorded, and nobody
    /// is appointed.
    #[must_use]
    pub fn follows_a_post(role: Role) -> bool {
        matches!(role, Role::BranchPresident | Role::SecretaryGeneral | Role::President | Role::VicePresident)
    }

    /// Whether the office is one that is appointed to. Representatives and liaisons are filed by their
    /// unit, administrators are made by the security administrator, the rest follows from posts and tenures.
    #[must_use]
    pub fn is_appointed(role: Role) -> bool {
        match role {
            Role::DepartmentHandler | Role::BranchStaff | Role::SecretariatOffice => true,
            Role::MemberRepresentative
            | Role::MemberLiaison
            | Role::BranchPresident
            | Role::SecretaryGeneral
            | Role::President
            | Role::VicePresident
            | Role::CouncilMember
            | Role::CommitteeDirector
            | Role::Expert
            | Role::SystemAdministrator
            | Role::SecurityAdministrator
            | Role::AuditAdministrator => false,
        }
    }
}

impl Resource for Office {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match (over, scope) {
            (BELOW_ASSOCIATION, Scope::Association) => self.scope != Scope::Association,
            (OWN_UNIT, Scope::Unit(_)) => self.role == Role::DepartmentHandler && *scope == self.scope,
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &APPOINTMENT_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        ("appointment", None)
    }
}

/// An office that somebody is to take. There is nothing to hide in it: who may not file it is told so.
#[derive(Debug)]
pub struct Vacancy<'a> {
    pub office: &'a Office,
}

impl Resource for Vacancy<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        self.office.relates(over, scope)
    }

    fn unknown(&self) -> &'static FaultEntry {
        &FORBIDDEN
    }

    fn subject(&self) -> (&'static str, Option<uuid::Uuid>) {
        self.office.subject()
    }
}

impl Appointment {
    #[must_use]
    pub fn office(&self) -> Office {
        let scope = match (self.unit_id, &self.street_code) {
            (Some(unit), _) => Scope::Unit(unit.0),
            (None, Some(street)) => Scope::Branch(street.clone()),
            (None, None) => Scope::Association,
        };
        Office { role: self.role, scope }
    }
}

impl From<row::Model> for Position {
    fn from(row: row::Model) -> Self {
        let Office { role, scope } = row.office();
        Self { person: row.person_id, role, scope }
    }
}

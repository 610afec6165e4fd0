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

/// There is no secretary-general yet, and this is to be the first.
pub const FIRST_SECRETARY_GENERAL: Relation = Relation("first_secretary_general");

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
    /// Whether the office is one that is appointed to. Representatives and liaisons are filed by their
    /// unit, administrators are made by the security administrator.
    #[must_use]
    pub fn is_appointed(role: Role) -> bool {
        match role {
            Role::DepartmentHandler
            | Role::BranchPresident
            | Role::BranchStaff
            | Role::SecretariatOffice
            | Role::SecretaryGeneral
            | Role::President
            | Role::VicePresident => true,
            Role::MemberRepresentative
            | Role::MemberLiaison
            | Role::SystemAdministrator
            | Role::SecurityAdministrator
            | Role::AuditAdministrator => false,
        }
    }
}

impl Office {
    /// Articles 12 and 13: one president, one secretary-general. Whoever takes such an office succeeds.
    #[must_use]
    pub fn has_one_holder(&self) -> bool {
        matches!(self.role, Role::President | Role::SecretaryGeneral)
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
    /// Nobody has this office, which has one holder.
    pub is_open: bool,
}

impl Resource for Vacancy<'_> {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        let first = self.is_open && self.office.role == Role::SecretaryGeneral;
        match over {
            FIRST_SECRETARY_GENERAL => first && *scope == Scope::Association,
            _ => self.office.relates(over, scope),
        }
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

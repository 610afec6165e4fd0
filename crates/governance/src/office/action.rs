//! Who fills offices, and who files their changes.

use gongjian_identity::{Role, by, over};
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_kernel::{FaultEntry, Relation, Resource, Rule, Scope};
use gongjian_membership::UnitId;
use gongjian_membership::action::OWN_UNIT;
use uuid::Uuid;

use super::fault::OFFICE_NOT_FOUND;
use super::{OfficeKind, TenureId};
use crate::post::action::{BELOW_ASSOCIATION, READERS};

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): who holds which office, and by which rule.
    OFFICE_READ = "office.read" art 9 "查看职务" "read offices" READERS;
    /// Articles 12–18: the secretary-general sees to the association's top, the secretariat to the rest.
    OFFICE_GRANT = "office.grant" art 12 "登记职务产生与终止" "fill and end offices" &[
        by(Role::SecretaryGeneral),
        over(Role::SecretariatOffice, BELOW_ASSOCIATION),
        Rule { role: BY_RULE, over: ANY },
    ];
    /// Article 25 「及时报秘书处备案」: the secretariat, or the unit that the office is held for.
    OFFICE_FILE = "office.file_change" art 25 "职务变更备案" "file a change of office" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        over(Role::MemberRepresentative, OWN_UNIT),
        Rule { role: BY_RULE, over: ANY },
    ];
}

/// An office that somebody is about to fill, end or file.
#[derive(Debug, Clone, Copy)]
pub struct TenureInQuestion {
    pub id: Option<TenureId>,
    pub kind: OfficeKind,
    pub unit: Option<UnitId>,
}

impl Resource for TenureInQuestion {
    fn relates(&self, over: Relation, scope: &Scope) -> bool {
        match (over, scope) {
            (BELOW_ASSOCIATION, Scope::Association) => !self.kind.is_top(),
            (OWN_UNIT, Scope::Unit(unit)) => self.unit.is_some_and(|own| own.0 == *unit),
            _ => false,
        }
    }

    fn unknown(&self) -> &'static FaultEntry {
        &OFFICE_NOT_FOUND
    }

    fn subject(&self) -> (&'static str, Option<Uuid>) {
        ("office", self.id.map(|id| id.0))
    }
}

impl From<&super::Tenure> for TenureInQuestion {
    fn from(tenure: &super::Tenure) -> Self {
        Self { id: Some(tenure.id), kind: tenure.kind, unit: tenure.unit_id }
    }
}

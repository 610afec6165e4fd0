//! Units, filed by the same command that HTTP uses.

use std::sync::atomic::{AtomicU32, Ordering};

use gongjian_identity::Role;
use gongjian_kernel::{Scope, Text, write};
use gongjian_membership::unit::commands::create_unit;
use gongjian_membership::unit::{AffiliationLevel, Consent, Membership, NewContact, NewUnit, PartyOrgKind, UnitType};
use uuid::Uuid;

use crate::app::App;

/// A unit on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestUnit {
    pub id: Uuid,
    pub name: String,
    pub street: String,
    serial: u32,
}

static SERIAL: AtomicU32 = AtomicU32::new(1);

impl TestUnit {
    pub(crate) fn key(&self) -> String {
        self.serial.to_string()
    }
}

/// The street that units lie in where a test names none.
pub(crate) const STREET: &str = "990106003";

impl App {
    pub async fn member_unit(&self, name: &str) -> TestUnit {
        self.unit(name, STREET, false).await
    }

    pub async fn member_unit_in(&self, street: &str, name: &str) -> TestUnit {
        self.unit(name, street, false).await
    }

    /// A unit that handles issues.
    pub async fn department_unit(&self, name: &str) -> TestUnit {
        self.unit(name, STREET, true).await
    }

    async fn unit(&self, name: &str, street: &str, handles_issues: bool) -> TestUnit {
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let act = self.act(Role::SecretariatOffice, Scope::Association);
        let unit = write(self.store(), &act, async |work| {
            let new = NewUnit {
                member_no: None,
                name: text(name),
                unit_type: if handles_issues { UnitType::PartyGov } else { UnitType::Research },
                affiliation_level: AffiliationLevel::District,
                credit_code: None,
                credit_code_exempt_reason: Some(text("筹建期间尚未取得代码")),
                street_code: street.to_owned(),
                zone_codes: Vec::new(),
                address: text("金桂街道示例路8号"),
                party_org_name: text("中共某单位党组"),
                party_org_kind: PartyOrgKind::PartyGroup,
                party_member_count: Some(86),
                handles_issues,
                membership: Membership::default(),
                consent: Consent { basis: text("党组会议纪要〔2026〕1号"), on: work.today() },
                representative: Some(contact("代表")),
                liaison: Some(contact("联络员")),
            };
            create_unit(work, new).await
        })
        .await
        .unwrap();
        TestUnit { id: unit.id.0, name: unit.name, street: street.to_owned(), serial }
    }
}

fn contact(name: &str) -> NewContact {
    NewContact { name: text(name), post: text("党组织负责人"), phone: None, email: None, filed_on: None }
}

fn text<const MIN: usize, const MAX: usize>(raw: &str) -> Text<MIN, MAX> {
    Text::parse(raw).unwrap()
}

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use gongjian_identity::{Identity, IdentitySettings, Role};
use gongjian_kernel::clock::SetClock;
use gongjian_kernel::db::{Database, DatabaseSettings};
use gongjian_kernel::id::RandomIds;
use gongjian_kernel::keys::Keys;
use gongjian_kernel::{Act, Actor, Grant, Refusal, Result, Scope, Store, Target, Text, Work, write};
use gongjian_migration::Migrator;
use sea_orm_migration::MigratorTrait as _;

use super::commands::create_unit;
use super::succession::set_contact;
use super::*;

mod brought_along;
mod filing;
mod reading;

const CODES: [&str; 3] = ["91350100M000100Y43", "11990106107345172X", "91990106MF37QH697Q"];

struct Bench {
    store: Store,
    identity: Identity,
    clock: Arc<SetClock>,
    _dir: tempfile::TempDir,
}

impl Bench {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let settings = DatabaseSettings {
            url: format!("sqlite://{}", dir.path().join("test.db").display()),
            connections: 2,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(5),
        };
        let db = Database::connect(&settings).await.unwrap();
        Migrator::up(db.writer(), None).await.unwrap();
        let clock = Arc::new(SetClock::at("2026-11-20T02:00:00Z".parse().unwrap()));
        let keys = Keys::from_secret(b"a secret of more than 32 bytes, mixed: 8fK2-x").unwrap();
        let identity = Identity::new(&keys, IdentitySettings::default(), &[]).unwrap();
        Self { store: Store::new(db, clock.clone(), Arc::new(RandomIds), keys), identity, clock, _dir: dir }
    }

    async fn create(&self, new: &NewUnit) -> Result<Unit> {
        write(&self.store, &secretariat(), async |work| create_unit(work, new.clone()).await).await
    }

    async fn contact(&self, act: &Act, target: Target<UnitId>, kind: ContactKind, name: &str) -> Result<Unit> {
        let file =
            async |work: &mut Work<'_>| set_contact(work, &self.identity, target, kind, person(name).into()).await;
        write(&self.store, act, file).await
    }
}

fn act(role: Role, scope: Scope) -> Act {
    let actor = Actor { grants: vec![Grant { role: role.as_str(), scope }], ..Actor::anonymous() };
    Act { actor, request_id: uuid::Uuid::nil(), ip: None, user_agent: None }
}

fn secretariat() -> Act {
    act(Role::SecretariatOffice, Scope::Association)
}

fn text<const MIN: usize, const MAX: usize>(raw: &str) -> Text<MIN, MAX> {
    Text::parse(raw).unwrap()
}

fn day(raw: &str) -> Option<NaiveDate> {
    Some(raw.parse().unwrap())
}

fn person(name: &str) -> NewContact {
    NewContact {
        name: text(name),
        post: text("党组织负责人"),
        phone: Some("138 0000 0001".to_owned()),
        email: Some("rep@demo.example".to_owned()),
        filed_on: None,
    }
}

fn unit(name: &str, code: Option<&str>) -> NewUnit {
    NewUnit {
        member_no: None,
        name: text(name),
        unit_type: UnitType::PartyGov,
        affiliation_level: AffiliationLevel::District,
        credit_code: code.map(str::to_owned),
        credit_code_exempt_reason: code.is_none().then(|| text("建制单位不使用代码")),
        street_code: "990106003".to_owned(),
        zone_codes: Vec::new(),
        address: text("金桂街道示例路8号"),
        party_org_name: text("中共某局党组"),
        party_org_kind: PartyOrgKind::PartyGroup,
        party_member_count: Some(86),
        handles_issues: false,
        membership: Membership::default(),
        consent: Consent { basis: text("党组会议纪要"), on: "2026-11-20".parse().unwrap() },
        representative: Some(person("代表001")),
        liaison: Some(person("联络员001")),
    }
}

fn faults(refusal: &Refusal) -> Vec<(String, &'static str)> {
    use gongjian_kernel::fault::Locator;
    let at = |field: &gongjian_kernel::FieldFault| match &field.at {
        Locator::Pointer(at) | Locator::Parameter(at) | Locator::Header(at) => at.clone(),
    };
    refusal.fields.iter().map(|field| (at(field), field.code)).collect()
}

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use gongjian_identity::Role;
use gongjian_kernel::clock::SetClock;
use gongjian_kernel::db::{Database, DatabaseSettings};
use gongjian_kernel::id::RandomIds;
use gongjian_kernel::keys::Keys;
use gongjian_kernel::{Act, Actor, Grant, Refusal, Result, Scope, Store, Target, Text, audit, write};
use gongjian_migration::Migrator;
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use sea_orm_migration::MigratorTrait as _;

use super::commands::{create_unit, set_contact};
use super::*;

const CODES: [&str; 3] = ["91350100M000100Y43", "11990106107345172X", "91990106MF37QH697Q"];

struct Bench {
    store: Store,
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
        Self { store: Store::new(db, clock.clone(), Arc::new(RandomIds), keys), clock, _dir: dir }
    }

    async fn create(&self, new: &NewUnit) -> Result<Unit> {
        write(&self.store, &secretariat(), async |work| create_unit(work, new.clone()).await).await
    }

    async fn contact(&self, act: &Act, target: Target<UnitId>, kind: ContactKind, name: &str) -> Result<Unit> {
        write(&self.store, act, async |work| set_contact(work, target, kind, person(name)).await).await
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
        standing: Standing::default(),
        representative: person("代表001"),
        liaison: person("联络员001"),
    }
}

fn faults(refusal: &Refusal) -> Vec<(String, &'static str)> {
    use gongjian_kernel::fault::Locator;
    let at = |field: &gongjian_kernel::FieldFault| match &field.at {
        Locator::Pointer(at) | Locator::Parameter(at) | Locator::Header(at) => at.clone(),
    };
    refusal.fields.iter().map(|field| (at(field), field.code)).collect()
}

#[tokio::test]
async fn a_unit_goes_on_file_with_its_two_contacts() {
    let bench = Bench::new().await;
    let new = unit("青禾区 发展和改革局", Some("１１９９０１０６１０７３４５１７２ｘ"));
    let made = bench.create(&new).await.unwrap();
    assert_eq!((made.member_no.as_str(), made.status, made.version), ("HY-0001", UnitStatus::Active, 1));
    assert_eq!(made.joined_on, day("2026-11-20"));

    let db = bench.store.db.reader();
    let read = queries::get(&bench.store, &secretariat().actor, made.id).await.unwrap();
    assert_eq!(read, made);
    assert_eq!(read.credit_code.unwrap().as_str(), CODES[1]);
    let contacts = queries::contacts_of(db, [made.id]).await.unwrap();
    let kinds: Vec<_> = contacts.iter().map(|contact| (contact.kind, contact.person.name.as_str())).collect();
    assert_eq!(kinds, [(ContactKind::Representative, "代表001"), (ContactKind::Liaison, "联络员001")]);
    assert_eq!(contacts[0].person.phone.as_deref(), Some("+8613800000001"));
    let history = audit::row::Entity::find().all(db).await.unwrap();
    let kinds: Vec<_> = history.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["unit.created", "unit.contact_filed", "unit.contact_filed"]);
    assert!(history.iter().all(|event| !event.data.contains("13800000001")));
}

#[tokio::test]
async fn every_word_is_one_that_the_database_takes() {
    let bench = Bench::new().await;
    let mut n = 0;
    let mut file = async |change: &dyn Fn(&mut NewUnit)| {
        n += 1;
        let mut new = unit(&format!("第{n}单位"), None);
        change(&mut new);
        bench.create(&new).await.unwrap();
    };
    for word in UnitType::ALL {
        file(&|new| new.unit_type = *word).await;
    }
    for word in AffiliationLevel::ALL {
        file(&|new| new.affiliation_level = *word).await;
    }
    for word in PartyOrgKind::ALL {
        file(&|new| new.party_org_kind = *word).await;
    }
}

#[tokio::test]
async fn the_past_of_a_unit_comes_along() {
    let bench = Bench::new().await;
    let mut new = unit("云栖新华书店", Some(CODES[0]));
    new.member_no = Some(text("HY-0001"));
    new.standing = Standing {
        status: UnitStatus::Withdrawn,
        applied_on: day("2014-06-30"),
        joined_on: day("2014-06-30"),
        withdrawn_on: day("2025-12-31"),
    };
    new.representative.filed_on = day("2014-06-30");
    let left = bench.create(&new).await.unwrap();
    assert_eq!(left.withdrawn_on, day("2025-12-31"));
    let db = bench.store.db.reader();
    let contacts = queries::contacts_of(db, [left.id]).await.unwrap();
    assert_eq!(contacts[0].since, "2014-06-29T16:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    assert_eq!(queries::require_active(db, left.id).await.unwrap_err().entry.code, "unit_not_active");
    let refused = bench.contact(&secretariat(), Target::any(left.id), ContactKind::Liaison, "新人").await.unwrap_err();
    assert_eq!(refused.entry.code, "unit_not_active");

    // Its code is free for a unit that lives, and the series passes over its number.
    let successor = bench.create(&unit("云栖书店", Some(CODES[0]))).await.unwrap();
    assert_eq!(successor.member_no, "HY-0002");

    let mut applicant = unit("云栖数据公司", Some(CODES[1]));
    applicant.standing.status = UnitStatus::Applied;
    let applicant = bench.create(&applicant).await.unwrap();
    assert_eq!((applicant.applied_on, applicant.joined_on), (day("2026-11-20"), None));
}

#[tokio::test]
async fn all_bad_fields_are_named_at_once() {
    let bench = Bench::new().await;
    let mut new = unit("某单位", Some("91350100M000100Y4A"));
    new.street_code = "1".to_owned();
    new.zone_codes = vec!["Z9".to_owned()];
    new.party_member_count = Some(-1);
    new.standing.joined_on = day("2026-11-21");
    new.representative.phone = Some("12345".to_owned());
    new.liaison.email = Some("nobody".to_owned());
    new.liaison.filed_on = day("2027-01-01");
    let refusal = bench.create(&new).await.unwrap_err();
    let expected = [
        ("/joined_on", "in_future"),
        ("/credit_code", "credit_code_check_digit"),
        ("/street_code", "unknown_street"),
        ("/zone_codes/0", "unknown_zone"),
        ("/party_member_count", "out_of_range"),
        ("/representative/phone", "phone_number"),
        ("/liaison/email", "invalid_email"),
        ("/liaison/filed_on", "in_future"),
    ];
    assert_eq!(faults(&refusal), expected.map(|(at, code)| (at.to_owned(), code)));
}

#[tokio::test]
async fn a_unit_without_a_code_says_why() {
    let bench = Bench::new().await;
    let mut new = unit("驻区某部队", None);
    new.credit_code_exempt_reason = Some(text("保密"));
    assert_eq!(faults(&bench.create(&new).await.unwrap_err())[0].1, "too_short");
    new.credit_code_exempt_reason = None;
    new.unit_type = UnitType::Military;
    assert_eq!(faults(&bench.create(&new).await.unwrap_err())[0].1, "required");
    new.credit_code_exempt_reason = Some(text("部队"));
    bench.create(&new).await.unwrap();
    let mut both = unit("某公司", Some(CODES[0]));
    both.credit_code_exempt_reason = Some(text("建制单位不使用代码"));
    assert_eq!(faults(&bench.create(&both).await.unwrap_err())[0].1, "not_both");
}

#[tokio::test]
async fn the_same_unit_is_not_filed_twice() {
    let bench = Bench::new().await;
    let mut first = unit("Qinghe 科技公司", Some(CODES[0]));
    first.member_no = Some(text("HY-0007"));
    bench.create(&first).await.unwrap();
    let code = async |new: NewUnit| bench.create(&new).await.unwrap_err().entry.code;
    assert_eq!(code(unit("另一公司", Some(CODES[0]))).await, "unit_credit_code_taken");
    assert_eq!(code(unit("ｑｉｎｇｈｅ科技 公司", Some(CODES[1]))).await, "unit_name_taken");
    let same_no = NewUnit { member_no: Some(text("HY-0007")), ..unit("第三公司", Some(CODES[2])) };
    assert_eq!(code(same_no).await, "unit_member_no_taken");
}

/// A twin that commits between the look and the insert meets the unique index.
#[tokio::test]
async fn the_unique_indexes_refuse_by_the_same_names() {
    let bench = Bench::new().await;
    let made = bench.create(&unit("第一公司", Some(CODES[0]))).await.unwrap();
    let insert = async |twin: Unit| {
        write(&bench.store, &secretariat(), async |work| store::insert(work, &twin).await).await.unwrap_err().entry.code
    };
    let id = || UnitId(bench.store.ids.next());
    let twin = Unit { id: id(), member_no: "HY-0101".into(), name_key: "b".into(), ..made.clone() };
    assert_eq!(insert(twin).await, "unit_credit_code_taken");
    let other = crate::CreditCode::parse(CODES[1]).ok();
    let twin = Unit { id: id(), member_no: "HY-0102".into(), credit_code: other.clone(), ..made.clone() };
    assert_eq!(insert(twin).await, "unit_name_taken");
    let twin = Unit { id: id(), name_key: "c".into(), credit_code: other, ..made.clone() };
    assert_eq!(insert(twin).await, "unit_member_no_taken");
}

#[tokio::test]
async fn a_successor_takes_over_in_one_act() {
    let bench = Bench::new().await;
    let made = bench.create(&unit("第一公司", Some(CODES[0]))).await.unwrap();
    let db = bench.store.db.reader();
    let before = queries::contacts_of(db, [made.id]).await.unwrap().remove(0).person.id;
    bench.clock.advance(chrono::Duration::days(3));
    let own = act(Role::MemberRepresentative, Scope::Unit(made.id.0));
    let seen = Target { id: made.id, version: Some(1) };
    let after = bench.contact(&own, seen, ContactKind::Representative, "代表002").await.unwrap();
    assert_eq!(after.version, 2);

    let contacts = queries::contacts_of(db, [made.id]).await.unwrap();
    assert_eq!(contacts.len(), 2);
    let now = contacts.iter().find(|contact| contact.kind == ContactKind::Representative).unwrap();
    assert_eq!(
        (now.person.name.as_str(), now.since, now.filed_on),
        ("代表002", bench.store.now(), bench.store.today())
    );
    let speaks =
        async |person| queries::is_current_contact(db, person, made.id, ContactKind::Representative).await.unwrap();
    assert!(speaks(now.person.id).await && !speaks(before).await);
    let rows = store::contact::Entity::find().all(db).await.unwrap();
    let ended = rows.iter().find(|row| row.person_id == before).unwrap();
    assert_eq!(ended.until, Some(bench.store.now()));

    // Who saw the version before, a stranger, and the liaison are refused; nothing changes.
    let stale = bench.contact(&own, seen, ContactKind::Representative, "代表003").await.unwrap_err();
    assert_eq!(stale.entry.code, "version_mismatch");
    for who in [
        act(Role::MemberLiaison, Scope::Unit(made.id.0)),
        act(Role::MemberRepresentative, Scope::Unit(uuid::Uuid::nil())),
    ] {
        let denied = bench.contact(&who, Target::any(made.id), ContactKind::Representative, "代表003").await;
        assert_eq!(denied.unwrap_err().entry.code, "forbidden");
    }
    let admin = act(Role::SystemAdministrator, Scope::Association);
    let hidden = bench.contact(&admin, Target::any(made.id), ContactKind::Liaison, "代表003").await.unwrap_err();
    assert_eq!(hidden.entry.code, "unit_not_found");
    assert_eq!(store::contact::Entity::find().all(db).await.unwrap().len(), rows.len());
}

#[tokio::test]
async fn only_the_secretariat_puts_units_on_file() {
    let bench = Bench::new().await;
    for role in Role::ALL {
        let new = unit(role.as_str(), None);
        let done =
            write(&bench.store, &act(*role, Scope::Association), async |work| create_unit(work, new.clone()).await)
                .await;
        let may = matches!(role, Role::SecretariatOffice | Role::SecretaryGeneral);
        assert_eq!(done.is_ok(), may, "{role}");
        let reads = queries::list(&bench.store, &act(*role, Scope::Association).actor, &UnitFilter::default(), 1, None);
        assert_eq!(reads.await.is_ok(), !role.is_administrator(), "{role}");
    }
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let bench = Bench::new().await;
    for (at, name) in ["青禾区财政局", "青禾区民政局", "100%_好公司", "禾穗银行"].into_iter().enumerate()
    {
        let mut new = unit(name, None);
        new.handles_issues = at < 2;
        new.unit_type = if at < 2 { UnitType::PartyGov } else { UnitType::Private };
        new.street_code = format!("99010600{}", at % 2 + 1);
        bench.create(&new).await.unwrap();
    }
    let actor = act(Role::MemberLiaison, Scope::Unit(uuid::Uuid::nil())).actor;
    let names = async |filter: UnitFilter| {
        let page = queries::list(&bench.store, &actor, &filter, 50, None).await.unwrap();
        page.rows.into_iter().map(|card| card.name).collect::<Vec<_>>()
    };
    let q = |part: &str| UnitFilter { q: Some(part.to_owned()), ..UnitFilter::default() };
    assert_eq!(names(q("青禾")).await.len(), 2);
    assert_eq!(names(q("%_")).await, ["100%_好公司"]);
    assert!(names(q("__")).await.is_empty() && names(q("!")).await.is_empty() && names(q("\\")).await.is_empty());
    let narrow = UnitFilter {
        status: vec![UnitStatus::Active, UnitStatus::Applied],
        unit_type: vec![UnitType::PartyGov],
        affiliation_level: vec![AffiliationLevel::District],
        street_code: vec!["990106002".to_owned()],
        handles_issues: Some(true),
        q: None,
    };
    assert_eq!(names(narrow).await, ["青禾区民政局"]);

    let all = UnitFilter::default();
    let first = queries::list(&bench.store, &actor, &all, 3, None).await.unwrap();
    let cursor = first.next_cursor.unwrap();
    let second = queries::list(&bench.store, &actor, &all, 3, Some(&cursor)).await.unwrap();
    assert_eq!((first.rows.len(), second.rows.len(), second.next_cursor), (3, 1, None));
    let foreign = queries::list(&bench.store, &actor, &q("青禾"), 3, Some(&cursor)).await.unwrap_err();
    assert_eq!(foreign.entry.code, "invalid_cursor");

    let db = bench.store.db.reader();
    let known = queries::names(db, first.rows.iter().map(|card| card.id)).await.unwrap();
    assert_eq!(known[&first.rows[0].id], "青禾区财政局");
    queries::require_department(db, first.rows[0].id).await.unwrap();
    let not_one = queries::require_department(db, second.rows[0].id).await.unwrap_err();
    assert_eq!(not_one.entry.code, "not_a_department");
    let unknown = queries::get(&bench.store, &actor, UnitId(uuid::Uuid::nil())).await.unwrap_err();
    assert_eq!(unknown.entry.code, "unit_not_found");
}

#[tokio::test]
async fn the_database_itself_keeps_one_representative_at_a_time() {
    let bench = Bench::new().await;
    let made = bench.create(&unit("第一公司", Some(CODES[0]))).await.unwrap();
    let db = bench.store.db.writer();
    let again = format!(
        "INSERT INTO unit_contact SELECT X'{}', unit_id, kind, person_id, post, filed_on, since, until FROM unit_contact WHERE kind = 'liaison'",
        made.id.0.simple()
    );
    assert!(db.execute_unprepared(&again).await.unwrap_err().to_string().contains("UNIQUE"));
    assert!(db.execute_unprepared("UPDATE unit SET status = 'expelled'").await.is_err());
    assert!(db.execute_unprepared("UPDATE unit SET credit_code = NULL").await.is_err());
}

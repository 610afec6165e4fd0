//! Putting units and persons on file.

use gongjian_identity::Role;
use gongjian_kernel::{Scope, Target, audit, write};
use sea_orm::{ConnectionTrait as _, EntityTrait as _};

use super::*;
use crate::unit::{queries, store};

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
    let number = contacts[0].person.phone(&bench.store.keys.data).unwrap();
    assert_eq!(number.as_deref(), Some("+8613800000001"));
    assert_eq!(contacts[0].person.phone_masked.as_deref(), Some("138****0001"));
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
    new.membership = Membership {
        status: UnitStatus::Withdrawn,
        applied_on: day("2014-06-30"),
        joined_on: day("2014-06-30"),
        withdrawn_on: day("2025-12-31"),
    };
    new.representative = Some(NewContact { filed_on: day("2014-06-30"), ..person("代表001") });
    let left = bench.create(&new).await.unwrap();
    assert_eq!(left.withdrawn_on, day("2025-12-31"));
    let db = bench.store.db.reader();
    assert_eq!(queries::contacts_of(db, [left.id]).await.unwrap(), [], "nobody speaks for one that has left");
    let filed = store::contact::Entity::find().all(db).await.unwrap();
    let at = |raw: &str| raw.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let times = (at("2014-06-29T16:00:00Z"), Some(at("2025-12-30T16:00:00Z")));
    assert!(filed.iter().any(|contact| (contact.since, contact.until) == times), "{filed:?}");
    let periods = period::of(db, left.id).await.unwrap();
    assert_eq!((periods.len(), periods[0].ended_by), (1, Some(EndedBy::Withdrawal)));
    assert_eq!(queries::require_active(db, left.id).await.unwrap_err().entry.code, "unit_not_active");
    let refused = bench.contact(&secretariat(), Target::any(left.id), ContactKind::Liaison, "新人").await.unwrap_err();
    assert_eq!(refused.entry.code, "unit_not_active");

    // Its code is free for a unit that lives, and the series passes over its number.
    let successor = bench.create(&unit("云栖书店", Some(CODES[0]))).await.unwrap();
    assert_eq!(successor.member_no, "HY-0002");
}

#[tokio::test]
async fn all_bad_fields_are_named_at_once() {
    let bench = Bench::new().await;
    let mut new = unit("某单位", Some("91350100M000100Y4A"));
    new.street_code = "1".to_owned();
    new.zone_codes = vec!["Z9".to_owned()];
    new.party_member_count = Some(-1);
    new.membership.joined_on = day("2026-11-21");
    new.consent.on = "2027-01-01".parse().unwrap();
    new.representative = Some(NewContact { phone: Some("12345".to_owned()), ..person("代表") });
    let email = Some("nobody".to_owned());
    new.liaison = Some(NewContact { email, filed_on: day("2027-01-01"), ..person("联络员") });
    let refusal = bench.create(&new).await.unwrap_err();
    let expected = [
        ("/joined_on", "in_future"),
        ("/credit_code", "credit_code_check_digit"),
        ("/street_code", "unknown_street"),
        ("/zone_codes/0", "unknown_zone"),
        ("/party_member_count", "out_of_range"),
        ("/consent/consented_on", "in_future"),
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
async fn the_database_itself_keeps_one_representative_at_a_time() {
    let bench = Bench::new().await;
    let made = bench.create(&unit("第一公司", Some(CODES[0]))).await.unwrap();
    let db = bench.store.db.writer();
    let again = format!(
        "INSERT INTO unit_contact (id, unit_id, kind, person_id, post, filed_on, since, until) \
         SELECT X'{}', unit_id, kind, person_id, post, filed_on, since, until FROM unit_contact WHERE kind = 'liaison'",
        made.id.0.simple()
    );
    assert!(db.execute_unprepared(&again).await.unwrap_err().to_string().contains("UNIQUE"));
    assert!(db.execute_unprepared("UPDATE unit SET status = 'expelled'").await.is_err());
    assert!(db.execute_unprepared("UPDATE unit SET credit_code = NULL").await.is_err());
}

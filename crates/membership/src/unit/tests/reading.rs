//! Who may file and read, and what lists show.

use super::*;
use crate::unit::queries;

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
        let reader = act(*role, Scope::Association).actor;
        let read = queries::list(&bench.store, &reader, &UnitFilter::default(), 1, None).await;
        assert_eq!(read.is_ok(), !role.is_administrator(), "{role}");
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
        status: vec![UnitStatus::Active, UnitStatus::Withdrawn],
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

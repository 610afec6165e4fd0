//! Who sees what of the calendar, and how it is narrowed.

use gongjian_identity::Role;
use gongjian_kernel::Scope;
use gongjian_testkit::{App, Persona};
use serde_json::{Value, json};

use super::{duties, states, told};

const OTHER_STREET: &str = "990106007";

fn subjects(rows: &[Value]) -> Vec<&str> {
    let mut names: Vec<&str> = rows.iter().map(|row| row["subject"]["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Article 9(2): the association's own for all members; a unit's for the unit, the branch and the council.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_sees_its_own_and_what_is_the_associations() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let other = app.member_unit_in(OTHER_STREET, "青禾第二中学").await;
    let staff = [(Role::BranchStaff, Scope::Branch(OTHER_STREET.to_owned()))];
    let council = [(Role::CouncilMember, Scope::Association)];
    let staff = Persona::open(&app, "staff", &staff, false).await;
    let council = Persona::open(&app, "council", &council, false).await;
    let of_units = "subject_kind=unit";
    for (who, expected) in [
        (app.representative_of(&unit).await, vec![unit.name.as_str()]),
        (app.liaison_of(&other).await, vec![other.name.as_str()]),
        (staff, vec![other.name.as_str()]),
        // Article 13: the party secretary of a street has a seat in the council.
        (app.branch(&unit.street).await, vec![unit.name.as_str(), other.name.as_str()]),
        (council, vec![unit.name.as_str(), other.name.as_str()]),
        (app.president().await, vec![unit.name.as_str(), other.name.as_str()]),
        (app.secretariat().await, vec![unit.name.as_str(), other.name.as_str()]),
    ] {
        assert_eq!(subjects(&duties(&who, of_units).await), expected, "{}", who.username());
        let own = states(&who, "obligation=general_meeting").await;
        assert_eq!(own, told(&[("2026", "due_soon")]), "{}", who.username());
        let public = duties(&who, "subject_kind=office").await;
        let all = matches!(who.username(), "council" | "president" | "secretariat" | "branch.990106003");
        assert!(all || public.iter().all(|row| row["obligation"]["is_public"] == true), "{}", who.username());
    }
    for nobody in [app.administrator().await, app.auditor().await] {
        nobody.get("/v1/compliance").await.refused(403, "forbidden");
        nobody.get("/v1/compliance/summary").await.refused(403, "forbidden");
    }
    app.anonymous().get("/v1/compliance").await.refused(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn pages_follow_one_another_without_a_gap() {
    let app = App::start().await;
    for n in 1..=7 {
        app.member_unit(&format!("第{n}研究院")).await;
    }
    let office = app.secretariat().await;
    let all = duties(&office, "").await;
    assert!(all.len() > 14, "{}", all.len());
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = office.get(&format!("/v1/compliance?limit=4{cursor}")).await;
        found.extend(page.rows());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(found, all);
    assert!(all.is_sorted_by_key(|row| row["due_on"].as_str().unwrap().to_owned()));
    let first = office.get("/v1/compliance?limit=4").await.body["next_cursor"].as_str().unwrap().to_owned();
    let other = office.get(&format!("/v1/compliance?limit=4&article=25&cursor={first}")).await;
    other.refused(400, "invalid_cursor");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn filters_narrow_and_the_summary_counts_the_same() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let all = duties(&office, "").await;
    for (query, holds) in [
        ("article=11", (|row: &Value| row["obligation"]["article"] == 11) as fn(&Value) -> bool),
        ("strength=in_principle", |row| row["obligation"]["strength"] == "in_principle"),
        ("state=met,due_soon", |row| row["state"] == "met" || row["state"] == "due_soon"),
        ("subject_kind=unit", |row| row["subject"]["kind"] == "unit"),
        ("obligation=unit_liaison", |row| row["obligation"]["key"] == "unit_liaison"),
    ] {
        let narrowed = duties(&office, query).await;
        let expected: Vec<&Value> = all.iter().filter(|row| holds(row)).collect();
        assert!(!expected.is_empty() && narrowed.iter().eq(expected), "{query}");
    }
    assert_eq!(duties(&office, &format!("subject_id={}", unit.id)).await.len(), 2);
    let summary = office.get("/v1/compliance/summary").await.ok();
    let count = |rows: &Value, state: &str| {
        rows.as_array().unwrap().iter().find(|one| one["state"] == state).unwrap()["count"].as_u64().unwrap()
    };
    assert_eq!(summary["total"], all.len());
    for state in ["not_yet_due", "due_soon", "met", "met_late", "overdue", "explained", "not_used"] {
        let expected = all.iter().filter(|row| row["state"] == state).count() as u64;
        assert_eq!(count(&summary["by_state"], state), expected, "{state}");
    }
    let of_11 = summary["by_article"].as_array().unwrap().iter().find(|one| one["article"] == 11).unwrap();
    assert_eq!(count(&of_11["by_state"], "due_soon"), 3, "the meeting, its report and its plan");
    let known = office.get("/v1/compliance/obligations?limit=200").await.rows();
    assert!(known.iter().any(|one| one["key"] == "general_meeting" && one["strength"] == "in_principle"));
    let english = office.get("/v1/compliance?obligation=general_meeting").header("accept-language", "en").await.rows();
    assert_eq!(english[0]["obligation"]["label"], "A general meeting each year");
    for bad in ["year=1999", "year=x", "as_of=2026-11-21", "as_of=2026-02-30", "state=done", "tick=1", "article=-1"] {
        office.get(&format!("/v1/compliance?{bad}")).await.is(400);
    }
    office.get("/v1/compliance/summary?as_of=2026-11-21").await.is(400);
}

/// What the charter leaves open is configuration.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_policy_says_when_to_warn() {
    let app = App::start().await;
    app.member_unit("云栖材料科学研究院").await;
    let (office, system) = (app.secretariat().await, app.administrator().await);
    let policy = system.get("/v1/policies/compliance").await.ok();
    assert_eq!((&policy["general_meeting_warn_month"], &policy["version"]), (&json!(10), &json!(0)));
    let later = json!({ "general_meeting_warn_month": 12 });
    system.patch("/v1/policies/compliance", later.clone()).seen(&policy).await.is(200);
    assert_eq!(states(&office, "obligation=general_meeting").await, told(&[("2026", "not_yet_due")]));
    office.patch("/v1/policies/compliance", later).seen(&policy).await.refused(403, "forbidden");
    let now = system.get("/v1/policies/compliance").await.ok();
    let wrong = json!({ "general_meeting_warn_month": 13, "reminder_workdays": 10 });
    let refused = system.patch("/v1/policies/compliance", wrong).seen(&now).await;
    assert_eq!(refused.refused(422, "validation_failed").faults().len(), 2);
    let earlier = json!({ "begins_on": "2026-01-01" });
    system.patch("/v1/policies/compliance", earlier).seen(&now).await.is(200);
    assert_eq!(states(&office, "obligation=council_meeting").await[0], ("2026-H1".to_owned(), "overdue".to_owned()));
}

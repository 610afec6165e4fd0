//! 「及时」: ten working days from joining or from the change, unless the association says otherwise.

use gongjian_testkit::App;
use serde_json::{Value, json};

use super::{files, filing_of, leaves, person};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn lateness_is_counted_in_working_days_across_the_national_day() {
    let app = App::start().await;
    app.at("2026-09-14 09:00");
    let office = app.secretariat().await;
    // 25–27 September and 1–7 October are off; Sunday 20 September and Saturday 10 October are worked.
    for (n, (left, filed, due, late)) in [
        ("2026-09-30", "2026-10-20", "2026-10-20", 0),
        ("2026-09-30", "2026-10-22", "2026-10-20", 2),
        ("2026-09-21", "2026-10-12", "2026-10-12", 0),
        ("2026-09-21", "2026-10-13", "2026-10-12", 1),
        ("2026-09-18", "2026-10-10", "2026-10-09", 1),
        ("2026-09-16", "2026-10-08", "2026-09-30", 1),
        ("2026-10-16", "2026-10-31", "2026-10-30", 0),
        ("2026-10-16", "2026-11-02", "2026-10-30", 1),
    ]
    .into_iter()
    .enumerate()
    {
        app.at("2026-09-15 09:00");
        let unit = app.member_unit(&format!("云栖第{n}研究所")).await;
        app.at(&format!("{left} 15:00"));
        leaves(&office, &unit, "representative").await.is(200);
        app.at(&format!("{filed} 09:00"));
        let after = files(&office, &unit, "representative", person("赵强")).await.ok();
        let filing = filing_of(&office, &after, "representative").await;
        let told = (&filing["event_on"], &filing["due_on"], &filing["late_workdays"]);
        assert_eq!(told, (&json!(left), &json!(due), &json!(late)), "{left} to {filed}");
        assert_eq!(after["filing_gaps"], json!([]));
    }
    assert_eq!(office.get("/v1/filings?late=true").await.rows().len(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_change_in_the_past_is_filed_with_its_day() {
    let app = App::start().await;
    app.at("2026-09-15 09:00");
    let unit = app.member_unit("云栖材料科学研究院").await;
    app.at("2026-10-22 09:00");
    let mut change = person("赵强");
    change["event_on"] = json!("2026-09-30");
    let representative = app.representative_of(&unit).await;
    let after = files(&representative, &unit, "liaison", change).await.ok();
    assert_eq!(after["liaison"]["receipt"]["late_workdays"], 2);
    // The secretariat had it in its hands two days before it was entered.
    let mut received = person("孙行");
    received["filed_on"] = json!("2026-10-22");
    app.at("2026-11-20 09:00");
    let after = files(&app.secretariat().await, &unit, "liaison", received).await.ok();
    assert_eq!(after["liaison"]["receipt"]["late_workdays"], 0);
    assert_eq!(after["liaison"]["filed_on"], "2026-10-22");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_without_one_is_visible_to_the_secretariat_until_it_files() {
    let app = App::start().await;
    app.at("2026-09-21 09:00");
    let (unit, other) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    app.member_unit("云栖书店").await;
    let office = app.secretariat().await;
    assert!(office.get("/v1/filing-gaps").await.rows().is_empty());
    let representative = app.representative_of(&unit).await;
    leaves(&representative, &unit, "liaison").await.is(200);
    leaves(&representative, &unit, "representative").await.is(200);
    leaves(&office, &other, "liaison").await.is(200);
    let state = async |day: &str| {
        app.at(&format!("{day} 09:00"));
        let rows = office.get("/v1/filing-gaps").await.rows();
        let gap = rows[0]["gaps"][0].clone();
        assert_eq!((&gap["since_on"], &gap["due_on"]), (&json!("2026-09-21"), &json!("2026-10-12")));
        (gap["state"].clone(), gap["late_workdays"].clone())
    };
    for (day, told, late) in [
        ("2026-09-21", "open", 0),
        ("2026-09-28", "open", 0),
        ("2026-09-29", "reminded", 0),
        ("2026-10-12", "reminded", 0),
        ("2026-10-13", "overdue", 1),
        ("2026-10-19", "overdue", 5),
    ] {
        assert_eq!(state(day).await, (json!(told), json!(late)), "{day}");
    }
    let first = office.get("/v1/filing-gaps?limit=1").await;
    assert_eq!(first.rows()[0]["gaps"].as_array().unwrap().len(), 2);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let second = office.get(&format!("/v1/filing-gaps?limit=1&cursor={cursor}")).await;
    assert_eq!((&second.rows()[0]["name"], &second.body["has_more"]), (&json!("青禾实验学校"), &json!(false)));
    let kinds = |row: &Value| row["gaps"].as_array().unwrap().iter().map(|gap| gap["kind"].clone()).collect::<Vec<_>>();
    assert_eq!(kinds(&second.rows()[0]), [json!("liaison")]);
    for nobody in [app.outsider().await, app.representative_of(&other).await, app.administrator().await] {
        nobody.get("/v1/filing-gaps").await.refused(403, "forbidden");
    }
    let own = app.representative_of(&other).await.get(&format!("/v1/units/{}", other.id)).await.ok();
    assert_eq!(own["filing_gaps"][0]["late_workdays"], 5, "its own people see it on the unit");
    files(&office, &other, "liaison", person("钱进")).await.is(200);
    assert_eq!(office.get("/v1/filing-gaps").await.rows().len(), 1);
}

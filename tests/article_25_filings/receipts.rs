//! A filing takes effect at once and has a receipt; the secretariat looks at its form.

use gongjian_testkit::App;
use serde_json::json;

use super::{files, filing_of, person};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_filing_takes_effect_at_once_and_whoever_filed_holds_a_receipt() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, office) = (app.representative_of(&unit).await, app.secretariat().await);
    let after = files(&representative, &unit, "liaison", person("钱进")).await.ok();
    assert_eq!(after["liaison"]["name"], "钱进", "nobody has to consent");
    let filing = filing_of(&representative, &after, "liaison").await;
    assert_eq!(after["liaison"]["receipt"]["receipt_no"], filing["receipt_no"]);
    assert!(filing.text("receipt_no").starts_with("BA-2026-"), "{}", filing["receipt_no"]);
    assert_eq!((&filing["status"], &filing["late_workdays"]), (&json!("submitted"), &json!(0)));
    assert_eq!((&filing["person_name"], &filing["predecessor_name"]), (&json!("钱进"), &json!("联络员")));
    assert_eq!(filing["allowed_actions"], json!([]));
    let waiting = office.get("/v1/filings?status=submitted&kind=liaison").await.rows();
    assert_eq!(waiting.iter().map(|row| &row["id"]).collect::<Vec<_>>(), [&filing["id"]]);
    assert_eq!(waiting[0]["allowed_actions"], json!(["accept", "return"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_returned_for_correction_stays_in_effect_until_it_is_filed_again() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, office) = (app.representative_of(&unit).await, app.secretariat().await);
    let after = files(&representative, &unit, "liaison", person("钱进")).await.ok();
    let filing = filing_of(&office, &after, "liaison").await;
    let url = format!("/v1/filings/{}", filing.id());
    let refused = office.post(&format!("{url}/return"), json!({ "reason": "" })).seen(&filing).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/reason", "too_short"), "{:?}", refused.faults());
    office.post(&format!("{url}/return"), json!({ "reason": "职务未写全称" })).await.refused(428, "if_match_required");
    let why = json!({ "reason": "职务未写全称，请补正。" });
    let denied = representative.post(&format!("{url}/accept"), json!({})).seen(&filing).await;
    assert_eq!(denied.refused(403, "forbidden").body["article"], 25);
    let returned = office.post(&format!("{url}/return"), why.clone()).seen(&filing).await.ok();
    assert_eq!(returned["status"], "returned_for_correction");
    let unit_now = representative.get(&format!("/v1/units/{}", unit.id)).await.ok();
    assert_eq!(unit_now["liaison"]["name"], "钱进", "the return undoes nothing");
    office.post(&format!("{url}/accept"), json!({})).seen(&filing).await.refused(412, "version_mismatch");
    let late = office.post(&format!("{url}/accept"), json!({})).seen(&returned).await;
    assert_eq!(late.refused(409, "filing_checked_already").body["article"], 25);

    let again = json!({ "person_id": unit_now["liaison"]["person_id"], "post": "党委办公室主任" });
    let after = files(&representative, &unit, "liaison", again).await.ok();
    let corrected = filing_of(&office, &after, "liaison").await;
    assert_eq!((&corrected["corrects_id"], &corrected["predecessor_id"]), (&filing["id"], &json!(null)));
    let accept = format!("/v1/filings/{}/accept", corrected.id());
    let accepted = office.post(&accept, json!({})).seen(&corrected).await.ok();
    assert_eq!((&accepted["status"], &accepted["allowed_actions"]), (&json!("accepted"), &json!([])));
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind LIKE 'filing.%'").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_sees_its_own_filings_and_no_others() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let after = files(&app.representative_of(&unit).await, &unit, "liaison", person("钱进")).await.ok();
    let filing = filing_of(&app.secretariat().await, &after, "liaison").await;
    let url = format!("/v1/filings/{}", filing.id());
    for stranger in [app.outsider().await, app.president().await, app.administrator().await, app.auditor().await] {
        stranger.get(&url).await.refused(404, "filing_not_found");
        for action in ["accept", "return"] {
            let tried = stranger.post(&format!("{url}/{action}"), json!({})).header("if-match", "*").await;
            tried.refused(404, "filing_not_found");
        }
    }
    let representative = app.representative_of(&unit).await;
    let own = representative.get("/v1/filings").await.rows();
    assert_eq!(own.len(), 3, "two of joining, one of the succession");
    assert!(own.iter().all(|row| row["unit"]["id"] == json!(unit.id)));
    let others = app.outsider().await.get(&format!("/v1/filings?unit_id={}", unit.id)).await.rows();
    assert!(others.is_empty(), "{others:?}");
    for nobody in [app.president().await, app.administrator().await] {
        nobody.get("/v1/filings").await.refused(403, "forbidden");
    }
    let stranger = app.outsider().await.get(&format!("/v1/units/{}", unit.id)).await.ok();
    assert_eq!((&stranger["liaison"]["receipt"], &stranger["filing_gaps"]), (&json!(null), &json!(null)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn receipts_run_without_a_gap_over_all_kinds_and_what_is_refused_takes_none() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let bureau = app.department_unit("青禾区教育局").await;
    let office = app.secretariat().await;
    let now = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
    let both = json!({ "person_id": now["representative"]["person_id"], "post": "党委书记" });
    files(&office, &unit, "liaison", both).await.refused(409, "one_person_for_each");
    files(&office, &unit, "liaison", person("钱进")).await.is(200);
    let handler = json!({
        "person": { "name": "孙行" }, "role": "department_handler", "unit_id": bureau.id, "basis": "青教干〔2026〕3号",
    });
    let appointed = office.post("/v1/appointments", handler).await.created();
    let filed = office.get(&format!("/v1/filings?kind=appointment&unit_id={}", bureau.id)).await.rows();
    assert_eq!((&filed[0]["receipt_no"], &filed[0]["subject_id"]), (&appointed["receipt_no"], &appointed["id"]));
    let mut receipts = Vec::new();
    let mut url = "/v1/filings?limit=3".to_owned();
    loop {
        let page = office.get(&url).await;
        receipts.extend(page.rows().iter().map(|row| row["receipt_no"].as_str().unwrap().to_owned()));
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        url = format!("/v1/filings?limit=3&cursor={cursor}");
    }
    receipts.sort();
    let expected: Vec<_> = (1..=receipts.len()).map(|n| format!("BA-2026-{n:04}")).collect();
    assert_eq!(receipts, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_article_25_leaves_open_is_policy() {
    let app = App::start().await;
    let administrator = app.administrator().await;
    let policy = administrator.get("/v1/policies/filing").await.ok();
    assert_eq!((&policy["filing_workdays"], &policy["reminder_workdays"]), (&json!(10), &json!(5)));
    let bad = json!({ "filing_workdays": 3, "receipt_prefix": "ba" });
    let refused = administrator.patch("/v1/policies/filing", bad).seen(&policy).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/reminder_workdays", "out_of_range"));
    let change = json!({ "receipt_prefix": "QHBA", "one_person_may_be_both": true });
    app.secretariat().await.patch("/v1/policies/filing", change.clone()).header("if-match", "*").await.is(403);
    administrator.patch("/v1/policies/filing", change).seen(&policy).await.is(200);
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let now = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
    let both = json!({ "person_id": now["representative"]["person_id"], "post": "党委书记" });
    let after = files(&office, &unit, "liaison", both).await.ok();
    assert_eq!(after["liaison"]["person_id"], after["representative"]["person_id"]);
    assert!(after["liaison"]["receipt"]["receipt_no"].as_str().unwrap().starts_with("QHBA-2026-"));
}

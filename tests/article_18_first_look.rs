//! Article 18: what is of a branch's level its branch looks at first, before it reaches the district's ledger.

use gongjian_ledger::duty;
use gongjian_testkit::{App, difficulty};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_branch_settles_what_it_can() {
    let cast = App::start().await.cast().await;
    let issue = cast.before_its_branch().await;
    assert_eq!((&issue["status"], &issue["ledger_no"]), (&json!("branch_review"), &Value::Null));
    cast.office.registers(&issue).await.refused(409, "issue_transition_not_allowed");
    let answer = || json!({ "reason": "分会已协调共享车位。" });
    cast.office.acts(&issue, "settle", answer()).await.refused(403, "forbidden");
    cast.app.branch("990106007").await.acts(&issue, "settle", answer()).await.refused(404, "issue_not_found");
    cast.president.acts(&issue, "settle", json!({})).await.refused(422, "validation_failed");
    let settled = cast.president.acts(&issue, "settle", answer()).await.ok();
    assert_eq!(settled["status"], "branch_settled");
    // The unit is not content, and the district takes it up.
    let why = json!({ "reason": "车位仍不足。" });
    cast.helper.acts(&settled, "insist", why.clone()).await.refused(404, "issue_not_found");
    let submitted = cast.representative.acts(&settled, "insist", why).await.ok();
    assert_eq!(submitted["status"], "submitted");
    let registered = cast.office.registers(&submitted).await.ok();
    assert!(registered["ledger_no"].as_str().unwrap().ends_with("-0001"));
    let events = cast.representative.get(&format!("/v1/issues/{}/events", issue.id())).await.rows();
    let kinds: Vec<&str> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["issue.referred", "issue.settled", "issue.insisted", "issue.registered"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_it_cannot_it_passes_on_and_silence_passes_on_too() {
    let cast = App::start().await.cast().await;
    let issue = cast.before_its_branch().await;
    cast.representative.acts(&issue, "pass_on", json!({})).await.refused(403, "forbidden");
    let passed = cast.president.acts(&issue, "pass_on", json!({ "note": "需区级协调。" })).await.ok();
    assert_eq!(passed["status"], "submitted");
    cast.president
        .acts(&passed, "settle", json!({ "reason": "分会办理。" }))
        .await
        .refused(409, "issue_transition_not_allowed");

    let silent = cast.before_its_branch().await;
    // Five working days: Friday 20 November, then until Friday 27.
    cast.app.at("2026-11-27 18:00");
    assert_eq!(duty::run(cast.app.store()).await.unwrap().passed_on, 0);
    cast.app.at("2026-11-28 09:00");
    assert_eq!(duty::run(cast.app.store()).await.unwrap().passed_on, 1);
    assert_eq!(cast.representative.reads(&silent).await.ok()["status"], "submitted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn without_a_branch_and_of_another_level_it_goes_to_the_district() {
    let app = App::start().await;
    let unit = app.member_unit_in("990106011", "远街单位").await;
    let who = app.representative_of(&unit).await;
    let mut submission = difficulty();
    submission["level"] = json!("branch");
    assert_eq!(who.submits(submission.clone()).await.created()["status"], "submitted");
    app.branch_body("990106011").await;
    assert_eq!(who.submits(difficulty()).await.created()["status"], "submitted");
    submission["draft"] = json!(true);
    let draft = who.submits(submission).await.created();
    assert_eq!(who.submits_draft(&draft).await.ok()["status"], "branch_review");
}

/// SQLite makes a table anew to change what it checks: nothing that hangs on it is lost on the way.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn issues_come_along_when_the_schema_goes_back_and_on() {
    let app = App::start().await;
    let cast = app.cast().await;
    let (looked_at, handled) = (cast.before_its_branch().await, cast.in_progress().await);
    let office = "SELECT count(*) FROM office_tenure WHERE superseded_at IS NULL";
    let held = app.count(office).await;
    app.schema_before("m0024_branches").await;
    let in_status = |status: &str| format!("SELECT count(*) FROM issue WHERE status = '{status}'");
    assert_eq!(app.count(&in_status("submitted")).await, 1, "what lay before a branch lies before the district");
    let write = "UPDATE issue SET status = 'branch_review' WHERE status = 'submitted'";
    assert!(app.sql(write).await.is_err(), "the older CHECK is back");
    app.schema_of_today().await;
    app.sql(write).await.unwrap();
    assert!(app.sql("UPDATE issue SET status = 'gone'").await.is_err());
    assert_eq!(app.count(office).await, held);
    assert_eq!(app.count("SELECT count(*) FROM issue_note").await, 1);
    if app.store().db.is_sqlite() {
        assert_eq!(app.count("SELECT count(*) FROM pragma_foreign_key_check").await, 0);
        let orphan = "INSERT INTO issue_assist (issue_id, unit_id, asked_on) VALUES (x'00', x'00', '2026-11-20')";
        assert!(app.sql(orphan).await.is_err(), "rows refer to it as before");
    }
    let again = cast.representative.reads(&looked_at).await.ok();
    assert_eq!((&again["status"], &again["title"]), (&json!("branch_review"), &looked_at["title"]));
    assert_eq!(cast.handler.reads(&handled).await.ok()["ledger_no"], handled["ledger_no"]);
    assert_eq!(cast.office.registers(&cast.submitted().await).await.ok()["status"], "registered");
}

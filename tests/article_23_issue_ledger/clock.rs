//! The clock of an issue: working days, extensions, suspension.

use gongjian_testkit::{App, Thing};
use serde_json::{Value, json};

fn reasons(issue: &Thing) -> Vec<&str> {
    issue["clock"].as_array().unwrap().iter().map(|segment| segment["reason"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn working_days_are_those_of_the_official_calendar() {
    let app = App::start().await;
    let cast = app.cast().await;
    for (registered, kind, due_on) in [
        ("2026-09-18 10:00", "difficulty", "2026-10-09"),
        ("2026-09-30 10:00", "difficulty", "2026-10-20"),
        ("2026-02-13 10:00", "difficulty", "2026-03-05"),
        ("2026-04-30 23:59", "suggestion", "2026-05-25"),
    ] {
        app.at(registered);
        let issue = cast.submitted().await;
        let issue = cast.office.acts(&issue, "register", json!({ "kind": kind })).await.ok();
        assert_eq!((&issue["due_on"], &issue["is_due_estimated"]), (&json!(due_on), &json!(false)), "{registered}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_deadline_in_a_year_without_a_notice_is_estimated() {
    let app = App::start().await;
    let cast = app.cast().await;
    app.at("2026-12-28 10:00");
    let issue = cast.registered().await;
    assert_eq!((&issue["due_on"], &issue["is_due_estimated"]), (&json!("2027-01-12"), &json!(true)));
    assert_eq!(issue["clock"][0]["calendar"], "2026v1,2027~");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_extension_is_asked_for_once_and_in_time() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    let refused = cast.handler.asks_for(&issue, 11).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/workdays", "out_of_range"));
    cast.office.grants_extension(&issue).await.refused(409, "issue_no_extension_pending");
    app.at("2026-12-04 17:00");
    let asked = cast.handler.asks_for(&issue, 5).await.ok();
    assert_eq!((&asked["extension_pending_workdays"], &asked["due_on"]), (&json!(5), &json!("2026-12-04")));
    cast.handler.asks_for(&asked, 3).await.refused(409, "issue_extension_pending");
    cast.handler.grants_extension(&asked).await.refused(403, "forbidden");
    let granted = cast.office.grants_extension(&asked).await.ok();
    assert_eq!((&granted["due_on"], &granted["base_due_on"]), (&json!("2026-12-11"), &json!("2026-12-04")));
    assert_eq!(reasons(&granted), ["registered", "extended"]);
    cast.handler.asks_for(&granted, 3).await.refused(409, "issue_extension_already_used");
    // The submitter is told.
    let told = cast.representative.history_of(&granted).await;
    let told = told.last().unwrap();
    assert_eq!((&told["kind"], &told["data"]["due_on"]), (&json!("issue.extension_granted"), &json!("2026-12-11")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_extension_asked_for_after_the_deadline_is_too_late() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    app.at("2026-12-05 08:00");
    let refused = cast.handler.asks_for(&issue, 5).await;
    let refused = refused.refused(409, "issue_extension_too_late");
    assert!(refused.allowed_actions().contains(&"reply") && !refused.allowed_actions().contains(&"request_extension"));
    // The limit is the association's policy; the charter names none.
    assert_eq!(refused.body["article"], json!(null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_refused_extension_gives_its_reason_and_leaves_the_deadline() {
    let app = App::start().await;
    let cast = app.cast().await;
    let asked = cast.handler.asks_for(&cast.in_progress().await, 5).await.ok();
    let bare = cast.office.acts(&asked, "decide_extension", json!({ "granted": false })).await;
    assert!(bare.refused(422, "validation_failed").has_fault("#/note", "required"));
    let refused = cast.office.refuses_extension(&asked).await.ok();
    assert_eq!((&refused["due_on"], &refused["extension_pending_workdays"]), (&json!("2026-12-04"), &json!(null)));
    assert_eq!(cast.representative.events_of(&refused).await.last().unwrap(), "extension_refused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_the_secretary_general_suspends_and_the_clock_stands_still() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    app.at("2026-11-24 10:00");
    for other in [&cast.office, &cast.handler, &cast.representative] {
        other.suspends(&issue, "2026-12-24").await.refused(403, "forbidden");
    }
    for day in ["2026-11-24", "2026-11-01", "2027-02-25"] {
        let refused = cast.general.suspends(&issue, day).await;
        assert!(refused.refused(422, "validation_failed").has_fault("#/review_on", "out_of_range"), "{day}");
    }
    let suspended = cast.general.suspends(&issue, "2026-12-24").await.ok();
    assert_eq!((&suspended["status"], &suspended["light"]), (&json!("suspended"), &json!("white")));
    cast.handler.replies(&suspended, "resolved").await.refused(409, "issue_transition_not_allowed");

    // Eight working days were left on 24 November, and they are left on 15 December.
    app.at("2026-12-15 10:00");
    assert_eq!(cast.office.reads(&suspended).await.ok()["light"], "white");
    let resumed = cast.office.resumes(&suspended).await.ok();
    assert_eq!((&resumed["due_on"], &resumed["light"]), (&json!("2026-12-25"), &json!("green")));
    assert_eq!(reasons(&resumed), ["registered", "suspended", "resumed"]);
    assert_eq!((&resumed["review_on"], &resumed["suspension_reason"]), (&Value::Null, &Value::Null));

    app.at("2026-12-16 10:00");
    let replied = cast.handler.replies(&resumed, "resolved").await.ok();
    assert_eq!(replied["reply"]["handling_workdays"], 3, "the suspension does not count");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn lights_follow_the_deadline() {
    let app = App::start().await;
    let cast = app.cast().await;
    let (open, unsigned) = (cast.in_progress().await, cast.dispatched().await);
    let answered = cast.replied().await;
    for (civil, light) in [
        ("2026-12-01 23:59", "green"),
        ("2026-12-02 00:00", "yellow"),
        ("2026-12-04 23:59", "yellow"),
        ("2026-12-05 00:00", "red"),
    ] {
        app.at(civil);
        assert_eq!(cast.office.reads(&open).await.ok()["light"], light, "{civil}");
        assert_eq!(cast.office.reads(&answered).await.ok()["light"], "green", "answered in time");
        let with_light = cast.office.get(&format!("/v1/issues?light={light}")).await.rows();
        assert!(with_light.iter().any(|row| row["id"] == open["id"] && row["light"] == light), "{civil}");
    }
    app.at("2026-11-24 10:00");
    assert_eq!(cast.office.reads(&unsigned).await.ok()["light"], "yellow", "not signed for in time");
    let yellow = cast.office.get("/v1/issues?light=yellow").await.rows();
    assert_eq!((yellow.len(), &yellow[0]["id"]), (1, &unsigned["id"]));
}

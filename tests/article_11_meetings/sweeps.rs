//! What holds of every meeting: parts of a meeting are as unknown to strangers as the meeting.

use gongjian_testkit::App;
use serde_json::json;

use super::{COUNCIL, general, plans};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn parts_of_a_hidden_meeting_are_unknown() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let mut new = general();
    new["body_id"] = json!(COUNCIL);
    let meeting = plans(&office, new).await;
    let item = meeting["agenda"][0]["id"].as_str().unwrap();
    let stranger = app.outsider().await;
    for id in [item, "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff"] {
        let path = format!("/v1/agenda-items/{id}/remove");
        let tried = stranger.post(&path, json!({})).header("if-match", "*").await;
        tried.refused(404, "agenda_item_not_found");
        stranger
            .patch(&format!("/v1/agenda-items/{id}"), json!({ "title": 7 }))
            .await
            .refused(404, "agenda_item_not_found");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_item_that_something_rests_on_stays_on_the_agenda() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let meeting = plans(&office, general()).await;
    let item = json!({ "kind": "policy_and_plan", "title": "审议2027年度工作计划", "matter": "annual_plan" });
    let path = format!("/v1/meetings/{}/agenda-items", meeting.id());
    let planned = office.post(&path, item).seen(&meeting).await.ok();
    let item = planned["agenda"].as_array().unwrap().iter().find(|item| item["matter"] == "annual_plan").unwrap();
    let motion = json!({
        "meeting_id": meeting.id(), "agenda_item_id": item["id"], "kind": "motion", "secrecy": "open",
        "title": "通过2027年度工作计划",
    });
    office.post("/v1/ballots", motion).await.is(201);
    let path = format!("/v1/agenda-items/{}/remove", item["id"].as_str().unwrap());
    office.post(&path, json!({})).header("if-match", "*").await.refused(409, "agenda_item_in_use");
}

/// Policy: notice, codes and mandates are configuration.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_the_charter_leaves_open_is_configuration() {
    let app = App::start().await;
    let system = app.administrator().await;
    let policy = system.get("/v1/policies/meetings").await.ok();
    assert_eq!((&policy["general_notice_workdays"], &policy["code_seconds"]), (&json!(10), &json!(30)));
    let url = "/v1/policies/meetings";
    let bad = system.patch(url, json!({ "code_seconds": 1 })).seen(&policy).await;
    assert!(bad.has_fault("#/code_seconds", "out_of_range"));
    let changed = system.patch(url, json!({ "general_notice_workdays": 15 })).seen(&policy).await.ok();
    assert_eq!(changed["version"], 1);
    let office = app.secretariat().await;
    let called = super::does(&office, &plans(&office, general()).await, "call").await.ok();
    assert_eq!(called["notice"]["late_workdays"], 0, "fifteen working days to the eleventh of December");
    office.patch(url, json!({ "code_seconds": 60 })).seen(&changed).await.refused(403, "forbidden");
}

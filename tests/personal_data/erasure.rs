//! Requests for deletion, and what is left of somebody who was erased.

use gongjian_testkit::{App, Persona, Thing};
use serde_json::json;

use super::{ADDRESS, DIGITS, corrects, nobody_in_particular, own, reachable};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_deletion_is_answered_in_fifteen_working_days_and_erases_who_it_was() {
    let app = App::start().await;
    let (office, person) = (app.secretariat().await, nobody_in_particular(&app).await);
    let id = own(&person).await["person"]["id"].as_str().unwrap().to_owned();
    corrects(&person, "\"1\"", json!({ "phone": DIGITS, "email": ADDRESS })).await.is(200);
    let asked = person.post("/v1/me/deletion-requests", json!({ "reason": "已离任" })).await.created();
    assert_eq!((&asked["due_on"], &asked["is_late"]), (&json!("2026-12-11"), &json!(false)));
    person.post("/v1/me/deletion-requests", json!({})).await.refused(409, "privacy_request_open");
    let path = format!("/v1/privacy-requests/{}", asked.id());
    let late = "/v1/privacy-requests?overdue=true";
    app.at("2026-12-11 18:00");
    assert!(office.get(late).await.rows().is_empty());
    app.at("2026-12-12 09:00");
    assert_eq!(office.get(late).await.rows()[0]["is_late"], true);

    let refusal = json!({ "answer": "请补充离任证明。" });
    office.post(&format!("{path}/refuse"), json!({})).header("if-match", "*").await.refused(422, "validation_failed");
    let refused = office.post(&format!("{path}/refuse"), refusal).header("if-match", "\"1\"").await.ok();
    assert_eq!((&refused["status"], &refused["is_late"]), (&json!("refused"), &json!(true)));
    assert_eq!(person.get(&path).await.ok()["answer"], "请补充离任证明。");
    person
        .post(&format!("{path}/withdraw"), json!({}))
        .header("if-match", "*")
        .await
        .refused(409, "privacy_request_closed");

    let again = person.post("/v1/me/deletion-requests", json!({})).await.created();
    let path = format!("/v1/privacy-requests/{}", again.id());
    office.post(&format!("{path}/withdraw"), json!({})).header("if-match", "*").await.refused(403, "forbidden");
    app.outsider().await.post(&format!("{path}/withdraw"), json!({})).header("if-match", "*").await.is(404);
    let withdrawn = person.post(&format!("{path}/withdraw"), json!({})).seen(&again).await.ok();
    assert_eq!(withdrawn["status"], "withdrawn");

    let third = person.post("/v1/me/deletion-requests", json!({})).await.created();
    let path = format!("/v1/privacy-requests/{}", third.id());
    let token = Persona::with_token(&app, person.token().await.unwrap());
    let granted = office.post(&format!("{path}/grant"), json!({})).seen(&third).await.ok();
    assert_eq!((&granted["status"], &granted["name"]), (&json!("granted"), &json!("已注销人员")));
    token.get("/v1/me").await.refused(401, "invalid_token");
    let erased = "SELECT count(*) FROM person WHERE name = '已注销人员' AND phone_sealed IS NULL AND phone_masked IS NULL \
         AND phone_key IS NULL AND phone IS NULL AND email IS NULL AND erased_at IS NOT NULL";
    assert_eq!(app.count(erased).await, 1);
    assert_eq!(app.count("SELECT count(*) FROM account WHERE username_key = 'zhaoqiang'").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM privacy_request").await, 3, "history stays by id");
    let account = format!("/v1/accounts/{}/enable", person.account());
    let enabled = app.administrator().await.post(&account, json!({})).header("if-match", "*").await;
    enabled.refused(422, "person_not_found");
    let appoint = json!({ "person_id": id, "role": "secretariat_office", "basis": "青党干〔2026〕9号" });
    assert_eq!(app.secretary_general().await.post("/v1/appointments", appoint).await.status, 422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_holds_an_office_is_succeeded_before_he_is_erased() {
    let app = App::start().await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let (unit, representative, _) = reachable(&app, "云栖材料科学研究院").await;
    let asks = async |who: &Persona| who.post("/v1/me/deletion-requests", json!({})).await.created();
    let grants = async |by: &Persona, request: &Thing| {
        by.post(&format!("/v1/privacy-requests/{}/grant", request.id()), json!({})).header("if-match", "*").await
    };
    let held = asks(&representative).await;
    assert_eq!(grants(&office, &held).await.refused(409, "holds_office").body["article"], 25);
    for holder in [app.president().await, app.administrator().await] {
        let request = asks(&holder).await;
        grants(&office, &request).await.refused(409, "holds_office");
    }
    let request = asks(&office).await;
    grants(&office, &request).await.refused(409, "own_privacy_request");
    grants(&general, &request).await.refused(409, "holds_office");
    assert_eq!(app.count("SELECT count(*) FROM person WHERE erased_at IS NOT NULL").await, 0);
    let successor = json!({ "name": "钱进", "post": "党委书记" });
    let path = format!("/v1/units/{}/representative", unit.id);
    office.post(&path, successor).header("if-match", "*").await.is(200);
    grants(&office, &held).await.is(200);
    assert_eq!(app.count("SELECT count(*) FROM unit_contact WHERE until IS NOT NULL").await, 2, "filings stay");
}

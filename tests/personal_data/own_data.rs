//! What is known of oneself: taken along, corrected, consented to.

use gongjian_testkit::App;
use serde_json::json;

use super::{ADDRESS, NUMBER, corrects, own, reachable, reveals, seen};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn everybody_takes_his_own_data_along() {
    let app = App::start().await;
    let (unit, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    reveals(&app.secretariat().await, &person).await.is(200);
    let notice = app.anonymous().get("/v1/privacy-notice").await.ok();
    representative.post("/v1/me/consents", json!({ "notice_version": notice["version"] })).await.is(200);
    let exported = representative.get("/v1/me/personal-data").await;
    assert_eq!(exported.header("cache-control"), "no-store");
    let data = exported.ok();
    assert_eq!((&data["person"]["phone"], &data["person"]["email"]), (&json!(NUMBER), &json!(ADDRESS)));
    assert_eq!(data["filings"][0]["unit_name"], unit.name);
    assert_eq!(data["offices"][0]["role"], "member_representative");
    for (kind, many) in [("accounts", 1), ("sessions", 1), ("reveals", 1), ("consents", 1), ("requests", 0)] {
        assert_eq!(data[kind].as_array().unwrap().len(), many, "{kind}");
    }
    let handler = app.department(&app.department_unit("青禾区教育局").await).await;
    let data = own(&handler).await;
    assert_eq!(data["appointments"][0]["role"], "department_handler");
    assert_eq!((data["filings"].as_array().unwrap().len(), &data["person"]["phone"]), (0, &json!(null)));
    assert_eq!((&data["services"], &data["expertise"]), (&json!([]), &json!(null)));
    let head = own(&app.head_of(&unit).await).await;
    assert_eq!(
        (&head["services"][0]["kind"], &head["services"][0]["of"]),
        (&json!(null), &json!(format!("{}负责人", unit.name)))
    );
    let expert = app.head_of(&app.council_unit("东部实业有限公司").await).await;
    let person = own(&expert).await["person"]["id"].clone();
    let profile = json!({
        "person_id": person, "employer_name": "青禾区委党校", "fields": ["基层治理"], "basis": "青党建理〔2026〕3号",
        "biography": "长期从事基层党建理论研究。",
    });
    let _ = app.secretariat().await.post("/v1/experts", profile).await.created();
    let expert = own(&expert).await;
    assert_eq!(expert["services"].as_array().unwrap().len(), 2);
    assert!(!expert["expertise"]["fields"].as_array().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_number_and_an_address_are_corrected_at_once_a_name_by_the_secretariat() {
    let app = App::start().await;
    let (unit, representative, _) = reachable(&app, "云栖材料科学研究院").await;
    let before = own(&representative).await;
    let correction = json!({ "phone": "13900001234", "email": "zhao@example.org", "name": "赵嫱", "reason": "笔误" });
    let done = corrects(&representative, &seen(&before), correction).await.ok();
    assert_eq!(
        (&done["person"]["phone"], &done["person"]["email"]),
        (&json!("139****1234"), &json!("z****o@example.org"))
    );
    assert_eq!((&done["person"]["name"], &done["request"]["status"]), (&json!("赵强"), &json!("submitted")));
    let after = own(&representative).await;
    assert_eq!(
        (&after["person"]["phone"], &after["person"]["email"]),
        (&json!("+8613900001234"), &json!("zhao@example.org"))
    );
    for (bad, at) in [
        (json!({ "phone": "123" }), "#/phone"),
        (json!({ "email": "nobody" }), "#/email"),
        (json!({ "name": null }), "#/name"),
        (json!({ "name": "赵强" }), "#"),
        (json!({}), "#"),
        (json!({ "id": 1 }), "#/id"),
    ] {
        let refused = corrects(&representative, &seen(&after), bad.clone()).await;
        assert!([400, 422].contains(&refused.status), "{bad}: {}", refused.status);
        assert!(refused.faults().iter().any(|(pointer, _)| pointer == at), "{bad}: {:?}", refused.faults());
    }
    representative.post("/v1/me/corrections", json!({ "email": null })).await.refused(428, "if_match_required");
    let second = corrects(&representative, &seen(&after), json!({ "name": "赵蔷" })).await;
    second.refused(409, "privacy_request_open");

    let office = app.secretariat().await;
    let request = office.get("/v1/privacy-requests?kind=name_correction&status=submitted").await.rows().remove(0);
    assert_eq!(
        (&request["new_name"], &request["name"], &request["reason"]),
        (&json!("赵嫱"), &json!("赵强"), &json!("笔误"))
    );
    let path = format!("/v1/privacy-requests/{}", request["id"].as_str().unwrap());
    for other in [&representative, &app.outsider().await, &app.administrator().await] {
        let status = other.post(&format!("{path}/grant"), json!({})).header("if-match", "*").await.status;
        assert_eq!(status, if other.username() == representative.username() { 403 } else { 404 });
        let status = other.get(&path).await.status;
        assert_eq!(status, if other.username() == representative.username() { 200 } else { 404 });
        other.get("/v1/privacy-requests").await.refused(403, "forbidden");
    }
    let granted =
        office.post(&format!("{path}/grant"), json!({ "answer": "已核对。" })).header("if-match", "\"1\"").await;
    assert_eq!(granted.ok()["status"], "granted");
    let read = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
    assert_eq!(read["representative"]["name"], "赵嫱");
    let corrected = "SELECT count(*) FROM audit_event WHERE kind = 'person.corrected'";
    assert_eq!(app.count(corrected).await, 2);
    corrects(&representative, &seen(&own(&representative).await), json!({ "phone": null })).await.is(200);
    assert_eq!(app.count("SELECT count(*) FROM person WHERE phone_masked = '139****1234'").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_corrections_at_once_one_stands() {
    let app = App::start().await;
    let (_, representative, _) = reachable(&app, "云栖材料科学研究院").await;
    let there = representative.on(&app.another_instance());
    let version = seen(&own(&representative).await);
    let (one, other) = tokio::join!(
        corrects(&representative, &version, json!({ "phone": "13900000001" })),
        corrects(&there, &version, json!({ "phone": "13900000002" })),
    );
    let mut told = [one.status, other.status];
    told.sort_unstable();
    assert_eq!(told, [200, 412]);
    let stands = if one.status == 200 { "+8613900000001" } else { "+8613900000002" };
    assert_eq!(own(&representative).await["person"]["phone"], stands);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_consent_is_to_a_version_and_can_be_taken_back() {
    let app = App::start().await;
    let (person, other) = (app.secretariat().await, app.president().await);
    let notice = app.anonymous().get("/v1/privacy-notice").await.ok();
    assert!(!notice["purposes"].as_array().unwrap().is_empty());
    let consent = json!({ "notice_version": notice["version"] });
    let given = person.post("/v1/me/consents", consent.clone()).await.ok();
    assert_eq!(person.post("/v1/me/consents", consent).await.ok().body, given.body, "once is enough");
    person.post("/v1/me/consents", json!({ "notice_version": 7 })).await.refused(409, "notice_outdated");
    let withdraw = format!("/v1/me/consents/{}/withdraw", given.id());
    other.post(&withdraw, json!({})).await.refused(404, "consent_not_found");
    assert!(person.post(&withdraw, json!({})).await.ok()["withdrawn_at"].is_string());
    person.post(&withdraw, json!({})).await.refused(404, "consent_not_found");
    let change = app.administrator().await.patch("/v1/policies/privacy", json!({ "notice_version": 2 }));
    change.header("if-match", "*").await.is(200);
    person.post("/v1/me/consents", json!({ "notice_version": 2 })).await.is(200);
    assert_eq!(own(&person).await["consents"].as_array().unwrap().len(), 2);
    let bad = app.administrator().await.patch("/v1/policies/privacy", json!({ "answer_workdays": 0, "purposes": [] }));
    let bad = bad.header("if-match", "*").await;
    assert!(bad.has_fault("#/answer_workdays", "out_of_range") && bad.has_fault("#/purposes", "out_of_range"));
}

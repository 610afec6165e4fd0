//! Policies, the calendar, the dictionary.

use actix_web::http::Method;
use serde_json::json;

use super::ground::Ground;
use gongjian_identity::Role;

#[actix_web::test]
async fn a_policy_is_changed_by_merge_patch_from_the_version_read() {
    let ground = Ground::new().await;
    let admin = ground.administrator().await;
    let office = ground.open(&admin, "wangfang", Role::SecretariatOffice).await;
    let before = ground.get("/v1/policies/ledger").by(&office).send().await.done(200);
    assert_eq!((before.header("etag"), &before.body["changed_at"]), ("\"0\"", &json!(null)));
    let patch = |who, version: &str, body: serde_json::Value| {
        let call = ground.call(Method::PATCH, "/v1/policies/ledger").by(who).with("if-match", version);
        call.body(&body).send()
    };
    patch(&office, "\"0\"", json!({ "urgent_workdays": 3 })).await.refused(403, "forbidden");
    let bad = patch(&admin, "\"0\"", json!({ "urgent_workdays": null, "x": 1, "sign_workdays": "1" })).await;
    let expected =
        [("#/sign_workdays", "invalid_value"), ("#/urgent_workdays", "invalid_value"), ("#/x", "unknown_field")];
    assert_eq!((bad.status, bad.faults()), (422, expected.to_vec()));
    let bad = patch(&admin, "\"0\"", json!({ "urgent_workdays": 0 })).await;
    assert_eq!(bad.faults(), [("#/urgent_workdays", "out_of_range")]);
    let after = patch(&admin, "\"0\"", json!({ "urgent_workdays": 3 })).await.done(200);
    assert_eq!((after.header("etag"), &after.body["urgent_workdays"]), ("\"1\"", &json!(3)));
    patch(&admin, "\"0\"", json!({ "urgent_workdays": 4 })).await.refused(412, "version_mismatch");

    let body = json!({ "district": { "name": "青禾区" }, "streets": [{ "code": "990106007", "name": "松涛街道" }] });
    let call = ground.call(Method::PATCH, "/v1/policies/association").by(&admin).with("if-match", "*").body(&body);
    let after = call.send().await.done(200);
    assert_eq!(after.body["district"], json!({ "code": "", "name": "青禾区", "city": "" }));
}

#[actix_web::test]
async fn a_notice_makes_an_estimate_certain() {
    let ground = Ground::new().await;
    let admin = ground.administrator().await;
    let get = |path: &'static str| ground.get(path).by(&admin).send();
    let due = get("/v1/working-days/due-date?from=2026-02-13&workdays=5").await.done(200);
    let expected = json!({ "due_on": "2026-02-27", "calendar_status": "published", "calendar": "2026v1" });
    assert_eq!(due.body, expected);
    get("/v1/working-days/due-date?from=2026-02-13&workdays=256").await.refused(400, "invalid_parameter");
    assert_eq!(get("/v1/calendar-years").await.done(200).body["data"].as_array().unwrap().len(), 3);
    get("/v1/calendar-years/2027").await.refused(404, "calendar_year_not_found");
    get("/v1/calendar-years/1").await.refused(400, "invalid_parameter");

    let body = json!({
        "notice": "国办发明电〔2026〕8号",
        "published_on": "2026-11-05",
        "holidays": [{ "name": "元旦", "start_on": "2027-01-01", "end_on": "2027-01-03" }],
        "makeup_workdays": [],
    });
    let import = |version: &str, body| {
        ground.call(Method::PUT, "/v1/calendar-years/2027").by(&admin).with("if-match", version).body(body).send()
    };
    let first = import("*", &body).await.done(200);
    assert_eq!((first.header("etag"), &first.body["recounted_deadlines"]), ("\"1\"", &json!(0)));
    import("\"0\"", &body).await.refused(412, "version_mismatch");
    let mut wrong = body.clone();
    wrong["makeup_workdays"] = json!(["2027-01-04"]);
    assert_eq!(import("\"1\"", &wrong).await.faults(), [("#/makeup_workdays/0", "invalid_makeup_day")]);
    assert_eq!(get("/v1/calendar-years/2027").await.done(200).body, first.body["calendar_year"]);
}

#[actix_web::test]
async fn the_dictionary_speaks_the_callers_language() {
    let ground = Ground::new().await;
    let admin = ground.administrator().await;
    let english = ground.get("/v1/dictionary").by(&admin).with("accept-language", "en").send().await.done(200);
    let list = &english.body["lists"].as_array().unwrap()[0];
    assert_eq!(list["words"][0]["label"], list["words"][0]["label_en"]);
    let same = ground.get("/v1/dictionary").by(&admin).with("accept-language", "en");
    same.with("if-none-match", english.header("etag")).send().await.done(304);
    ground.get("/v1/dictionary").send().await.refused(401, "unauthenticated");
}

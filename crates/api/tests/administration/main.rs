//! Accounts, units, configuration: from the first administrator to a unit's successor in office.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says so by failing")]

mod configuration;
mod ground;

use sea_orm_migration::sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};

use gongjian_identity::Role;
use ground::Ground;

fn unit(name: &str) -> Value {
    let contact = |name: &str, phone: &str| json!({ "name": name, "post": "副书记", "phone": phone });
    json!({
        "name": name,
        "unit_type": "research",
        "affiliation_level": "provincial",
        "credit_code": "91350100M000100Y43",
        "street_code": "990106007",
        "address": "青禾区科苑路 7 号",
        "party_org_name": "中共云栖材料科学研究院委员会",
        "party_org_kind": "party_committee",
        "consent": { "basis": "入会申请书", "consented_on": "2026-01-12" },
        "representative": contact("李敏", "13800000001"),
        "liaison": contact("赵强", "13800000002"),
    })
}

#[actix_web::test]
async fn a_drawn_password_is_shown_once_and_kept_nowhere() {
    let ground = Ground::new().await;
    let admin = ground.administrator().await;
    let body = json!({ "username": "wangfang", "person": { "name": "王芳", "phone": "138 0000 0003" } });
    let open = || ground.post("/v1/accounts", &body).by(&admin).with("idempotency-key", "open-1");
    let first = open().send().await.done(201);
    assert_eq!((first.header("cache-control"), first.header("etag")), ("no-store", "\"1\""));
    assert_eq!(first.text("/account/person/phone"), "138****0003");
    let again = open().send().await.done(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!((again.body["password"].clone(), &again.body["account"]), (Value::Null, &first.body["account"]));
    let db = ground.state.store.db.reader();
    let kept = Statement::from_string(db.get_database_backend(), "SELECT answer FROM idempotency_key");
    let kept: String = db.query_one_raw(kept).await.unwrap().unwrap().try_get("", "answer").unwrap();
    assert!(!kept.contains(first.text("/password")), "{kept}");

    let url = format!("/v1/accounts/{}", first.text("/account/id"));
    ground.get(&url).by(&admin).with("if-none-match", "\"1\"").send().await.done(304);
    ground.post(&format!("{url}/disable"), &json!({})).by(&admin).send().await.refused(428, "if_match_required");
    let disabled = ground.post(&format!("{url}/disable"), &json!({})).by(&admin).with("if-match", "\"1\"").send().await;
    assert_eq!(disabled.done(200).text("/state"), "disabled");
    let body = json!({ "username": "wangfang", "password": first.text("/password") });
    ground.post("/v1/auth/login", &body).send().await.refused(401, "invalid_credentials");
}

#[actix_web::test]
async fn offices_of_a_unit_follow_its_filings() {
    let ground = Ground::new().await;
    let admin = ground.administrator().await;
    let office = ground.open(&admin, "wangfang", Role::SecretariatOffice).await;
    ground.get("/v1/units").by(&admin).send().await.refused(403, "forbidden");
    ground.get("/v1/accounts").by(&office).send().await.refused(403, "forbidden");

    let mut bad = unit("云栖材料科学研究院");
    bad["credit_code"] = json!("91350100M000100Y44");
    bad["liaison"]["phone"] = json!("12345678");
    let answer = ground.post("/v1/units", &bad).by(&office).send().await;
    assert_eq!(answer.faults(), [("#/credit_code", "credit_code_check_digit"), ("#/liaison/phone", "phone_number")]);
    let filed = ground.post("/v1/units", &unit("云栖材料科学研究院")).by(&office).send().await.done(201);
    let (id, url) = (filed.text("/id").to_owned(), filed.header("location").to_owned());
    assert_eq!(filed.text("/representative/phone"), "138****0001");
    assert_eq!(ground.get(&url).by(&office).send().await.body, filed.body);

    let wanted = |person: &str| json!({ "username": "limin", "person_id": person });
    let open = ground.post("/v1/accounts", &wanted(filed.text("/representative/person_id"))).by(&admin).send();
    let opened = open.await.done(201);
    assert_eq!(opened.body["account"]["offices"][0]["role"], "member_representative");
    let representative = ground.enter("limin", opened.text("/password")).await;
    let me = ground.get("/v1/me").by(&representative).send().await.done(200);
    assert_eq!(
        me.body["units"],
        json!([{ "id": id, "name": "云栖材料科学研究院", "roles": ["member_representative"] }])
    );
    let permissions = me.body["permissions"].as_array().unwrap();
    assert!(permissions.iter().any(|held| held["name"] == "issue.submit" && held["article"] == 23));

    // Article 25: the unit files a successor; the predecessor's office ends in the same act.
    let successor = json!({ "name": "周宁", "post": "书记" });
    let file = |version: &str| {
        ground.post(&format!("{url}/representative"), &successor).by(&representative).with("if-match", version).send()
    };
    assert_eq!(file("\"1\"").await.done(200).text("/representative/name"), "周宁");
    file("\"1\"").await.refused(404, "unit_not_found");
    let me = ground.get("/v1/me").by(&representative).send().await.done(200);
    assert_eq!((&me.body["offices"], &me.body["permissions"]), (&json!([]), &json!([])));
}

#[actix_web::test]
async fn sessions_are_ones_own() {
    let ground = Ground::new().await;
    let admin = ground.administrator().await;
    let office = ground.open(&admin, "wangfang", Role::SecretariatOffice).await;
    let other = ground.login("wangfang", "four lanterns over the canal").await;
    let mine = ground.get("/v1/sessions?limit=1").by(&other).send().await.done(200);
    assert_eq!((&mine.body["data"][0]["is_current"], &mine.body["has_more"]), (&json!(true), &json!(true)));
    let revoke = format!("/v1/sessions/{}/revoke", mine.text("/data/0/id"));
    ground.post(&revoke, &json!({})).by(&admin).send().await.refused(404, "session_not_found");
    ground.post(&revoke, &json!({})).by(&office).send().await.done(204);
    ground.get("/v1/me").by(&other).send().await.refused(401, "invalid_token");
    ground.post("/v1/auth/logout", &json!({})).by(&office).send().await.done(204);
    ground.get("/v1/me").by(&office).send().await.refused(401, "invalid_token");
}

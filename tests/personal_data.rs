//! 个人信息保护法: numbers are sealed and masked; whoever needs one says what for, and the person can see who did.
//! Everybody reads, corrects and takes along his own data, and can ask that they are erased.

use futures_util::future::join_all;
use gongjian_identity::Role;
use gongjian_kernel::Scope;
use gongjian_testkit::{App, Persona, Setup, TestUnit, Thing};
use reqwest::Method;
use serde_json::{Value, json};

const NUMBER: &str = "+8613800000009";
const DIGITS: &str = "13800000009";
const ADDRESS: &str = "zhaoqiang@example.org";

/// A unit whose representative has a number and an address, and that representative.
async fn reachable(app: &App, name: &str) -> (TestUnit, Persona, String) {
    let unit = app.member_unit(name).await;
    let person = json!({ "name": "赵强", "post": "党委书记", "phone": "138 0000 0009", "email": ADDRESS });
    let path = format!("/v1/units/{}/representative", unit.id);
    let filed = app.secretariat().await.post(&path, person).header("if-match", "*").await.ok();
    let id = filed["representative"]["person_id"].as_str().unwrap().to_owned();
    (unit.clone(), app.representative_of(&unit).await, id)
}

fn need(purpose: &str, reason: &str) -> Value {
    json!({ "purpose": purpose, "reason": reason })
}

async fn reveals(who: &Persona, person: &str) -> gongjian_testkit::Reply {
    who.post(&format!("/v1/persons/{person}/reveal"), need("issue_handling", "核实事项现场情况")).await
}

async fn own(who: &Persona) -> Thing {
    who.get("/v1/me/personal-data").await.ok()
}

fn seen(data: &Thing) -> String {
    format!("\"{}\"", data["person"]["version"])
}

async fn corrects(who: &Persona, version: &str, correction: Value) -> gongjian_testkit::Reply {
    who.post("/v1/me/corrections", correction).header("if-match", version).await
}

/// Somebody who holds no office.
async fn nobody_in_particular(app: &App) -> Persona {
    Persona::open(app, "zhaoqiang", &[], false).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_number_is_kept_sealed_and_shown_masked() {
    let app = App::start().await;
    let (unit, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    let sealed = "SELECT count(*) FROM person WHERE phone IS NULL AND phone_masked = '138****0009' \
                  AND phone_sealed LIKE 'a256gcm:secret:%' AND phone_key = 'secret'";
    assert_eq!(app.count(sealed).await, 1);
    for who in [&app.secretariat().await, &representative, &app.outsider().await] {
        let read = who.get(&format!("/v1/units/{}", unit.id)).await.ok();
        assert_eq!(read["representative"]["phone"], "138****0009", "{}", who.username());
        let address = if who.username() == "outsider" { "z****g@example.org" } else { ADDRESS };
        assert_eq!(read["representative"]["email"], address, "{}", who.username());
    }
    // Copied into another row, it opens for nobody.
    let copy = "UPDATE person SET phone_key = 'secret', phone_sealed = (SELECT phone_sealed FROM person WHERE phone_masked = \
         '138****0009') WHERE id = (SELECT person_id FROM unit_contact WHERE kind = 'liaison' AND until IS NULL AND \
         unit_id = (SELECT unit_id FROM unit_contact WHERE until IS NULL AND kind = 'representative' AND person_id = \
         (SELECT id FROM person WHERE phone_masked = '138****0009')))";
    app.sql(copy).await.unwrap();
    let liaison = app.liaison_of(&unit).await;
    let id = liaison.get(&format!("/v1/units/{}", unit.id)).await.ok()["liaison"]["person_id"].clone();
    reveals(&representative, id.as_str().unwrap()).await.refused(500, "internal_error");
    reveals(&representative, &person).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_number_is_shown_to_those_who_need_it_and_to_nobody_else() {
    let app = App::start().await;
    let (unit, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    let liaison = app.liaison_of(&unit).await;
    for who in [&app.secretariat().await, &app.secretary_general().await, &representative, &liaison] {
        let shown = reveals(who, &person).await;
        assert_eq!((shown.ok()["phone"].as_str(), shown.header("cache-control")), (Some(NUMBER), "no-store"));
    }
    let department = app.department(&app.department_unit("青禾区教育局").await).await;
    for who in [&app.outsider().await, &department, &app.president().await, &app.branch(&unit.street).await] {
        assert_eq!(reveals(who, &person).await.refused(403, "forbidden").body["article"], 25, "{}", who.username());
    }
    for who in [app.administrator().await, app.security().await, app.auditor().await] {
        reveals(&who, &person).await.refused(404, "no_such_person");
    }
    // A person whom no list names is not there for others.
    let hidden = own(&nobody_in_particular(&app).await).await["person"]["id"].as_str().unwrap().to_owned();
    for id in [hidden.as_str(), "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff"] {
        reveals(&app.outsider().await, id).await.refused(404, "no_such_person");
    }
    reveals(&app.secretariat().await, &hidden).await.refused(409, "no_phone");
    let looks = "SELECT count(*) FROM personal_reveal";
    let events = "SELECT count(*) FROM audit_event WHERE kind = 'person.phone_revealed'";
    assert_eq!((app.count(looks).await, app.count(events).await), (4, 4), "each look is on record");
    assert!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'access.denied'").await >= 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_look_needs_a_purpose_and_a_reason_and_is_kept_for_no_key() {
    let app = App::start().await;
    let (_, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    let (office, path) = (app.secretariat().await, format!("/v1/persons/{person}/reveal"));
    for bad in [json!({}), need("issue_handling", "无"), need("curiosity", "想看一看"), json!({ "reason": "核实情况" })]
    {
        office.post(&path, bad.clone()).await.refused(422, "validation_failed");
        app.outsider().await.post(&path, bad).await.refused(403, "forbidden");
    }
    for _ in 0..2 {
        let shown = office.post(&path, need("urgent", "紧急联络本人")).key("one-look").await;
        assert!(!shown.has("idempotency-replayed"), "a repeated look is another look");
        shown.is(200);
    }
    assert_eq!(app.count("SELECT count(*) FROM idempotency_key WHERE answer LIKE '%138%'").await, 0);
    let told = representative.get(&format!("/v1/persons/{person}/reveals")).await.rows();
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["by_role"], &told[0]["purpose"]), (&json!("secretariat_office"), &json!("urgent")));
    assert_eq!((&told[0]["reason"], &told[0]["by_name"]), (&json!("紧急联络本人"), &json!("人员 secretariat")));
    for other in [&office, &app.outsider().await, &app.auditor().await] {
        other.get(&format!("/v1/persons/{person}/reveals")).await.refused(404, "no_such_person");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_account_is_shown_so_many_numbers_in_a_day_on_all_instances_together() {
    let app = App::start().await;
    let (_, _, person) = reachable(&app, "云栖材料科学研究院").await;
    let change = app.administrator().await.patch("/v1/policies/privacy", json!({ "reveals_per_day": 5 }));
    change.header("if-match", "\"0\"").await.is(200);
    let office = app.secretariat().await;
    let there = office.on(&app.another_instance());
    let asked = (0..12).map(|n| reveals(if n % 2 == 0 { &office } else { &there }, &person));
    let mut told: Vec<u16> = join_all(asked).await.iter().map(|reply| reply.status).collect();
    told.sort_unstable();
    assert_eq!(told, [[200; 5].as_slice(), &[429; 7]].concat());
    assert_eq!(app.count("SELECT count(*) FROM personal_reveal").await, 5);
    let refused = reveals(&office, &person).await;
    assert_eq!(refused.refused(429, "reveal_limit").header("retry-after"), (14 * 3600).to_string(), "until midnight");
    reveals(&app.secretary_general().await, &person).await.is(200);
    app.at("2026-11-21 00:00");
    reveals(&office, &person).await.is(200);
}

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
    let appoint = json!({ "person_id": id, "role": "president", "basis": "青党干〔2026〕9号" });
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

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_a_military_unit_others_see_only_which_one_it_is() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let contact = |name: &str| json!({ "name": name, "post": "教导员", "phone": DIGITS, "email": ADDRESS });
    let new = json!({
        "name": "某部队", "unit_type": "military", "affiliation_level": "military",
        "credit_code_exempt_reason": "部队", "street_code": "990106003", "address": "青禾区某路 1 号",
        "party_org_name": "中共某部队委员会", "party_org_kind": "party_committee", "party_member_count": 30,
        "representative": contact("周正"), "liaison": contact("吴刚"),
    });
    let filed = office.post("/v1/units", new).await.created();
    let path = format!("/v1/units/{}", filed.id());
    let id = filed.id().parse().unwrap();
    let liaison = Persona::open(&app, "wugang", &[(Role::MemberLiaison, Scope::Unit(id))], false).await;
    let hidden = ["address", "party_org_name", "party_org_kind", "party_member_count", "representative", "liaison"];
    for who in [&office, &liaison] {
        let read = who.get(&path).await.ok();
        assert!(hidden.iter().all(|member| !read[*member].is_null()), "{}", who.username());
    }
    for who in [app.outsider().await, app.president().await] {
        let read = who.get(&path).await.ok();
        assert!(hidden.iter().all(|member| read[*member].is_null()), "{}", who.username());
        assert_eq!((&read["name"], &read["unit_type"]), (&json!("某部队"), &json!("military")));
        assert_eq!(read["member_no"], filed["member_no"]);
        let person = filed["representative"]["person_id"].as_str().unwrap();
        reveals(&who, person).await.refused(404, "no_such_person");
    }
    let listed = app.outsider().await.get("/v1/units?unit_type=military").await.rows();
    assert!(hidden.iter().all(|member| listed[0].get(*member).is_none()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_number_and_no_address_is_told_where_it_does_not_belong() {
    let app = App::start().await;
    let (unit, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let process = app.talkative_process().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let call = async |who: &Persona, method: Method, path: &str, body: Value| {
        let request = client.request(method, format!("{}{path}", process.url)).json(&body);
        let request = request.header("if-match", "*").header("idempotency-key", path);
        let reply = request.bearer_auth(who.token().await.unwrap()).send().await.unwrap();
        (reply.status().as_u16(), reply.text().await.unwrap())
    };
    app.clock().set(chrono::Utc::now());
    let shown =
        call(&office, Method::POST, &format!("/v1/persons/{person}/reveal"), need("urgent", "紧急联络本人")).await;
    assert!(shown.0 == 200 && shown.1.contains(NUMBER), "{shown:?}");
    let contact = json!({ "name": "王芳", "post": "党办主任", "phone": DIGITS, "email": ADDRESS });
    let filed = call(&office, Method::POST, &format!("/v1/units/{}/liaison", unit.id), contact).await;
    assert_eq!(filed.0, 200, "{}", filed.1);
    let correction = json!({ "phone": DIGITS, "email": ADDRESS });
    assert_eq!(call(&representative, Method::POST, "/v1/me/corrections", correction).await.0, 200);
    let bad = json!({ "phone": format!("{DIGITS}00"), "email": format!("{ADDRESS}@") });
    assert_eq!(call(&representative, Method::POST, "/v1/me/corrections", bad).await.0, 422);
    assert!(call(&representative, Method::GET, "/v1/me/personal-data", json!({})).await.1.contains(ADDRESS));
    let log = process.logged();
    assert!(log.contains("request"), "it logs at all: {log}");
    for secret in [DIGITS, ADDRESS] {
        assert!(!log.contains(secret), "{log}");
        for (table, column) in [
            ("audit_event", "data"),
            ("audit_event", "actor_name"),
            ("idempotency_key", "answer"),
            ("idempotency_key", "fingerprint"),
            ("person", "phone"),
            ("person", "phone_sealed"),
            ("person", "phone_masked"),
            ("personal_reveal", "reason"),
            ("policy", "value"),
        ] {
            let kept = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{secret}%'");
            assert_eq!(app.count(&kept).await, 0, "{table}.{column}");
        }
    }
    assert!(app.count("SELECT count(*) FROM idempotency_key").await >= 2);
}

const K1: &str = "k1=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const K2: &str = "k2=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

fn with_keys(app: &App, list: String) -> App {
    app.another_instance_with(move |config| config.secret.data_keys = Some(gongjian::config::Hidden::new(list)))
}

async fn sealed_with(app: &App, key: &str) -> i64 {
    app.count(&format!("SELECT count(*) FROM person WHERE phone_key = '{key}' AND phone_sealed LIKE 'a256gcm:{key}:%'"))
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn keys_are_replaced_beside_a_server_that_writes() {
    let app = Setup::default().start().await;
    let (_, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    // What an older version left in the column of old is sealed by the next server that starts.
    app.sql("UPDATE person SET phone = '+8613700000001' WHERE name = '联络员'").await.unwrap();
    let next = with_keys(&app, format!("{K2}\n{K1}"));
    assert_eq!(app.count("SELECT count(*) FROM person WHERE phone IS NOT NULL").await, 0);
    assert_eq!((sealed_with(&app, "secret").await, sealed_with(&app, "k2").await), (1, 1));
    assert_eq!(app.count("SELECT count(*) FROM person WHERE phone_masked = '137****0001'").await, 1);

    let there = representative.on(&next);
    let office = app.secretariat().await.on(&next);
    let (resealed, written) = tokio::join!(gongjian_identity::person::reseal(next.store()), async {
        let version = seen(&own(&there).await);
        corrects(&there, &version, json!({ "phone": "13900000001" })).await
    });
    written.is(200);
    assert!(resealed.unwrap().is_some());
    assert_eq!((sealed_with(&app, "secret").await, sealed_with(&app, "k2").await), (0, 2));
    assert_eq!(reveals(&office, &person).await.ok()["phone"], "+8613900000001", "what was written meanwhile stands");
    assert_eq!(gongjian_identity::person::reseal(next.store()).await.unwrap(), Some(0), "there is nothing left to do");
    // The server that does not know the key says so and shows nothing else.
    reveals(&app.secretariat().await, &person).await.refused(500, "internal_error");
}

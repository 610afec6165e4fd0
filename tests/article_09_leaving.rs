//! Article 9(4): free to leave. The notice of the representative takes effect on receipt; nothing stands in its
//! way, nobody puts a unit out, and one that has left may come back as the same unit.

use std::time::Duration;

use futures_util::future::join_all;
use gongjian_identity::Role;
use gongjian_testkit::{App, Persona, Reply, TestUnit, difficulty, operations};
use reqwest::Method;
use serde_json::{Value, json};

async fn leaves(who: &Persona, unit: &TestUnit) -> Reply {
    let path = format!("/v1/units/{}/withdraw", unit.id);
    who.post(&path, json!({ "reason": "工作重心调整。" })).header("if-match", "*").await
}

async fn read(app: &App, unit: &TestUnit) -> gongjian_testkit::Thing {
    app.secretariat().await.get(&format!("/v1/units/{}", unit.id)).await.ok()
}

fn dissolution() -> Value {
    json!({ "ground": "ceased", "basis": "准予注销登记通知书〔2026〕第31号", "decided_on": "2026-11-18" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_notice_takes_effect_on_receipt_whatever_is_open() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    let left = leaves(&cast.representative, &cast.unit).await.ok();
    assert_eq!((&left["status"], &left["withdrawn_at"]), (&json!("withdrawn"), &json!("2026-11-20T02:00:00.000Z")));
    assert!(left.text("receipt_no").starts_with("BA-2026-"));
    assert_eq!((&left["handover"]["submitted_count"], &left["handover"]["led_count"]), (&json!(1), &json!(0)));
    let listed = cast.office.get(left["handover"]["href"].as_str().unwrap()).await.rows();
    assert_eq!((&listed[0]["issue_id"], &listed[0]["is_submitter"]), (&issue["id"], &json!(true)));
    let unit = read(&app, &cast.unit).await;
    assert_eq!((&unit["status"], &unit["withdrawn_on"]), (&json!("withdrawn"), &json!("2026-11-20")));
    assert_eq!((&unit["representative"], &unit["name"]), (&Value::Null, &json!(cast.unit.name)));
    assert_eq!(cast.office.reads(&issue).await.ok()["submitter"]["name"], json!(cast.unit.name), "history stays");
    let told = "SELECT count(*) FROM audit_event WHERE kind = 'unit.withdrawn'";
    assert_eq!(app.count(told).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_the_units_own_representative_gives_the_notice() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    for who in [
        app.liaison_of(&unit).await,
        app.outsider().await,
        app.secretariat().await,
        app.secretary_general().await,
        app.president().await,
        app.branch(&unit.street).await,
    ] {
        let refused = leaves(&who, &unit).await;
        assert_eq!(refused.refused(403, "forbidden").body["article"], 9, "{}", who.username());
    }
    leaves(&app.administrator().await, &unit).await.refused(404, "unit_not_found");
    let representative = app.representative_of(&unit).await;
    let path = format!("/v1/units/{}/withdraw", unit.id);
    representative.post(&path, json!({})).await.refused(428, "if_match_required");
    representative.post(&path, json!({})).header("if-match", "\"9\"").await.refused(412, "version_mismatch");
    let forged = json!({ "status": "dissolved", "unit_id": unit.id, "roles": [] });
    let refused = representative.post(&path, forged).header("if-match", "*").await;
    for member in ["status", "unit_id", "roles"] {
        assert!(refused.refused(422, "validation_failed").has_fault(&format!("#/{member}"), "unknown_field"));
    }
    assert_eq!(read(&app, &unit).await["status"], "active");
    leaves(&representative, &unit).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_second_later_nobody_acts_for_the_unit_on_any_instance() {
    let app = App::start().await;
    let cast = app.cast().await;
    let twin = app.another_instance();
    let issue = cast.dispatched().await;
    let head = app.representative_of(&cast.bureau).await;
    let people = [head.clone(), app.liaison_of(&cast.bureau).await, cast.handler.clone()];
    for person in &people {
        person.get("/v1/units").await.is(200);
        person.on(&twin).get("/v1/units").await.is(200);
    }
    leaves(&head, &cast.bureau).await.is(200);
    for person in &people {
        person.get("/v1/units").await.refused(403, "forbidden");
        person.submits(difficulty()).await.refused(403, "forbidden");
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    for person in &people {
        let there = person.on(&twin);
        there.get("/v1/units").await.refused(403, "forbidden");
        there.submits(difficulty()).await.refused(403, "forbidden");
        there.acts(&issue, "sign", json!({})).await.refused(404, "issue_not_found");
        let me = there.get("/v1/me").await.ok();
        assert!(!me.body.to_string().contains(&cast.bureau.id.to_string()), "{:#}", me.body);
    }
    assert_eq!(app.count("SELECT count(*) FROM appointment WHERE unit_id IS NOT NULL AND until IS NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_a_department_leads_is_handed_over() {
    let app = App::start().await;
    let cast = app.cast().await;
    let (first, second) = (cast.dispatched().await, cast.in_progress().await);
    cast.closed().await;
    let representative = app.representative_of(&cast.bureau).await;
    let path = format!("/v1/units/{}/handover", cast.bureau.id);
    representative.get(&path).await.is(200);
    leaves(&representative, &cast.bureau).await.is(200);
    let page = cast.office.get(&format!("{path}?limit=1")).await;
    let mut rows = page.rows();
    let next = page.body["next_cursor"].as_str().unwrap().to_owned();
    rows.extend(cast.office.get(&format!("{path}?limit=1&cursor={next}")).await.rows());
    let ids: Vec<_> = rows.iter().map(|row| row["issue_id"].clone()).collect();
    assert_eq!(ids, [first["id"].clone(), second["id"].clone()]);
    assert!(rows.iter().all(|row| row["is_lead"] == true && row["is_submitter"] == false));
    for who in [&cast.representative, &cast.handler] {
        assert!([403, 404].contains(&who.get(&path).await.status));
    }
    let other = app.department_unit("青禾区人社局").await;
    let seen = cast.office.reads(&second).await.ok();
    cast.office.acts(&seen, "reassign", json!({ "lead_unit_id": other.id })).await.is(200);
    assert_eq!(cast.office.get(&path).await.rows().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_notices_at_once_one_has_the_receipt() {
    let app = App::start().await;
    let twin = app.another_instance();
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let calls = (0..4).map(async |n| {
        let who = if n % 2 == 0 { representative.clone() } else { representative.on(&twin) };
        leaves(&who, &unit).await.status
    });
    let statuses = join_all(calls).await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 404, 409].contains(status)), "{statuses:?}");
    assert_eq!(app.count("SELECT count(*) FROM membership_period WHERE left_on IS NOT NULL").await, 1);

    // The answer that was lost on the way is had again by its key, although nobody speaks for the unit now.
    let other = app.member_unit("青禾实验学校").await;
    let head = app.representative_of(&other).await;
    let path = format!("/v1/units/{}/withdraw", other.id);
    let send = async || head.post(&path, json!({})).header("if-match", "*").key("notice-1").await;
    let (first, again) = (send().await.ok(), send().await.ok());
    assert_eq!(first["receipt_no"], again["receipt_no"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn leaving_and_another_act_of_the_unit_both_end_well() {
    let app = App::start().await;
    let cast = app.cast().await;
    let submit = async || {
        let calls = (0..6).map(async |_| cast.liaison.submits(difficulty()).await.status);
        join_all(calls).await
    };
    let (left, submitted) = tokio::join!(leaves(&cast.representative, &cast.unit), submit());
    left.is(200);
    assert!(submitted.iter().all(|status| [201, 403, 409].contains(status)), "{submitted:?}");
    let issues = app.count("SELECT count(*) FROM issue").await;
    assert_eq!(issues, submitted.iter().filter(|status| **status == 201).count() as i64);
    cast.liaison.submits(difficulty()).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_else_ends_a_membership() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let persons = [
        app.secretariat().await,
        app.secretary_general().await,
        app.president().await,
        app.liaison_of(&unit).await,
        app.outsider().await,
        app.branch(&unit.street).await,
        app.administrator().await,
        app.security().await,
    ];
    // Whatever the document offers about a unit, with the words that an expulsion would need.
    let bodies = [json!({}), json!({ "reason": "长期不参加活动。", "status": "withdrawn" })];
    for operation in operations().iter().filter(|operation| operation.method != Method::GET) {
        if !operation.template.starts_with("/v1/units/{unit_id}") {
            continue;
        }
        for (who, body) in persons.iter().flat_map(|who| bodies.iter().map(move |body| (who, body))) {
            let call = who.call(operation.method.clone(), &operation.path(&unit.id.to_string())).json(body);
            let answer = call.header("if-match", "*").await;
            assert!(answer.status >= 400, "{} {}: {}", operation.id, who.username(), answer.status);
        }
    }
    assert_eq!(read(&app, &unit).await["status"], "active");
    for role in Role::ALL.iter().filter(|role| **role != Role::MemberRepresentative) {
        let rules = gongjian_membership::action::UNIT_WITHDRAW.rules;
        assert!(rules.iter().all(|rule| rule.role != role.as_str()), "{role}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_that_is_gone_is_so_by_evidence() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let path = format!("/v1/units/{}/dissolve", unit.id);
    let ends = async |who: &Persona, body: Value| who.post(&path, body).header("if-match", "*").await;
    for missing in ["ground", "basis", "decided_on"] {
        let mut body = dissolution();
        body.as_object_mut().unwrap().remove(missing);
        ends(&office, body).await.refused(422, "validation_failed");
    }
    for (member, value) in [("ground", json!("expelled")), ("basis", json!(" ")), ("decided_on", json!("2026-11-21"))] {
        let mut body = dissolution();
        body[member] = value;
        ends(&office, body).await.refused(422, "validation_failed");
    }
    for who in [app.representative_of(&unit).await, app.president().await, app.outsider().await] {
        ends(&who, dissolution()).await.refused(403, "forbidden");
    }
    let gone = ends(&office, dissolution()).await.ok();
    assert_eq!((&gone["status"], &gone["representative"]), (&json!("dissolved"), &Value::Null));
    ends(&office, dissolution()).await.refused(409, "unit_not_active");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn one_that_has_left_comes_back_as_the_same_unit() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let issue = representative.submits(difficulty()).await.created();
    let before = read(&app, &unit).await;
    leaves(&representative, &unit).await.is(200);
    app.passes(chrono::Duration::days(30));

    let again = json!({
        "name": unit.name,
        "unit_type": "research",
        "affiliation_level": "municipal",
        "credit_code_exempt_reason": "筹建期间尚未取得代码",
        "street_code": "990106007",
        "address": "青禾区新址 1 号",
        "party_org_name": "中共云栖材料科学研究院委员会",
        "party_org_kind": "party_committee",
        "contact": { "name": "王芳", "post": "党办主任" },
        "consent": { "name": "李敏", "post": "书记", "basis": "党委会议纪要", "consented_on": "2026-12-18" },
    });
    let received = app.anonymous().post("/v1/applications", again).await.created();
    let path = format!("/v1/applications/{}", received.id());
    office.post(&format!("{path}/find-eligible"), json!({})).header("if-match", "*").await.is(200);
    let done = office.post(&format!("{path}/admit"), json!({})).header("if-match", "*").await.ok();
    assert_eq!(done["unit_id"], json!(unit.id));
    let after = read(&app, &unit).await;
    assert_eq!((&after["status"], &after["member_no"]), (&json!("active"), &before["member_no"]));
    assert_eq!((&after["joined_on"], &after["withdrawn_on"]), (&json!("2026-12-20"), &Value::Null));
    assert_eq!(after["address"], "青禾区新址 1 号");
    // It designates anew: those of before do not step back in by themselves.
    assert_eq!((&after["representative"], &after["liaison"]), (&Value::Null, &Value::Null));
    representative.submits(difficulty()).await.refused(403, "forbidden");
    assert_eq!(office.reads(&issue).await.ok()["submitter"]["id"], json!(unit.id));
    assert_eq!(app.count("SELECT count(*) FROM membership_period WHERE ended_by IS NULL").await, 1);
    let changes: Vec<_> = office.get(&format!("/v1/units/{}/history", unit.id)).await.rows();
    let changes: Vec<_> = changes.iter().map(|row| row["change"].as_str().unwrap()).collect();
    assert_eq!(changes, ["joined", "withdrew", "came_back"]);
    for (day, status) in [("2026-11-20", "withdrawn"), ("2026-12-19", "withdrawn"), ("2026-12-20", "active")] {
        let rows = office.get(&format!("/v1/units?as_of={day}")).await.rows();
        assert_eq!(rows[0]["status"], status, "{day}");
    }
}

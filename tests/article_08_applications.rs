//! Article 8 and the preamble: a unit applies, is nominated or is recommended; it joins of its own will, and the
//! only ground for saying no is that Article 8 is not met.

use futures_util::future::join_all;
use gongjian_testkit::{App, Persona, Reply, Thing};
use serde_json::{Value, json};

const CODES: [&str; 3] = ["91350100M000100Y43", "11990106107345172X", "91990106MF37QH697Q"];

fn application(name: &str, code: &str) -> Value {
    json!({
        "name": name,
        "unit_type": "research",
        "affiliation_level": "municipal",
        "credit_code": code,
        "street_code": "990106007",
        "address": "青禾区科苑路 7 号",
        "party_org_name": "中共某研究院委员会",
        "party_org_kind": "party_committee",
        "contact": { "name": "王芳", "post": "党办主任", "phone": "13800000001" },
    })
}

fn consent() -> Value {
    json!({ "name": "李敏", "post": "党委书记", "basis": "院党委会议纪要〔2026〕12号", "consented_on": "2026-11-19" })
}

fn consenting(name: &str, code: &str) -> Value {
    let mut application = application(name, code);
    application["consent"] = consent();
    application
}

async fn applies(app: &App, application: Value) -> Thing {
    app.anonymous().post("/v1/applications", application).await.created()
}

async fn decides(who: &Persona, application: &Thing, action: &str, body: Value) -> Reply {
    let read = who.get(&format!("/v1/applications/{}", application.id())).await;
    let version = if read.status == 200 { read.ok().etag().to_owned() } else { "*".to_owned() };
    let path = format!("/v1/applications/{}/{action}", application.id());
    who.post(&path, body).header("if-match", &version).await
}

async fn with_code(app: &App, received: &Thing, verb: &str, more: Value) -> Reply {
    let mut body = more;
    body["tracking_code"] = received["tracking_code"].clone();
    app.anonymous().post(&format!("/v1/applications/by-code/{verb}"), body).await
}

async fn admitted(app: &App, application: Value) -> Thing {
    let office = app.secretariat().await;
    let received = applies(app, application).await;
    decides(&office, &received, "find-eligible", json!({})).await.is(200);
    decides(&office, &received, "admit", json!({})).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_applies_by_itself_and_becomes_a_member() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let received = applies(&app, consenting("云栖材料科学研究院", CODES[0])).await;
    assert_eq!((&received["number"], &received["status"]), (&json!("RH-2026-0001"), &json!("applied")));
    let code = received.text("tracking_code");
    assert!(code.len() >= 46, "256 bits: {code}");
    let kept = format!("SELECT count(*) FROM application WHERE tracking_hash LIKE '%{code}%'");
    assert_eq!(app.count(&kept).await, 0, "kept as a hash");
    let trail = format!("SELECT count(*) FROM audit_event WHERE data LIKE '%{code}%' OR data LIKE '%13800000001%'");
    assert_eq!(app.count(&trail).await, 0);

    decides(&office, &received, "admit", json!({})).await.refused(409, "application_action_not_open");
    let eligible = decides(&office, &received, "find-eligible", json!({})).await.ok();
    assert!(eligible.allows("admit") && !eligible.allows("reject"));
    let done = decides(&office, &received, "admit", json!({})).await.ok();
    assert_eq!((&done["status"], &done["allowed_actions"]), (&json!("admitted"), &json!([])));
    let unit = office.get(&format!("/v1/units/{}", done.text("unit_id"))).await.ok();
    assert_eq!((&unit["status"], &unit["joined_on"]), (&json!("active"), &json!("2026-11-20")));
    assert_eq!((&unit["member_no"], &unit["representative"]), (&json!("HY-0001"), &Value::Null));
    let told = with_code(&app, &received, "track", json!({})).await.ok();
    assert_eq!((&told["status"], &told["decided_on"]), (&json!("admitted"), &json!("2026-11-20")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_is_decided_without_the_consent_of_the_unit() {
    let app = App::start().await;
    let (office, branch) = (app.secretariat().await, app.branch("990106007").await);
    let member = app.member_unit("青禾实验学校").await;
    let representative = app.representative_of(&member).await;
    let nominated = branch.post("/v1/nominations", application("甲研究院", CODES[0])).await.created();
    let path = format!("/v1/units/{}/recommendations", member.id);
    let recommended = representative.post(&path, application("乙研究院", CODES[1])).await.created();
    let alone = applies(&app, application("丙研究院", CODES[2])).await;
    for received in [&nominated, &recommended, &alone] {
        let refused = decides(&office, received, "find-eligible", json!({})).await;
        assert_eq!(refused.refused(409, "consent_missing").body["article"], 9);
    }
    // By the code, or by a document that the secretariat enters.
    with_code(&app, &nominated, "consent", json!({ "consent": consent() })).await.is(200);
    let entered = decides(&office, &recommended, "consent", consent()).await.ok();
    assert_eq!((&entered["consent"]["via"], &entered["consent"]["name"]), (&json!("document"), &json!("李敏")));
    for received in [&nominated, &recommended] {
        decides(&office, received, "find-eligible", json!({})).await.is(200);
        decides(&office, received, "admit", json!({})).await.is(200);
    }
    let mine = representative.get("/v1/applications").await.rows();
    assert_eq!(mine.len(), 1, "a member sees the applications that it recommended");
    assert_eq!(mine[0]["recommended_by_unit_id"], json!(member.id));
    assert_eq!(branch.get("/v1/applications").await.rows().len(), 3);
    assert!(app.branch("990106001").await.get("/v1/applications").await.rows().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_may_not_nominate_recommend_or_decide_is_refused() {
    let app = App::start().await;
    let member = app.member_unit("青禾实验学校").await;
    let (representative, liaison) = (app.representative_of(&member).await, app.liaison_of(&member).await);
    let (outsider, elsewhere) = (app.outsider().await, app.branch("990106001").await);
    for who in [&representative, &liaison, &elsewhere, &app.president().await, &app.administrator().await] {
        who.post("/v1/nominations", application("甲研究院", CODES[0])).await.refused(403, "forbidden");
    }
    let path = format!("/v1/units/{}/recommendations", member.id);
    for who in [&liaison, &outsider, &app.secretariat().await] {
        who.post(&path, application("甲研究院", CODES[0])).await.refused(403, "forbidden");
    }
    let received = applies(&app, consenting("甲研究院", CODES[0])).await;
    let rejection = json!({ "ground": "not_a_unit", "text": "内设机构。", "how_to_reapply": "由单位申请。" });
    for (action, body) in [
        ("find-eligible", json!({})),
        ("admit", json!({})),
        ("return", json!({ "correction": "请补充。" })),
        ("reject", rejection),
        ("consent", consent()),
    ] {
        for who in [&representative, &liaison, &elsewhere, &app.administrator().await] {
            decides(who, &received, action, body.clone()).await.refused(404, "application_not_found");
        }
        decides(&app.president().await, &received, action, body.clone()).await.refused(403, "forbidden");
    }
    let by_the_branch = decides(&app.branch("990106007").await, &received, "find-eligible", json!({})).await;
    by_the_branch.refused(403, "forbidden");
    let bureau = app.department_unit("青禾区教育局").await;
    for who in [&liaison, &app.administrator().await, &app.department(&bureau).await] {
        who.get("/v1/applications").await.refused(403, "forbidden");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_missing_comes_back_and_is_corrected_with_the_code() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let received = applies(&app, consenting("云栖材料研究院", CODES[0])).await;
    decides(&office, &received, "return", json!({ "correction": "请填证书上的全称。" })).await.is(200);
    let told = with_code(&app, &received, "track", json!({})).await.ok();
    assert_eq!(told["correction"], "请填证书上的全称。");
    assert_eq!(told["allowed_actions"], json!(["correct", "consent", "withdraw"]));
    decides(&office, &received, "find-eligible", json!({})).await.refused(409, "application_action_not_open");

    let again = json!({ "application": application("云栖材料科学研究院", CODES[0]) });
    let corrected = with_code(&app, &received, "correct", again).await.ok();
    assert_eq!((&corrected["status"], &corrected["has_consent"]), (&json!("applied"), &json!(false)));
    decides(&office, &received, "find-eligible", json!({})).await.refused(409, "consent_missing");
    with_code(&app, &received, "consent", json!({ "consent": consent() })).await.is(200);
    decides(&office, &received, "find-eligible", json!({})).await.is(200);
    let withdrawn = with_code(&app, &received, "withdraw", json!({})).await.ok();
    assert_eq!((&withdrawn["status"], &withdrawn["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    with_code(&app, &received, "withdraw", json!({})).await.refused(409, "application_action_not_open");
    applies(&app, consenting("云栖材料科学研究院", CODES[0])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_article_eight_is_a_ground_for_a_rejection_and_the_way_back_is_told() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let received = applies(&app, application("某研究院", CODES[0])).await;
    let mut rejection =
        json!({ "ground": "not_paid", "text": "不在本区。", "how_to_reapply": "在本区设立办公场所后再申请。" });
    decides(&office, &received, "reject", rejection.clone()).await.refused(422, "validation_failed");
    rejection["ground"] = json!("not_in_district");
    let mut silent = rejection.clone();
    silent["how_to_reapply"] = json!("");
    decides(&office, &received, "reject", silent).await.refused(422, "validation_failed");
    decides(&office, &received, "reject", rejection).await.is(200);
    let told = with_code(&app, &received, "track", json!({})).await.ok();
    assert_eq!((&told["status"], &told["ineligibility"]), (&json!("rejected"), &json!("not_in_district")));
    assert_eq!(told["how_to_reapply"], "在本区设立办公场所后再申请。");
    applies(&app, consenting("某研究院", CODES[0])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_applies_twice_and_a_stranger_does_not_learn_who_is_a_member() {
    let app = App::start().await;
    let member = admitted(&app, consenting("甲研究院", CODES[0])).await;
    applies(&app, application("乙研究院", CODES[1])).await;
    let told = async |application: Value| {
        let refused = app.anonymous().post("/v1/applications", application).await;
        refused.refused(409, "application_not_needed");
        let mut body = refused.body.clone();
        body.as_object_mut().unwrap().remove("trace_id");
        body
    };
    let of_a_member = told(application("子虚研究院", CODES[0])).await;
    let of_an_applicant = told(application("乌有研究院", CODES[1])).await;
    assert_eq!(of_a_member, of_an_applicant, "which of the two it is, is not told");
    // The name of a member is no answer to a stranger; the secretariat finds it.
    let namesake = applies(&app, consenting("甲研究院", CODES[2])).await;
    let office = app.secretariat().await;
    decides(&office, &namesake, "find-eligible", json!({})).await.refused(409, "unit_name_taken");
    assert!(office.get(&format!("/v1/units/{}", member.text("unit_id"))).await.ok()["status"] == "active");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_applicant_reads_nothing_of_the_members() {
    let app = App::start().await;
    let member = app.member_unit("青禾实验学校").await;
    let received = applies(&app, application("某研究院", CODES[0])).await;
    let code = received.text("tracking_code").to_owned();
    let id = member.id;
    for who in [app.anonymous(), Persona::with_token(&app, code)] {
        for path in [
            "/v1/units".to_owned(),
            format!("/v1/units/{id}"),
            format!("/v1/units/{id}/history"),
            format!("/v1/units/{id}/handover"),
            "/v1/applications".to_owned(),
            format!("/v1/applications/{}", received.id()),
            "/v1/issues".to_owned(),
        ] {
            assert_eq!(who.get(&path).await.status, 401, "{path}");
        }
    }
    let tracked = with_code(&app, &received, "track", json!({})).await.ok();
    assert!(!tracked.body.to_string().contains("青禾实验学校") && tracked.body.get("id").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_code_that_nobody_gave_out_is_answered_alike_everywhere() {
    let app = App::start().await;
    let unknown = json!({ "tracking_code": "rh_0000000000000000000000000000000000000000000" });
    for (verb, more) in [
        ("track", json!({})),
        ("withdraw", json!({})),
        ("consent", json!({ "consent": consent() })),
        ("correct", json!({ "application": application("某研究院", CODES[0]) })),
    ] {
        let mut body = more;
        body["tracking_code"] = unknown["tracking_code"].clone();
        let refused = app.anonymous().post(&format!("/v1/applications/by-code/{verb}"), body).await;
        refused.refused(401, "unknown_tracking_code");
    }
    app.anonymous().get("/v1/applications/by-code/track?tracking_code=x").await.is(405);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_body_of_an_application_decides_nothing() {
    let app = App::start().await;
    for (member, value) in [
        ("status", json!("admitted")),
        ("unit_id", json!("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")),
        ("member_no", json!("HY-0001")),
        ("handles_issues", json!(true)),
        ("origin", json!("nominated")),
        ("roles", json!(["secretariat_office"])),
        ("applied_on", json!("2020-01-01")),
    ] {
        let mut application = consenting("某研究院", CODES[0]);
        application[member] = value;
        let refused = app.anonymous().post("/v1/applications", application).await;
        let at = format!("#/{member}");
        assert!(refused.refused(422, "validation_failed").has_fault(&at, "unknown_field"), "{member}");
    }
    let mut bad = application("某研究院", "91350100M000100Y4A");
    bad["contact"]["phone"] = json!("123456789");
    bad["consent"] = consent();
    bad["consent"]["consented_on"] = json!("2026-11-21");
    let refused = app.anonymous().post("/v1/applications", bad).await;
    for (at, code) in [
        ("#/credit_code", "credit_code_check_digit"),
        ("#/contact/phone", "phone_number"),
        ("#/consent/consented_on", "in_future"),
    ] {
        assert!(refused.refused(422, "validation_failed").has_fault(at, code), "{at}: {:#}", refused.body);
    }
    assert_eq!(app.count("SELECT count(*) FROM application").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_code_is_asked_about_a_few_times_a_day_on_all_instances() {
    let app = App::start().await;
    let twin = app.another_instance();
    admitted(&app, consenting("甲研究院", CODES[0])).await;
    for n in 0..4 {
        let here = if n % 2 == 0 { app.anonymous() } else { twin.anonymous() };
        here.post("/v1/applications", application("子虚研究院", CODES[0])).await.is(409);
    }
    let refused = twin.anonymous().post("/v1/applications", application("子虚研究院", CODES[0])).await;
    refused.refused(429, "too_many_applications");
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 3600);
    app.passes(chrono::Duration::days(1));
    app.anonymous().post("/v1/applications", application("子虚研究院", CODES[0])).await.is(409);

    let closed = json!({ "public_applications": false });
    app.administrator().await.patch("/v1/policies/joining", closed).header("if-match", "*").await.is(200);
    let refused = app.anonymous().post("/v1/applications", application("丁研究院", CODES[1])).await;
    refused.refused(409, "applications_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_applications_at_once_one_is_taken_and_of_two_admissions_one() {
    let app = App::start().await;
    let twin = app.another_instance();
    let at = |n: usize| if n.is_multiple_of(2) { app.anonymous() } else { twin.anonymous() };
    let calls =
        (0..4).map(async |n| at(n).post("/v1/applications", consenting(&format!("第{n}研究院"), CODES[0])).await);
    let answers = join_all(calls).await;
    let taken: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(taken.len(), 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    assert!(answers.iter().all(|answer| [201, 409].contains(&answer.status)));
    assert_eq!(taken[0].body["number"], "RH-2026-0001", "no gap");

    let office = app.secretariat().await;
    let received = taken[0].created();
    decides(&office, &received, "find-eligible", json!({})).await.is(200);
    let path = format!("/v1/applications/{}/admit", received.id());
    let calls = (0..6).map(async |n| {
        let who = if n % 2 == 0 { office.clone() } else { office.on(&twin) };
        who.post(&path, json!({})).header("if-match", "*").await.status
    });
    let statuses = join_all(calls).await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
    assert_eq!(app.count("SELECT count(*) FROM unit").await, 1);
}

//! Articles 12, 13, 18, 25: an office rests on a post. Whoever holds the post holds the office, from the day on which
//! he holds it to the day on which another does; the change is filed with the secretariat.

use futures_util::future::join_all;
use gongjian_testkit::{App, Persona, Reply, Thing};
use serde_json::{Value, json};

const PARTY_SECRETARY: &str = "01980000-0000-7000-8000-000000001201";
const ORGANISATION_HEAD: &str = "01980000-0000-7000-8000-000000001203";
const STREET: &str = "990106003";

async fn post(who: &Persona, id: &str) -> Thing {
    who.get(&format!("/v1/posts/{id}")).await.ok()
}

fn holder(name: &str, since: &str) -> Value {
    json!({ "person": { "name": name }, "since": since, "basis": "青党干〔2026〕18号" })
}

async fn records(who: &Persona, id: &str, new: Value) -> Reply {
    let seen = who.get(&format!("/v1/posts/{id}")).await.ok();
    who.post(&format!("/v1/posts/{id}/holders"), new).seen(&seen).await
}

async fn presidency(who: &Persona, query: &str) -> Value {
    let rows = who.get(&format!("/v1/offices?kind=president{query}")).await.rows();
    assert_eq!(rows.len(), 1, "one president");
    rows[0].clone()
}

/// Somebody with an account and nothing else, and the id of the person.
async fn newcomer(app: &App, username: &str) -> (Persona, Value) {
    let newcomer = Persona::open(app, username, &[], false).await;
    let account = app.administrator().await.get(&format!("/v1/accounts/{}", newcomer.account().0)).await.ok();
    let person = account["person"]["id"].clone();
    (newcomer, person)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn there_are_seventeen_kinds_of_office() {
    let app = App::start().await;
    let kinds = app.outsider().await.get("/v1/office-kinds").await.ok();
    let kinds = kinds["kinds"].as_array().unwrap();
    assert_eq!(kinds.len(), 17);
    let of = |kind: &str| kinds.iter().find(|one| one["kind"] == kind).unwrap();
    assert_eq!((&of("president")["seats"], &of("president")["article"]), (&json!(1), &json!(12)));
    assert_eq!((&of("council_unit")["seats"], &of("expert")["article"]), (&json!(null), &json!(15)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn when_the_holder_of_a_post_changes_the_office_passes_from_that_day() {
    let app = App::start().await;
    let (general, old) = (app.secretary_general().await, app.president().await);
    let (next, person) = newcomer(&app, "next").await;
    let new = json!({ "person_id": person, "since": "2026-11-23", "basis": "青党干〔2026〕18号" });
    let changed = records(&general, PARTY_SECRETARY, new).await.ok();
    assert_eq!(changed["offices"], json!(["president"]));
    old.get("/v1/issues").await.is(200);
    next.get("/v1/issues").await.refused(403, "forbidden");
    assert_eq!(presidency(&general, "&as_of=2026-11-23").await["holder"]["id"], person);
    assert_ne!(presidency(&general, "").await["holder"]["id"], person);
    app.at("2026-11-22 23:59");
    old.get("/v1/issues").await.is(200);
    // No write, no sign-in: the day has come.
    app.at("2026-11-23 00:00");
    old.get("/v1/issues").await.refused(403, "forbidden");
    next.get("/v1/issues").await.is(200);
    assert_eq!(presidency(&general, "").await["holder"]["id"], person);
    let holders = general.get(&format!("/v1/posts/{PARTY_SECRETARY}/holders")).await.rows();
    assert_eq!((&holders[0]["since"], &holders[1]["until"]), (&json!("2026-11-23"), &json!("2026-11-23")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_office_that_passes_is_to_be_filed_in_time() {
    let app = App::start().await;
    let (general, office) = (app.secretary_general().await, app.secretariat().await);
    app.president().await;
    assert!(office.get("/v1/office-filings").await.rows().is_empty());
    records(&general, PARTY_SECRETARY, holder("周宁", "2026-11-02")).await.is(200);
    let tasks = office.get("/v1/office-filings?state=late").await.rows();
    assert_eq!(tasks.len(), 1, "{tasks:#?}");
    let task = &tasks[0];
    assert_eq!((&task["kind"], &task["person"]["name"]), (&json!("president"), &json!("周宁")));
    assert_eq!((&task["due_on"], &task["late_workdays"]), (&json!("2026-11-16"), &json!(4)));
    let path = format!("/v1/offices/{}", task["office_id"].as_str().unwrap());
    let seen = office.get(&path).await.ok();
    app.outsider().await.post(&format!("{path}/file"), json!({})).seen(&seen).await.refused(403, "forbidden");
    let calls = (0..4).map(|_| async { office.post(&format!("{path}/file"), json!({})).seen(&seen).await });
    let answers = join_all(calls).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
    let filed = office.get("/v1/office-filings?state=filed").await.rows();
    assert!(filed[0]["receipt_no"].as_str().unwrap().starts_with("BA-2026-"), "{filed:#?}");
    assert_eq!(filed[0]["late_workdays"], 4);
    let filings = office.get("/v1/filings?kind=office_change").await.rows();
    assert_eq!((&filings[0]["receipt_no"], &filings[0]["event_on"]), (&filed[0]["receipt_no"], &json!("2026-11-02")));
    assert!(office.get("/v1/office-filings?state=open").await.rows().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn there_is_one_president_also_when_two_are_recorded_at_once() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let elsewhere = general.on(&app.another_instance());
    let seen = post(&general, PARTY_SECRETARY).await;
    let path = format!("/v1/posts/{PARTY_SECRETARY}/holders");
    let calls = [&general, &elsewhere, &general, &elsewhere]
        .map(|who| who.post(&path, holder("周宁", "2026-11-20")).header("if-match", "*"));
    let answers = join_all(calls.map(IntoFuture::into_future)).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
    general.post(&path, holder("吴越", "2026-11-21")).seen(&seen).await.refused(412, "version_mismatch");
    let earlier = records(&general, PARTY_SECRETARY, holder("吴越", "2026-11-01")).await;
    assert_eq!(earlier.refused(409, "post_held").body["article"], 25);
    // Nor is the presidency given to a second post.
    let other = json!({ "kind": "other", "name": "区委社会工作部部长" });
    let other = general.post("/v1/posts", other).await.created();
    let second = json!({ "kind": "president", "post_id": other.id(), "basis": "青党发〔2026〕9号" });
    assert_eq!(general.post("/v1/offices", second).await.refused(409, "office_taken").body["article"], 12);
    assert_eq!(app.count("SELECT count(*) FROM post_holding WHERE superseded_at IS NULL AND post_id IN (SELECT id FROM post WHERE kind = 'party_secretary')").await, 1);
}

/// The reform of 2023: which post holds which office is data.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_office_moves_to_another_post() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let (deputy, person) = newcomer(&app, "deputy").await;
    let new = json!({ "kind": "other", "name": "区委社会工作部副部长" });
    let new = general.post("/v1/posts", new).await.created();
    let held = json!({ "person_id": person, "basis": "青党干〔2026〕9号" });
    records(&general, new.id(), held).await.is(200);
    deputy.get("/v1/filings").await.refused(403, "forbidden");
    let rows = general.get("/v1/offices?kind=office_director").await.rows();
    let path = format!("/v1/offices/{}", rows[0]["id"].as_str().unwrap());
    let seen = general.get(&path).await.ok();
    let end = json!({ "until": "2026-11-20", "basis": "青党发〔2026〕9号" });
    app.secretariat().await.post(&format!("{path}/end"), end.clone()).seen(&seen).await.refused(403, "forbidden");
    general.post(&format!("{path}/end"), end).seen(&seen).await.is(200);
    let moved = json!({ "kind": "office_director", "post_id": new.id(), "basis": "青党发〔2026〕9号" });
    general.post("/v1/offices", moved).await.is(201);
    deputy.get("/v1/filings").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_fresh_installation_begins_with_the_security_administrator() {
    let app = App::start().await;
    let security = app.security().await;
    let refused = records(&security, PARTY_SECRETARY, holder("周宁", "2026-11-20")).await;
    refused.refused(403, "forbidden");
    let (general, person) = newcomer(&app, "general").await;
    let first = json!({ "person_id": person, "basis": "青党干〔2026〕1号" });
    records(&security, ORGANISATION_HEAD, first).await.is(200);
    records(&security, ORGANISATION_HEAD, holder("吴越", "2026-11-21")).await.refused(403, "forbidden");
    let roles: Vec<Value> = general.get("/v1/me").await.ok()["offices"].as_array().unwrap().clone();
    let roles: Vec<&str> = roles.iter().map(|office| office["role"].as_str().unwrap()).collect();
    for role in ["secretary_general", "vice_president", "council_member"] {
        assert!(roles.contains(&role), "{roles:?}");
    }
    records(&general, PARTY_SECRETARY, holder("周宁", "2026-11-20")).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_records_himself_and_no_administrator_holds_a_post() {
    let app = App::start().await;
    let (general, office) = (app.secretary_general().await, app.secretariat().await);
    let id_of = async |who: &Persona| {
        let account = app.administrator().await.get(&format!("/v1/accounts/{}", who.account().0)).await.ok();
        account["person"]["id"].clone()
    };
    let own = json!({ "person_id": id_of(&general).await, "basis": "青党干〔2026〕18号" });
    assert_eq!(records(&general, PARTY_SECRETARY, own).await.refused(409, "own_holding").body["article"], 25);
    for administrator in [app.security().await, app.auditor().await] {
        let new = json!({ "person_id": id_of(&administrator).await, "basis": "青党干〔2026〕18号" });
        records(&general, PARTY_SECRETARY, new).await.refused(409, "incompatible_roles");
    }
    // The office of the secretariat records what is below the top.
    records(&office, PARTY_SECRETARY, holder("周宁", "2026-11-20")).await.refused(403, "forbidden");
    app.branch(STREET).await;
    let street = office.get(&format!("/v1/posts?street_code={STREET}")).await.rows();
    records(&office, street[0]["id"].as_str().unwrap(), holder("周宁", "2026-11-20")).await.is(200);
    // A unit records its own head, and no other.
    let unit = app.council_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let head = office.get(&format!("/v1/posts?unit_id={}", unit.id)).await.rows()[0]["id"].clone();
    records(&representative, head.as_str().unwrap(), holder("周宁", "2026-11-20")).await.is(200);
    records(&app.outsider().await, head.as_str().unwrap(), holder("吴越", "2026-11-21"))
        .await
        .refused(403, "forbidden");
    records(&representative, PARTY_SECRETARY, holder("周宁", "2026-11-20")).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_was_wrong_is_corrected_and_stays_known() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    records(&general, PARTY_SECRETARY, holder("周宁", "2026-11-02")).await.is(200);
    let before = app.now();
    app.at("2026-11-20 11:00");
    let seen = post(&general, PARTY_SECRETARY).await;
    let correction = json!({ "holding_id": seen["holder"]["id"], "since": "2026-11-09", "reason": "文件日期有误。" });
    general.post(&format!("/v1/posts/{PARTY_SECRETARY}/correct-holder"), correction).seen(&seen).await.is(200);
    let on = |query: String| {
        let general = general.clone();
        async move {
            general.get(&format!("/v1/posts/{PARTY_SECRETARY}?as_of=2026-11-05{query}")).await.ok()["holder"].clone()
        }
    };
    assert_eq!(on(String::new()).await, json!(null));
    let then = on(format!("&known_at={}", before.to_rfc3339().replace("+00:00", "Z"))).await;
    assert_eq!(then["person_name"], "周宁");
    assert_eq!(app.count("SELECT count(*) FROM post_holding WHERE superseded_at IS NOT NULL").await, 1);
    let bad = json!({ "holding_id": seen["id"], "reason": "文件日期有误。" });
    let now = post(&general, PARTY_SECRETARY).await;
    let refused = general.post(&format!("/v1/posts/{PARTY_SECRETARY}/correct-holder"), bad).seen(&now).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/holding_id", "holding_not_found"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_annual_vice_president_holds_office_for_a_year_that_ends_by_itself() {
    let app = App::start().await;
    let (general, office) = (app.secretary_general().await, app.secretariat().await);
    let unit = app.member_unit("云栖理工大学").await;
    let head = app.head_of(&unit).await;
    let new = json!({
        "kind": "annual_vice_president_elected", "unit_id": unit.id, "since": "2026-11-20", "method": "consultation",
        "basis": "理事会纪要〔2025〕4号", "decided_on": "2025-12-20",
    });
    let without = |mut new: Value, member: &str| {
        new.as_object_mut().unwrap().remove(member);
        new
    };
    let undecided = office.post("/v1/offices", without(new.clone(), "decided_on")).await;
    assert_eq!(undecided.refused(409, "decision_needed").body["article"], 13);
    let unsaid = office.post("/v1/offices", without(new.clone(), "method")).await;
    assert!(unsaid.refused(422, "validation_failed").has_fault("#/method", "required"));
    let mut long = new.clone();
    long["until"] = json!("2027-12-01");
    let mut early = new.clone();
    (early["since"], early["decided_on"]) = (json!("2026-11-19"), json!("2026-11-20"));
    let early = office.post("/v1/offices", early).await;
    assert!(early.has_fault("#/since", "before_decision"), "what is decided begins when it has been");
    assert_eq!(office.post("/v1/offices", long).await.refused(409, "term_too_long").body["article"], 12);
    let made = office.post("/v1/offices", new.clone()).await.created();
    assert_eq!(made["until"], "2027-01-01");
    office.post("/v1/offices", new).await.refused(409, "office_taken");
    let longer = json!({ "until": "2027-12-01", "reason": "延长任期。" });
    let path = format!("/v1/offices/{}", made.id());
    office.post(&format!("{path}/correct"), longer).seen(&made).await.refused(409, "term_too_long");
    let earlier = json!({ "since": "2025-12-19", "until": "2026-12-19", "reason": "起始日期有误。" });
    let refused = office.post(&format!("{path}/correct"), earlier).seen(&made).await;
    assert!(refused.has_fault("#/since", "before_decision"));
    head.get("/v1/issues").await.is(200);
    let successions = general.get("/v1/office-successions").await.ok();
    assert_eq!(successions["successions"][0]["office_id"], made["id"], "the end is near");
    app.at("2026-12-31 23:59");
    head.get("/v1/issues").await.is(200);
    app.at("2027-01-01 00:00");
    head.get("/v1/issues").await.refused(403, "forbidden");
    assert_eq!(general.get("/v1/office-successions").await.ok()["successions"][0]["overdue"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_office_names_what_it_rests_on() {
    let app = App::start().await;
    let office = app.secretariat().await;
    for kind in ["fixed_representative", "liaison", "office_staff"] {
        let wrong = json!({ "kind": kind, "basis": "青党干〔2026〕18号" });
        office.post("/v1/offices", wrong).await.refused(422, "office_not_granted");
    }
    let basis = "理事会纪要〔2025〕4号";
    for (wrong, at) in [
        (json!({ "kind": "council_unit", "basis": basis, "decided_on": "2025-12-20" }), "#/unit_id"),
        (json!({ "kind": "expert", "basis": basis }), "#/person_id"),
        (json!({ "kind": "annual_vice_president_designated", "basis": basis }), "#/post_id"),
        (json!({ "kind": "branch_president", "basis": basis }), "#/body_id"),
    ] {
        assert!(
            office.post("/v1/offices", wrong).await.refused(422, "validation_failed").has_fault(at, "required"),
            "{at}"
        );
    }
    let unit = app.member_unit("云栖材料科学研究院").await;
    let early = json!({ "kind": "council_unit", "unit_id": unit.id, "since": "2019-01-01", "basis": basis, "decided_on": "2018-12-20" });
    assert_eq!(office.post("/v1/offices", early).await.refused(409, "office_needs_member").body["article"], 14);
}

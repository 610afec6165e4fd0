//! Articles 11, 13, 17, 18: meetings of every body. Planned with the agenda of the charter, called with notice, opened,
//! attended, closed; minutes that the body approves when it meets again.

use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

mod attendance;
mod mandates;
mod minutes;
mod printing;
mod sweeps;

const GENERAL: &str = "01980000-0000-7000-8000-000000000011";
const COUNCIL: &str = "01980000-0000-7000-8000-000000000013";

/// A general meeting three weeks from now, on a Friday at nine in Shanghai.
fn general() -> Value {
    json!({
        "body_id": GENERAL, "title": "2026年度会员大会", "kind": "regular", "starts_at": "2026-12-11T01:00:00Z",
        "place": "区委党校报告厅", "chair": "会长", "topics_close_at": "2026-11-27T09:00:00Z",
    })
}

async fn plans(who: &Persona, new: Value) -> Thing {
    who.post("/v1/meetings", new).await.created()
}

fn path(meeting: &Thing, action: &str) -> String {
    format!("/v1/meetings/{}/{action}", meeting.id())
}

async fn does(who: &Persona, meeting: &Thing, action: &str) -> Reply {
    who.post(&path(meeting, action), json!({})).seen(meeting).await
}

async fn reads(who: &Persona, meeting: &Thing) -> Thing {
    who.get(&format!("/v1/meetings/{}", meeting.id())).await.ok()
}

/// Called in time, and opened at its hour.
async fn opens(app: &App, office: &Persona, new: Value) -> Thing {
    let meeting = plans(office, new).await;
    let called = does(office, &meeting, "call").await.ok();
    app.at("2026-12-11 09:00");
    does(office, &called, "open").await.ok()
}

async fn code(office: &Persona, meeting: &Thing) -> String {
    office.get(&path(meeting, "check-in-code")).await.ok().text("code").to_owned()
}

async fn checks_in(who: &Persona, meeting: &Thing, code: &str) -> Reply {
    who.post(&path(meeting, "check-ins"), json!({ "code": code })).await
}

/// The meeting as it is, for the next action.
async fn sees(office: &Persona, meeting: &Thing) -> Thing {
    reads(office, meeting).await
}

async fn closes(office: &Persona, meeting: &Thing) -> Thing {
    let now = sees(office, meeting).await;
    does(office, &now, "close").await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_general_meeting_has_the_agenda_of_the_charter_and_is_called_in_time() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, liaison) = (app.representative_of(&unit).await, app.liaison_of(&unit).await);
    let meeting = plans(&office, general()).await;
    let kinds: Vec<&Value> = meeting["agenda"].as_array().unwrap().iter().map(|item| &item["kind"]).collect();
    assert_eq!(kinds, [&json!("work_report"), &json!("policy_and_plan")], "Article 11(2) and (3)");
    assert_eq!(
        (&meeting["year"], &meeting["half"], &meeting["status"]),
        (&json!(2026), &Value::Null, &json!("planned"))
    );
    assert_eq!(meeting["agenda"][0]["matter"], "work_report");

    let item = json!({ "kind": "charter_amendment", "title": "审议章程修订草案", "matter": "charter_amendment", "position": 1 });
    let meeting = office.post(&path(&meeting, "agenda-items"), item).seen(&meeting).await.ok();
    let first = meeting["agenda"][0]["id"].clone();
    let below = json!({ "kind": "information", "title": "修订说明", "parent_id": first });
    let meeting = office.post(&path(&meeting, "agenda-items"), below).seen(&meeting).await.ok();
    let numbers: Vec<&Value> = meeting["agenda"].as_array().unwrap().iter().map(|item| &item["number"]).collect();
    assert_eq!(numbers, [&json!("1"), &json!("1.1"), &json!("2"), &json!("3")]);
    let paper = json!({ "title": "章程修订草案", "reference": "青促会〔2026〕8号", "agenda_item_id": first });
    let meeting = office.post(&path(&meeting, "papers"), paper).seen(&meeting).await.ok();

    assert!(meeting.allows("call") && !meeting.allows("open"));
    let called = does(&office, &meeting, "call").await.ok();
    let notice = &called["notice"];
    assert_eq!((&notice["due_on"], &notice["late_workdays"]), (&json!("2026-11-29"), &json!(0)), "ten working days");
    assert_eq!(called["attendance"]["electors"], 1);

    let seen = reads(&liaison, &called).await;
    assert_eq!(seen["papers"][0]["title"], "章程修订草案");
    assert!(seen.allows("acknowledge") && seen.allows("propose_topic") && !seen.allows("give_mandate"));
    assert!(reads(&representative, &called).await.allows("give_mandate"));
    for _ in 0..2 {
        let read = does(&liaison, &called, "acknowledge").await.ok();
        assert_eq!(read["notice"]["receipt_count"], 1, "once is enough");
    }
    let receipts = office.get(&path(&called, "receipts")).await.rows();
    assert_eq!((receipts.len(), &receipts[0]["voice"]["name"]), (1, &json!(unit.name)));
    representative.get(&path(&called, "receipts")).await.refused(403, "forbidden");
    let removal = format!("/v1/agenda-items/{}/remove", called["agenda"][2]["id"].as_str().unwrap());
    let gone = office.post(&removal, json!({})).header("if-match", "*").await;
    gone.refused(409, "agenda_already_called");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn late_notice_is_shown_and_blocks_nothing() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let mut new = general();
    new["starts_at"] = json!("2026-11-27T01:00:00Z");
    new["topics_close_at"] = Value::Null;
    let meeting = plans(&office, new).await;
    let called = does(&office, &meeting, "call").await.ok();
    assert_eq!((&called["status"], &called["notice"]["late_workdays"]), (&json!("called"), &json!(5)));
    let later = office.patch(&format!("/v1/meetings/{}", called.id()), json!({ "starts_at": "2026-12-18T01:00:00Z" }));
    assert_eq!(later.seen(&called).await.ok()["notice"]["late_workdays"], 0, "counted anew where the time changes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_meeting_is_called_without_an_agenda() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let mut new = general();
    new["kind"] = json!("extraordinary");
    let meeting = plans(&office, new).await;
    assert_eq!(does(&office, &meeting, "call").await.refused(409, "meeting_without_agenda").body["article"], 11);
    let item = json!({ "kind": "information", "title": "通报情况" });
    let meeting = office.post(&path(&meeting, "agenda-items"), item).seen(&meeting).await.ok();
    app.at("2026-12-11 10:00");
    does(&office, &meeting, "call").await.refused(409, "meeting_time_has_passed");
    let reason = json!({ "reason": "改期另行通知。" });
    let gone = office.post(&path(&meeting, "cancel"), reason).seen(&meeting).await.ok();
    assert_eq!((&gone["status"], &gone["allowed_actions"]), (&json!("cancelled"), &json!([])));
    let again = does(&office, &gone, "call").await;
    assert!(again.refused(409, "meeting_action_not_open").allowed_actions().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_council_hears_the_secretariat_and_decides_nothing_of_the_general_meeting() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let mut new = general();
    new["body_id"] = json!(COUNCIL);
    let meeting = plans(&office, new).await;
    assert_eq!((&meeting["half"], &meeting["agenda"][0]["kind"]), (&json!(2), &json!("secretariat_report")));
    for (item, article) in [
        (json!({ "kind": "charter_amendment", "title": "修订章程" }), 11),
        (json!({ "kind": "of_body", "title": "年度计划", "matter": "annual_plan" }), 11),
    ] {
        let refused = office.post(&path(&meeting, "agenda-items"), item).seen(&meeting).await;
        assert_eq!(refused.refused(409, "agenda_not_of_body").body["article"], article);
    }
    let rule = json!({ "kind": "internal_rule", "title": "财务制度", "matter": "internal_rule" });
    let meeting = office.post(&path(&meeting, "agenda-items"), rule).seen(&meeting).await.ok();
    let item = meeting["agenda"][0]["id"].as_str().unwrap().to_owned();
    let url = format!("/v1/agenda-items/{item}");
    let inside = office.patch(&url, json!({ "parent_id": item })).header("if-match", "*").await;
    assert!(inside.refused(422, "validation_failed").has_fault("#/parent_id", "agenda_item_not_found"));
    let moved = office.patch(&url, json!({ "position": 3 })).header("if-match", "*").await.ok();
    assert_eq!(moved["agenda"][2]["kind"], "secretariat_report");
    let removed = office.post(&format!("{url}/remove"), json!({})).header("if-match", "*").await.ok();
    assert_eq!(removed["agenda"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn topics_are_proposed_before_the_cut_off_and_answered() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let (unit, other) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    let (representative, liaison) = (app.representative_of(&unit).await, app.liaison_of(&other).await);
    let meeting = plans(&office, general()).await;
    let topic = |title: &str| json!({ "title": title, "detail": "建议大会研究。" });
    let url = path(&meeting, "topics");
    let first = representative.post(&url, topic("青年人才公寓配租")).await.created();
    let second = liaison.post(&url, topic("校园周边交通")).await.created();
    assert_eq!((&first["status"], &second["proposed_by"]["name"]), (&json!("proposed"), &json!(other.name)));
    let of_other = json!({ "title": "代提议题", "detail": "代他单位提出。", "unit_id": other.id });
    representative.post(&url, of_other).await.refused(403, "no_voice_in_body");

    let at = |topic: &Thing, action: &str| format!("/v1/topics/{}/{action}", topic.id());
    let item = json!({ "kind": "general_other", "title": "研究青年人才公寓配租", "matter": "general_other" });
    representative.post(&at(&first, "accept"), item.clone()).seen(&first).await.refused(403, "forbidden");
    let taken = office.post(&at(&first, "accept"), item.clone()).seen(&first).await.ok();
    assert_eq!(taken["status"], "accepted");
    assert_eq!(reads(&office, &meeting).await["agenda"][2]["id"], taken["agenda_item_id"]);
    office.post(&at(&first, "accept"), item).seen(&taken).await.refused(409, "topic_not_open");
    let why = json!({ "reason": "已列入意见台账办理。" });
    office.post(&at(&second, "decline"), why).seen(&second).await.is(200);
    let told = liaison.get(&format!("/v1/topics/{}", second.id())).await.ok();
    assert_eq!((&told["status"], &told["reason"]), (&json!("declined"), &json!("已列入意见台账办理。")));
    liaison.post(&at(&second, "withdraw"), json!({})).seen(&told).await.refused(409, "topic_not_open");
    let third = representative.post(&url, topic("第三个议题")).await.created();
    liaison.post(&at(&third, "withdraw"), json!({})).seen(&third).await.refused(403, "no_voice_in_body");
    assert_eq!(representative.post(&at(&third, "withdraw"), json!({})).seen(&third).await.ok()["status"], "withdrawn");

    app.at("2026-11-27 17:00");
    let late = representative.post(&url, topic("迟到的议题")).await;
    assert_eq!(late.refused(409, "topics_closed").body["article"], 13);
    assert_eq!(office.get(&url).await.rows().len(), 3);
}

/// Whoever prepares one body's meetings prepares no other's.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_the_secretariat_prepares_the_general_meeting() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    for who in [
        app.representative_of(&unit).await,
        app.president().await,
        app.branch(&unit.street).await,
        app.administrator().await,
    ] {
        who.post("/v1/meetings", general()).await.refused(403, "forbidden");
        who.post("/v1/meetings", json!({})).await.is(if who.username().starts_with("branch") { 422 } else { 403 });
    }
    let office = app.secretariat().await;
    let bad = json!({ "body_id": GENERAL, "title": "会", "kind": "weekly", "starts_at": "昨天", "chair": "" });
    office.post("/v1/meetings", bad).await.refused(422, "validation_failed");
    let mut past = general();
    past["starts_at"] = json!("2026-11-01T01:00:00Z");
    past["place"] = Value::Null;
    past["online_url"] = json!("https://meeting.example.cn/1");
    let refused = office.post("/v1/meetings", past).await;
    assert!(refused.has_fault("#/starts_at", "in_past") && refused.has_fault("#/topics_close_at", "out_of_range"));
    let mut nowhere = general();
    nowhere["body_id"] = json!("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff");
    assert!(office.post("/v1/meetings", nowhere).await.has_fault("#/body_id", "body_not_found"));
    assert_eq!(app.count("SELECT count(*) FROM meeting").await, 0);
}

/// Of two who open at once, one does.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_meeting_is_opened_once_and_not_before_its_day() {
    let app = App::start().await;
    let (office, general_secretary) = (app.secretariat().await, app.secretary_general().await);
    let called = does(&office, &plans(&office, general()).await, "call").await.ok();
    does(&office, &called, "open").await.refused(409, "check_in_not_open");
    app.at("2026-12-11 08:30");
    let (one, other) = tokio::join!(does(&office, &called, "open"), does(&general_secretary, &called, "open"));
    let mut told = [one.status, other.status];
    told.sort_unstable();
    assert_eq!(told, [200, 412]);
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'meeting.opened'").await, 1);
}

/// The units of a test that need be nothing but members.
async fn members(app: &App, count: usize) -> Vec<TestUnit> {
    let mut units = Vec::new();
    for n in 1..=count {
        units.push(app.member_unit(&format!("第{n}研究院")).await);
    }
    units
}

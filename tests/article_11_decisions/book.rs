//! Articles 10(1) and 13(2): what was decided is carried out, and the next meeting hears of it first.

use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

use super::{COUNCIL, adopts, issued, on_paper};

struct Book {
    app: App,
    office: Persona,
    unit: TestUnit,
    representative: Persona,
    decision: Thing,
}

async fn book() -> Book {
    let app = App::start().await;
    let (office, unit) = (app.secretariat().await, app.member_unit("云栖材料科学研究院").await);
    let decision = issued(&office, on_paper("council_other", "关于人才对接的决议")).await;
    Book { representative: app.representative_of(&unit).await, app, office, unit, decision }
}

impl Book {
    async fn assigns(&self, new: Value) -> Reply {
        self.office.post(&format!("/v1/decisions/{}/execution-items", self.decision.id()), new).await
    }

    async fn assigned(&self) -> Thing {
        let unit = self.unit.id;
        self.assigns(json!({ "task": "组织人才供需对接会", "unit_id": unit, "workdays": 10 })).await.created()
    }
}

async fn does(who: &Persona, item: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("/v1/execution-items/{}/{action}", item.id()), body).seen(item).await
}

fn report() -> Value {
    json!({ "text": "对接会已举办，12家单位参加。", "evidence": "会议纪要〔2026〕5号" })
}

async fn now(who: &Persona, item: &Thing) -> Thing {
    who.get(&format!("/v1/execution-items/{}", item.id())).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_carries_out_a_decision_and_that_is_a_duty_met() {
    let book = book().await;
    let (office, representative) = (&book.office, &book.representative);
    let item = book.assigned().await;
    let told = (&item["status"], &item["light"], &item["due_on"], &item["decision_number"]);
    assert_eq!(told, (&json!("open"), &json!("green"), &json!("2026-12-04"), &json!("理事会〔2026〕1号")));
    let going = does(representative, &item, "report", report()).await.ok();
    assert_eq!((&going["status"], &going["entries"][0]["evidence"]), (&json!("open"), &json!("会议纪要〔2026〕5号")));
    does(office, &going, "verify", json!({})).await.refused(409, "execution_item_not_open");
    let done = does(representative, &going, "finish", report()).await.ok();
    assert_eq!((&done["status"], &done["done_on"]), (&json!("done"), &json!("2026-11-20")));
    does(representative, &done, "verify", json!({})).await.refused(403, "forbidden");
    let back = does(office, &done, "return", json!({ "reason": "佐证材料不足。" })).await.ok();
    assert_eq!((&back["status"], &back["done_on"]), (&json!("open"), &Value::Null));
    let lines = format!("/v1/standing-lines?unit_id={}&kind=decision_executed", book.unit.id);
    assert!(representative.get(&lines).await.rows().is_empty(), "what is not verified is no duty met");
    let done = does(representative, &back, "finish", report()).await.ok();
    let verified = does(office, &done, "verify", json!({ "note": "材料齐全。" })).await.ok();
    assert_eq!((&verified["status"], &verified["light"]), (&json!("verified"), &json!("grey")));
    let kinds: Vec<&Value> = verified["entries"].as_array().unwrap().iter().map(|entry| &entry["kind"]).collect();
    assert_eq!(kinds, ["report", "finish", "return", "finish", "verify"]);
    let line = &representative.get(&lines).await.rows()[0];
    assert_eq!((&line["title"], &line["day"]), (&json!("组织人才供需对接会"), &json!("2026-11-20")));
    let source = representative.get(line["source"]["path"].as_str().unwrap()).await.ok();
    assert_eq!(source["id"], item["id"]);
    does(office, &verified, "cancel", json!({ "reason": "不需要" })).await.refused(409, "execution_item_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn lateness_follows_from_the_day() {
    let book = book().await;
    let (app, office, representative) = (&book.app, &book.office, &book.representative);
    let item = book.assigned().await;
    for (day, light, late) in [
        ("2026-11-26 23:00", "green", 0),
        ("2026-11-27 09:00", "yellow", 0),
        ("2026-12-04 23:59", "yellow", 0),
        ("2026-12-05 00:00", "red", 0),
        ("2026-12-09 09:00", "red", 3),
    ] {
        app.at(day);
        let seen = now(office, &item).await;
        assert_eq!((&seen["light"], &seen["late_workdays"]), (&json!(light), &json!(late)), "{day}");
    }
    assert_eq!(office.get("/v1/execution-items?is_overdue=true").await.rows().len(), 1);
    let why = "场地调整。";
    let same =
        does(office, &now(office, &item).await, "extend", json!({ "due_on": "2026-12-08", "reason": why })).await;
    assert!(same.refused(422, "validation_failed").has_fault("#/due_on", "in_past"));
    let both = json!({ "due_on": "2026-12-19", "workdays": 5, "reason": why });
    let both = does(office, &now(office, &item).await, "extend", both).await;
    assert!(both.refused(422, "validation_failed").has_fault("#/due_on", "exactly_one"));
    // A Saturday: the next working day.
    let extended =
        does(office, &now(office, &item).await, "extend", json!({ "due_on": "2026-12-19", "reason": why })).await.ok();
    assert_eq!((&extended["due_on"], &extended["light"]), (&json!("2026-12-21"), &json!("green")));
    assert_eq!(extended["entries"][0]["due_on"], "2026-12-21");
    assert!(office.get("/v1/execution-items?is_overdue=true").await.rows().is_empty());
    app.at("2026-12-23 09:00");
    let done = does(representative, &now(office, &item).await, "finish", report()).await.ok();
    assert_eq!((&done["light"], &done["late_workdays"]), (&json!("red"), &json!(2)), "done, and late");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_stranger_reports_and_nobody_assigns_what_is_not_issued() {
    let book = book().await;
    let (app, office, representative) = (&book.app, &book.office, &book.representative);
    let item = book.assigned().await;
    let stranger = app.outsider().await;
    does(&stranger, &item, "report", report()).await.refused(404, "execution_item_not_found");
    does(office, &item, "report", report()).await.refused(403, "forbidden");
    for action in ["extend", "cancel"] {
        let body = json!({ "reason": "不需要", "workdays": 20 });
        let body = if action == "cancel" { json!({ "reason": "不需要" }) } else { body };
        does(representative, &item, action, body).await.refused(403, "forbidden");
    }
    assert!(stranger.get("/v1/execution-items").await.rows().is_empty());
    assert_eq!(representative.get("/v1/execution-items?status=open").await.rows().len(), 1);
    app.administrator().await.get("/v1/execution-items").await.refused(403, "forbidden");
    let new = json!({ "task": "组织对接会", "unit_id": book.unit.id, "workdays": 10 });
    let url = format!("/v1/decisions/{}/execution-items", book.decision.id());
    representative.post(&url, new.clone()).await.refused(403, "forbidden");
    representative.post(&url, json!({})).await.refused(403, "forbidden");
    let draft = adopts(office, on_paper("council_other", "尚未印发")).await.created();
    let early = office.post(&format!("/v1/decisions/{}/execution-items", draft.id()), new).await;
    early.refused(409, "decision_not_effective");
    for (bad, at, code) in [
        (json!({ "task": "任务", "workdays": 10 }), "#/unit_id", "exactly_one"),
        (json!({ "task": "任务", "unit_id": book.unit.id }), "#/due_on", "exactly_one"),
        (json!({ "task": "任务", "unit_id": book.unit.id, "due_on": "2026-11-19" }), "#/due_on", "in_past"),
        (json!({ "task": "任务", "office": "audit_administrator", "workdays": 5 }), "#/office", "not_allowed"),
        (json!({ "task": "任务", "person_id": uuid::Uuid::nil(), "workdays": 5 }), "#/person_id", "person_not_found"),
    ] {
        let refused = book.assigns(bad.clone()).await;
        refused.refused(422, "validation_failed");
        assert!(refused.has_fault(at, code), "{bad}: {:?}", refused.faults());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_next_meeting_hears_first_how_its_decisions_were_carried_out() {
    let book = book().await;
    let (app, office) = (&book.app, &book.office);
    let item = book.assigned().await;
    let own = book
        .assigns(json!({ "task": "印发通知", "office": "secretary_general", "due_on": "2026-11-24" }))
        .await
        .created();
    let gone = book.assigned().await;
    does(office, &gone, "cancel", json!({ "reason": "与另一事项合并。" })).await.is(200);
    let general = app.secretary_general().await;
    let done = does(&general, &own, "finish", report()).await.ok();
    assert_eq!(done["status"], "done");
    app.at("2026-12-07 09:00");
    let heard = office.get(&format!("/v1/bodies/{COUNCIL}/execution-report")).await.ok();
    let counts = ["open_count", "overdue_count", "done_count", "verified_count", "cancelled_count"];
    assert_eq!(counts.map(|count| heard[count].as_i64().unwrap()), [1, 1, 1, 0, 1]);
    let ids: Vec<&Value> = heard["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
    assert_eq!(ids, [&own["id"], &item["id"]], "the oldest deadline first");
    let hidden = book.representative.get(&format!("/v1/bodies/{COUNCIL}/execution-report")).await;
    hidden.refused(403, "forbidden");
    let page = office.get("/v1/execution-items?limit=2").await;
    let cursor = page.body["next_cursor"].as_str().unwrap();
    assert_eq!(office.get(&format!("/v1/execution-items?limit=2&cursor={cursor}")).await.rows().len(), 1);
}

//! Preamble 「协商一致」, Articles 12–14 and 18: consultation is the charter's main way to decide. Who must be heard is
//! heard, silence is silence, an objection opens a new round, and the outcome follows from the facts.

use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

const COUNCIL: &str = "01980000-0000-7000-8000-000000000013";

/// The council consults these units about annual vice-presidents.
fn about(units: &[&TestUnit]) -> Value {
    json!({
        "body_id": COUNCIL, "matter": "annual_vice_president", "subject": "2027年度执行副会长人选",
        "text": "拟由甲单位负责人担任。", "unit_ids": units.iter().map(|unit| unit.id).collect::<Vec<_>>(),
    })
}

async fn opened(office: &Persona, new: Value) -> Thing {
    office.post("/v1/consultations", new).await.created()
}

async fn says(who: &Persona, it: &Thing, position: &str) -> Reply {
    let text = (position != "support").then_some("建议兼顾东部地区单位。");
    let round = it["round_no"].clone();
    let said = json!({ "round_no": round, "position": position, "text": text });
    who.post(&format!("/v1/consultations/{}/statements", it.id()), said).await
}

async fn does(who: &Persona, it: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("/v1/consultations/{}/{action}", it.id()), body).seen(it).await
}

async fn now(who: &Persona, it: &Thing) -> Thing {
    who.get(&format!("/v1/consultations/{}", it.id())).await.ok()
}

struct District {
    app: App,
    office: Persona,
    units: Vec<TestUnit>,
    people: Vec<Persona>,
}

async fn district() -> District {
    let app = App::start().await;
    let (mut units, mut people) = (Vec::new(), Vec::new());
    for name in ["云栖材料科学研究院", "青禾实验学校", "东部实业有限公司"] {
        let unit = app.member_unit(name).await;
        people.push(app.representative_of(&unit).await);
        units.push(unit);
    }
    District { office: app.secretariat().await, app, units, people }
}

impl District {
    async fn consults(&self) -> Thing {
        opened(&self.office, about(&self.units.iter().collect::<Vec<_>>())).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn all_are_heard_and_nobody_objects() {
    let district = district().await;
    let (office, people) = (&district.office, &district.people);
    let it = district.consults().await;
    let told = (&it["status"], &it["round_no"], &it["due_on"], &it["is_consensus"]);
    assert_eq!(told, (&json!("open"), &json!(1), &json!("2026-11-27"), &Value::Null), "five working days");
    assert_eq!((&it["tally"]["parties"], &it["tally"]["awaited"]), (&json!(3), &json!(3)));
    says(&people[0], &it, "support").await.is(200);
    says(&people[1], &it, "support_with_comments").await.is(200);
    does(office, &it, "conclude", json!({})).await.refused(409, "consultation_still_awaited");
    let seen = says(&people[2], &it, "support").await.ok();
    assert_eq!((&seen["is_consensus"], &seen["allowed_actions"]), (&json!(true), &json!(["state"])));
    let done = does(office, &now(office, &it).await, "conclude", json!({})).await.ok();
    assert_eq!((&done["status"], &done["tally"]["support"]), (&json!("consensus"), &json!(2)));
    assert_eq!(done["tally"]["support_with_comments"], 1);
    says(&people[0], &it, "support").await.refused(409, "consultation_not_open");
    does(office, &done, "withdraw", json!({ "reason": "不再协商。" })).await.refused(409, "consultation_not_open");

    for _ in 0..2 {
        let confirmed = people[1].post(&format!("/v1/consultations/{}/confirm", it.id()), json!({})).await.ok();
        assert_eq!(confirmed["confirmations"].as_array().unwrap().len(), 1, "the same again is the same");
    }

    // The outcome is a result like a vote's.
    let new = json!({
        "body_id": COUNCIL, "matter": "annual_vice_president", "title": "关于2027年度执行副会长的决议",
        "text": "同意甲单位负责人担任。", "method": "consultation", "consultation_id": it.id(),
    });
    let decision = office.post("/v1/decisions", new.clone()).await.created();
    assert_eq!((&decision["result_id"], &decision["adopted_on"]), (&done["id"], &json!("2026-11-20")));
    assert_eq!(decision["arithmetic"]["tally"]["support"], 2);
    let twice = office.post("/v1/decisions", new.clone()).await;
    assert_eq!(twice.refused(409, "result_used").body["article"], 11);
    let mut other = new.clone();
    other["matter"] = json!("council_unit");
    office.post("/v1/decisions", other).await.refused(409, "result_on_another_matter");
    // Entered by mistake and withdrawn, it gives the result back.
    let withdraw = format!("/v1/decisions/{}/withdraw", decision.id());
    office.post(&withdraw, json!({ "reason": "标题有误。" })).seen(&decision).await.is(200);
    office.post("/v1/decisions", new).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn silence_is_silence_unless_it_was_announced_to_be_consent() {
    let district = district().await;
    let (app, office, people) = (&district.app, &district.office, &district.people);
    let mut announced = about(&district.units.iter().collect::<Vec<_>>());
    announced["silence_consents"] = json!(true);
    let (plain, announced, nobody) =
        (district.consults().await, opened(office, announced).await, district.consults().await);
    says(&people[0], &plain, "support").await.is(200);
    app.at("2026-11-27 23:59");
    does(office, &plain, "conclude", json!({})).await.refused(409, "consultation_still_awaited");
    app.at("2026-11-28 00:00");
    says(&people[1], &plain, "object").await.refused(409, "consultation_round_over");
    let done = does(office, &now(office, &plain).await, "conclude", json!({})).await.ok();
    assert_eq!((&done["status"], &done["tally"]["silent"]), (&json!("consensus"), &json!(2)), "they had the time");
    let consented = does(office, &now(office, &announced).await, "conclude", json!({})).await.ok();
    assert_eq!((&consented["status"], &consented["tally"]["silent_consent"]), (&json!("consensus"), &json!(3)));
    let failed = does(office, &now(office, &nobody).await, "conclude", json!({})).await.ok();
    assert_eq!((&failed["status"], &failed["tally"]["silent"]), (&json!("not_reached"), &json!(3)));
    let new = json!({
        "body_id": COUNCIL, "matter": "annual_vice_president", "title": "未协商一致的决议", "text": "同意。",
        "method": "consultation", "consultation_id": nobody.id(),
    });
    assert_eq!(office.post("/v1/decisions", new).await.refused(409, "result_not_carried").body["article"], 11);
}

/// Preamble, Article 11: a few agree among themselves and bind nobody; the charter is voted on.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_chosen_few_are_heard_on_persons_alone() {
    let district = district().await;
    let office = &district.office;
    let mut few = about(&[&district.units[0]]);
    few["matter"] = json!("council_other");
    let refused = office.post("/v1/consultations", few).await;
    assert!(refused.has_fault("#/unit_ids", "not_allowed"));
    let amendment = json!({
        "body_id": "01980000-0000-7000-8000-000000000011", "matter": "charter_amendment", "subject": "修订章程",
        "text": "拟增加第二十八条。", "silence_consents": true,
    });
    let refused = office.post("/v1/consultations", amendment).await;
    assert!(refused.has_fault("#/matter", "not_allowed"));
    assert_eq!(refused.body["article"], 11);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_objection_opens_a_new_round_with_a_revised_text() {
    let district = district().await;
    let (office, people) = (&district.office, &district.people);
    let it = district.consults().await;
    let revised = json!({ "text": "拟由甲单位、丙单位负责人担任。" });
    does(office, &it, "revise", revised.clone()).await.refused(409, "nothing_to_revise");
    says(&people[0], &it, "support").await.is(200);
    says(&people[1], &it, "support").await.is(200);
    says(&people[2], &it, "object").await.is(200);
    let seen = now(office, &it).await;
    assert_eq!(seen["is_consensus"], false);
    let second = does(office, &seen, "revise", revised).await.ok();
    assert_eq!((&second["round_no"], &second["rounds"].as_array().unwrap().len()), (&json!(2), &2));
    let tally = &second["tally"];
    assert_eq!((&tally["awaited"], &tally["object"]), (&json!(2), &json!(1)), "consent was to a text that is no more");
    says(&people[0], &it, "support").await.refused(409, "consultation_round_over");
    for person in people {
        says(person, &second, "support").await.is(200);
    }
    let done = does(office, &now(office, &second).await, "conclude", json!({})).await.ok();
    assert_eq!((&done["status"], &done["tally"]["object"]), (&json!("consensus"), &json!(0)));
    assert_eq!(done["statements"].as_array().unwrap().len(), 6, "what was said in the first round stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_objection_stands_until_whoever_made_it_says_otherwise() {
    let district = district().await;
    let (app, office, people) = (&district.app, &district.office, &district.people);
    let it = district.consults().await;
    says(&people[2], &it, "object").await.is(200);
    let second =
        does(office, &now(office, &it).await, "revise", json!({ "text": "拟由甲单位、丙单位负责人担任。" })).await.ok();
    says(&people[0], &second, "support").await.is(200);
    says(&people[1], &second, "support").await.is(200);
    app.at("2026-11-30 09:00");
    let done = does(office, &now(office, &it).await, "conclude", json!({})).await.ok();
    assert_eq!((&done["status"], &done["tally"]["object"]), (&json!("not_reached"), &json!(1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_whoever_speaks_for_a_party_speaks() {
    let district = district().await;
    let (app, office, people) = (&district.app, &district.office, &district.people);
    let it = opened(office, about(&[&district.units[0], &district.units[1]])).await;
    let url = format!("/v1/consultations/{}", it.id());
    let key = |n: usize| format!("unit:{}", district.units[n].id);
    let said = |party: String| json!({ "party": party, "round_no": 1, "position": "support" });
    let statements = format!("{url}/statements");
    let for_another = people[0].post(&statements, said(key(1))).await;
    assert_eq!(for_another.refused(403, "forbidden").body["article"], 13);
    let none = people[0].post(&statements, said(key(2))).await;
    assert!(none.refused(422, "validation_failed").has_fault("#/party", "not_a_party"));
    let stranger = people[2].post(&statements, said(key(0))).await;
    stranger.refused(404, "consultation_not_found");
    people[2].get(&url).await.refused(404, "consultation_not_found");
    assert!(people[2].get("/v1/consultations").await.rows().is_empty());
    let liaison = app.liaison_of(&district.units[0]).await;
    assert_eq!(liaison.get("/v1/consultations?status=open").await.rows().len(), 1);
    liaison.post(&statements, said(key(0))).await.refused(403, "forbidden");
    office.post(&statements, said(key(0))).await.refused(403, "forbidden");

    let first = says(&people[0], &it, "support").await.ok();
    let again = says(&people[0], &it, "support").await.ok();
    assert_eq!(first["statements"], again["statements"], "the same again is the same");
    says(&people[0], &it, "object").await.refused(409, "stated_otherwise");
    let no_reason = people[1].post(&statements, json!({ "round_no": 1, "position": "object" })).await;
    assert!(no_reason.refused(422, "validation_failed").has_fault("#/text", "required"));
    for action in ["revise", "conclude", "withdraw"] {
        let body =
            if action == "revise" { json!({ "text": "另一文本" }) } else { json!({ "reason": "不需要" }) };
        let body = if action == "conclude" { json!({}) } else { body };
        does(&people[0], &first, action, body).await.refused(403, "forbidden");
    }
    people[0].post("/v1/consultations", about(&[&district.units[0]])).await.refused(403, "forbidden");
    app.auditor().await.get("/v1/consultations").await.refused(403, "forbidden");

    let gone = does(office, &now(office, &it).await, "withdraw", json!({ "reason": "改由会议表决。" })).await.ok();
    assert_eq!((&gone["status"], &gone["withdraw_reason"]), (&json!("withdrawn"), &json!("改由会议表决。")));
    says(&people[1], &it, "support").await.refused(409, "consultation_not_open");
    let confirm = people[1].post(&format!("{url}/confirm"), json!({})).await;
    confirm.refused(409, "consultation_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_statements_of_two_instances_are_one() {
    let district = district().await;
    let it = district.consults().await;
    let other = district.people[0].on(&district.app.another_instance());
    let (one, two) = tokio::join!(says(&district.people[0], &it, "support"), says(&other, &it, "support"));
    assert_eq!((one.status, two.status), (200, 200));
    assert_eq!(district.app.count("SELECT count(*) FROM consultation_statement").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_branch_consults_its_own_members() {
    let app = App::start().await;
    let street = "990106003";
    let (here, there) =
        (app.member_unit("云栖材料科学研究院").await, app.member_unit_in("990106007", "青禾第二中学").await);
    let (president, other) = (app.branch(street).await, app.branch("990106007").await);
    let branch = app.branch_body(street).await;
    let new = json!({
        "body_id": branch, "matter": "of_body", "subject": "实行双会长制",
        "text": "本分会实行双会长制，由云栖材料科学研究院代表担任。",
    });
    other.post("/v1/consultations", new.clone()).await.refused(403, "forbidden");
    let mut beyond = new.clone();
    (beyond["body_id"], beyond["matter"]) = (json!(COUNCIL), json!("council_unit"));
    president.post("/v1/consultations", beyond.clone()).await.refused(403, "forbidden");
    beyond["matter"] = json!("work_report");
    let council = app.secretariat().await.post("/v1/consultations", beyond).await;
    assert_eq!(council.refused(409, "not_the_bodys_matter").body["article"], 11);
    let it = opened(&president, new).await;
    let parties: Vec<&Value> = it["parties"].as_array().unwrap().iter().map(|party| &party["unit_id"]).collect();
    assert_eq!(parties, [&json!(here.id)], "everybody with a voice in it");
    app.representative_of(&there)
        .await
        .get(&format!("/v1/consultations/{}", it.id()))
        .await
        .refused(404, "consultation_not_found");
    says(&app.representative_of(&here).await, &it, "support").await.is(200);
    let done = does(&president, &now(&president, &it).await, "conclude", json!({})).await.ok();
    assert_eq!(done["status"], "consensus");
    let new = json!({
        "body_id": branch, "matter": "of_body", "title": "关于实行双会长制的决议", "text": "同意实行双会长制。",
        "method": "consultation", "consultation_id": it.id(),
    });
    let mut elsewhere = new.clone();
    elsewhere["body_id"] = json!(app.branch_body("990106007").await);
    other.post("/v1/decisions", elsewhere).await.refused(409, "result_of_another_body");
    let decision = president.post("/v1/decisions", new).await.created();
    let issue = format!("/v1/decisions/{}/issue", decision.id());
    other.post(&issue, json!({})).header("if-match", "*").await.refused(404, "decision_not_found");
    let issued = president.post(&issue, json!({})).seen(&decision).await.ok();
    assert_eq!(issued["number"], format!("街道分会{street}〔2026〕1号"));
    // Its members read it, others do not.
    let url = format!("/v1/decisions/{}", decision.id());
    assert_eq!(app.representative_of(&here).await.get(&url).await.ok()["status"], "effective");
    assert_eq!(app.liaison_of(&here).await.get("/v1/decisions").await.rows().len(), 1);
    app.representative_of(&there).await.get(&url).await.refused(404, "decision_not_found");
    assert!(app.representative_of(&there).await.get("/v1/decisions").await.rows().is_empty());
}

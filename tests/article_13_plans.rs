//! Articles 11(2), 11(3), 13(5): work reports, annual plans and internal rules are drafted, deliberated, adopted by
//! the body that the charter names, and published.

use futures_util::future::join_all;
use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing, difficulty};
use serde_json::{Value, json};

use super::article_11_charter::decided;

const INSTRUMENTS: &str = "/v1/instruments";

async fn drafts(office: &Persona, new: Value) -> Thing {
    office.post(INSTRUMENTS, new).await.created()
}

async fn acts(who: &Persona, instrument: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("{INSTRUMENTS}/{}/{action}", instrument.id()), body).seen(instrument).await
}

fn plan(unit: &TestUnit) -> Value {
    json!({
        "kind": "annual_plan", "year": 2027, "title": "2027 年度工作计划", "text": "工作方针。",
        "items": [item(unit)],
    })
}

fn item(unit: &TestUnit) -> Value {
    json!({
        "title": "党务干部联合培训", "goal": "g2", "methods": ["members", "organisations"],
        "unit_id": unit.id, "quarter": 2, "due_on": "2027-06-30", "is_key": true, "budget_note": "区级财政预算 8 万元",
    })
}

fn rule() -> Value {
    json!({ "kind": "internal_rule", "title": "理事会会议制度", "text": "第一条……" })
}

fn report(year: i32) -> Value {
    json!({ "kind": "work_report", "year": year, "title": "理事会工作报告", "text": "一年来……" })
}

async fn submits(office: &Persona, new: Value) -> Thing {
    acts(office, &drafts(office, new).await, "submit", json!({})).await.ok()
}

/// A plan of 2027 that the general meeting has adopted; its one item is a key project.
pub(crate) async fn adopted_plan(office: &Persona, unit: &TestUnit) -> Thing {
    adopted(office, plan(unit), None).await
}

/// Submitted, and adopted by what decides such things.
async fn adopted(office: &Persona, new: Value, effective_from: Option<&str>) -> Thing {
    let matter = new["kind"].as_str().unwrap().to_owned();
    let mut by = json!({ "decision_id": decided(office, &matter, None).await });
    if let Some(day) = effective_from {
        by["effective_from"] = json!(day);
    }
    acts(office, &submits(office, new).await, "adopt", by).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_annual_plan_is_drafted_deliberated_adopted_and_published() {
    let app = App::start().await;
    let (office, president, member) = (app.secretariat().await, app.president().await, app.outsider().await);
    let unit = app.member_unit("云栖材料科学研究院").await;
    let mut empty = plan(&unit);
    empty["items"] = json!([]);
    let draft = drafts(&office, empty).await;
    let url = format!("{INSTRUMENTS}/{}", draft.id());
    assert_eq!(acts(&office, &draft, "submit", json!({})).await.refused(409, "plan_without_items").body["article"], 11);
    let draft = office.patch(&url, json!({ "items": [item(&unit)] })).seen(&draft).await.ok();
    let line = &draft["items"][0];
    assert_eq!((&line["goal"], &line["methods"]), (&json!("g2"), &json!(["organisations", "members"])));
    assert_eq!((&line["unit"]["name"], &line["is_key"]), (&json!("云栖材料科学研究院"), &json!(true)));
    office.patch(&url, json!({ "title": "旧版" })).header("if-match", "\"1\"").await.refused(412, "version_mismatch");
    for who in [&president, &member] {
        who.get(&url).await.refused(404, "instrument_not_found");
    }
    let submitted = acts(&office, &draft, "submit", json!({})).await.ok();
    office.patch(&url, json!({ "title": "改题" })).seen(&submitted).await.refused(409, "instrument_not_open");
    president.get(&url).await.is(200);
    member.get(&url).await.refused(404, "instrument_not_found");

    let comments = format!("{url}/comments");
    let said = president.post(&comments, json!({ "text": "建议增加人才公寓对接。" })).await.created();
    let noted = json!({ "text": "建议提前到一季度。", "unit_id": unit.id });
    president.post(&comments, noted.clone()).await.refused(403, "forbidden");
    office.post(&comments, noted).await.is(201);
    member.post(&comments, json!({ "text": "建议。" })).await.refused(404, "instrument_not_found");
    let answer = json!({ "result": "partly_adopted", "answer": "列入第二项工作。" });
    let at = format!("/v1/instrument-comments/{}/answer", said.id());
    president.post(&at, answer.clone()).await.refused(403, "forbidden");
    assert_eq!(office.post(&at, answer.clone()).await.ok()["result"], "partly_adopted");
    assert_eq!(office.post(&at, answer).await.refused(409, "comment_answered_already").body["article"], 13);
    assert_eq!(president.get(&comments).await.rows().len(), 2);
    member.get(&format!("/v1/instrument-comments/{}", said.id())).await.refused(404, "comment_not_found");

    let decision = decided(&office, "annual_plan", None).await;
    let by = json!({ "decision_id": decision, "effective_from": "2027-01-01" });
    acts(&president, &submitted, "adopt", by.clone()).await.refused(403, "forbidden");
    let adopted = acts(&office, &submitted, "adopt", by).await.ok();
    let told = (&adopted["status"], &adopted["in_force"], &adopted["decision_id"]);
    assert_eq!(told, (&json!("adopted"), &json!(false), &json!(decision)));
    assert_eq!(member.get(&url).await.ok()["items"][0]["title"], "党务干部联合培训");
    let published = acts(&office, &adopted, "publish", json!({})).await.ok();
    assert_eq!((&published["status"], &published["allowed_actions"]), (&json!("published"), &json!([])));
    office.patch(&url, json!({ "title": "改题" })).seen(&published).await.refused(409, "instrument_not_open");
    for action in ["submit", "return", "discard", "adopt", "publish", "abolish"] {
        let body = json!({ "reason": "改一改", "decision_id": decision });
        let body = if matches!(action, "submit" | "publish") { json!({}) } else { body };
        let only = |keep: &str| json!({ keep: body[keep] });
        let body = match action {
            "return" | "discard" => only("reason"),
            "adopt" | "abolish" => only("decision_id"),
            _ => body,
        };
        let refused = acts(&office, &published, action, body).await;
        assert_eq!(refused.refused(409, "instrument_not_open").body["article"], 11, "{action}");
    }
    assert!(member.get(&format!("{INSTRUMENTS}?in_force_on=2026-12-31")).await.rows().is_empty());
    assert_eq!(
        member.get(&format!("{INSTRUMENTS}?in_force_on=2027-01-01&kind=annual_plan&year=2027")).await.rows().len(),
        1
    );
    app.at("2027-01-01 08:00");
    assert_eq!(member.get(&url).await.ok()["in_force"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_year_has_one_plan_and_another_decision_amends_it() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    // Two drafts for the year are adopted at once: one is.
    let (one, two) = (submits(&office, plan(&unit)).await, submits(&office, plan(&unit)).await);
    let decisions = [decided(&office, "annual_plan", None).await, decided(&office, "annual_plan", None).await];
    let adopt = |draft: &Thing, decision: &str| {
        let (office, draft, by) = (office.clone(), draft.clone(), json!({ "decision_id": decision }));
        async move { acts(&office, &draft, "adopt", by).await }
    };
    let both = join_all([adopt(&one, &decisions[0]), adopt(&two, &decisions[1])]).await;
    let won = both.iter().find(|reply| reply.status == 200).unwrap().ok();
    let lost = both.iter().find(|reply| reply.status != 200).unwrap();
    assert_eq!(lost.refused(409, "instrument_of_the_year_exists").body["article"], 11);
    let second = office.post(INSTRUMENTS, plan(&unit)).await;
    assert_eq!(second.refused(409, "instrument_of_the_year_exists").body["article"], 11);

    let amendment = json!({ "kind": "annual_plan", "title": "2027 年度工作计划（调整）", "amends_id": won.id() });
    let draft = drafts(&office, amendment.clone()).await;
    assert_eq!(
        (&draft["year"], draft["items"].as_array().unwrap().len()),
        (&json!(2027), 1),
        "it begins with the items"
    );
    let rival = submits(&office, amendment.clone()).await;
    let submitted = acts(&office, &draft, "submit", json!({})).await.ok();
    let spent = if both[0].status == 200 { &decisions[0] } else { &decisions[1] };
    acts(&office, &submitted, "adopt", json!({ "decision_id": spent })).await.refused(409, "decision_used_already");
    let by = json!({ "decision_id": decided(&office, "annual_plan", None).await, "effective_from": "2027-04-01" });
    let amended = acts(&office, &submitted, "adopt", by).await.ok();
    assert_eq!(amended["amends_id"], won["id"]);
    let before = office.get(&format!("{INSTRUMENTS}/{}", won.id())).await.ok();
    assert_eq!((&before["ended_on"], &before["in_force"]), (&json!("2027-04-01"), &json!(true)));
    let by = json!({ "decision_id": decided(&office, "annual_plan", None).await });
    let late = acts(&office, &rival, "adopt", by).await;
    assert_eq!(late.refused(409, "instrument_not_amendable").body["article"], 11);
    for (amends, code) in [(won.id(), 409), ("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01", 422)] {
        let mut again = amendment.clone();
        again["amends_id"] = json!(amends);
        office.post(INSTRUMENTS, again).await.is(code);
    }
    let day = |day: &str| format!("{INSTRUMENTS}?kind=annual_plan&in_force_on={day}");
    let on = async |at: &str| office.get(&day(at)).await.rows().iter().map(|it| it["id"].clone()).collect::<Vec<_>>();
    assert_eq!(
        (on("2027-03-31").await, on("2027-04-01").await),
        (vec![won["id"].clone()], vec![amended["id"].clone()])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn items_of_a_plan_say_who_and_until_when() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let refused = async |change: &dyn Fn(&mut Value), at: &str, code: &str| {
        let mut new = plan(&unit);
        change(&mut new);
        let reply = office.post(INSTRUMENTS, new).await;
        assert!(reply.has_fault(at, code), "{at}: {:?}", reply.refused(422, "validation_failed").faults());
    };
    refused(&|it| it["items"][0]["goal"] = json!("wealth"), "#/items/0/goal", "invalid_value").await;
    refused(&|it| it["items"][0]["methods"] = json!([]), "#/items/0/methods", "too_many").await;
    refused(&|it| it["items"][0]["unit_id"] = json!(null), "#/items/0/unit_id", "one_responsible").await;
    refused(&|it| it["items"][0]["committee_code"] = json!("C2"), "#/items/0/unit_id", "one_responsible").await;
    refused(&|it| it["items"][0]["quarter"] = json!(5), "#/items/0/quarter", "out_of_range").await;
    refused(&|it| it["items"][0]["due_on"] = json!("2028-01-01"), "#/items/0/due_on", "out_of_range").await;
    refused(&|it| it["items"][0]["unit_id"] = json!(office.account().0), "#/items/0/unit_id", "unit_not_found").await;
    refused(&|it| it["year"] = json!(null), "#/year", "invalid_year").await;
    refused(&|it| it["year"] = json!(1999), "#/year", "invalid_year").await;
    let committee = |it: &mut Value| {
        it["items"][0]["unit_id"] = json!(null);
        it["items"][0]["committee_code"] = json!("C9");
    };
    refused(&committee, "#/items/0/committee_code", "unknown_committee").await;
    let mut with_items = rule();
    with_items["items"] = plan(&unit)["items"].clone();
    assert!(office.post(INSTRUMENTS, with_items).await.has_fault("#/items", "not_for_this_kind"));
    assert_eq!(app.count("SELECT count(*) FROM instrument").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_council_makes_internal_rules_under_gapless_numbers() {
    let app = App::start().await;
    let (office, member) = (app.secretariat().await, app.outsider().await);
    let submitted = submits(&office, rule()).await;
    let of_general = json!({ "decision_id": decided(&office, "general_other", None).await });
    let refused = acts(&office, &submitted, "adopt", of_general).await;
    assert_eq!(refused.refused(409, "decision_on_another_matter").body["article"], 13);
    let first =
        acts(&office, &submitted, "adopt", json!({ "decision_id": decided(&office, "internal_rule", None).await }))
            .await
            .ok();
    let second = adopted(&office, rule(), Some("2026-12-01")).await;
    let told = |it: &Thing| (it["rule_number"].clone(), it["edition"].clone(), it["in_force"].clone());
    assert_eq!(told(&first), (json!("〔2026〕1号"), json!(1), json!(true)));
    assert_eq!(told(&second), (json!("〔2026〕2号"), json!(1), json!(false)), "nothing is lost by what was refused");

    let mut amendment = rule();
    amendment["amends_id"] = json!(first.id());
    let edition = adopted(&office, amendment, Some("2027-01-01")).await;
    assert_eq!(told(&edition), (json!("〔2026〕1号"), json!(2), json!(false)));
    let first = member.get(&format!("{INSTRUMENTS}/{}", first.id())).await.ok();
    assert_eq!((&first["ended_on"], &first["in_force"]), (&json!("2027-01-01"), &json!(true)));

    let first = office.get(&format!("{INSTRUMENTS}/{}", first.id())).await.ok();
    let by = json!({ "decision_id": decided(&office, "internal_rule", None).await, "effective_from": "2027-03-01" });
    assert_eq!(
        acts(&office, &first, "abolish", by.clone()).await.refused(409, "rule_not_in_force").body["article"],
        13
    );
    let council_other = json!({ "decision_id": decided(&office, "council_other", None).await });
    acts(&office, &edition, "abolish", council_other).await.refused(409, "decision_on_another_matter");
    let abolished = acts(&office, &edition, "abolish", by.clone()).await.ok();
    assert_eq!((&abolished["ended_on"], &abolished["status"]), (&json!("2027-03-01"), &json!("adopted")));
    assert!(!abolished.allows("abolish"));
    acts(&office, &abolished, "abolish", by).await.refused(409, "rule_not_in_force");
    app.at("2027-02-28 12:00");
    assert_eq!(member.get(&format!("{INSTRUMENTS}/{}", edition.id())).await.ok()["in_force"], true);
    app.at("2027-03-01 00:00");
    assert_eq!(member.get(&format!("{INSTRUMENTS}/{}", edition.id())).await.ok()["in_force"], false);
    let year = office.post(INSTRUMENTS, json!({ "kind": "internal_rule", "title": "制度", "year": 2026 })).await;
    assert!(year.has_fault("#/year", "invalid_year"));
}

/// What the request that a figure names answers for it.
async fn asked(who: &Persona, figure: &Value) -> Value {
    let source = &figure["source"];
    let (path, query) = (source["path"].as_str().unwrap(), source["query"].as_str().unwrap());
    let answer = who.get(&format!("{path}?{query}")).await.ok();
    answer.body.pointer(source["pointer"].as_str().unwrap()).unwrap().clone()
}

fn value_of(report: &Thing, key: &str) -> Value {
    let all = report["figures"].as_array().unwrap();
    all.iter().find(|figure| figure["key"] == key).unwrap_or_else(|| panic!("no {key}"))["value"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_work_report_is_filled_from_recorded_facts_and_frozen_with_its_submission() {
    let app = App::start().await;
    let cast = app.cast().await;
    let office = &cast.office;
    cast.closed().await;
    let given = json!({ "kind": "research", "title": "调研报告", "detail": "全区新材料产业现状与建议。" });
    cast.representative.post("/v1/contributions", given.clone()).await.is(201);
    let gone = app.member_unit("青禾第二中学").await;
    let leaves = app.representative_of(&gone).await;
    let seen = leaves.get(&format!("/v1/units/{}", gone.id)).await.ok();
    leaves.post(&format!("/v1/units/{}/withdraw", gone.id), json!({})).seen(&seen).await.is(200);

    let made = drafts(office, report(2026)).await;
    let url = format!("{INSTRUMENTS}/{}", made.id());
    let draft = office.get(&url).await.ok();
    let facts = [
        ("members_at_end", 3.0),
        ("joined", 4.0),
        ("left", 1.0),
        ("contributions", 1.0),
        ("issues_registered", 1.0),
        ("issues_closed", 1.0),
        ("solution_rate", 100.0),
        ("satisfaction_rate", 100.0),
        ("filings_late", 0.0),
        ("general_meetings", 0.0),
        ("decisions", 0.0),
    ];
    for (key, expected) in facts {
        assert_eq!(value_of(&draft, key).as_f64(), Some(expected), "{key}");
    }
    let all = draft["figures"].as_array().unwrap();
    for figure in all {
        assert_eq!(figure["as_of"], "2026-11-20");
        assert_eq!(asked(office, figure).await.as_f64(), figure["value"].as_f64(), "{}", figure["key"]);
    }
    let submitted = acts(office, &draft, "submit", json!({})).await.ok();
    assert_eq!(submitted["figures"], draft["figures"]);
    // What happens afterwards is not in it.
    cast.representative.submits(difficulty()).await.is(201);
    cast.representative.post("/v1/contributions", given).await.is(201);
    let frozen = office.get(&url).await.ok();
    assert_eq!(frozen["figures"], draft["figures"]);
    let contributions = all.iter().find(|figure| figure["key"] == "contributions").unwrap();
    assert_eq!(asked(office, contributions).await, 2);
    let back = acts(office, &frozen, "return", json!({ "reason": "补充数据。" })).await.ok();
    assert_eq!(value_of(&back, "contributions").as_f64(), Some(2.0), "a draft is live again");
    assert_eq!(value_of(&office.get(&url).await.ok(), "contributions").as_f64(), Some(2.0));

    let again = acts(office, &back, "submit", json!({})).await.ok();
    let by_council = json!({ "decision_id": decided(office, "council_other", None).await });
    let refused = acts(office, &again, "adopt", by_council).await;
    assert_eq!(refused.refused(409, "decision_on_another_matter").body["article"], 11);
    let not_yet = json!({ "decision_id": decided(office, "work_report", Some("2026-12-01")).await });
    acts(office, &again, "adopt", not_yet).await.refused(409, "decision_not_effective");
    let by = json!({ "decision_id": decided(office, "work_report", None).await });
    let accepted = acts(office, &again, "adopt", by).await.ok();
    assert_eq!(value_of(&accepted, "contributions").as_f64(), Some(2.0));
    assert_eq!(cast.liaison.get(&url).await.ok()["figures"], accepted["figures"], "a member reads them");
    let second = office.post(INSTRUMENTS, report(2026)).await;
    assert_eq!(second.refused(409, "instrument_of_the_year_exists").body["article"], 11);
    let amends = json!({ "kind": "work_report", "title": "工作报告", "amends_id": accepted.id() });
    office.post(INSTRUMENTS, amends).await.refused(409, "instrument_not_amendable");
    assert_eq!(asked(office, &json!({ "source": { "path": "/v1/statistics/association", "query": "year=2026", "pointer": "/decisions" } })).await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_figures_of_a_year_are_every_members_to_know() {
    let app = App::start().await;
    let member = app.outsider().await;
    let figures = member.get("/v1/statistics/association").await.ok();
    assert_eq!(
        (&figures["year"], &figures["as_of"], &figures["members_at_end"]),
        (&json!(2026), &json!("2026-11-20"), &json!(1))
    );
    let before = member.get("/v1/statistics/association?year=2025").await.ok();
    assert_eq!(
        (&before["as_of"], &before["members_at_end"], &before["joined"]),
        (&json!("2025-12-31"), &json!(0), &json!(0))
    );
    member.get("/v1/statistics/association?year=1800").await.refused(400, "invalid_parameter");
    app.administrator().await.get("/v1/statistics/association").await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_outside_drafts_or_reads() {
    let app = App::start().await;
    let (office, member, administrator) = (app.secretariat().await, app.outsider().await, app.administrator().await);
    for who in [&member, &administrator, &app.president().await] {
        who.post(INSTRUMENTS, rule()).await.refused(403, "forbidden");
        who.post(INSTRUMENTS, json!({})).await.refused(403, "forbidden");
    }
    let made = adopted(&office, rule(), None).await;
    let url = format!("{INSTRUMENTS}/{}", made.id());
    member.get(&url).await.is(200);
    administrator.get(&url).await.refused(404, "instrument_not_found");
    administrator.get(INSTRUMENTS).await.refused(403, "forbidden");
    member.get(&format!("{url}/comments")).await.refused(403, "forbidden");
    drafts(&office, rule()).await;
    assert_eq!((member.get(INSTRUMENTS).await.rows().len(), office.get(INSTRUMENTS).await.rows().len()), (1, 2));
    assert!(member.get(&format!("{INSTRUMENTS}?status=draft")).await.rows().is_empty());
    // A member that has left reads no more.
    let unit = app.member_unit("青禾第二中学").await;
    let leaves = app.representative_of(&unit).await;
    leaves.get(&url).await.is(200);
    let seen = leaves.get(&format!("/v1/units/{}", unit.id)).await.ok();
    leaves.post(&format!("/v1/units/{}/withdraw", unit.id), json!({})).seen(&seen).await.is(200);
    leaves.get(&url).await.refused(404, "instrument_not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_submitted_lies_before_the_body_that_decides() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let draft = drafts(&office, rule()).await;
    let unknown = json!({ "meeting_id": "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01" });
    assert!(acts(&office, &draft, "submit", unknown).await.has_fault("#/meeting_id", "meeting_not_found"));
    let without = json!({ "agenda_item_id": "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01" });
    assert!(acts(&office, &draft, "submit", without).await.has_fault("#/meeting_id", "not_on_the_agenda"));
    acts(&office, &draft, "submit", json!({})).await.is(200);
}

//! Units through institutional reform: names, mergers, splits. References by id never break (Article 25: changes
//! are filed), and the list answers as of any day.

use gongjian_testkit::{App, Persona, Reply, TestUnit, difficulty};
use serde_json::{Value, json};

fn renaming(name: &str) -> Value {
    json!({ "name": name, "basis": "青编〔2026〕7号", "decided_on": "2026-11-18" })
}

fn part(name: &str, code: Option<&str>) -> Value {
    let mut part = json!({
        "name": name,
        "unit_type": "party_gov",
        "affiliation_level": "district",
        "street_code": "990106003",
        "address": "青禾区人民路 1 号",
        "party_org_name": "中共某局党组",
        "party_org_kind": "party_group",
        "consent": { "basis": "党组会议纪要〔2026〕9号", "consented_on": "2026-11-19" },
    });
    match code {
        Some(code) => part["credit_code"] = json!(code),
        None => part["credit_code_exempt_reason"] = json!("新设机构尚未取得代码"),
    }
    part
}

async fn act(who: &Persona, unit: &str, verb: &str, body: Value) -> Reply {
    who.post(&format!("/v1/units/{unit}/{verb}"), body).header("if-match", "*").await
}

async fn reads(who: &Persona, unit: &TestUnit) -> gongjian_testkit::Thing {
    who.get(&format!("/v1/units/{}", unit.id)).await.ok()
}

fn merging(into: &TestUnit) -> Value {
    json!({ "into_unit_id": into.id, "basis": "青编〔2026〕7号", "decided_on": "2026-11-18" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_is_found_by_its_old_name_and_reads_under_its_new_one() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("青禾区文化局").await;
    let representative = app.representative_of(&unit).await;
    let issue = representative.submits(difficulty()).await.created();
    app.at("2026-12-01 09:00");
    let renamed = act(&representative, &unit.id.to_string(), "rename", renaming("青禾区文化和旅游局")).await.ok();
    assert_eq!(renamed["name"], "青禾区文化和旅游局");
    for q in ["文化局", "旅游局"] {
        let rows = office.get("/v1/units?q=").await.status;
        assert_eq!(rows, 400, "an empty text is none");
        let encoded: String = q.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let rows = office.get(&format!("/v1/units?q={encoded}")).await.rows();
        assert_eq!(rows.iter().map(|row| &row["name"]).collect::<Vec<_>>(), ["青禾区文化和旅游局"], "{q}");
    }
    assert_eq!(office.reads(&issue).await.ok()["submitter"]["id"], json!(unit.id));
    for (day, name) in
        [("2026-11-20", "青禾区文化局"), ("2026-11-30", "青禾区文化局"), ("2026-12-01", "青禾区文化和旅游局")]
    {
        let rows = office.get(&format!("/v1/units?as_of={day}")).await.rows();
        assert_eq!((rows.len(), &rows[0]["name"]), (1, &json!(name)), "{day}");
    }
    assert!(office.get("/v1/units?as_of=2026-11-19").await.rows().is_empty(), "it had not joined");
    let refused = office.get("/v1/units?as_of=2026-12-02").await;
    assert!(refused.refused(400, "invalid_parameter").has_fault("as_of", "in_future"));
    let history = office.get(&format!("/v1/units/{}/history", unit.id)).await.rows();
    assert_eq!(history.len(), 2);
    assert_eq!((&history[0]["valid_to"], &history[1]["change"]), (&json!("2026-12-01"), &json!("renamed")));
    assert!(history[1]["receipt_no"].as_str().unwrap().starts_with("BA-2026-"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn names_and_codes_of_members_stay_apart_through_reform() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let (first, second) = (app.member_unit("青禾区文化局").await, app.member_unit("青禾区旅游局").await);
    act(&office, &first.id.to_string(), "rename", renaming("青禾区 旅游局")).await.refused(409, "unit_name_taken");
    let id = first.id.to_string();
    for who in [app.liaison_of(&first).await, app.representative_of(&second).await, app.president().await] {
        act(&who, &id, "rename", renaming("别名局")).await.refused(403, "forbidden");
        act(&who, &id, "merge", merging(&second)).await.refused(403, "forbidden");
    }
    act(&app.representative_of(&first).await, &id, "merge", merging(&second)).await.refused(403, "forbidden");
    for body in [json!({ "name": "别名局" }), json!({ "name": "别名局", "basis": "函", "decided_on": "2027-01-01" })]
    {
        act(&office, &id, "rename", body).await.refused(422, "validation_failed");
    }
    let forged =
        json!({ "name": "别名局", "basis": "青编〔2026〕7号", "decided_on": "2026-11-18", "status": "dissolved" });
    let refused = act(&office, &id, "rename", forged).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/status", "unknown_field"));
    // Two take one name at once: one has it.
    let (a, b) = (second.id.to_string(), app.member_unit("青禾区体育局").await.id.to_string());
    let twin = app.another_instance();
    let other = office.on(&twin);
    let (one, two) = tokio::join!(
        act(&office, &a, "rename", renaming("青禾区文体局")),
        act(&other, &b, "rename", renaming("青禾区文体局"))
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_merged_unit_ends_and_names_its_successor() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let (first, second) = (app.member_unit("青禾区文化局").await, app.member_unit("青禾区旅游局").await);
    let representative = app.representative_of(&first).await;
    let issue = representative.submits(difficulty()).await.created();
    let id = first.id.to_string();
    let itself = act(&office, &id, "merge", merging(&first)).await;
    assert!(itself.refused(422, "validation_failed").has_fault("#/into_unit_id", "same_unit"));
    let nowhere = json!({ "into_unit_id": "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff", "basis": "青编〔2026〕7号", "decided_on": "2026-11-18" });
    let refused = act(&office, &id, "merge", nowhere).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/into_unit_id", "unit_not_found"));

    let merged = act(&office, &id, "merge", merging(&second)).await.ok();
    assert_eq!(merged["status"], "dissolved");
    let successor = &merged["successors"][0];
    assert_eq!((&successor["id"], &successor["reform"]), (&json!(second.id), &json!("merger")));
    assert_eq!(office.reads(&issue).await.ok()["submitter"]["id"], json!(first.id), "the id resolves as before");
    assert_eq!(reads(&office, &second).await["status"], "active");
    representative.submits(difficulty()).await.refused(403, "forbidden");
    act(&office, &id, "merge", merging(&second)).await.refused(409, "unit_not_active");
    // The successor may bear the name that ended.
    act(&office, &second.id.to_string(), "rename", renaming("青禾区文化局")).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_units_do_not_end_in_each_other() {
    let app = App::start().await;
    let (office, twin) = (app.secretariat().await, app.another_instance());
    let (first, second) = (app.member_unit("青禾区文化局").await, app.member_unit("青禾区旅游局").await);
    let other = office.on(&twin);
    let (a, b) = (first.id.to_string(), second.id.to_string());
    let (one, two) =
        tokio::join!(act(&office, &a, "merge", merging(&second)), act(&other, &b, "merge", merging(&first)));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert!([[200, 409], [200, 422]].contains(&statuses), "{statuses:?}");
    assert_eq!(app.count("SELECT count(*) FROM unit WHERE status = 'active'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_is_split_into_units_that_consented() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("青禾区文化旅游局").await;
    let id = unit.id.to_string();
    let split = |units: Vec<Value>, continues: bool| json!({ "units": units, "continues": continues, "basis": "青编〔2026〕7号", "decided_on": "2026-11-18" });
    act(&office, &id, "split", split(vec![], false)).await.refused(422, "validation_failed");
    let mut unasked = part("青禾区文化局", None);
    unasked.as_object_mut().unwrap().remove("consent");
    act(&office, &id, "split", split(vec![unasked], true)).await.refused(422, "validation_failed");
    let bad = act(&office, &id, "split", split(vec![part("青禾区文化局", Some("91350100M000100Y4A"))], true)).await;
    assert!(bad.refused(422, "validation_failed").has_fault("#/units/0/credit_code", "credit_code_check_digit"));

    let same = act(&office, &id, "split", split(vec![part("青禾区文化旅游局", None)], true)).await;
    same.refused(409, "unit_name_taken");
    assert_eq!(app.count("SELECT count(*) FROM unit").await, 1, "all or nothing");
    let goes_on = act(&office, &id, "split", split(vec![part("青禾区体育局", None)], true)).await.ok();
    assert_eq!((&goes_on["status"], &goes_on["successors"][0]["name"]), (&json!("active"), &json!("青禾区体育局")));
    assert!(goes_on["representative"].is_object(), "its people act as before");

    // One that ends leaves its name to a part.
    let parts = vec![part("青禾区文化旅游局", None), part("青禾区旅游局", Some("11990106107345172X"))];
    let ended = act(&office, &id, "split", split(parts, false)).await.ok();
    assert_eq!((&ended["status"], ended["successors"].as_array().unwrap().len()), (&json!("dissolved"), 3));
    let names: Vec<_> = office.get("/v1/units?status=active").await.rows();
    assert_eq!(names.len(), 3);
    let changes: Vec<_> = office.get(&format!("/v1/units/{id}/history")).await.rows();
    let changes: Vec<_> = changes.iter().map(|row| row["change"].as_str().unwrap()).collect();
    assert_eq!(changes, ["joined", "split", "split"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_members_of_a_past_day_come_in_pages() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let mut units = Vec::new();
    for n in 0..5 {
        units.push(app.member_unit(&format!("第{n}研究所")).await);
    }
    app.at("2026-12-01 09:00");
    let leaving = app.representative_of(&units[1]).await;
    act(&leaving, &units[1].id.to_string(), "withdraw", json!({})).await.is(200);
    let mut seen = Vec::new();
    let mut path = "/v1/units?as_of=2026-11-30&status=active&limit=2".to_owned();
    loop {
        let page = office.get(&path).await;
        seen.extend(page.rows().iter().map(|row| row["member_no"].as_str().unwrap().to_owned()));
        let Some(next) = page.body["next_cursor"].as_str() else { break };
        path = format!("/v1/units?as_of=2026-11-30&status=active&limit=2&cursor={next}");
    }
    assert_eq!(seen, ["HY-0001", "HY-0002", "HY-0003", "HY-0004", "HY-0005"]);
    assert_eq!(office.get("/v1/units?as_of=2026-12-01&status=active").await.rows().len(), 4);
    assert_eq!(office.get("/v1/units?as_of=2026-12-01&status=withdrawn").await.rows().len(), 1);
    let first = office.get("/v1/units?as_of=2026-11-30&limit=2").await.body["next_cursor"].as_str().unwrap().to_owned();
    office.get(&format!("/v1/units?as_of=2026-12-01&limit=2&cursor={first}")).await.refused(400, "invalid_cursor");
    for who in [app.administrator().await, app.auditor().await] {
        who.get("/v1/units?as_of=2026-11-30").await.refused(403, "forbidden");
    }
}

//! The set of committees: seeded with the seven, changed by an effective decision of the council and not otherwise.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_new_database_has_the_seven_and_each_is_incomplete() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let rows = office.get("/v1/committees").await.rows();
    let codes: Vec<&Value> = rows.iter().map(|row| &row["code"]).collect();
    assert_eq!(codes, ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]);
    for row in &rows {
        let missing = json!(["committee_lead_unit", "committee_director_lead", "committee_director_member"]);
        assert_eq!(
            (&row["state"], &row["missing"], &row["basis"]),
            (&json!("incomplete"), &missing, &json!("章程第十七条"))
        );
    }
    assert_eq!(rows[1]["name"], "人才教育专业研究委员会");
    let page = office.get("/v1/committees?limit=3").await.ok();
    let next = page["next_cursor"].as_str().unwrap();
    assert_eq!(office.get(&format!("/v1/committees?limit=3&cursor={next}")).await.rows()[0]["code"], "C4");
    let (bureau, school) = (app.member_unit("青禾区教育局").await, app.member_unit("云栖理工大学").await);
    let lead =
        json!({ "kind": "committee_lead_unit", "body_id": SECOND, "unit_id": bureau.id, "basis": "青党促〔2026〕1号" });
    office.post("/v1/offices", lead).await.is(201);
    app.directs(SECOND, OfficeKind::CommitteeDirectorLead, person_of(&app, &bureau).await, &bureau).await;
    let half = seen(&office, SECOND).await;
    assert_eq!(half["missing"], json!(["committee_director_member"]));
    assert_eq!(half["lead_unit"]["name"], "青禾区教育局");
    // Article 17: of different origin.
    let director = async |unit: &TestUnit, person: PersonId| {
        let new = json!({ "kind": "committee_director_member", "body_id": SECOND, "unit_id": unit.id, "person_id": person, "basis": "推荐函" });
        office.post("/v1/offices", new).await
    };
    let of_one = director(&bureau, person_of(&app, &school).await).await;
    assert_eq!(of_one.refused(409, "directors_of_one_unit").body["article"], 17);
    director(&school, person_of(&app, &bureau).await).await.refused(409, "directors_of_one_unit");
    director(&school, person_of(&app, &school).await).await.is(201);
    let whole = seen(&app.liaison_of(&school).await, SECOND).await;
    assert_eq!((&whole["state"], whole["directors"].as_array().unwrap().len()), (&json!("complete"), 2));
    assert_eq!(seen_on(&office, SECOND, "2026-11-01").await["state"], "incomplete");
    office.get(&format!("/v1/committees/{COUNCIL}")).await.refused(404, "committee_not_found");
    app.administrator().await.get("/v1/committees").await.refused(403, "forbidden");
    app.anonymous().get("/v1/committees").await.refused(401, "unauthenticated");
}

async fn seen_on(who: &Persona, body: Uuid, day: &str) -> Thing {
    who.get(&format!("/v1/committees/{body}?as_of={day}")).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_set_changes_with_the_councils_decision_and_not_otherwise() {
    let app = App::start().await;
    let (office, it) = (app.secretariat().await, committee(&app, "R1").await);
    let before = seen(&office, it.body).await;
    for (act, given) in
        [("rename", json!({ "name": "新名" })), ("merge", json!({ "into_id": SECOND })), ("dissolve", json!({}))]
    {
        let with = |decision: &Thing| {
            let mut given = given.clone();
            given["decision_id"] = json!(decision.id());
            given
        };
        let refused = changes(&office, &before, act, given.clone()).await;
        assert_eq!(refused.refused(409, "committee_needs_council").body["article"], 17);
        let undone = adopted(&office, "committee_set").await;
        let refused = changes(&office, &before, act, with(&undone)).await;
        assert_eq!(refused.refused(409, "decision_not_effective").body["article"], 17);
        let other = decided(&office, "council_other").await;
        changes(&office, &before, act, with(&other)).await.refused(409, "decision_on_another_matter");
        // Another body's decision cannot be about the set of committees.
        let own = json!({ "body_id": it.body, "subject": "机制", "text": "嵌入。" });
        let consent = it.first.post("/v1/joint-consents", own).await.created();
        for who in [&it.first, &it.second] {
            who.post(&format!("/v1/joint-consents/{}/sign", consent.id()), json!({})).await.is(200);
        }
        let own = json!({ "body_id": it.body, "matter": "of_body", "title": "决定", "text": "同意。", "method": "consent", "consent_id": consent.id() });
        let own = it.first.post("/v1/decisions", own).await.created();
        let own = it.first.post(&format!("/v1/decisions/{}/issue", own.id()), json!({})).seen(&own).await.ok();
        changes(&office, &before, act, with(&own)).await.refused(409, "decision_on_another_matter");
        let good = decided(&office, "committee_set").await;
        for stranger in [&it.first, &app.liaison_of(&it.lead).await, &app.president().await] {
            changes(stranger, &before, act, with(&good)).await.refused(403, "forbidden");
        }
        office.post(&format!("/v1/committees/{}/{act}", it.body), with(&good)).await.refused(428, "if_match_required");
    }
    let into_itself = decided(&office, "committee_set").await;
    let into_itself = json!({ "into_id": it.body, "decision_id": into_itself.id() });
    assert!(changes(&office, &before, "merge", into_itself).await.has_fault("#/into_id", "committee_into_itself"));
    assert_eq!(seen(&office, it.body).await["version"], before["version"], "nothing has happened");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_name_has_its_days() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let decision = decided(&office, "committee_set").await;
    let before = seen(&office, SECOND).await;
    app.at("2026-11-25 10:00");
    let given = json!({ "name": "人才与教育专业研究委员会", "decision_id": decision.id() });
    let after = changes(&office, &before, "rename", given.clone()).await.ok();
    assert_eq!((&after["name"], &after["former_names"][0]["until"]), (&given["name"], &json!("2026-11-25")));
    changes(&office, &before, "rename", given.clone()).await.refused(412, "version_mismatch");
    changes(&office, &after, "rename", given).await.refused(409, "decision_used_already");
    assert_eq!(seen_on(&office, SECOND, "2026-11-24").await["name"], "人才教育专业研究委员会");
    assert_eq!(seen_on(&office, SECOND, "2026-11-25").await["name"], "人才与教育专业研究委员会");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_merged_committee_hands_its_members_over_and_stays_to_be_read() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let (one, other) = (committee(&app, "R1").await, committee(&app, "R2").await);
    let (both, moving) = (app.member_unit("甲研究院").await, app.member_unit("乙研究院").await);
    joins(&app, &one, &both).await;
    joins(&app, &one, &moving).await;
    joins(&app, &other, &both).await;
    let waiting = app.member_unit("丙研究院").await;
    let asked = applies(&app.representative_of(&waiting).await, one.body, &waiting).await.created();
    let decision = decided(&office, "committee_set").await;
    app.at("2026-11-25 10:00");
    let given = json!({ "into_id": other.body, "decision_id": decision.id() });
    let merged = changes(&office, &seen(&office, one.body).await, "merge", given).await.ok();
    assert_eq!((&merged["state"], &merged["member_count"]), (&json!("dissolved"), &json!(0)));
    assert_eq!((&merged["successor"]["id"], &merged["dissolved_on"]), (&json!(other.body), &json!("2026-11-25")));
    let now = members(&office, other.body, "").await;
    assert_eq!(now.len(), 2, "nobody twice");
    assert_eq!(now[1]["carried_from"], json!(one.body));
    let past = seen_on(&office, one.body, "2026-11-24").await;
    assert_eq!(
        (&past["state"], &past["member_count"], &past["successor"]),
        (&json!("complete"), &json!(2), &Value::Null)
    );
    assert_eq!(members(&office, one.body, "as_of=2026-11-24").await.len(), 2);
    let offices = office.get(&format!("/v1/offices?body_id={}", one.body)).await.rows();
    assert!(offices.is_empty(), "the offices have ended");
    let lapsed = office.get(&format!("/v1/committee-applications/{}", asked.id())).await.ok();
    assert_eq!(lapsed["status"], "lapsed");
    applies(&app.representative_of(&waiting).await, one.body, &waiting).await.refused(409, "body_dissolved");
    let again = json!({ "decision_id": decided(&office, "committee_set").await.id() });
    changes(&office, &merged, "dissolve", again).await.refused(409, "body_dissolved");
    let lead = json!({ "kind": "committee_lead_unit", "body_id": one.body, "unit_id": moving.id, "basis": "青党促〔2026〕1号" });
    assert!(office.post("/v1/offices", lead).await.has_fault("#/body_id", "body_dissolved"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_dissolved_committee_has_no_offices_from_that_day_on() {
    let app = App::start().await;
    let (office, it) = (app.secretariat().await, committee(&app, "R1").await);
    let decision = decided(&office, "committee_set").await;
    // On the very day on which its offices began.
    let given = json!({ "decision_id": decision.id() });
    let gone = changes(&office, &seen(&office, it.body).await, "dissolve", given).await.ok();
    assert_eq!((&gone["state"], &gone["dissolved_by"]), (&json!("dissolved"), &json!(decision.id())));
    assert!(gone["directors"].as_array().unwrap().is_empty());
    let new = json!({ "title": "议题", "detail": "说明。" });
    it.first.post(&format!("/v1/committees/{}/topics", it.body), new).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn one_committee_at_most_is_the_secretariat_of_the_experts() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let serves = json!({ "serves": true });
    let seventh = seen(&office, SEVENTH).await;
    changes(&app.president().await, &seventh, "expert-secretariat", serves.clone()).await.refused(403, "forbidden");
    let set = changes(&office, &seventh, "expert-secretariat", serves.clone()).await.ok();
    assert_eq!(set["secretariat_for_experts"], true);
    changes(&office, &seen(&office, SECOND).await, "expert-secretariat", serves).await.is(200);
    assert_eq!(seen(&office, SEVENTH).await["secretariat_for_experts"], false);
    let second = seen(&office, SECOND).await;
    let ceased = changes(&office, &second, "expert-secretariat", json!({ "serves": false })).await.ok();
    assert_eq!(ceased["secretariat_for_experts"], false);
}

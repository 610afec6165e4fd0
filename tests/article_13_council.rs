//! Article 13: the council consists of six sources. Its roster is computed, for any day and as known at any instant.

use gongjian_governance::body::{COUNCIL, electorate, get};
use gongjian_governance::office::speaks_for;
use gongjian_identity::PersonId;
use gongjian_testkit::{App, Persona};
use serde_json::{Value, json};

const ROSTER: &str = "/v1/bodies/01980000-0000-7000-8000-000000000013/roster";
const GENERAL_MEETING: &str = "/v1/bodies/01980000-0000-7000-8000-000000000011/roster";
const STREET: &str = "990106003";

async fn seats(who: &Persona, query: &str, source: &str) -> Vec<Value> {
    let roster = who.get(&format!("{ROSTER}?{query}")).await.ok();
    let seats = roster["seats"].as_array().unwrap();
    seats.iter().filter(|seat| seat["source"] == source).cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_has_two_seats_has_one_voice() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    app.president().await;
    app.branch(STREET).await;
    let unit = app.council_unit("云栖材料科学研究院").await;
    let roster = general.get(ROSTER).await.ok();
    // The head of organisation is standing vice-president and secretary-general.
    assert_eq!(
        (&roster["seat_count"], &roster["person_count"]),
        (&json!(6), &json!(5)),
        "{roster:#?}",
        roster = roster.body
    );
    let db = app.store().db.reader();
    let council = get(db, COUNCIL).await.unwrap();
    let voices = electorate(db, &council, app.now()).await.unwrap();
    assert_eq!(voices.len(), 5, "{voices:#?}");
    assert!(voices.iter().any(|voice| voice.key == format!("unit:{}", unit.id)));
    for seat in roster["seats"].as_array().unwrap() {
        assert!(seat["article"] == 13 && !seat["why"].as_str().unwrap().is_empty(), "{seat}");
        assert!(voices.iter().any(|voice| voice.key == seat["elector_key"]), "{seat}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_person_with_two_posts_has_one_voice_which_parts_when_he_leaves_one() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.council_unit("云栖材料科学研究院").await;
    let head = app.head_of(&unit).await;
    app.branch_body(STREET).await;
    let counts = async || {
        let roster = office.get(ROSTER).await.ok();
        (roster["seat_count"].as_u64().unwrap(), roster["person_count"].as_u64().unwrap())
    };
    assert_eq!(counts().await, (6, 5));
    let account = app.administrator().await.get(&format!("/v1/accounts/{}", head.account().0)).await.ok();
    let street = office.get(&format!("/v1/posts?street_code={STREET}")).await.rows()[0]["id"].clone();
    let path = format!("/v1/posts/{}", street.as_str().unwrap());
    let both = json!({ "person_id": account["person"]["id"], "basis": "青党干〔2026〕18号" });
    let seen = office.get(&path).await.ok();
    let held = office.post(&format!("{path}/holders"), both).seen(&seen).await.ok();
    assert_eq!(counts().await, (6, 4));
    let end = json!({ "until": "2026-11-23", "basis": "青党干〔2026〕19号" });
    office.post(&format!("{path}/vacate"), end).seen(&held).await.is(200);
    assert_eq!(counts().await, (6, 4));
    app.at("2026-11-23 09:00");
    assert_eq!(counts().await, (6, 5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_seat_of_a_unit_ends_when_it_leaves_the_association() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let unit = app.council_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    assert_eq!(seats(&general, "", "council_unit").await.len(), 1);
    app.at("2026-11-24 09:00");
    let path = format!("/v1/units/{}", unit.id);
    let seen = representative.get(&path).await.ok();
    representative.post(&format!("{path}/withdraw"), json!({})).seen(&seen).await.is(200);
    assert!(seats(&general, "", "council_unit").await.is_empty());
    assert_eq!(seats(&general, "as_of=2026-11-23", "council_unit").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_roster_is_known_as_it_was_known() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let before = "2026-11-20T02:00:00Z";
    app.at("2026-11-20 15:00");
    let decided = json!({ "kind": "council_unit", "unit_id": unit.id, "since": "2026-11-20", "basis": "理事会纪要〔2025〕2号", "decided_on": "2025-12-20" });
    let made = general.post("/v1/offices", decided).await.created();
    assert_eq!(seats(&general, "", "council_unit").await.len(), 1);
    assert!(seats(&general, &format!("known_at={before}"), "council_unit").await.is_empty());
    app.at("2026-11-20 16:00");
    let wrong = json!({ "annulled": true, "reason": "误登。" });
    general.post(&format!("/v1/offices/{}/correct", made.id()), wrong).seen(&made).await.is(200);
    assert!(seats(&general, "", "council_unit").await.is_empty());
    assert_eq!(seats(&general, "known_at=2026-11-20T07:30:00Z", "council_unit").await.len(), 1);
    general.get(&format!("/v1/offices/{}", made.id())).await.refused(404, "office_not_found");
    app.anonymous().get(ROSTER).await.refused(401, "unauthenticated");
    app.administrator().await.get(ROSTER).await.refused(403, "forbidden");
    general.get(&format!("{ROSTER}?as_of=yesterday")).await.refused(400, "invalid_parameter");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_committee_gives_a_seat_to_the_head_of_its_lead_unit_alone() {
    let app = App::start().await;
    let (office, bureau) = (app.secretariat().await, app.department_unit("青禾区教育局").await);
    let committee = app.committee("RC", &bureau).await;
    let director = app.director_of(committee).await;
    let lead = seats(&office, "", "lead_unit").await;
    assert_eq!((lead.len(), &lead[0]["unit"]["name"]), (1, &json!("青禾区教育局")));
    let own = director.get(&format!("/v1/bodies/{committee}/roster")).await.ok();
    assert_eq!((&own["seat_count"], &own["person_count"]), (&json!(2), &json!(2)));
    let undecided = json!({ "kind": "committee", "code": "R3", "name": "文化产业专业研究委员会", "lead_unit_id": bureau.id, "basis": "筹备方案" });
    let refused = office.post("/v1/bodies", undecided).await;
    assert_eq!(refused.refused(409, "committee_needs_council").body["article"], 17);
    // Article 17: of different origin.
    let same = json!({ "kind": "committee_director_member", "body_id": committee, "unit_id": bureau.id, "basis": "推荐函",
        "person_id": seats(&office, "", "president").await.first().map(|_| "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff") });
    assert_eq!(office.post("/v1/offices", same).await.status, 422);
    let branch =
        json!({ "kind": "branch", "name": "金桂街道分会", "street_code": STREET, "basis": "青党促〔2026〕2号" });
    office.post("/v1/bodies", branch.clone()).await.is(201);
    office.post("/v1/bodies", branch).await.refused(409, "body_exists");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_speaks_by_its_representative_or_its_head() {
    let app = App::start().await;
    let unit = app.council_unit("云栖材料科学研究院").await;
    let (head, representative) = (app.head_of(&unit).await, app.representative_of(&unit).await);
    let (liaison, president) = (app.liaison_of(&unit).await, app.president().await);
    let db = app.store().db.reader();
    let voices = electorate(db, &get(db, COUNCIL).await.unwrap(), app.now()).await.unwrap();
    let voice = voices.iter().find(|voice| voice.unit_id.is_some()).unwrap();
    for (who, speaks) in [(&head, true), (&representative, true), (&liaison, false), (&president, false)] {
        let account = app.administrator().await.get(&format!("/v1/accounts/{}", who.account().0)).await.ok();
        let person = PersonId(account["person"]["id"].as_str().unwrap().parse().unwrap());
        assert_eq!(speaks_for(db, voice, person, app.now()).await.unwrap(), speaks, "{}", who.username());
    }
    let members = president.get(GENERAL_MEETING).await.ok();
    assert_eq!((&members["seat_count"], &members["seats"][0]["source"]), (&json!(1), &json!("member_unit")));
}

//! Who is an expert, since when and until when, and what is told of him.

use gongjian_testkit::{App, Persona};
use serde_json::json;

use super::{expert, person_of, profile};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_council_appoints_persons_and_the_secretariat_files_them() {
    let app = App::start().await;
    let unit = app.member_unit("云栖理工大学").await;
    let representative = app.representative_of(&unit).await;
    let (scholar, filed) = expert(&app, "scholar", Some(&unit), &[]).await;
    assert_eq!((&filed["fields"], &filed["term"]["since"]), (&json!(["基层治理", "非公党建"]), &json!("2026-11-20")));
    assert_eq!(filed["term"]["until"], json!(null), "no end is needed");
    let me = scholar.get("/v1/me").await.ok();
    assert_eq!(me["offices"][0]["role"], "expert");
    let url = format!("/v1/experts/{}", filed.id());
    let seen = representative.get(&url).await.ok();
    assert_eq!((&seen["employer_unit"]["name"], &seen["ties"]), (&json!("云栖理工大学"), &json!(null)));
    assert_eq!(scholar.get(&url).await.ok()["ties"][0]["tie"], "employer", "he sees his own ties");
    let person = person_of(&app, &scholar).await;
    let office = app.secretariat().await;
    let again = office.post("/v1/experts", profile(&person, None, &[])).await;
    assert_eq!(again.refused(409, "expert_exists").body["article"], 15);
    for nobody in [&representative, &scholar, &app.president().await] {
        nobody.post("/v1/experts", profile(&person, None, &[])).await.refused(403, "forbidden");
    }
    app.administrator().await.get("/v1/experts").await.refused(403, "forbidden");
    app.administrator().await.get(&url).await.refused(404, "expert_not_found");
    assert_eq!(representative.get("/v1/experts?field=非公党建&in_office=true").await.rows().len(), 1);
    assert!(representative.get("/v1/experts?field=城市规划").await.rows().is_empty());
    assert_eq!(representative.get(&format!("/v1/experts?unit_id={}", unit.id)).await.rows().len(), 1);
    let mut bad = profile(&person, None, &[]);
    bad["fields"] = json!([]);
    office.post("/v1/experts", bad).await.refused(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_term_ends_on_its_day_and_with_it_what_the_expert_may_do() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let scholar = Persona::open(&app, "scholar", &[], false).await;
    let mut limited = profile(&person_of(&app, &scholar).await, None, &[]);
    limited["until"] = json!("2026-12-01");
    let filed = office.post("/v1/experts", limited).await.created();
    assert_eq!(filed["term"]["until"], "2026-12-01");
    scholar.get("/v1/experts").await.is(200);
    app.at("2026-12-01 09:00");
    scholar.get("/v1/experts").await.refused(403, "forbidden");
    assert_eq!(office.get(&format!("/v1/experts/{}", filed.id())).await.ok()["term"], json!(null));
    assert!(office.get("/v1/experts?in_office=true").await.rows().is_empty());
    assert_eq!(office.get("/v1/experts?in_office=false").await.rows().len(), 1, "the profile stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_former_employer_stays_one() {
    let app = App::start().await;
    let (old, new) = (app.member_unit("云栖理工大学").await, app.member_unit("青禾实验学校").await);
    let office = app.secretariat().await;
    let (scholar, filed) = expert(&app, "scholar", Some(&old), &[]).await;
    let url = format!("/v1/experts/{}", filed.id());
    let change = json!({ "employer": { "name": "青禾实验学校", "unit_id": new.id }, "fields": ["党史"] });
    scholar.patch(&url, change.clone()).seen(&filed).await.refused(403, "forbidden");
    let moved = office.patch(&url, change.clone()).seen(&filed).await.ok();
    office.patch(&url, change).seen(&filed).await.refused(412, "version_mismatch");
    let ties = |thing: &gongjian_testkit::Thing| {
        let mut ties: Vec<_> = thing["ties"].as_array().unwrap().iter().map(|tie| tie["tie"].clone()).collect();
        ties.sort_by_key(ToString::to_string);
        ties
    };
    assert_eq!((ties(&moved), &moved["fields"]), (vec![json!("employer"), json!("former")], &json!(["党史"])));
    let third = app.member_unit("第三研究所").await;
    let interest = json!({ "unit_id": third.id, "tie": "interest" });
    let told = scholar.post(&format!("{url}/declare"), interest.clone()).seen(&moved).await.ok();
    assert_eq!(ties(&told).len(), 3);
    let (_, other) = expert(&app, "other", None, &[]).await;
    let denied = scholar.post(&format!("/v1/experts/{}/declare", other.id()), interest).seen(&other).await;
    denied.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn numbers_are_masked_and_of_a_military_expert_little_is_told() {
    let app = App::start().await;
    let unit = app.member_unit("驻区某部").await;
    app.sql(&format!("UPDATE unit SET unit_type = 'military' WHERE name = '{}'", unit.name)).await.unwrap();
    let office = app.secretariat().await;
    let mut new = profile("", Some(&unit), &[]);
    new["person_id"] = json!(null);
    new["person"] = json!({ "name": "周文", "phone": "13800000077" });
    let filed = office.post("/v1/experts", new).await.created();
    assert_eq!(filed["phone"], "138****0077");
    let url = format!("/v1/experts/{}", filed.id());
    let outside = app.outsider().await.get(&url).await.ok();
    for hidden in ["phone", "employer_unit", "employer_name", "biography", "ties"] {
        assert_eq!(outside[hidden], json!(null), "{hidden}");
    }
    assert_eq!((&outside["name"], &outside["fields"][0]), (&json!("周文"), &json!("基层治理")));
    assert_eq!(office.get(&url).await.ok()["employer_unit"]["name"], "驻区某部");
}

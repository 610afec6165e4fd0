//! Article 19: functional zones. Several streets, what they have in common, and the unit that convenes.

use gongjian_testkit::{App, Persona, Reply, Thing};
use serde_json::{Value, json};
use uuid::Uuid;

fn finance(lead: Uuid) -> Value {
    json!({
        "code": "Z1", "name": "金融中心功能区", "focus": "金融集聚、楼宇经济、营商环境",
        "lead_unit_id": lead, "street_codes": ["990106003", "990106008", "990106003"],
    })
}

async fn filed(who: &Persona, lead: Uuid) -> Thing {
    who.post("/v1/zones", finance(lead)).await.created()
}

async fn revised(who: &Persona, it: &Thing, edit: Value) -> Reply {
    who.patch(&format!("/v1/zones/{}", it.id()), edit).seen(it).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secretariat_files_a_zone_and_everybody_in_office_reads_it() {
    let app = App::start().await;
    let lead = app.member_unit("青禾区金融发展服务中心").await;
    let office = app.secretariat().await;
    let zone = filed(&office, lead.id).await;
    assert_eq!(zone["street_codes"], json!(["990106003", "990106008"]), "each street once");
    assert_eq!((&zone["lead_unit"]["name"], &zone["in_force"]), (&json!(lead.name), &json!(true)));
    assert_eq!(office.post("/v1/zones", finance(lead.id)).await.refused(409, "zone_exists").body["article"], 19);

    let branch = app.branch("990106003").await;
    assert_eq!(branch.get(&format!("/v1/zones/{}", zone.id())).await.ok()["code"], "Z1");
    for (query, found) in [
        ("street_code=990106008".to_owned(), 1),
        ("street_code=990106001".to_owned(), 0),
        (format!("lead_unit_id={}", lead.id), 1),
        (format!("lead_unit_id={}", Uuid::nil()), 0),
    ] {
        assert_eq!(branch.get(&format!("/v1/zones?{query}")).await.rows().len(), found, "{query}");
    }
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'zone.filed'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_but_the_secretariat_files_or_revises_a_zone() {
    let app = App::start().await;
    let lead = app.member_unit("青禾区金融发展服务中心").await;
    let zone = filed(&app.secretariat().await, lead.id).await;
    for other in [app.branch("990106003").await, app.representative_of(&lead).await, app.president().await] {
        other.post("/v1/zones", finance(lead.id)).await.refused(403, "forbidden");
        revised(&other, &zone, json!({ "name": "另一功能区" })).await.refused(403, "forbidden");
    }
    let stranger = app.auditor().await;
    stranger.get("/v1/zones").await.refused(403, "forbidden");
    stranger.get(&format!("/v1/zones/{}", zone.id())).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_zone_has_a_street_and_a_member_that_convenes() {
    let app = App::start().await;
    let lead = app.member_unit("青禾区金融发展服务中心").await;
    let office = app.secretariat().await;
    let but = |member: &str, value: Value| {
        let mut body = finance(lead.id);
        body[member] = value;
        body
    };
    office.post("/v1/zones", but("street_codes", json!([]))).await.refused(422, "validation_failed");
    office.post("/v1/zones", but("street_codes", json!(["99010600x"]))).await.refused(422, "validation_failed");
    office.post("/v1/zones", but("lead_unit_id", json!(Uuid::nil()))).await.refused(422, "validation_failed");
    office.get(&format!("/v1/zones/{}", Uuid::nil())).await.refused(404, "zone_not_found");
    assert!(office.get("/v1/zones").await.rows().is_empty(), "what is refused is not on file");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_zone_is_revised_as_it_was_read_and_ends_after_it_began() {
    let app = App::start().await;
    let (lead, other) = (app.member_unit("青禾区金融发展服务中心").await, app.member_unit("青禾区商务局").await);
    let office = app.secretariat().await;
    let zone = filed(&office, lead.id).await;
    let path = format!("/v1/zones/{}", zone.id());
    office.patch(&path, json!({ "name": "金融功能区" })).await.refused(428, "if_match_required");
    let edit = json!({ "lead_unit_id": other.id, "street_codes": ["990106005"] });
    let after = revised(&office, &zone, edit.clone()).await.ok();
    assert_eq!((&after["lead_unit"]["name"], &after["street_codes"]), (&json!(other.name), &json!(["990106005"])));
    assert_eq!((&after["name"], &after["version"]), (&zone["name"], &json!(2)), "what is absent stays");
    revised(&office, &zone, edit).await.refused(412, "version_mismatch");

    let zone = office.get(&path).await.ok();
    let early = json!({ "valid_until": zone["valid_from"] });
    revised(&office, &zone, early).await.refused(422, "validation_failed");
    let ended = revised(&office, &zone, json!({ "valid_until": "2027-01-01" })).await.ok();
    assert_eq!((&ended["valid_until"], &ended["in_force"]), (&json!("2027-01-01"), &json!(true)));
    assert_eq!(revised(&office, &ended, json!({ "valid_until": null })).await.ok()["valid_until"], Value::Null);
}

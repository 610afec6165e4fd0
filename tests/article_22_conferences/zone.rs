//! Article 19: a zone meets on what is cross-street, mobile or regional; it asks nobody, and invites streets and members of
//! both levels.

use super::*;

async fn zone(cast: &Cast) -> Thing {
    let new = json!({
        "code": "Z1", "name": "金融中心功能区", "focus": "金融集聚", "lead_unit_id": cast.bureau.id,
        "street_codes": [cast.unit.street, "990106008"],
    });
    cast.office.post("/v1/zones", new).await.created()
}

fn meeting(cast: &Cast, issues: &[&Thing]) -> Value {
    json!({
        "domain": "livelihood", "attribute": "cross_street", "title": "学位协调会", "purpose": "跨两个街道的学位缺口。",
        "starts_at": cast.app.now().to_rfc3339(), "place": "功能区会商室",
        "invitee_unit_ids": [cast.unit.id, cast.school.id], "street_codes": [cast.unit.street],
        "issue_ids": issues.iter().map(|issue| issue.id()).collect::<Vec<_>>(),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_convening_unit_meets_without_asking_and_brings_what_it_leads() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    let zone = zone(&cast).await;
    let lead = app.representative_of(&cast.bureau).await;
    let path = format!("/v1/zones/{}/meetings", zone.id());
    cast.representative.post(&path, meeting(&cast, &[])).await.refused(403, "forbidden");
    cast.president.post(&path, meeting(&cast, &[])).await.refused(403, "forbidden");
    let it = lead.post(&path, meeting(&cast, &[&issue])).await.created();
    assert_eq!(
        (&it["status"], &it["number"], &it["kind"]),
        (&json!("scheduled"), &json!("ZM-2026-001"), &json!("zone"))
    );
    assert_eq!(
        (&it["zone"]["name"], &it["decided_at"]),
        (&json!("金融中心功能区"), &Value::Null),
        "nobody approved it"
    );
    let before = cast.office.reads(&issue).await.ok();
    assert_eq!((&before["forum"], &before["meeting_no"]), (&json!("zone_meeting"), &json!("ZM-2026-001")));
    // The invited street and unit see it.
    let url = format!("/v1/conferences/{}", it.id());
    for who in [&cast.president, &cast.helper, &cast.representative] {
        who.get(&url).await.is(200);
    }
    app.branch("990106007").await.get(&url).await.refused(404, "conference_not_found");
    assert_eq!(lead.get(&format!("/v1/conferences?zone_id={}&status=scheduled", zone.id())).await.rows().len(), 1);

    let it = does(&lead, &it, "hold", json!({ "attended_unit_ids": [cast.unit.id] })).await.ok();
    let it = does(&lead, &it, "minute", minutes(&cast, &[&issue])).await.ok();
    let it = does(&lead, &it, "track", json!({})).await.ok();
    assert_eq!(cast.office.reads(&issue).await.ok()["status"], "in_progress");
    assert_eq!(it["measures_open"], 1);
    does(&cast.general, &it, "approve", json!({})).await.refused(409, "conference_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn it_invites_streets_of_the_zone_and_says_what_makes_it_its_matter() {
    let app = App::start().await;
    let cast = app.cast().await;
    let zone = zone(&cast).await;
    let lead = app.representative_of(&cast.bureau).await;
    let path = format!("/v1/zones/{}/meetings", zone.id());
    let but = |member: &str, value: Value| {
        let mut new = meeting(&cast, &[]);
        new[member] = value;
        new
    };
    let outside = lead.post(&path, but("street_codes", json!(["990106007"]))).await;
    let outside = outside.refused(422, "validation_failed");
    assert_eq!(
        (&outside.body["errors"][0]["code"], &outside.body["article"]),
        (&json!("street_out_of_zone"), &json!(19))
    );
    lead.post(&path, but("domain", json!("picnic"))).await.refused(422, "validation_failed");
    lead.post(&path, but("attribute", json!("odd"))).await.refused(422, "validation_failed");
    lead.post(&path, but("invitee_unit_ids", json!([Uuid::nil()]))).await.refused(422, "validation_failed");
    let nowhere = format!("/v1/zones/{}/meetings", Uuid::nil());
    lead.post(&nowhere, meeting(&cast, &[])).await.refused(404, "zone_not_found");
    // An issue that another department leads.
    let other = app.department_unit("青禾区卫健局").await;
    let foreign = cast.office.dispatches(&cast.registered().await, &other, &[]).await.ok();
    let refused = lead.post(&path, meeting(&cast, &[&foreign])).await.refused(422, "validation_failed").body.clone();
    assert_eq!(refused["errors"][0]["code"], "issue_not_found", "it does not even know of it");
    assert_eq!(app.count("SELECT count(*) FROM conference").await, 0);
    assert_eq!(lead.post(&path, meeting(&cast, &[])).await.created()["number"], "ZM-2026-001", "no number is lost");
}

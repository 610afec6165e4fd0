//! Articles 16 to 19: the whole network in one answer.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_network_is_told_in_one_answer() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    cast.closed().await;
    requested(&cast.president, street(&cast, &[&cast.school])).await;
    let zone = json!({
        "code": "Z1", "name": "金融中心功能区", "focus": "金融集聚", "lead_unit_id": cast.bureau.id,
        "street_codes": [cast.unit.street],
    });
    cast.office.post("/v1/zones", zone).await.is(201);
    let network = cast.helper.get("/v1/network").await.ok();
    let list = |member: &str| network[member].as_array().unwrap().clone();
    assert_eq!(list("committees").len(), 7, "Article 17");
    let branches = list("branches");
    let own = branches.iter().find(|row| row["branch"]["street_code"] == json!(cast.unit.street)).unwrap();
    assert_eq!(own["open"], json!({ "issues": 1, "conferences": 1 }), "one is cancelled, {}", issue["id"]);
    assert_eq!(own["branch"]["president"]["unit"], Value::Null);
    assert_eq!(list("zones")[0]["open"], json!({ "issues": 1, "conferences": 0 }));
    app.auditor().await.get("/v1/network").await.refused(403, "forbidden");
}

//! Article 22: the secretariat approves, or for a street whom it has delegated that to, on record.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_branch_president_approves_for_his_street_while_it_is_delegated() {
    let app = App::start().await;
    let cast = app.cast().await;
    let own = &cast.president;
    let staff = [(gongjian_identity::Role::BranchStaff, gongjian_kernel::Scope::Branch(cast.unit.street.clone()))];
    let staff = Persona::open(&app, "branch.staff", &staff, false).await;
    let it = requested(&staff, street(&cast, &[&cast.school])).await;
    does(own, &it, "approve", json!({})).await.refused(403, "forbidden");
    let new =
        json!({ "street_code": cast.unit.street, "valid_until": "2026-12-01", "basis": "秘书处授权书〔2026〕1号" });
    cast.office.post("/v1/conference-delegations", new.clone()).await.refused(403, "forbidden");
    own.post("/v1/conference-delegations", new.clone()).await.refused(403, "forbidden");
    let delegation = cast.general.post("/v1/conference-delegations", new.clone()).await.created();
    assert_eq!((&delegation["in_force"], &delegation["may_revoke"]), (&json!(true), &json!(true)));
    let refused = cast.general.post("/v1/conference-delegations", new).await;
    assert_eq!(refused.refused(409, "conference_delegation_overlaps").body["article"], 22);

    app.branch(OTHER_STREET).await;
    does(&app.branch(OTHER_STREET).await, &it, "approve", json!({})).await.refused(404, "conference_not_found");
    does(&staff, &it, "approve", json!({})).await.refused(403, "forbidden");
    let approved = does(own, &it, "approve", json!({})).await.ok();
    assert_eq!((&approved["status"], &approved["delegation_id"]), (&json!("approved"), &json!(delegation.id())));
    // Nobody approves what he has asked for, and the district's is not delegated.
    let his = requested(own, street(&cast, &[])).await;
    does(own, &his, "approve", json!({})).await.refused(409, "own_request");
    let of_district = requested(&cast.office, district(&cast, &[])).await;
    does(own, &of_district, "approve", json!({})).await.refused(404, "conference_not_found");
    let by_office = does(&cast.office, &his, "approve", json!({})).await.ok();
    assert_eq!(by_office["delegation_id"], Value::Null, "the secretariat itself");

    let revoke = format!("/v1/conference-delegations/{}/revoke", delegation.id());
    own.post(&revoke, json!({})).seen(&delegation).await.refused(403, "forbidden");
    let revoked = cast.general.post(&revoke, json!({})).seen(&delegation).await.ok();
    assert_eq!((&revoked["in_force"], &revoked["valid_until"]), (&json!(false), &json!("2026-11-20")));
    let again = cast.general.post(&revoke, json!({})).seen(&revoked).await;
    again.refused(409, "conference_delegation_over");
    let it = requested(&staff, street(&cast, &[])).await;
    does(own, &it, "approve", json!({})).await.refused(403, "forbidden");
    assert_eq!(own.get("/v1/conference-delegations").await.rows().len(), 1);
    assert!(app.branch(OTHER_STREET).await.get("/v1/conference-delegations").await.rows().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_delegation_names_a_street_with_a_branch_and_ends_after_it_begins() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let new = |street: &str, until: &str| json!({ "street_code": street, "valid_until": until, "basis": "授权书" });
    general.post("/v1/conference-delegations", new("990106011", "2026-12-01")).await.refused(422, "validation_failed");
    app.branch_body("990106003").await;
    general.post("/v1/conference-delegations", new("990106003", "2026-11-20")).await.refused(422, "validation_failed");
    general
        .get(&format!("/v1/conference-delegations/{}", Uuid::nil()))
        .await
        .refused(404, "conference_delegation_not_found");
}

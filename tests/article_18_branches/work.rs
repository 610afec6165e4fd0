//! Article 18(1)–(8): the eight duties as a year's work with its evidence, what members need, mass organisations.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_branch_plans_its_year_and_shows_what_it_did() {
    let it = branch().await;
    let path = format!("/v1/branches/{}/work-items", it.id);
    let new = json!({ "year": 2026, "duty": "resources", "title": "错时停车共享", "due_on": "2026-11-18" });
    it.people[0].post(&path, new.clone()).await.refused(403, "forbidden");
    it.app.branch(OTHER_STREET).await.post(&path, new.clone()).await.refused(403, "forbidden");
    let other_year = json!({ "year": 2026, "duty": "resources", "title": "错时停车共享", "due_on": "2027-01-01" });
    it.secretary.post(&path, other_year).await.refused(422, "validation_failed");
    it.secretary
        .post(&path, json!({ "year": 2026, "duty": "picnic", "title": "野餐" }))
        .await
        .refused(422, "validation_failed");
    let made = it.secretary.post(&path, new).await.created();
    assert_eq!((&made["status"], &made["is_overdue"]), (&json!("planned"), &json!(true)));
    let url = format!("/v1/branch-work-items/{}", made.id());
    let revised =
        it.secretary.patch(&url, json!({ "due_on": "2026-12-20", "detail": "三家单位。" })).seen(&made).await.ok();
    assert_eq!((&revised["is_overdue"], &revised["title"]), (&json!(false), &made["title"]));
    it.secretary.post(&format!("{url}/complete"), json!({})).seen(&revised).await.refused(422, "validation_failed");
    let future = json!({ "evidence": "已开放车位 120 个。", "done_on": "2026-11-21" });
    it.secretary.post(&format!("{url}/complete"), future).seen(&revised).await.refused(422, "validation_failed");
    let evidence = json!({ "evidence": "已开放车位 120 个。" });
    it.people[0].post(&format!("{url}/complete"), evidence.clone()).seen(&revised).await.refused(403, "forbidden");
    let done = it.secretary.post(&format!("{url}/complete"), evidence).seen(&revised).await.ok();
    assert_eq!((&done["status"], &done["done_on"]), (&json!("done"), &json!("2026-11-20")));
    let why = json!({ "reason": "不再办理。" });
    let refused = it.secretary.post(&format!("{url}/drop"), why.clone()).seen(&done).await;
    assert_eq!(refused.refused(409, "branch_work_not_open").body["allowed_actions"], json!([]));
    let other = it.secretary.post(&path, json!({ "year": 2026, "duty": "other", "title": "其他工作" })).await.created();
    let dropped = it.secretary.post(&format!("/v1/branch-work-items/{}/drop", other.id()), why).seen(&other).await.ok();
    assert_eq!(dropped["status"], "dropped");
    for (query, found) in [("year=2026", 2), ("year=2025", 0), ("duty=resources", 1), ("status=done,planned", 1)] {
        let rows = it.people[0].get(&format!("/v1/branch-work-items?branch_id={}&{query}", it.id)).await.rows();
        assert_eq!(rows.len(), found, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn members_say_what_they_need_and_the_branch_sees_to_it() {
    let it = branch().await;
    let new = json!({ "category": "停车", "title": "车位不足", "detail": "希望错时共享车位 40 个。" });
    let made = it.people[0].post("/v1/branch-needs", new.clone()).await.created();
    assert_eq!((&made["branch"]["id"], &made["allowed_actions"]), (&json!(it.id), &json!(["withdraw"])));
    it.secretary.post("/v1/branch-needs", new.clone()).await.refused(403, "forbidden");
    let url = format!("/v1/branch-needs/{}", made.id());
    let act = async |who: &Persona, act: &str, seen: &Thing, body: Value| -> Reply {
        who.post(&format!("{url}/{act}"), body).seen(seen).await
    };
    it.people[1].get(&url).await.refused(404, "branch_need_not_found");
    act(&it.app.branch(OTHER_STREET).await, "accept", &made, json!({})).await.refused(404, "branch_need_not_found");
    act(&it.people[0], "accept", &made, json!({})).await.refused(403, "forbidden");
    let result = json!({ "result": "已签订错时停车协议。" });
    act(&it.secretary, "meet", &made, result.clone()).await.refused(409, "branch_need_not_open");
    let accepted = act(&it.secretary, "accept", &made, json!({})).await.ok();
    let met = act(&it.secretary, "meet", &accepted, result).await.ok();
    assert_eq!((&met["status"], &met["result"]), (&json!("met"), &json!("已签订错时停车协议。")));
    act(&it.people[0], "withdraw", &met, json!({})).await.refused(409, "branch_need_not_open");

    let second = it.app.liaison_of(&it.units[1]).await.post("/v1/branch-needs", new.clone()).await.created();
    let decline = format!("/v1/branch-needs/{}/decline", second.id());
    it.secretary.post(&decline, json!({})).seen(&second).await.refused(422, "validation_failed");
    let why = json!({ "reason": "属区级事项，请向意见台账提出。" });
    assert_eq!(it.secretary.post(&decline, why).seen(&second).await.ok()["status"], "declined");
    let third = it.people[1].post("/v1/branch-needs", new.clone()).await.created();
    let withdraw = format!("/v1/branch-needs/{}/withdraw", third.id());
    assert_eq!(it.people[1].post(&withdraw, json!({})).seen(&third).await.ok()["status"], "withdrawn");
    let count = async |who: &Persona, query: &str| who.get(&format!("/v1/branch-needs?{query}")).await.rows().len();
    for (who, sees) in [(&it.people[0], 1), (&it.people[1], 2), (&it.people[2], 0), (&it.secretary, 3)] {
        assert_eq!(count(who, "").await, sees);
    }
    assert_eq!(count(&it.app.secretariat().await, "status=met").await, 1);
    assert_eq!(count(&it.secretary, &format!("unit_id={}", it.units[1].id)).await, 2);
    // A street without a branch.
    let far = it.app.member_unit_in("990106011", "远街单位").await;
    it.app.representative_of(&far).await.post("/v1/branch-needs", new).await.refused(409, "no_branch_there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_branch_files_its_mass_organisations() {
    let it = branch().await;
    let path = format!("/v1/branches/{}/mass-organisations", it.id);
    let new = json!({ "kind": "trade_union", "name": "金桂街道总工会", "support": "提供活动场地。" });
    it.people[0].post(&path, new.clone()).await.refused(403, "forbidden");
    let made = it.secretary.post(&path, new.clone()).await.created();
    let refused = it.secretary.post(&path, new.clone()).await;
    assert_eq!(refused.refused(409, "mass_organisation_exists").body["article"], 18);
    let url = format!("/v1/mass-organisations/{}", made.id());
    let early = json!({ "valid_until": made["valid_from"] });
    it.secretary.patch(&url, early).seen(&made).await.refused(422, "validation_failed");
    let revised =
        it.secretary.patch(&url, json!({ "support": null, "valid_until": "2026-12-31" })).seen(&made).await.ok();
    assert_eq!((&revised["support"], &revised["valid_until"]), (&Value::Null, &json!("2026-12-31")));
    it.secretary.post(&path, new).await.is(201);
    assert_eq!(it.people[0].get(&path).await.rows().len(), 2);
    it.people[0]
        .get(&format!("/v1/mass-organisations/{}", Uuid::nil()))
        .await
        .refused(404, "mass_organisation_not_found");
}

//! One president, two, or two of whom one changes in turn: each by the consensus of the branch's members.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_members_agree_on_a_second_president_and_he_holds_the_second_key() {
    let it = branch().await;
    let before = it.seen().await;
    assert_eq!(
        (&before["mode"], &before["co_president"], &before["member_count"]),
        (&json!("single"), &Value::Null, &json!(3))
    );
    assert!(before["president"]["post_name"].as_str().unwrap().contains("书记"));
    let now = it.dual().await;
    assert_eq!((&now["mode"], &now["mode_basis"]), (&json!("dual"), &json!("关于会长制的协商")));
    assert_eq!(now["co_president"]["unit"]["name"], "云栖材料科学研究院");
    assert_eq!(now["co_president"]["person_name"], "代表", "whoever represents the unit");

    // Both keys are there, and he turns the second.
    let consent = json!({ "body_id": it.id, "subject": "共建计划", "text": "同意。" });
    let consent = it.people[0].post("/v1/joint-consents", consent).await.created();
    let sign = format!("/v1/joint-consents/{}/sign", consent.id());
    it.people[0].post(&sign, json!({})).await.is(200);
    assert_eq!(it.secretary.post(&sign, json!({})).await.ok()["status"], "agreed");

    // The unit names another representative, and the office passes.
    let url = format!("/v1/units/{}", it.units[0].id);
    let office = it.app.secretariat().await;
    let unit = office.get(&url).await.ok();
    let new = json!({ "name": "周明", "post": "党委副书记" });
    office.post(&format!("{url}/representative"), new).seen(&unit).await.is(200);
    assert_eq!(it.seen().await["co_president"]["person_name"], "周明");
    let offices = office.get(&format!("/v1/offices?kind=branch_co_president&body_id={}", it.id)).await.rows();
    assert_eq!((&offices[0]["holder"]["name"], offices.len()), (&json!("周明"), 1));

    // Back to one, by what was agreed on before the system was there.
    let new = json!({ "mode": "single", "basis": "会议纪要〔2026〕9号", "agreed_on": "2026-11-20" });
    let single = it.sets(&office, new).await.ok();
    assert_eq!((&single["mode"], &single["co_president"]), (&json!("single"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_changes_without_the_consensus_of_this_branch() {
    let it = branch().await;
    let dual = |by: Value| json!({ "mode": "dual", "unit_ids": [it.units[0].id], "consultation_id": by });
    let refused = it.sets(&it.secretary, dual(Value::Null)).await;
    assert_eq!(refused.refused(409, "branch_consensus_needed").body["article"], 18);
    let open = it.consultation(&["support"]).await;
    it.sets(&it.secretary, dual(json!(open.id()))).await.refused(409, "result_not_concluded");
    let objected = it.concluded(&["support", "support", "object"]).await;
    it.sets(&it.secretary, dual(json!(objected.id()))).await.refused(409, "result_not_carried");
    it.sets(&it.secretary, dual(json!(Uuid::nil()))).await.refused(422, "validation_failed");

    // Another branch decides for itself, and not for this one.
    let other = it.app.branch(OTHER_STREET).await;
    it.app.member_unit_in(OTHER_STREET, "青禾第二中学").await;
    let foreign = it.app.branch_body(OTHER_STREET).await;
    let asked = json!({ "body_id": foreign, "matter": "of_body", "subject": "会长制", "text": "双会长制。" });
    let asked = other.post("/v1/consultations", asked).await.created();
    let refused = it.sets(&it.secretary, dual(json!(asked.id()))).await;
    assert_eq!(refused.refused(409, "result_of_another_body").body["article"], 18);
    it.sets(&other, dual(json!(asked.id()))).await.refused(403, "forbidden");
    it.sets(&it.people[0], dual(json!(asked.id()))).await.refused(403, "forbidden");

    let by = it.consensus().await;
    it.sets(&it.secretary, dual(json!(by.id()))).await.is(200);
    let again = it.sets(&it.secretary, dual(json!(by.id()))).await;
    assert_eq!(again.refused(409, "branch_consensus_used").body["article"], 18);
    assert_eq!(it.app.count("SELECT count(*) FROM branch_leadership").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_two_take_turns_and_only_units_of_the_street() {
    let it = branch().await;
    let foreign = it.app.member_unit_in(OTHER_STREET, "青禾第二中学").await;
    let by = it.consensus().await;
    let rotating = |units: Value| json!({ "mode": "dual_rotating", "unit_ids": units, "consultation_id": by.id() });
    let two = json!([it.units[0].id, it.units[1].id]);
    let refused = it.sets(&it.secretary, rotating(two.clone())).await;
    assert_eq!(refused.refused(409, "rotation_needs_dual").body["article"], 18);
    let field = |reply: Reply| reply.refused(422, "validation_failed").body["errors"][0]["code"].clone();
    let outside = json!([it.units[0].id, foreign.id]);
    assert_eq!(field(it.sets(&it.secretary, rotating(outside)).await), "not_of_the_street");
    let twice = json!([it.units[0].id, it.units[0].id]);
    assert_eq!(field(it.sets(&it.secretary, rotating(twice)).await), "duplicate", "two turns at once");
    assert_eq!(field(it.sets(&it.secretary, rotating(json!([it.units[0].id]))).await), "wrong_count");
    let single = json!({ "mode": "single", "unit_ids": [it.units[0].id], "consultation_id": by.id() });
    assert_eq!(field(it.sets(&it.secretary, single).await), "wrong_count");
    let past =
        json!({ "mode": "dual", "unit_ids": [it.units[0].id], "since": "2026-11-19", "consultation_id": by.id() });
    assert_eq!(field(it.sets(&it.secretary, past).await), "in_past");
    let both = json!({
        "mode": "dual", "unit_ids": [it.units[0].id], "consultation_id": by.id(), "basis": "会议纪要", "agreed_on": "2026-11-01",
    });
    it.sets(&it.secretary, both.clone()).await.refused(403, "forbidden");
    assert_eq!(field(it.sets(&it.app.secretariat().await, both).await), "not_both");
    assert_eq!(it.app.count("SELECT count(*) FROM branch_leadership").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secretariat_enters_what_was_agreed_on_before_and_nothing_overlaps() {
    let it = branch().await;
    let office = it.app.secretariat().await;
    let document = |mode: &str, units: Value, since: &str| json!({ "mode": mode, "unit_ids": units, "since": since, "basis": "会议纪要〔2026〕3号", "agreed_on": "2026-07-01" });
    let field = |reply: Reply| reply.refused(422, "validation_failed").body["errors"][0]["code"].clone();
    let early = document("dual", json!([it.units[0].id]), "2026-06-30");
    assert_eq!(field(it.sets(&office, early).await), "before_agreement");
    it.sets(&office, document("dual", json!([it.units[0].id]), "2026-11-20")).await.is(200);
    let overlapping = document("dual", json!([it.units[1].id]), "2026-11-19");
    assert_eq!(it.sets(&office, overlapping).await.refused(409, "terms_overlap").body["article"], 18);
    let seen = it.seen().await;
    assert_eq!(seen["co_president"]["unit"]["name"], "云栖材料科学研究院");
    // Nobody fills or ends that office around the branch.
    let general = it.app.secretary_general().await;
    let around =
        json!({ "kind": "branch_co_president", "body_id": it.id, "unit_id": it.units[1].id, "basis": "会议纪要" });
    general.post("/v1/offices", around).await.refused(422, "office_not_granted");
    let held = general.get(&format!("/v1/offices?kind=branch_co_president&body_id={}", it.id)).await.rows();
    let held = general.get(&format!("/v1/offices/{}", held[0]["id"].as_str().unwrap())).await.ok();
    let end = json!({ "basis": "会议纪要" });
    general.post(&format!("/v1/offices/{}/end", held.id()), end).seen(&held).await.refused(422, "office_not_granted");
    // On a version that is not seen any more.
    let path = format!("/v1/branches/{}/leadership", it.id);
    let stale = office.post(&path, document("single", json!([]), "2026-11-20")).header("if-match", "\"1\"").await;
    stale.refused(412, "version_mismatch");
    office.get(&format!("/v1/branches/{}", Uuid::nil())).await.refused(404, "branch_not_found");
    it.app.auditor().await.get("/v1/branches").await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_at_once_set_one_leadership_by_one_consensus() {
    let it = branch().await;
    let by = it.consensus().await;
    let new = json!({ "mode": "dual", "unit_ids": [it.units[0].id], "consultation_id": by.id() });
    let (one, other) = tokio::join!(it.sets(&it.secretary, new.clone()), it.sets(&it.secretary, new));
    let mut codes = [one.status, other.status];
    codes.sort_unstable();
    assert!(codes == [200, 409] || codes == [200, 412], "{codes:?}");
    assert_eq!(it.app.count("SELECT count(*) FROM branch_term").await, 1);
}

//! domain.md §0, rule 7: a breach of what holds in principle has a reason on record, and blocks nothing.

use gongjian_testkit::App;
use serde_json::json;

use super::{association, duties, states, told};

const PATH: &str = "/v1/compliance/general_meeting/explanations";

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_reason_explains_and_does_not_meet() {
    let app = association().await;
    let office = app.secretariat().await;
    let line = duties(&office, "obligation=general_meeting").await.remove(0);
    assert_eq!(line["allowed_actions"], json!(["explain"]));
    let given = office.post(PATH, json!({ "period": "2026", "reason": "因防汛推迟。" })).await.created();
    assert_eq!((&given["reason"], &given["version"]), (&json!("因防汛推迟。"), &json!(1)));
    assert!(given["given_by"].is_string() && given["given_at"].is_string());
    let line = duties(&office, "obligation=general_meeting").await.remove(0);
    assert_eq!((&line["state"], &line["allowed_actions"]), (&json!("explained"), &json!(["amend"])));
    assert_eq!(line["explanation"]["id"], given["id"]);
    app.at("2027-01-01 09:00");
    let both = told(&[("2026", "explained"), ("2027", "not_yet_due")]);
    assert_eq!(states(&office, "obligation=general_meeting").await, both);
    office.post(PATH, json!({ "period": "2026", "reason": "又一个理由。" })).await.refused(409, "explained_already");
    let before = states(&office, "obligation=general_meeting&as_of=2026-11-19").await;
    assert_eq!(before[0].1, "due_soon", "the reason was not given then");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_amended_reason_keeps_its_first_wording() {
    let app = association().await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let given = office.post(PATH, json!({ "period": "2026", "reason": "因防汛推迟。" })).await.created();
    let path = format!("/v1/compliance-explanations/{}/amend", given.id());
    let other = json!({ "reason": "因防汛推迟至明年二月。" });
    app.at("2026-11-24 09:00");
    let amended = general.post(&path, other.clone()).seen(&given).await.ok();
    assert_eq!((&amended["version"], &amended["id"]), (&json!(2), &given["id"]));
    office.post(&path, other.clone()).seen(&given).await.refused(412, "version_mismatch");
    office.post(&path, other.clone()).await.refused(428, "if_match_required");
    let wordings = office.get(&format!("{PATH}?period=2026")).await.rows();
    let told: Vec<_> = wordings.iter().map(|it| it["reason"].as_str().unwrap()).collect();
    assert_eq!(told, ["因防汛推迟至明年二月。", "因防汛推迟。"]);
    let first = office.get(&format!("{PATH}?limit=1")).await;
    let rest = office.get(&format!("{PATH}?limit=1&cursor={}", first.body["next_cursor"].as_str().unwrap())).await;
    assert_eq!((&first.rows()[0]["version"], &rest.rows()[0]["version"]), (&json!(2), &json!(1)));
    assert_eq!(office.get(&format!("{PATH}?period=2025")).await.rows().len(), 0);
    let line = duties(&office, "obligation=general_meeting").await.remove(0);
    assert_eq!(line["explanation"]["reason"], "因防汛推迟至明年二月。");
    let then = duties(&office, "obligation=general_meeting&as_of=2026-11-23").await.remove(0);
    assert_eq!(then["explanation"]["reason"], "因防汛推迟。", "as it was worded then");
    let unknown = "/v1/compliance-explanations/0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff/amend";
    office.post(unknown, other).header("if-match", "*").await.refused(404, "explanation_not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_must_be_done_is_not_explained_away() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let reason = json!({ "period": "2026-11-20", "subject_id": unit.id, "reason": "人员调整中。" });
    for key in ["unit_liaison", "unit_representative", "briefing"] {
        let path = format!("/v1/compliance/{key}/explanations");
        let refused = office.post(&path, reason.clone()).await;
        let article = if key == "briefing" { 2 } else { 25 };
        assert_eq!(refused.refused(409, "obligation_binding").body["article"], article, "{key}");
    }
    assert_eq!(app.count("SELECT count(*) FROM compliance_explanation").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_what_did_not_happen_is_explained_and_only_by_the_secretariat() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let reason = |period: &str| json!({ "period": period, "reason": "因故推迟。" });
    for nobody in [app.president().await, app.representative_of(&unit).await, app.branch(&unit.street).await] {
        assert_eq!(nobody.post(PATH, reason("2026")).await.refused(403, "forbidden").body["article"], 13);
        nobody.post(PATH, json!({})).await.refused(403, "forbidden");
    }
    app.administrator().await.post(PATH, reason("2026")).await.refused(404, "obligation_not_found");
    app.anonymous().post(PATH, reason("2026")).await.refused(401, "unauthenticated");
    let refused = office.post(PATH, reason("2027")).await;
    assert_eq!(refused.refused(409, "obligation_not_begun").body["article"], 11);
    for unknown in ["2025", "2026-H1", "二〇二六", "9999"] {
        let refused = office.post(PATH, reason(unknown)).await;
        assert!(refused.refused(422, "validation_failed").has_fault("#/period", "unknown_period"), "{unknown}");
    }
    let of_unit = json!({ "period": "2026", "subject_id": unit.id, "reason": "因故推迟。" });
    office.post(PATH, of_unit).await.refused(422, "validation_failed");
    let none = office.post(PATH, json!({ "period": "2026", "reason": " ", "state": "met" })).await;
    none.refused(422, "validation_failed");
    office.post("/v1/compliance/tea/explanations", reason("2026")).await.refused(404, "obligation_not_found");
    office.post("/v1/compliance/tea/explanations", json!({})).await.refused(404, "obligation_not_found");
    office.get("/v1/compliance/tea/explanations").await.refused(404, "obligation_not_found");
    app.administrator().await.get(PATH).await.refused(404, "obligation_not_found");
    assert!(app.representative_of(&unit).await.get(PATH).await.rows().is_empty(), "members may know (Article 9(2))");
}

/// The unique index arbitrates.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_reasons_at_once_one_stands() {
    let app = association().await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let reason = |text: &str| json!({ "period": "2026", "reason": text });
    let (one, other) = tokio::join!(async { office.post(PATH, reason("因防汛推迟。")).await }, async {
        general.post(PATH, reason("因换届推迟。")).await
    },);
    let mut told = [one.status, other.status];
    told.sort_unstable();
    assert_eq!(told, [201, 409]);
    let lost = if one.status == 409 { one } else { other };
    lost.refused(409, "explained_already");
    assert_eq!(app.count("SELECT count(*) FROM compliance_explanation_wording").await, 1);
}

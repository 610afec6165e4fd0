//! Articles 17 and 20: how a committee works, and what it brings before the council.

use super::*;

async fn consented(it: &Committee, keys: &[&Persona]) -> Thing {
    let new = json!({ "body_id": it.body, "subject": "嵌入区人才工作联席会议机制", "text": "嵌入运行。" });
    let consent = it.first.post("/v1/joint-consents", new).await.created();
    for who in keys {
        who.post(&format!("/v1/joint-consents/{}/sign", consent.id()), json!({})).await.is(200);
    }
    consent
}

fn embedded(consent: &Thing) -> Value {
    json!({ "kind": "embedded", "name": "区人才工作联席会议", "description": "每季度一次。", "consent_id": consent.id() })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn how_it_works_is_set_with_both_keys() {
    let app = App::start().await;
    let (it, other) = (committee(&app, "R1").await, committee(&app, "R2").await);
    let url = format!("/v1/committees/{}/mechanisms", it.body);
    let half = consented(&it, &[&it.first]).await;
    it.first.post(&url, embedded(&half)).await.refused(409, "result_not_concluded");
    let foreign = consented(&other, &[&other.first, &other.second]).await;
    it.first.post(&url, embedded(&foreign)).await.refused(409, "result_of_another_body");
    let consent = consented(&it, &[&it.first, &it.second]).await;
    for stranger in [&other.first, &app.secretariat().await, &app.liaison_of(&it.lead).await] {
        stranger.post(&url, embedded(&consent)).await.refused(403, "forbidden");
    }
    it.second.post(&url, embedded(&consent)).await.is(201);
    it.first.post(&url, embedded(&consent)).await.refused(409, "result_used");
    let declined = consented(&it, &[&it.first]).await;
    let why = json!({ "reason": "暂不宜。" });
    it.second.post(&format!("/v1/joint-consents/{}/decline", declined.id()), why).await.is(200);
    it.first.post(&url, embedded(&declined)).await.refused(409, "result_not_carried");
    let mut new = embedded(&consented(&it, &[&it.first, &it.second]).await);
    (new["kind"], new["name"]) = (json!("new"), json!("人才工作季度会商"));
    it.first.post(&url, new).await.is(201);
    let now = seen(&it.first, it.body).await;
    assert_eq!((&now["mechanism"]["kind"], &now["former_mechanisms"][0]["kind"]), (&json!("new"), &json!("embedded")));
    let unknown = json!({ "kind": "new", "name": "会商", "description": "会商。", "consent_id": it.body });
    assert!(it.first.post(&url, unknown).await.has_fault("#/consent_id", "result_not_found"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_topic_is_followed_to_the_councils_decision() {
    let app = App::start().await;
    let (it, office) = (committee(&app, "R1").await, app.secretariat().await);
    let new = json!({ "title": "关于人才公寓配租标准的建议", "detail": "建议统一配租标准。" });
    let propose = format!("/v1/committees/{}/topics", it.body);
    for stranger in [&office, &app.liaison_of(&it.lead).await] {
        stranger.post(&propose, new.clone()).await.refused(403, "forbidden");
    }
    let topic = it.first.post(&propose, new.clone()).await.created();
    let acts = async |who: &Persona, topic: &Thing, act: &str, body: Value| {
        who.post(&format!("/v1/committee-topics/{}/{act}", topic.id()), body).seen(topic).await
    };
    let meeting = json!({
        "body_id": COUNCIL, "title": "理事会2026年第四季度例会", "kind": "regular",
        "starts_at": "2026-12-18T01:30:00Z", "chair": "会长", "place": "区委党校报告厅",
    });
    let meeting = office.post("/v1/meetings", meeting).await.created();
    let item = json!({ "agenda_item_id": meeting["agenda"][0]["id"] });
    let decision = json!({ "decision_id": decided(&office, "council_other").await.id() });
    acts(&it.first, &topic, "place", item.clone()).await.refused(403, "forbidden");
    let outsider = app.member_unit("甲研究院").await;
    let outsider = app.representative_of(&outsider).await;
    acts(&outsider, &topic, "place", item.clone()).await.refused(404, "committee_topic_not_found");
    acts(&office, &topic, "decide", decision.clone()).await.refused(409, "committee_topic_not_open");
    let nothing = json!({ "agenda_item_id": it.body });
    assert!(acts(&office, &topic, "place", nothing).await.has_fault("#/agenda_item_id", "not_the_councils"));
    let placed = acts(&office, &topic, "place", item.clone()).await.ok();
    assert_eq!((&placed["status"], &placed["meeting_id"]), (&json!("on_agenda"), &meeting["id"]));
    acts(&it.first, &placed, "withdraw", json!({})).await.refused(409, "committee_topic_not_open");
    let undone = json!({ "decision_id": adopted(&office, "council_other").await.id() });
    acts(&office, &placed, "decide", undone).await.refused(409, "decision_not_effective");
    let followed = acts(&office, &placed, "decide", decision).await.ok();
    assert_eq!(followed["status"], "decided");
    assert!(followed["decision_number"].as_str().is_some());
    acts(&office, &followed, "decline", json!({ "reason": "已有安排。" }))
        .await
        .refused(409, "committee_topic_not_open");
    let second = it.second.post(&propose, new.clone()).await.created();
    let declined = acts(&office, &second, "decline", json!({ "reason": "已有安排。" })).await.ok();
    assert_eq!((&declined["status"], &declined["reason"]), (&json!("not_taken"), &json!("已有安排。")));
    let third = it.second.post(&propose, new).await.created();
    assert_eq!(acts(&it.first, &third, "withdraw", json!({})).await.ok()["status"], "withdrawn");
    let url = format!("/v1/committee-topics?committee_id={}&status=decided", it.body);
    assert_eq!(it.second.get(&url).await.rows().len(), 1);
    assert_eq!(office.get("/v1/committee-topics").await.rows().len(), 3);
    assert!(outsider.get("/v1/committee-topics").await.rows().is_empty());
    app.auditor().await.get("/v1/committee-topics").await.refused(403, "forbidden");
}

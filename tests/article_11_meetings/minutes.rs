//! Minutes: drafted, corrected before approval, approved by the body when it meets again, never changed afterwards.

use gongjian_testkit::{App, Persona, Thing};
use serde_json::{Value, json};

use super::{COUNCIL, GENERAL, checks_in, closes, code, does, general, members, opens, path, plans, sees};

fn draft(meeting: &Thing) -> Value {
    let items = json!([{ "agenda_item_id": meeting["agenda"][0]["id"], "content": "会议审议通过理事会工作报告。" }]);
    json!({ "summary": "会议由会长主持。", "items": items })
}

async fn minuted(office: &Persona, closed: &Thing) -> Thing {
    let drafted = office.put(&path(closed, "minutes"), draft(closed)).seen(closed).await.ok();
    does(office, &drafted, "submit-minutes").await.ok()
}

/// The next general meeting, open, with the minutes of the last one on its agenda.
async fn next(app: &App, office: &Persona) -> Thing {
    let mut new = general();
    new["title"] = json!("2027年度会员大会");
    new["starts_at"] = json!("2027-01-15T01:00:00Z");
    new["topics_close_at"] = Value::Null;
    let called = does(office, &plans(office, new).await, "call").await.ok();
    app.at("2027-01-15 09:00");
    does(office, &called, "open").await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn minutes_are_corrected_then_approved_at_the_next_meeting_and_open_to_members() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let units = members(&app, 2).await;
    let first = app.representative_of(&units[0]).await;
    let meeting = opens(&app, &office, general()).await;
    checks_in(&first, &meeting, &code(&office, &meeting).await).await.is(201);
    let early = office.put(&path(&meeting, "minutes"), draft(&meeting)).seen(&meeting).await;
    early.refused(409, "meeting_action_not_open");
    let closed = closes(&office, &meeting).await;
    first.get(&path(&closed, "minutes")).await.refused(409, "no_minutes_yet");
    does(&office, &closed, "submit-minutes").await.refused(409, "no_minutes_yet");
    let minuted = minuted(&office, &closed).await;
    assert_eq!(minuted["status"], "minuted");
    let item = &minuted["agenda"][0]["id"];
    let wrong = json!({ "agenda_item_id": item, "content": "应记明一致通过。" });
    let wrong = first.post(&path(&minuted, "minutes-corrections"), wrong).await.created();
    let answer = format!("/v1/minutes-corrections/{}/answer", wrong.id());
    let text = "会议一致审议通过理事会工作报告。";
    let told = json!({ "text": text, "reason": "已按意见更正。" });
    first.post(&answer, told.clone()).seen(&wrong).await.refused(403, "forbidden");

    let later = next(&app, &office).await;
    let kinds: Vec<&Value> = later["agenda"].as_array().unwrap().iter().map(|item| &item["kind"]).collect();
    assert_eq!(kinds[..2], [&json!("execution_report"), &json!("minutes_approval")], "first what became of decisions");
    let by = json!({ "agenda_item_id": later["agenda"][1]["id"] });
    let url = path(&minuted, "approve-minutes");
    office.post(&url, by.clone()).seen(&minuted).await.refused(409, "corrections_pending");
    let answered = office.post(&answer, told.clone()).seen(&wrong).await.ok();
    assert_eq!((&answered["status"], &answered["before"]), (&json!("adopted"), &json!("会议审议通过理事会工作报告。")));
    office.post(&answer, told).seen(&answered).await.refused(409, "correction_not_open");
    let minuted = sees(&office, &minuted).await;
    let elsewhere = json!({ "agenda_item_id": later["agenda"][0]["id"] });
    let refused = office.post(&url, elsewhere).seen(&minuted).await;
    assert_eq!(refused.refused(409, "minutes_not_at_next_meeting").body["article"], 11);
    first.post(&url, by.clone()).seen(&minuted).await.refused(403, "forbidden");
    let approved = office.post(&url, by.clone()).seen(&minuted).await.ok();
    assert_eq!((&approved["status"], &approved["minutes_approved_in_id"]), (&json!("approved"), &later["id"]));

    office
        .put(&path(&approved, "minutes"), draft(&approved))
        .seen(&approved)
        .await
        .refused(409, "meeting_action_not_open");
    let again = json!({ "content": "再更正一处。" });
    first.post(&path(&approved, "minutes-corrections"), again).await.refused(409, "meeting_action_not_open");
    office.post(&url, by).seen(&approved).await.refused(409, "meeting_action_not_open");
    let read = app.liaison_of(&units[1]).await.get(&path(&approved, "minutes")).await.ok();
    assert_eq!((&read["items"][0]["content"], &read["status"]), (&json!(text), &json!("approved")));
    app.administrator().await.get(&path(&approved, "minutes")).await.refused(404, "meeting_not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn minutes_wait_for_a_meeting_that_is_open() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let meeting = opens(&app, &office, general()).await;
    let minuted = minuted(&office, &closes(&office, &meeting).await).await;
    let mut new = general();
    new["starts_at"] = json!("2027-01-15T01:00:00Z");
    new["topics_close_at"] = Value::Null;
    let planned = plans(&office, new).await;
    let by = json!({ "agenda_item_id": planned["agenda"][1]["id"] });
    let url = path(&minuted, "approve-minutes");
    office.post(&url, by).seen(&minuted).await.refused(409, "minutes_not_at_next_meeting");
    office.post(&url, json!({})).seen(&minuted).await.refused(422, "validation_failed");
    let nowhere = json!({ "decision_id": "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff" });
    office.post(&url, nowhere).seen(&minuted).await.is(422);
    // A decision approves them when it was taken after the meeting, and is used by that.
    let decided = async |adopted_on: &str| {
        let new = json!({
            "body_id": GENERAL, "matter": "general_other", "title": "关于审定会议纪要的决定", "text": "同意。",
            "method": "document", "document_ref": "青党促〔2026〕11号", "adopted_on": adopted_on,
        });
        let made = office.post("/v1/decisions", new).await.created();
        office.post(&format!("/v1/decisions/{}/issue", made.id()), json!({})).seen(&made).await.ok()
    };
    let by = |decision: &Thing| json!({ "decision_id": decision["id"] });
    let earlier = decided("2026-12-10").await;
    office.post(&url, by(&earlier)).seen(&minuted).await.refused(409, "minutes_not_at_next_meeting");
    let later = decided("2026-12-11").await;
    let approved = office.post(&url, by(&later)).seen(&minuted).await.ok();
    assert_eq!(approved["status"], "approved");
    let used = office.get(&format!("/v1/decisions/{}", later.id())).await.ok();
    assert_eq!((&used["uses"][0]["subject_kind"], &used["uses"][0]["subject_id"]), (&json!("meeting"), &meeting["id"]));
}

/// Article 9(2): the council's papers are its members' and the officers', its approved minutes all members'.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_meeting_of_the_council_is_hidden_from_members_until_its_minutes_are_approved() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let member = app.representative_of(&unit).await;
    let mut new = general();
    new["body_id"] = json!(COUNCIL);
    new["title"] = json!("理事会第二次会议");
    let meeting = opens(&app, &office, new.clone()).await;
    let hidden = format!("/v1/meetings/{}", meeting.id());
    member.get(&hidden).await.refused(404, "meeting_not_found");
    for part in ["minutes", "papers", "topics", "attendance", "mandates", "attendance-list", "minutes-document"] {
        member.get(&path(&meeting, part)).await.refused(404, "meeting_not_found");
    }
    checks_in(&member, &meeting, "123456").await.refused(404, "meeting_not_found");
    assert!(member.get("/v1/meetings").await.rows().is_empty());
    assert_eq!(app.president().await.get("/v1/meetings?status=open").await.rows().len(), 1);

    let closed = closes(&office, &meeting).await;
    let minuted = minuted(&office, &closed).await;
    new["starts_at"] = json!("2027-01-15T01:00:00Z");
    new["topics_close_at"] = Value::Null;
    let called = does(&office, &plans(&office, new).await, "call").await.ok();
    app.at("2027-01-15 09:00");
    let later = does(&office, &called, "open").await.ok();
    let by = json!({ "agenda_item_id": later["agenda"][1]["id"] });
    office.post(&path(&minuted, "approve-minutes"), by).seen(&minuted).await.is(200);
    assert_eq!(member.get(&path(&meeting, "minutes")).await.ok()["status"], "approved");
    let seen = member.get(&hidden).await.ok();
    assert_eq!((&seen["papers"], &seen["allowed_actions"]), (&json!([]), &json!([])));
    member.get(&path(&meeting, "papers")).await.refused(403, "forbidden");
    assert_eq!(member.get("/v1/meetings").await.rows().len(), 1);
    app.auditor().await.get("/v1/meetings").await.refused(403, "forbidden");
}

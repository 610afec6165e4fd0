//! Article 10(2): taking part. Presence is intervals, checked in by a rotating code.

use gongjian_testkit::App;
use serde_json::json;

use super::{checks_in, closes, code, does, general, members, opens, path, plans, reads};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn presence_begins_with_the_code_and_ends_when_one_leaves() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let units = members(&app, 3).await;
    let meeting = opens(&app, &office, general()).await;
    let (first, second) = (app.representative_of(&units[0]).await, app.liaison_of(&units[1]).await);
    let shown = code(&office, &meeting).await;
    let there = checks_in(&first, &meeting, &shown).await.created();
    assert_eq!((&there["capacity"], &there["source"]), (&json!("voice"), &json!("code")));
    assert_eq!(checks_in(&second, &meeting, &shown).await.created()["capacity"], "liaison");
    checks_in(&app.liaison_of(&units[0]).await, &meeting, &shown).await.refused(409, "already_present");
    let count = reads(&office, &meeting).await["attendance"].clone();
    assert_eq!((&count["electors"], &count["present"], &count["absent"]), (&json!(3), &json!(2), &json!(1)));

    let third = app.liaison_of(&units[2]).await;
    let why = json!({ "reason": "参加市里会议。" });
    third.post(&path(&meeting, "excuses"), why).await.is(201);
    app.at("2026-12-11 10:00");
    let left = first.post(&path(&meeting, "check-out"), json!({})).seen(&meeting).await.ok();
    assert_eq!(left["until"], "2026-12-11T02:00:00.000Z");
    let at = |when: &str| path(&meeting, &format!("attendance?at={when}"));
    let present = async |when: &str| {
        let rows = office.get(&at(when)).await.rows();
        rows.iter().filter(|row| row["state"] == "present").count()
    };
    assert_eq!(present("2026-12-11T01:30:00Z").await, 2);
    assert_eq!(present("2026-12-11T02:00:00Z").await, 1, "who has left is not there");
    assert_eq!(present("2026-12-11T00:59:00Z").await, 0);
    app.at("2026-12-11 10:30");
    let back = checks_in(&first, &meeting, &code(&office, &meeting).await).await.created();
    let away = json!({ "at": "2026-12-11T03:00:00Z" });
    let ends = format!("/v1/attendances/{}/end", back.id());
    office.post(&ends, away).seen(&back).await.refused(422, "validation_failed");
    first.post(&ends, json!({})).seen(&back).await.refused(403, "forbidden");
    office.post(&ends, json!({})).seen(&back).await.is(200);

    let closed = closes(&office, &meeting).await;
    let count = &closed["attendance"];
    assert_eq!((&count["present"], &count["excused"], &count["absent"]), (&json!(2), &json!(1), &json!(0)));
    assert_eq!(count["present_at_close"], 1);
    let book = first.get(&format!("/v1/units/{}/standing?year=2026", units[0].id)).await.ok();
    assert_eq!(
        (&book["duties"][0]["kind"], &book["lines"][0]["title"]),
        (&json!("meeting_attended"), &meeting["title"])
    );
    let late = json!({ "elector_key": format!("unit:{}", units[2].id), "capacity": "voice", "person_name": "王芳" });
    office.post(&path(&meeting, "attendance"), late).await.refused(409, "meeting_action_not_open");
    app.member_unit("后来的单位").await;
    let frozen = office.get(&path(&meeting, "attendance")).await.rows();
    assert_eq!(frozen.len(), 3, "the list is fixed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn wrong_and_old_codes_are_refused_and_guessing_ends() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let units = members(&app, 2).await;
    let called = does(&office, &plans(&office, general()).await, "call").await.ok();
    let first = app.representative_of(&units[0]).await;
    let early = code(&office, &called).await;
    checks_in(&first, &called, &early).await.refused(409, "check_in_not_open");
    app.at("2026-12-11 08:45");
    let shown = code(&office, &called).await;
    first.get(&path(&called, "check-in-code")).await.refused(403, "forbidden");
    app.passes(chrono::Duration::seconds(90));
    assert_eq!(checks_in(&first, &called, &shown).await.refused(409, "wrong_check_in_code").body["article"], 10);
    let fresh = code(&office, &called).await;
    let wrong = if fresh == "000000" { "000001" } else { "000000" };
    for _ in 0..4 {
        let tried = checks_in(&first, &called, wrong).await;
        assert!(tried.status == 409 || tried.status == 429, "{:#}", tried.body);
    }
    let fresh = code(&office, &called).await;
    let refused = checks_in(&first, &called, &fresh).await;
    assert!(refused.refused(429, "too_many_check_in_codes").has("retry-after"));
    let second = app.representative_of(&units[1]).await;
    checks_in(&second, &called, &fresh).await.is(201);
    app.passes(chrono::Duration::minutes(11));
    let fresh = code(&office, &called).await;
    checks_in(&first, &called, &fresh).await.is(201);
    assert_eq!(app.count(&format!("SELECT count(*) FROM audit_event WHERE data LIKE '%{fresh}%'")).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_is_no_member_or_was_replaced_is_not_there() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let units = members(&app, 2).await;
    let meeting = opens(&app, &office, general()).await;
    let enter = |key: String| json!({ "elector_key": key, "capacity": "voice", "person_name": "王芳" });
    let url = path(&meeting, "attendance");
    let stranger = enter("unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff".to_owned());
    assert!(office.post(&url, stranger).await.has_fault("#/elector_key", "not_an_elector"));
    let leaver = app.representative_of(&units[0]).await;
    let shown = code(&office, &meeting).await;
    checks_in(&leaver, &meeting, &shown).await.is(201);
    let unit = office.get(&format!("/v1/units/{}", units[0].id)).await.ok();
    let notice = json!({ "reason": "单位迁出。" });
    leaver.post(&format!("/v1/units/{}/withdraw", units[0].id), notice).seen(&unit).await.is(200);
    app.at("2026-12-12 00:00");
    assert_eq!(reads(&office, &meeting).await["attendance"]["present"], 0, "a unit that has left is not counted");
    let gone = office.post(&url, enter(format!("unit:{}", units[0].id))).await;
    assert!(gone.has_fault("#/elector_key", "not_an_elector"));

    let replaced = app.representative_of(&units[1]).await;
    replaced.token().await;
    let unit = office.get(&format!("/v1/units/{}", units[1].id)).await.ok();
    let next = json!({ "name": "新代表", "post": "书记" });
    office.post(&format!("/v1/units/{}/representative", units[1].id), next).seen(&unit).await.is(200);
    let shown = code(&office, &meeting).await;
    let refused = checks_in(&replaced, &meeting, &shown).await;
    assert!(matches!(refused.status, 403 | 404), "{:#}", refused.body);
}

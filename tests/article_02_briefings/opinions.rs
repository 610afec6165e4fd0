//! A question, what units reply, and what becomes of every point of it.

use gongjian_testkit::{App, Persona};
use serde_json::json;

use super::{OTHER_STREET, call, leaves, on_call, on_opinion, opened, points, replies, to_all, to_street};

fn results(of: &[(i32, &str, Option<&str>)]) -> serde_json::Value {
    let one = |it: &(i32, &str, Option<&str>)| json!({ "number": it.0, "result": it.1, "reason": it.2 });
    json!({ "results": of.iter().map(one).collect::<Vec<_>>() })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_point_gets_its_result_before_the_call_is_answered() {
    let app = App::start().await;
    let (unit, other) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    let (representative, second) = (app.representative_of(&unit).await, app.liaison_of(&other).await);
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let draft = office.post("/v1/opinion-calls", call(to_all())).await.created();
    representative.get(&format!("/v1/opinion-calls/{}", draft.id())).await.refused(404, "opinion_call_not_found");
    on_call(&office, &draft, "open", json!({})).await.refused(403, "forbidden");
    let open = on_call(&general, &draft, "open", json!({})).await.ok();
    assert_eq!((&open["number"], &open["due_on"]), (&json!("ZQ-2026-0001"), &json!("2026-11-27")));
    assert_eq!((&open["due_provisional"], &open["tally"]["asked_count"]), (&json!(false), &json!(2)));

    let first =
        replies(&representative, &open, &["列入人才公寓配套。", "增加夜间公交。", "压缩会议。"]).await.created();
    let given = replies(&second, &open, &["增加学位。"]).await.created();
    assert_eq!((&first["points"][2]["number"], &first["revision"]), (&json!(3), &json!(1)));
    let undue = on_opinion(&office, &first, "decide", results(&[(1, "adopted", None)])).await;
    undue.refused(409, "opinion_call_not_open");
    let running = on_call(&office, &open, "close", json!({})).await;
    assert_eq!(running.refused(409, "opinion_call_running").body["article"], 2);
    app.at("2026-11-30 09:00");
    assert_eq!(office.get("/v1/opinion-calls?overdue=true").await.rows().len(), 1);
    let closed = on_call(&office, &open, "close", json!({})).await.ok();
    assert!(office.get("/v1/opinion-calls?overdue=true").await.rows().is_empty());

    let no_reason = on_opinion(&office, &first, "decide", results(&[(1, "partly", None), (9, "adopted", None)])).await;
    assert_eq!(no_reason.refused(422, "validation_failed").body["article"], 2);
    assert!(
        no_reason.has_fault("#/results/0/reason", "required")
            && no_reason.has_fault("#/results/1/number", "unknown_point")
    );
    let verdicts = results(&[(1, "adopted", None), (2, "partly", Some("已有两条线路。"))]);
    let decided = on_opinion(&office, &first, "decide", verdicts).await.ok();
    assert_eq!(decided["points"][1]["result"], "partly");
    let own = representative.get(&format!("/v1/opinions/{}", first.id())).await.ok();
    assert_eq!(own["points"][1]["result"], json!(null), "told when the call is answered");
    let summary = json!({ "summary": "共收到意见四条，均已逐条研究。" });
    let early = on_call(&office, &closed, "answer", summary.clone()).await;
    assert_eq!(early.refused(409, "points_undecided").body["article"], 2);
    let verdict = results(&[(3, "not_adopted", Some("会议已减至最少。"))]);
    on_opinion(&office, &decided, "decide", verdict).await.is(200);
    on_opinion(&office, &given, "decide", results(&[(1, "adopted", None)])).await.is(200);
    let answered = on_call(&office, &closed, "answer", summary.clone()).await.ok();
    let tally = json!({
        "asked_count": 2, "replied_count": 2, "adopted_count": 2, "partly_count": 1, "not_adopted_count": 1,
        "undecided_count": 0,
    });
    assert_eq!(answered["tally"], tally);
    on_call(&office, &answered, "answer", summary).await.refused(409, "opinion_call_not_open");
    let seen = representative.get(&format!("/v1/opinion-calls/{}", open.id())).await.ok();
    assert_eq!((&seen["tally"], &seen["own_opinion_ids"]), (&tally, &json!([first.id()])));
    let own = representative.get(&format!("/v1/opinions/{}", first.id())).await.ok();
    assert_eq!(
        (&own["points"][2]["result"], &own["points"][2]["reason"]),
        (&json!("not_adopted"), &json!("会议已减至最少。"))
    );
    representative.get(&format!("/v1/opinions/{}", given.id())).await.refused(404, "opinion_not_found");
    let url = format!("/v1/opinion-calls/{}/opinions", open.id());
    assert_eq!((representative.get(&url).await.rows().len(), office.get(&url).await.rows().len()), (1, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_replies_once_and_may_say_it_otherwise_until_the_deadline() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, liaison) = (app.representative_of(&unit).await, app.liaison_of(&unit).await);
    let office = app.secretariat().await;
    let open = opened(&app, to_all()).await;
    let given = replies(&liaison, &open, &["列入人才公寓配套。"]).await.created();
    let second = replies(&representative, &open, &["增加夜间公交。"]).await;
    assert_eq!(second.refused(409, "opinion_exists").body["article"], 2);
    let revised = points(&["列入人才公寓配套。", "增加夜间公交。"]);
    let after = on_opinion(&representative, &given, "revise", revised.clone()).await.ok();
    assert_eq!((&after["revision"], after["points"].as_array().unwrap().len()), (&json!(2), 2));
    on_opinion(&liaison, &given, "revise", revised.clone()).await.refused(412, "version_mismatch");
    on_opinion(&office, &after, "revise", revised.clone()).await.refused(403, "forbidden");
    let wordings = office.get(&format!("/v1/opinions/{}/revisions", given.id())).await.ok();
    assert_eq!(wordings["data"][0]["points"], json!(["列入人才公寓配套。"]), "the first wording stays on file");

    let book = async || representative.get(&format!("/v1/units/{}/standing?year=2026", unit.id)).await.ok();
    let line = book().await["lines"][0].clone();
    assert_eq!(
        (&line["kind"], &line["status"], &line["side"]),
        (&json!("opinion_given"), &json!("valid"), &json!("duty"))
    );
    representative.get(line["source"]["path"].as_str().unwrap()).await.is(200);
    let back = on_opinion(&liaison, &after, "withdraw", json!({ "reason": "内容有误。" })).await.ok();
    assert_eq!(book().await["lines"][0]["status"], "withdrawn");
    on_opinion(&liaison, &back, "revise", revised.clone()).await.refused(409, "opinion_not_open");
    let anew = replies(&liaison, &open, &["增加学位。"]).await.created();
    app.at("2026-11-28 00:00");
    for late in [
        on_opinion(&liaison, &anew, "revise", revised).await,
        on_opinion(&liaison, &anew, "withdraw", json!({ "reason": "内容有误。" })).await,
    ] {
        assert_eq!(late.refused(409, "opinion_call_over").body["article"], 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_comes_late_is_refused_or_marked_as_the_policy_says() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let open = opened(&app, to_all()).await;
    app.at("2026-11-27 23:59");
    assert_eq!(open["due_on"], "2026-11-27");
    app.passes(chrono::Duration::minutes(1));
    replies(&representative, &open, &["增加学位。"]).await.refused(409, "opinion_call_over");
    let system = app.administrator().await;
    let policy = system.get("/v1/policies/briefings").await.ok();
    system.patch("/v1/policies/briefings", json!({ "late_opinions": "marked" })).seen(&policy).await.is(200);
    assert_eq!(replies(&representative, &open, &["增加学位。"]).await.created()["is_late"], true);
    on_call(&app.secretariat().await, &open, "close", json!({})).await.is(200);
    let other = app.member_unit("后来的学校").await;
    let newcomer = app.representative_of(&other).await;
    replies(&newcomer, &open, &["增加学位。"]).await.refused(404, "opinion_call_not_found");
    replies(&representative, &open, &["又一条。"]).await.refused(409, "opinion_call_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_those_who_are_asked_reply_and_none_that_has_left() {
    let app = App::start().await;
    let asked = app.member_unit("云栖材料科学研究院").await;
    let goes = app.member_unit("青禾实验学校").await;
    let elsewhere = app.member_unit_in(OTHER_STREET, "青禾第二中学").await;
    let open = opened(&app, to_street(&asked.street)).await;
    let stranger = app.representative_of(&elsewhere).await;
    stranger.get(&format!("/v1/opinion-calls/{}", open.id())).await.refused(404, "opinion_call_not_found");
    replies(&stranger, &open, &["增加学位。"]).await.refused(404, "opinion_call_not_found");
    let url = format!("/v1/opinion-calls/{}/opinions", open.id());
    let mut for_another = points(&["增加学位。"]);
    for_another["unit_id"] = json!(goes.id);
    let representative = app.representative_of(&asked).await;
    representative.post(&url, for_another).await.refused(403, "forbidden");
    app.secretariat().await.post(&url, points(&["增加学位。"])).await.refused(403, "forbidden");
    representative.post(&url, json!({ "points": [] })).await.refused(422, "validation_failed");

    let given = replies(&app.liaison_of(&goes).await, &open, &["增加学位。"]).await.created();
    let gone = app.representative_of(&goes).await;
    let token = gone.token().await.unwrap();
    leaves(&app, &goes).await;
    let gone = Persona::with_token(&app, token);
    replies(&gone, &open, &["又一条。"]).await.refused(404, "opinion_call_not_found");
    on_opinion(&gone, &given, "withdraw", json!({ "reason": "已退会。" })).await.refused(404, "opinion_not_found");
    app.at("2026-11-30 09:00");
    let office = app.secretariat().await;
    on_call(&office, &open, "close", json!({})).await.is(200);
    let verdict = json!({ "results": [{ "number": 1, "result": "adopted" }] });
    on_opinion(&office, &given, "decide", verdict).await.is(200);
    let nobody = json!({ "kind": "units_of_type", "unit_type": "military" });
    let draft = office.post("/v1/opinion-calls", call(nobody)).await.created();
    on_call(&app.secretary_general().await, &draft, "open", json!({})).await.refused(409, "nobody_asked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn representative_and_liaison_reply_at_once_and_one_opinion_stands() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, liaison) = (app.representative_of(&unit).await, app.liaison_of(&unit).await);
    let open = opened(&app, to_all()).await;
    let (one, other) =
        tokio::join!(replies(&representative, &open, &["列入配套。"]), replies(&liaison, &open, &["增加公交。"]));
    let (won, lost) = if one.status == 201 { (one, other) } else { (other, one) };
    lost.refused(409, "opinion_exists");
    let given = won.created();
    assert_eq!(app.count("SELECT count(*) FROM opinion").await, 1);
    assert_eq!(app.count("SELECT count(*) FROM opinion_point").await, 1);
    let (one, other) = tokio::join!(
        on_opinion(&representative, &given, "revise", points(&["甲。"])),
        on_opinion(&liaison, &given, "revise", points(&["乙。"]))
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412], "nobody's words are lost unseen");
    assert_eq!(app.count("SELECT count(*) FROM opinion_revision").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_call_is_cancelled_with_a_reason_before_it_is_closed() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let general = app.secretary_general().await;
    let open = opened(&app, to_all()).await;
    let why = json!({ "reason": "草案已撤回。" });
    on_call(&app.secretariat().await, &open, "cancel", why.clone()).await.refused(403, "forbidden");
    on_call(&general, &open, "cancel", json!({})).await.refused(422, "validation_failed");
    let gone = on_call(&general, &open, "cancel", why.clone()).await.ok();
    let representative = app.representative_of(&unit).await;
    let seen = representative.get(&format!("/v1/opinion-calls/{}", open.id())).await.ok();
    assert_eq!((&seen["status"], &seen["cancel_reason"]), (&json!("cancelled"), &json!("草案已撤回。")));
    replies(&representative, &open, &["增加学位。"]).await.refused(409, "opinion_call_not_open");
    on_call(&general, &gone, "cancel", why).await.refused(409, "opinion_call_not_open");
    let rows = representative.get("/v1/opinion-calls?status=cancelled&replied=false").await.rows();
    assert_eq!(rows.len(), 1);
}

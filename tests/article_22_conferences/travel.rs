//! Several issues go before one conference and come home with it, under the number and the clock that they had.

use super::*;

async fn events(cast: &Cast, issue: &Thing) -> Vec<Value> {
    cast.representative.get(&format!("/v1/issues/{}/events?limit=200", issue.id())).await.rows()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn one_conference_brings_several_issues_home() {
    let cast = App::start().await.cast().await;
    let (one, other) = (cast.in_progress().await, cast.in_progress().await);
    let it = requested(&cast.office, district(&cast, &[&one, &other])).await;
    assert_eq!((&it["status"], &it["number"]), (&json!("requested"), &Value::Null));
    let refused = does(&cast.office, &it, "schedule", sitting(&cast.app)).await;
    let refused = refused.refused(409, "conference_not_open");
    assert_eq!(refused.body["article"], 22, "not before the approval");
    assert_eq!(refused.body["allowed_actions"], json!(["approve", "refuse", "withdraw"]));
    assert_eq!(cast.office.reads(&one).await.ok()["status"], "in_progress", "nothing travels before it");
    let refused = does(&cast.office, &it, "approve", json!({})).await;
    assert_eq!(refused.refused(409, "own_request").body["article"], 22);
    does(&cast.representative, &it, "approve", json!({})).await.refused(403, "forbidden");
    let it = does(&cast.general, &it, "approve", json!({ "extension_workdays": 5 })).await.ok();
    assert_eq!((&it["status"], &it["number"]), (&json!("approved"), &json!("JM-2026-001")));
    let before = cast.office.reads(&one).await.ok();
    assert_eq!((&before["status"], &before["meeting_no"]), (&json!("joint_meeting"), &json!("JM-2026-001")));
    assert_eq!((&before["ledger_no"], &before["conference_id"]), (&one["ledger_no"], &json!(it.id())));
    assert_ne!(before["due_on"], one["due_on"], "five working days more");
    // Only the conference brings it back.
    assert!(!before["allowed_actions"].as_array().unwrap().contains(&json!("conclude_meeting")));
    cast.office.concludes_meeting(&before).await.refused(409, "conference_brings_it_back");

    let it = does(&cast.office, &it, "schedule", sitting(&cast.app)).await.ok();
    let strangers = json!({ "attended_unit_ids": [Uuid::nil()] });
    does(&cast.office, &it, "hold", strangers).await.refused(422, "validation_failed");
    let early = json!({ "attended_unit_ids": [], "held_on": "2026-11-19" });
    does(&cast.office, &it, "hold", early).await.refused(422, "validation_failed");
    does(&cast.office, &it, "minute", minutes(&cast, &[&one])).await.refused(409, "conference_not_open");
    let there = json!({ "attended_unit_ids": [cast.unit.id] });
    let it = does(&cast.office, &it, "hold", there).await.ok();
    let attended: Vec<&Value> = it["invitees"].as_array().unwrap().iter().map(|row| &row["attended"]).collect();
    assert_eq!(attended.iter().filter(|was| ***was == json!(true)).count(), 1);

    let it = does(&cast.office, &it, "minute", minutes(&cast, &[&one])).await.ok();
    let refused = does(&cast.office, &it, "track", json!({})).await;
    assert_eq!(refused.refused(409, "conclusion_missing").body["article"], 22, "the other has none");
    let stranger = cast.in_progress().await;
    does(&cast.office, &it, "minute", minutes(&cast, &[&stranger])).await.refused(422, "validation_failed");
    let it = does(&cast.office, &it, "minute", minutes(&cast, &[&one, &other])).await.ok();
    assert_eq!((&it["measures_total"], &it["measures_open"]), (&json!(2), &json!(0)), "written again, not out yet");
    let it = does(&cast.office, &it, "track", json!({})).await.ok();
    assert_eq!((&it["status"], &it["measures_open"]), (&json!("tracking"), &json!(2)));
    for issue in [&one, &other] {
        let home = cast.office.reads(issue).await.ok();
        assert_eq!((&home["status"], &home["open_measures"]), (&json!("in_progress"), &json!(1)));
        assert_eq!((&home["ledger_no"], &home["conference_id"]), (&issue["ledger_no"], &Value::Null));
        let told = events(&cast, issue).await;
        let kinds: Vec<&str> = told.iter().map(|event| event["kind"].as_str().unwrap()).collect();
        let travel = ["issue.escalated", "issue.meeting_concluded", "issue.measure_agreed"];
        assert_eq!(kinds[kinds.len() - 3..], travel, "one travel on the issue");
        let concluded = &told[told.len() - 2]["data"];
        assert_eq!(concluded["conclusion"], "由教育局牵头，九月前安排学位。");
        assert_eq!(concluded["meeting_no"], "JM-2026-001");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_is_cancelled_before_its_measures_are_done() {
    let cast = App::start().await.cast().await;
    let issue = cast.in_progress().await;
    let it = tracked(&cast, &[&issue]).await;
    let home = cast.office.reads(&issue).await.ok();
    let replied = cast.handler.replies(&home, "resolved").await.ok();
    let confirmed = cast.representative.confirms(&replied, true, "satisfied").await.ok();
    assert!(!confirmed["allowed_actions"].as_array().unwrap().contains(&json!("cancel")));
    assert_eq!(cast.office.cancels(&confirmed).await.refused(409, "measures_open").body["article"], 22);
    let refused = does(&cast.office, &it, "close", json!({})).await;
    assert_eq!(refused.refused(409, "conference_measures_open").body["article"], 22);
    let measures = cast.handler.get(&format!("/v1/measures?issue_id={}", issue.id())).await.rows();
    let measure = cast.handler.get(&format!("/v1/measures/{}", measures[0]["id"].as_str().unwrap())).await.ok();
    let evidence = json!({ "evidence": "学位已全部落实。" });
    let done =
        cast.handler.post(&format!("/v1/measures/{}/complete", measure.id()), evidence).seen(&measure).await.ok();
    assert_eq!(done["status"], "done");
    let issue = cast.office.reads(&issue).await.ok();
    assert_eq!(cast.office.cancels(&issue).await.ok()["status"], "closed");
    let it = now(&cast.office, &it).await;
    assert_eq!(does(&cast.office, &it, "close", json!({})).await.ok()["status"], "closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_conference_invites_its_own_level_and_departments() {
    let app = App::start().await;
    let cast = app.cast().await;
    let foreign = app.member_unit_in(OTHER_STREET, "青禾第二中学").await;
    let bureau = app.department_unit("青禾区卫健局").await;
    let refused = cast.president.post("/v1/conferences", street(&cast, &[&cast.school, &foreign])).await;
    let refused = refused.refused(422, "validation_failed");
    assert_eq!(refused.body["errors"][0]["pointer"], "#/invitee_unit_ids/1");
    assert_eq!(
        (&refused.body["errors"][0]["code"], &refused.body["article"]),
        (&json!("invitee_out_of_scope"), &json!(22))
    );
    let it = requested(&cast.president, street(&cast, &[&cast.school, &bureau])).await;
    assert_eq!(it["invitees"].as_array().unwrap().len(), 2, "a department of the district is no stranger");
    // A branch asks for its street, and not for another or the district.
    let other = app.branch(OTHER_STREET).await;
    other.post("/v1/conferences", street(&cast, &[])).await.refused(403, "forbidden");
    other.post("/v1/conferences", district(&cast, &[])).await.refused(403, "forbidden");
    cast.representative.post("/v1/conferences", district(&cast, &[])).await.refused(403, "forbidden");
    let mut odd = district(&cast, &[]);
    odd["street_code"] = json!(OTHER_STREET);
    cast.office.post("/v1/conferences", odd).await.refused(422, "validation_failed");
    let mut unknown = district(&cast, &[]);
    unknown["invitee_unit_ids"] = json!([Uuid::nil()]);
    cast.office.post("/v1/conferences", unknown).await.refused(422, "validation_failed");
    // An issue of another street is none for this one, and the branch does not even know of it.
    let elsewhere = app.representative_of(&foreign).await.submits(gongjian_testkit::difficulty()).await.created();
    let mut about = street(&cast, &[]);
    about["issue_ids"] = json!([elsewhere.id()]);
    for (who, code) in [(&cast.president, "issue_not_found"), (&cast.office, "issue_out_of_scope")] {
        let refused = who.post("/v1/conferences", about.clone()).await.refused(422, "validation_failed").body.clone();
        assert_eq!(refused["errors"][0]["code"], code);
    }
    assert_eq!(app.count("SELECT count(*) FROM conference").await, 1, "what is refused is not on file");
    // Who is invited sees it, strangers do not.
    let url = format!("/v1/conferences/{}", it.id());
    cast.helper.get(&url).await.is(200);
    app.outsider().await.get(&url).await.refused(404, "conference_not_found");
    other.get(&url).await.refused(404, "conference_not_found");
    for (who, sees) in [(&cast.helper, 1), (&cast.office, 1), (&other, 0)] {
        assert_eq!(who.get("/v1/conferences?kind=joint&level=street").await.rows().len(), sees);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_refused_or_withdrawn_leaves_the_issues_where_they_are() {
    let cast = App::start().await.cast().await;
    let issue = cast.in_progress().await;
    let it = requested(&cast.office, district(&cast, &[&issue])).await;
    does(&cast.general, &it, "refuse", json!({})).await.refused(422, "validation_failed");
    let why = json!({ "reason": "一个部门即可办理。" });
    let refused = does(&cast.general, &it, "refuse", why).await.ok();
    assert_eq!((&refused["status"], &refused["number"]), (&json!("refused"), &Value::Null));
    does(&cast.general, &refused, "approve", json!({})).await.refused(409, "conference_not_open");
    assert_eq!(cast.office.reads(&issue).await.ok()["status"], "in_progress");

    let it = approved(&cast, &[&issue]).await;
    let withdrawn = does(&cast.office, &it, "withdraw", json!({ "reason": "已自行协商解决。" })).await.ok();
    assert_eq!(withdrawn["status"], "withdrawn");
    assert_eq!(cast.office.reads(&issue).await.ok()["status"], "in_progress");
    // An issue that cannot travel holds the approval up, by its number.
    let closed = cast.closed().await;
    let it = requested(&cast.office, district(&cast, &[&closed])).await;
    let stuck = does(&cast.general, &it, "approve", json!({})).await;
    stuck.refused(409, "issue_transition_not_allowed");
    assert_eq!(now(&cast.office, &it).await["status"], "requested", "nothing is half done");
    let edit = json!({ "issue_ids": [], "title": "另一议题" });
    let url = format!("/v1/conferences/{}", it.id());
    let it = cast.office.patch(&url, edit).seen(&it).await.ok();
    assert_eq!(it["issues"], json!([]));
    let it = does(&cast.general, &it, "approve", json!({})).await.ok();
    let late = cast.office.patch(&url, json!({ "issue_ids": [] })).seen(&it).await;
    late.refused(409, "conference_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secretariat_raises_an_issue_to_a_conference_the_council_or_the_general_meeting() {
    let cast = App::start().await.cast().await;
    let issue = cast.in_progress().await;
    let raise = |order: Value| {
        let office = cast.office.clone();
        let issue = issue.clone();
        async move { office.acts(&issue, "escalate", order).await }
    };
    let nowhere = raise(json!({ "forum": "joint_meeting", "reason": "需会商。" })).await;
    assert_eq!(nowhere.refused(422, "validation_failed").body["errors"][0]["code"], "not_of_forum");
    let asked = requested(&cast.office, district(&cast, &[])).await;
    let order = |id: &str| json!({ "forum": "joint_meeting", "conference_id": id, "reason": "需会商。" });
    raise(order(asked.id())).await.refused(422, "validation_failed");
    let it = does(&cast.general, &asked, "approve", json!({})).await.ok();
    let wrong = json!({ "forum": "zone_meeting", "conference_id": it.id(), "reason": "需会商。" });
    raise(wrong).await.refused(422, "validation_failed");
    let council = json!({ "forum": "council", "conference_id": it.id(), "reason": "需会商。" });
    raise(council).await.refused(422, "validation_failed");
    let raised = raise(order(it.id())).await.ok();
    assert_eq!((&raised["forum"], &raised["meeting_no"]), (&json!("joint_meeting"), &json!("JM-2026-001")));
    assert_eq!(now(&cast.office, &it).await["issues"][0]["id"], issue["id"]);

    // To an item of the council's agenda, and of the general meeting's.
    let other = cast.in_progress().await;
    let soon = (cast.app.now() + chrono::Duration::minutes(30)).to_rfc3339();
    let meeting = |body: &str| {
        json!({
            "body_id": body, "title": "会议", "kind": "regular", "starts_at": soon, "place": "区会议中心", "chair": "会长",
        })
    };
    let council = cast.office.post("/v1/meetings", meeting("01980000-0000-7000-8000-000000000013")).await.created();
    let general = cast.office.post("/v1/meetings", meeting("01980000-0000-7000-8000-000000000011")).await.created();
    let of_general = general["agenda"][0]["id"].clone();
    let to = |forum: &str, item: &Value| json!({ "forum": forum, "agenda_item_id": item, "meeting_no": "2次", "reason": "重大事项。" });
    cast.office.acts(&other, "escalate", to("council", &of_general)).await.refused(422, "validation_failed");
    let raised = cast.office.acts(&other, "escalate", to("council", &council["agenda"][0]["id"])).await.ok();
    let back = cast.office.concludes_meeting(&raised).await.ok();
    assert_eq!(back["status"], "in_progress");
    let raised = cast.office.acts(&back, "escalate", to("general_meeting", &of_general)).await.ok();
    assert_eq!((&raised["forum"], &raised["status"]), (&json!("general_meeting"), &json!("joint_meeting")));
    let told = events(&cast, &other).await;
    let forums: Vec<&Value> = told.iter().filter_map(|event| event["data"].get("forum")).collect();
    assert_eq!(forums, ["council", "council", "general_meeting"], "there and back, seen as one travel");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_at_once_approve_once_and_number_once() {
    let cast = App::start().await.cast().await;
    let issue = cast.in_progress().await;
    let it = requested(&cast.president, street(&cast, &[])).await;
    let (one, other) =
        tokio::join!(does(&cast.office, &it, "approve", json!({})), does(&cast.general, &it, "approve", json!({})));
    let mut codes = [one.status, other.status];
    codes.sort_unstable();
    assert_eq!(codes, [200, 412], "{:?}", issue["id"]);
    let next = approved(&cast, &[&issue]).await;
    assert_eq!(next["number"], "JM-2026-002");
}

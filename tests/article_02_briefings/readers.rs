//! Who is told, who has read, who is expected to.

use gongjian_testkit::App;
use serde_json::json;

use super::{OTHER_STREET, briefing, issued, leaves, on_briefing, signs, to_all, to_street};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secretariat_drafts_and_the_secretary_general_issues() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let representative = app.representative_of(&unit).await;
    let draft = office.post("/v1/briefings", briefing(to_all())).await.created();
    assert_eq!((&draft["status"], &draft["number"]), (&json!("draft"), &json!(null)));
    assert_eq!(draft["period"], json!({ "from": "2026-10-01", "to": "2026-12-31" }), "the quarter of the policy");
    assert_eq!(draft["readership"]["rate"], json!(null), "nobody is expected yet");
    representative.get(&format!("/v1/briefings/{}", draft.id())).await.refused(404, "briefing_not_found");
    assert!(representative.get("/v1/briefings").await.rows().is_empty());
    let denied = on_briefing(&office, &draft, "issue", json!({})).await;
    assert_eq!(denied.refused(403, "forbidden").body["article"], 2, "by order of the secretary-general");

    let change = json!({ "title": "四季度通报" });
    let url = format!("/v1/briefings/{}", draft.id());
    let edited = office.patch(&url, change.clone()).seen(&draft).await.ok();
    office.patch(&url, change.clone()).seen(&draft).await.refused(412, "version_mismatch");
    let out = on_briefing(&general, &edited, "issue", json!({})).await.ok();
    assert_eq!((&out["number"], &out["title"]), (&json!("TB-2026-0001"), &json!("四季度通报")));
    assert_eq!((&out["drafted_by"], &out["issued_by"]), (&json!("人员 secretariat"), &json!("人员 secretary.general")));
    let late = office.patch(&url, change).seen(&out).await;
    assert_eq!(late.refused(409, "briefing_not_open").allowed_actions(), ["withdraw", "read"]);
    on_briefing(&general, &out, "issue", json!({})).await.refused(409, "briefing_not_open");
    let read = representative.get(&url).await.ok();
    assert_eq!((read["sections"].as_array().unwrap().len(), &read["readership"]), (2, &json!(null)));
    assert_eq!(read["allowed_actions"], json!(["read"]));
    assert_eq!(representative.get("/v1/briefings").await.rows().len(), 1);

    let thrown = office.post("/v1/briefings", briefing(to_all())).await.created();
    on_briefing(&office, &thrown, "discard", json!({})).await.is(200);
    assert_eq!(issued(&app, to_all()).await["number"], "TB-2026-0002", "a draft takes no number");
    app.at("2027-01-04 10:00");
    assert_eq!(issued(&app, to_all()).await["number"], "TB-2027-0001");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn sent_and_read_are_two_things_and_the_first_reading_counts() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    app.member_unit("青禾实验学校").await;
    let (representative, liaison) = (app.representative_of(&unit).await, app.liaison_of(&unit).await);
    let office = app.secretariat().await;
    let out = issued(&app, to_all()).await;
    let counts = json!({ "expected_count": 2, "read_count": 0, "unread_count": 2, "later_count": 0, "rate": 0.0 });
    assert_eq!(out["readership"], counts);
    let url = format!("/v1/briefings/{}", out.id());
    liaison.get(&url).await.is(200);
    assert_eq!(office.get(&url).await.ok()["readership"]["read_count"], 0, "looking is no receipt");

    let first = signs(&liaison, &out).await.ok();
    app.passes(chrono::Duration::hours(2));
    assert_eq!(signs(&representative, &out).await.ok().body, first.body, "whoever reads later changes nothing");
    assert_eq!(office.get(&url).await.ok()["readership"]["rate"], 0.5);
    assert_eq!(app.president().await.get(&url).await.ok()["readership"]["read_count"], 1);
    let rows = office.get(&format!("{url}/readers?read=true")).await.rows();
    let person = app.secretariat().await.get(&format!("/v1/units/{}", unit.id)).await.ok();
    assert_eq!((rows.len(), &rows[0]["unit"]["name"]), (1, &json!("云栖材料科学研究院")));
    assert_eq!(rows[0]["read_by"], person["liaison"]["name"]);
    let unread = office.get(&format!("{url}/readers?read=false")).await.rows();
    assert_eq!((unread.len(), &unread[0]["unit"]["name"]), (1, &json!("青禾实验学校")));
    let page = office.get(&format!("{url}/readers?limit=1")).await;
    let next = page.body["next_cursor"].as_str().unwrap();
    assert_eq!(office.get(&format!("{url}/readers?limit=1&cursor={next}")).await.rows().len(), 1);
    representative.get(&format!("{url}/readers")).await.refused(403, "forbidden");
    assert_eq!(liaison.get("/v1/briefings?read=true").await.rows().len(), 1);
    assert!(liaison.get("/v1/briefings?read=false").await.rows().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_reads_what_is_told_to_others_nor_signs_for_them() {
    let app = App::start().await;
    let here = app.member_unit("云栖材料科学研究院").await;
    let there = app.member_unit_in(OTHER_STREET, "青禾第二中学").await;
    let (ours, theirs) = (app.representative_of(&here).await, app.representative_of(&there).await);
    let out = issued(&app, to_street(OTHER_STREET)).await;
    let url = format!("/v1/briefings/{}", out.id());
    assert_eq!(out["readership"]["expected_count"], 1);
    theirs.get(&url).await.is(200);
    ours.get(&url).await.refused(404, "briefing_not_found");
    signs(&ours, &out).await.refused(404, "briefing_not_found");
    assert!(ours.get("/v1/briefings").await.rows().is_empty());
    let for_another = json!({ "unit_id": here.id });
    let denied = theirs.post(&format!("{url}/sign"), for_another).await;
    assert_eq!(denied.refused(403, "forbidden").body["article"], 2);
    for nobody in [app.secretariat().await, app.president().await] {
        signs(&nobody, &out).await.refused(403, "forbidden");
    }
    app.administrator().await.get("/v1/briefings").await.refused(403, "forbidden");
    app.administrator().await.get(&url).await.refused(404, "briefing_not_found");
    assert_eq!(app.count("SELECT count(*) FROM briefing_reader WHERE read_at IS NOT NULL").await, 0);
    let of_type = issued(&app, json!({ "kind": "units_of_type", "unit_type": "party_gov" })).await;
    assert_eq!((&of_type["readership"]["expected_count"], &of_type["readership"]["rate"]), (&json!(0), &json!(null)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn who_is_expected_stays_when_units_come_and_go() {
    let app = App::start().await;
    let (stays, goes) = (app.member_unit("云栖材料科学研究院").await, app.member_unit("青禾实验学校").await);
    let (to_everybody, to_some) = (issued(&app, to_all()).await, issued(&app, to_street(&stays.street)).await);
    let gone = app.representative_of(&goes).await;
    let token = gone.token().await.unwrap();
    let url = format!("/v1/briefings/{}", to_everybody.id());
    gone.get(&url).await.is(200);
    leaves(&app, &goes).await;
    let gone = gongjian_testkit::Persona::with_token(&app, token);
    gone.get(&url).await.refused(404, "briefing_not_found");
    signs(&gone, &to_everybody).await.refused(404, "briefing_not_found");

    let came = app.member_unit("新入会的研究所").await;
    let newcomer = app.representative_of(&came).await;
    newcomer.get(&url).await.is(200);
    let of_street = newcomer.get(&format!("/v1/briefings/{}", to_some.id())).await;
    of_street.refused(404, "briefing_not_found");
    assert_eq!(signs(&newcomer, &to_everybody).await.ok()["is_expected"], false);
    signs(&app.representative_of(&stays).await, &to_everybody).await.is(200);
    let told = app.secretariat().await.get(&url).await.ok();
    let counts = json!({ "expected_count": 2, "read_count": 1, "unread_count": 1, "later_count": 1, "rate": 0.5 });
    assert_eq!(told["readership"], counts, "never more than all");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_proves_wrong_is_withdrawn_and_corrected_once() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let out = issued(&app, to_all()).await;
    signs(&representative, &out).await.is(200);
    let mut correction = briefing(to_all());
    correction["replaces_id"] = json!(out.id());
    let early = office.post("/v1/briefings", correction.clone()).await;
    assert_eq!(early.refused(409, "briefing_not_replaceable").body["article"], 2);
    on_briefing(&general, &out, "withdraw", json!({})).await.refused(422, "validation_failed");
    let why = json!({ "reason": "数据有误。" });
    on_briefing(&office, &out, "withdraw", why.clone()).await.refused(403, "forbidden");
    let back = on_briefing(&general, &out, "withdraw", why).await.ok();
    assert_eq!(back["readership"]["read_count"], 1, "who has read it stays on record");
    signs(&representative, &out).await.refused(409, "briefing_not_open");

    let draft = office.post("/v1/briefings", correction.clone()).await.created();
    office.post("/v1/briefings", correction).await.refused(409, "briefing_not_replaceable");
    let url = format!("/v1/briefings/{}", out.id());
    let seen = representative.get(&url).await.ok();
    assert_eq!((&seen["sections"], &seen["replaced_by_id"]), (&json!([]), &json!(null)));
    assert_eq!(seen["withdraw_reason"], "数据有误。");
    on_briefing(&general, &draft, "issue", json!({})).await.is(200);
    assert_eq!(representative.get(&url).await.ok()["replaced_by_id"], draft["id"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_draft_that_does_not_hold_is_refused_with_all_its_faults() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let bad =
        office.post("/v1/briefings", briefing(json!({ "kind": "street_members", "unit_type": "research" }))).await;
    bad.refused(422, "validation_failed");
    assert!(
        bad.has_fault("#/audience/street_code", "required") && bad.has_fault("#/audience/unit_type", "not_allowed")
    );
    let mut backwards = briefing(to_all());
    backwards["period"] = json!({ "from": "2026-12-31", "to": "2026-10-01" });
    let backwards = office.post("/v1/briefings", backwards).await;
    assert!(backwards.refused(422, "validation_failed").has_fault("#/period/to", "out_of_order"));
    let mut empty = briefing(to_all());
    empty["sections"] = json!([]);
    office.post("/v1/briefings", empty).await.refused(422, "validation_failed");
    let representative = app.outsider().await;
    representative.post("/v1/briefings", json!({})).await.refused(403, "forbidden");
    assert_eq!(app.count("SELECT count(*) FROM briefing").await, 0);

    let system = app.administrator().await;
    let policy = system.get("/v1/policies/briefings").await.ok();
    assert_eq!(policy["briefing_interval_months"], 3);
    let half_year = json!({ "briefing_interval_months": 6 });
    system.patch("/v1/policies/briefings", half_year).seen(&policy).await.is(200);
    let draft = office.post("/v1/briefings", briefing(to_all())).await.created();
    assert_eq!(draft["period"], json!({ "from": "2026-07-01", "to": "2026-12-31" }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_who_read_and_two_who_issue_at_once_leave_one_record() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (representative, liaison) = (app.representative_of(&unit).await, app.liaison_of(&unit).await);
    let draft = app.secretariat().await.post("/v1/briefings", briefing(to_all())).await.created();
    let general = app.secretary_general().await;
    let (one, other) = tokio::join!(
        on_briefing(&general, &draft, "issue", json!({})),
        on_briefing(&general, &draft, "issue", json!({}))
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let (one, other) = tokio::join!(signs(&representative, &draft), signs(&liaison, &draft));
    assert_eq!(one.ok().body, other.ok().body, "one receipt for both");
    let events = "SELECT count(*) FROM audit_event WHERE kind = 'briefing.read'";
    assert_eq!(app.count(events).await, 1);
}

//! Article 9(3): any member applies, the lead unit checks, both directors decide; leaving is free.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_lead_unit_checks_and_both_directors_decide() {
    let app = App::start().await;
    let it = committee(&app, "R1").await;
    let unit = app.member_unit("甲研究院").await;
    let own = app.representative_of(&unit).await;
    let made = applies(&own, it.body, &unit).await.created();
    assert_eq!((&made["status"], &made["allowed_actions"]), (&json!("applied"), &json!(["withdraw"])));
    assert_eq!(applies(&own, it.body, &unit).await.refused(409, "committee_application_pending").body["article"], 9);
    agrees(&it.first, &made).await.refused(409, "committee_application_not_open");
    checks(&it.second, &made).await.refused(403, "forbidden");
    let checked = checks(&app.liaison_of(&it.lead).await, &made).await.ok();
    assert_eq!((&checked["status"], &checked["remark"]), (&json!("checked"), &json!("业务相关，建议同意。")));
    checks(&it.first, &checked).await.refused(409, "committee_application_not_open");
    let half = agrees(&it.first, &made).await.ok();
    assert_eq!((&half["status"], half["opinions"].as_array().unwrap().len()), (&json!("checked"), 1));
    assert_eq!(agrees(&it.first, &made).await.refused(409, "director_opinion_given").body["article"], 17);
    declines(&it.first, &made).await.refused(409, "director_opinion_given");
    assert!(members(&own, it.body, "").await.is_empty(), "one alone is not enough");
    let admitted = agrees(&it.second, &made).await.ok();
    assert_eq!((&admitted["status"], &admitted["allowed_actions"]), (&json!("admitted"), &json!([])));
    applies(&own, it.body, &unit).await.refused(409, "committee_member_already");
    assert_eq!(members(&own, it.body, "").await[0]["unit"]["name"], "甲研究院");
    assert_eq!(seen(&own, it.body).await["member_count"], 1);
    // Several committees.
    let other = committee(&app, "R2").await;
    joins(&app, &other, &unit).await;
    assert_eq!(app.count("SELECT count(*) FROM committee_member").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn one_director_declines_with_a_reason() {
    let app = App::start().await;
    let it = committee(&app, "R1").await;
    let unit = app.member_unit("甲研究院").await;
    let own = app.representative_of(&unit).await;
    let made = applies(&own, it.body, &unit).await.created();
    checks(&it.first, &made).await.is(200);
    let silent = it.second.post(&format!("/v1/committee-applications/{}/decline", made.id()), json!({})).await;
    silent.refused(422, "validation_failed");
    agrees(&it.first, &made).await.is(200);
    let refused = declines(&it.second, &made).await.ok();
    assert_eq!(
        (&refused["status"], &refused["opinions"][1]["reason"]),
        (&json!("refused"), &json!("与研究方向无关。"))
    );
    agrees(&it.second, &made).await.refused(409, "committee_application_not_open");
    // It may try again, and take it back.
    let again = applies(&own, it.body, &unit).await.created();
    let withdraw = format!("/v1/committee-applications/{}/withdraw", again.id());
    own.post(&withdraw, json!({})).await.refused(428, "if_match_required");
    app.liaison_of(&unit).await.post(&withdraw, json!({})).seen(&again).await.refused(403, "forbidden");
    assert_eq!(own.post(&withdraw, json!({})).seen(&again).await.ok()["status"], "withdrawn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_decides_for_another_committee_and_strangers_see_nothing() {
    let app = App::start().await;
    let (it, other) = (committee(&app, "R1").await, committee(&app, "R2").await);
    let (unit, stranger) = (app.member_unit("甲研究院").await, app.member_unit("乙研究院").await);
    let own = app.representative_of(&unit).await;
    let made = applies(&own, it.body, &unit).await.created();
    checks(&it.first, &made).await.is(200);
    let url = format!("/v1/committee-applications/{}", made.id());
    for who in [&other.first, &other.second, &app.representative_of(&stranger).await, &app.outsider().await] {
        agrees(who, &made).await.refused(404, "committee_application_not_found");
        checks(who, &made).await.refused(404, "committee_application_not_found");
        who.get(&url).await.refused(404, "committee_application_not_found");
    }
    agrees(&app.secretariat().await, &made).await.refused(403, "forbidden");
    agrees(&own, &made).await.refused(403, "forbidden");
    applies(&app.representative_of(&stranger).await, it.body, &unit).await.refused(403, "forbidden");
    applies(&app.liaison_of(&unit).await, it.body, &unit).await.refused(403, "forbidden");
    let list = async |who: &Persona| who.get("/v1/committee-applications?status=checked").await.rows().len();
    for (who, sees) in [(&own, 1), (&it.first, 1), (&it.second, 1), (&other.first, 0), (&app.secretariat().await, 1)] {
        assert_eq!(list(who).await, sees);
    }
    let of_unit = format!("/v1/committee-applications?unit_id={}&committee_id={}", unit.id, it.body);
    assert_eq!(app.president().await.get(&of_unit).await.rows().len(), 1);
    app.auditor().await.get("/v1/committee-applications").await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_incomplete_committee_decides_nothing() {
    let app = App::start().await;
    let it = half(&app, "R1").await;
    let unit = app.member_unit("甲研究院").await;
    let made = applies(&app.representative_of(&unit).await, it.body, &unit).await.created();
    checks(&it.first, &made).await.is(200);
    assert_eq!(agrees(&it.first, &made).await.refused(409, "body_incomplete").body["article"], 17);
    declines(&it.first, &made).await.refused(409, "body_incomplete");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_decides_with_both_keys() {
    let app = App::start().await;
    let it = committee(&app, "R1").await;
    let unit = app.member_unit("甲研究院").await;
    let made = applies(&app.representative_of(&unit).await, it.body, &unit).await.created();
    checks(&it.first, &made).await.is(200);
    agrees(&it.first, &made).await.is(200);
    // He comes to hold the other office.
    let swap = "UPDATE office_tenure SET kind = CASE kind WHEN 'committee_director_lead' THEN 'committee_director_member' \
                WHEN 'committee_director_member' THEN 'committee_director_lead' ELSE kind END, \
                slot = slot || 'x' WHERE kind LIKE 'committee_director%'";
    app.sql(swap).await.unwrap();
    agrees(&it.first, &made).await.refused(409, "director_opinion_given");
    assert_eq!(app.count("SELECT count(*) FROM committee_member").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn leaving_is_free_and_at_once() {
    let app = App::start().await;
    let it = committee(&app, "R1").await;
    let unit = app.member_unit("甲研究院").await;
    joins(&app, &it, &unit).await;
    let own = app.representative_of(&unit).await;
    let membership = members(&own, it.body, "").await[0].clone();
    let leave = format!("/v1/committee-memberships/{}/leave", membership["id"].as_str().unwrap());
    it.first.post(&leave, json!({})).await.refused(403, "forbidden");
    app.secretariat().await.post(&leave, json!({})).await.refused(403, "forbidden");
    let stranger = app.member_unit("乙研究院").await;
    app.representative_of(&stranger).await.post(&leave, json!({})).await.refused(404, "committee_membership_not_found");
    app.at("2026-11-25 10:00");
    assert_eq!(own.post(&leave, json!({})).await.ok()["left_on"], "2026-11-25");
    own.post(&leave, json!({})).await.refused(409, "committee_membership_over");
    assert!(members(&own, it.body, "").await.is_empty());
    assert_eq!(members(&own, it.body, "as_of=2026-11-24").await.len(), 1);
    applies(&own, it.body, &unit).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_leaves_the_association_is_no_member_and_applies_no_more() {
    let app = App::start().await;
    let it = committee(&app, "R1").await;
    let (unit, asking) = (app.member_unit("甲研究院").await, app.member_unit("乙研究院").await);
    joins(&app, &it, &unit).await;
    let own = app.representative_of(&unit).await;
    let other = app.representative_of(&asking).await;
    let made = applies(&other, it.body, &asking).await.created();
    checks(&it.first, &made).await.is(200);
    agrees(&it.first, &made).await.is(200);
    app.at("2026-11-25 10:00");
    for (unit, who) in [(&unit, &own), (&asking, &other)] {
        let url = format!("/v1/units/{}", unit.id);
        let known = who.get(&url).await.ok();
        who.post(&format!("{url}/withdraw"), json!({ "reason": "工作调整。" })).seen(&known).await.is(200);
    }
    let office = app.secretariat().await;
    assert!(members(&office, it.body, "").await.is_empty(), "derived: nobody ended it");
    assert_eq!(app.count("SELECT count(*) FROM committee_member WHERE left_on IS NULL").await, 1);
    assert_eq!(members(&office, it.body, "as_of=2026-11-24").await.len(), 1);
    let again = applies(&own, it.body, &unit).await;
    assert!([401, 403, 409].contains(&again.status), "{}", again.status);
    agrees(&it.second, &made).await.refused(409, "unit_not_active");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_at_once_make_one_application_and_one_membership() {
    let app = App::start().await;
    let it = committee(&app, "R1").await;
    let unit = app.member_unit("甲研究院").await;
    let own = app.representative_of(&unit).await;
    let (one, other) = tokio::join!(applies(&own, it.body, &unit), applies(&own, it.body, &unit));
    let mut codes = [one.status, other.status];
    codes.sort_unstable();
    assert_eq!(codes, [201, 409]);
    let made = if one.status == 201 { one.created() } else { other.created() };
    checks(&it.first, &made).await.is(200);
    let (one, other) = tokio::join!(agrees(&it.first, &made), agrees(&it.second, &made));
    assert_eq!((one.status, other.status), (200, 200));
    assert_eq!(app.count("SELECT count(*) FROM committee_member").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_member_has_a_voice_in_its_committee() {
    let app = App::start().await;
    let it = committee(&app, "R1").await;
    let roster = format!("/v1/bodies/{}/roster", it.body);
    let voices = async || app.secretariat().await.get(&roster).await.ok()["person_count"].clone();
    let before = voices().await.as_u64().unwrap();
    let unit = app.member_unit("甲研究院").await;
    joins(&app, &it, &unit).await;
    assert_eq!(voices().await, before + 1);
    // The lead unit has its voice already.
    joins(&app, &it, &it.lead).await;
    assert_eq!(voices().await, before + 1, "one voice for one unit");
    let seats = app.secretariat().await.get(&roster).await.ok();
    let own =
        seats["seats"].as_array().unwrap().iter().find(|seat| seat["unit"]["name"] == "甲研究院").unwrap().clone();
    assert_eq!((&own["source"], &own["article"]), (&json!("member_unit"), &json!(17)));
}

//! Article 17, the duties of committees: exchange of experience and joint activities that member units sign up for
//! (1), consulting and information services that they ask for (2).

use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};
use uuid::Uuid;

use super::article_17_committees::{Committee, changes, committee, decided, seen};

mod services;

const EVENTS: &str = "/v1/exchange-events";
const SIGN_UPS: &str = "/v1/exchange-sign-ups";

/// A committee, and a member unit that has nothing to do with it.
struct Scene {
    app: App,
    it: Committee,
    unit: TestUnit,
    own: Persona,
}

async fn scene() -> Scene {
    let app = App::start().await;
    let it = committee(&app, "R1").await;
    let unit = app.member_unit("甲研究院").await;
    let own = app.representative_of(&unit).await;
    Scene { app, it, unit, own }
}

/// Five days ahead, to be signed up for within three.
fn event() -> Value {
    json!({
        "kind": "experience_exchange", "title": "科研院所党建经验交流会", "detail": "介绍支部建在课题组上的做法。",
        "starts_at": "2026-11-25T01:00:00Z", "place": "区委党校报告厅", "sign_up_until": "2026-11-23", "capacity": 2,
    })
}

fn with(mut body: Value, member: &str, value: Value) -> Value {
    body[member] = value;
    body
}

async fn announces(who: &Persona, body: Uuid, new: Value) -> Reply {
    who.post(&format!("/v1/committees/{body}/exchange-events"), new).await
}

async fn signs_up(who: &Persona, event: &Thing, unit: &TestUnit) -> Reply {
    who.post(&format!("{EVENTS}/{}/sign-ups", event.id()), json!({ "unit_id": unit.id })).await
}

async fn acts(who: &Persona, on: &str, thing: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("{on}/{}/{action}", thing.id()), body).seen(thing).await
}

async fn reads(who: &Persona, event: &Thing) -> Thing {
    who.get(&format!("{EVENTS}/{}", event.id())).await.ok()
}

fn outcome() -> Value {
    json!({ "outcome": "形成可推广做法四条。", "attendance_count": 56 })
}

fn reason() -> Value {
    json!({ "reason": "与区里会议冲突。" })
}

async fn dissolves(app: &App, body: Uuid) {
    let office = app.secretariat().await;
    let decision = decided(&office, "committee_set").await;
    let given = json!({ "decision_id": decision.id() });
    changes(&office, &seen(&office, body).await, "dissolve", given).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_committee_announces_units_sign_up_and_what_came_of_it_stays() {
    let Scene { app, it, unit, own } = scene().await;
    let reply = announces(&it.second, it.body, event()).await;
    let made = reply.created();
    assert_eq!(reply.header("location"), format!("{EVENTS}/{}", made.id()));
    assert_eq!(
        (&made["status"], &made["places_left"], &made["takes_sign_ups"]),
        (&json!("announced"), &json!(2), &json!(true))
    );
    assert!(made.allows("cancel") && !made.allows("hold"), "it has not begun");

    let reply = own.post(&format!("{EVENTS}/{}/sign-ups", made.id()), json!({})).await;
    let signed = reply.created();
    assert_eq!(reply.header("location"), format!("{SIGN_UPS}/{}", signed.id()));
    assert_eq!((&signed["status"], &signed["unit"]["name"]), (&json!("signed_up"), &json!("甲研究院")));
    assert_eq!(signed["exchange_event"]["name"], "科研院所党建经验交流会");
    assert!(signed.allows("withdraw"));
    assert_eq!(own.get(&format!("{SIGN_UPS}/{}", signed.id())).await.ok(), signed);
    signs_up(&it.first, &made, &it.lead).await.is(201);
    let now = reads(&own, &made).await;
    assert_eq!((&now["sign_up_count"], &now["places_left"], &now["version"]), (&json!(2), &json!(0), &json!(1)));

    // Whoever reads units reads events, and who takes part.
    for who in [&app.outsider().await, &app.expert().await, &app.president().await] {
        assert_eq!(who.get(EVENTS).await.rows().len(), 1);
        let of_unit = format!("{SIGN_UPS}?exchange_event_id={}&unit_id={}&status=signed_up", made.id(), unit.id);
        assert_eq!(who.get(&of_unit).await.rows()[0]["unit"]["name"], "甲研究院");
    }
    let narrowed = format!("{EVENTS}?committee_id={}&kind=experience_exchange&status=announced", it.body);
    assert_eq!(own.get(&narrowed).await.rows().len(), 1);
    assert!(own.get(&format!("{EVENTS}?kind=joint_activity")).await.rows().is_empty());

    app.at("2026-11-25 10:00");
    let lead = app.liaison_of(&it.lead).await;
    let now = reads(&lead, &made).await;
    assert!(now.allows("hold"));
    let held = acts(&lead, EVENTS, &now, "hold", outcome()).await.ok();
    assert_eq!((&held["status"], &held["attendance_count"]), (&json!("held"), &json!(56)));
    assert_eq!((&held["outcome"], &held["allowed_actions"]), (&json!("形成可推广做法四条。"), &json!([])));
    let again = acts(&it.first, EVENTS, &held, "hold", outcome()).await;
    assert_eq!(again.refused(409, "exchange_event_not_open").body["article"], 17);
    let late = acts(&own, SIGN_UPS, &signed, "withdraw", json!({})).await;
    assert_eq!(late.refused(409, "exchange_sign_up_not_open").body["article"], 17);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn directors_and_the_lead_unit_host_and_nobody_else() {
    let Scene { app, it, own, .. } = scene().await;
    let other = committee(&app, "R2").await;
    let office = app.secretariat().await;
    let strangers =
        [&own, &other.first, &other.second, &office, &app.president().await, &app.liaison_of(&it.member).await];
    for who in strangers {
        announces(who, it.body, event()).await.refused(403, "forbidden");
        // Who may not is told so before what is wrong with the body.
        announces(who, it.body, json!({})).await.refused(403, "forbidden");
    }
    app.administrator().await.get(EVENTS).await.refused(403, "forbidden");
    app.auditor().await.get(SIGN_UPS).await.refused(403, "forbidden");
    announces(&it.first, Uuid::nil(), event()).await.refused(404, "committee_not_found");
    let lead = app.liaison_of(&it.lead).await;
    assert!(announces(&lead, it.body, json!({})).await.status == 422, "the lead unit is told what is missing");
    for who in [&it.first, &it.second, &lead] {
        announces(who, it.body, event()).await.is(201);
    }
    let made = announces(&lead, it.body, event()).await.created();
    for who in strangers {
        for (action, body) in [("cancel", reason()), ("hold", outcome())] {
            let refused = acts(who, EVENTS, &made, action, body).await;
            assert_eq!(refused.refused(403, "forbidden").body["article"], 17);
        }
    }
    assert!(!reads(&own, &made).await.allows("cancel"));
    it.first.post(&format!("{EVENTS}/{}/cancel", made.id()), reason()).await.refused(428, "if_match_required");
    let early = acts(&it.first, EVENTS, &made, "hold", outcome()).await;
    assert_eq!(early.refused(409, "exchange_event_ahead").body["article"], 17);
    let cancelled = acts(&it.first, EVENTS, &made, "cancel", reason()).await.ok();
    assert_eq!((&cancelled["status"], &cancelled["reason"]), (&json!("cancelled"), &json!("与区里会议冲突。")));
    acts(&it.second, EVENTS, &made, "cancel", reason()).await.refused(412, "version_mismatch");
    acts(&it.second, EVENTS, &cancelled, "cancel", reason()).await.refused(409, "exchange_event_not_open");
    let unknown = own.get(&format!("{EVENTS}/{}", it.body)).await;
    unknown.refused(404, "exchange_event_not_found");
    own.get(&format!("{SIGN_UPS}/{}", it.body)).await.refused(404, "exchange_sign_up_not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_signs_up_once_while_there_is_a_place_and_time() {
    let Scene { app, it, unit, own } = scene().await;
    let (second, third) = (app.member_unit("乙研究院").await, app.member_unit("丙研究院").await);
    let (b, c) = (app.liaison_of(&second).await, app.representative_of(&third).await);
    let made = announces(&it.first, it.body, event()).await.created();
    signs_up(&c, &made, &unit).await.refused(403, "forbidden");
    signs_up(&app.secretariat().await, &made, &unit).await.refused(403, "forbidden");
    let signed = signs_up(&own, &made, &unit).await.created();
    let again = signs_up(&app.liaison_of(&unit).await, &made, &unit).await;
    assert_eq!(again.refused(409, "exchange_signed_up_already").body["article"], 17);
    signs_up(&b, &made, &second).await.is(201);
    assert_eq!(signs_up(&c, &made, &third).await.refused(409, "exchange_event_full").body["article"], 17);

    // A place that is given back is free, and its unit may come back.
    acts(&b, SIGN_UPS, &signed, "withdraw", json!({})).await.refused(403, "forbidden");
    let url = format!("{SIGN_UPS}/{}/withdraw", signed.id());
    own.post(&url, json!({})).await.refused(428, "if_match_required");
    let back = acts(&app.liaison_of(&unit).await, SIGN_UPS, &signed, "withdraw", json!({})).await.ok();
    assert_eq!((&back["status"], &back["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    acts(&own, SIGN_UPS, &back, "withdraw", json!({})).await.refused(409, "exchange_sign_up_not_open");
    let third_signed = signs_up(&c, &made, &third).await.created();
    signs_up(&own, &made, &unit).await.refused(409, "exchange_event_full");
    acts(&c, SIGN_UPS, &third_signed, "withdraw", json!({})).await.is(200);
    signs_up(&own, &made, &unit).await.is(201);

    // The last day counts; without one it is the beginning that ends it.
    let open = with(with(event(), "sign_up_until", Value::Null), "capacity", Value::Null);
    let open = announces(&it.first, it.body, open).await.created();
    assert_eq!((&open["capacity"], &open["places_left"]), (&Value::Null, &Value::Null));
    let wide = announces(&it.first, it.body, event()).await.created();
    app.at("2026-11-23 22:00");
    signs_up(&own, &wide, &unit).await.is(201);
    app.at("2026-11-24 09:00");
    let over = signs_up(&c, &wide, &third).await;
    assert_eq!(over.refused(409, "exchange_sign_up_over").body["article"], 17);
    assert_eq!(reads(&own, &wide).await["takes_sign_ups"], false);
    signs_up(&own, &open, &unit).await.is(201);
    app.at("2026-11-25 09:00");
    signs_up(&c, &open, &third).await.refused(409, "exchange_sign_up_over");
    let cancelled = acts(&it.first, EVENTS, &open, "cancel", reason()).await.ok();
    let refused = signs_up(&c, &cancelled, &third).await;
    assert_eq!(refused.refused(409, "exchange_event_not_open").body["article"], 17);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_at_once_for_the_last_place_and_exactly_one_has_it() {
    let Scene { app, it, unit, own } = scene().await;
    let other = app.member_unit("乙研究院").await;
    let second = app.representative_of(&other).await;
    let made = announces(&it.first, it.body, with(event(), "capacity", json!(1))).await.created();
    let (one, two) = tokio::join!(signs_up(&own, &made, &unit), signs_up(&second, &made, &other));
    let mut told = [one.status, two.status];
    told.sort_unstable();
    assert_eq!(told, [201, 409]);
    let refused = if one.status == 409 { one } else { two };
    refused.refused(409, "exchange_event_full");
    assert_eq!(app.count("SELECT count(*) FROM exchange_sign_up").await, 1);
    // The same unit twice at once.
    let made = announces(&it.first, it.body, event()).await.created();
    let (one, two) = tokio::join!(signs_up(&own, &made, &unit), signs_up(&own, &made, &unit));
    let mut told = [one.status, two.status];
    told.sort_unstable();
    assert_eq!(told, [201, 409]);
    assert_eq!(app.count("SELECT count(*) FROM exchange_sign_up").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_announced_lies_ahead_and_is_well_told() {
    let Scene { it, own, unit, .. } = scene().await;
    let wrong = [
        ("starts_at", json!("2026-11-19T01:00:00Z"), "#/starts_at", "in_past"),
        ("sign_up_until", json!("2026-11-18"), "#/sign_up_until", "in_past"),
        ("sign_up_until", json!("2026-11-26"), "#/sign_up_until", "after_starts_at"),
        ("capacity", json!(0), "#/capacity", "out_of_range"),
    ];
    for (member, value, at, code) in wrong {
        let reply = announces(&it.first, it.body, with(event(), member, value)).await;
        assert!(reply.refused(422, "validation_failed").has_fault(at, code), "{:#}", reply.body);
    }
    for (member, value) in
        [("kind", json!("party")), ("title", json!("短".repeat(201))), ("place", json!("")), ("seats", json!(3))]
    {
        let reply = announces(&it.first, it.body, with(event(), member, value)).await;
        assert!([400, 422].contains(&reply.status), "{member}: {:#}", reply.body);
    }
    let made = announces(&it.first, it.body, event()).await.created();
    for bad in [json!({}), json!({ "outcome": "成果。", "attendance_count": -1 }), json!({ "attendance_count": 3 })]
    {
        let reply = acts(&it.first, EVENTS, &made, "hold", bad).await;
        assert!([400, 422].contains(&reply.status), "{:#}", reply.body);
    }
    acts(&it.first, EVENTS, &made, "cancel", json!({})).await.refused(422, "validation_failed");
    let url = format!("{EVENTS}/{}/sign-ups", made.id());
    let reply = own.post(&url, json!({ "unit_id": "甲" })).await;
    assert!([400, 422].contains(&reply.status), "{:#}", reply.body);
    own.post(&format!("{EVENTS}/{}/sign-ups", unit.id), json!({})).await.refused(404, "exchange_event_not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn neither_a_dissolved_committee_nor_a_former_member_takes_part() {
    let Scene { app, it, unit, own } = scene().await;
    let leaving = app.member_unit("乙研究院").await;
    let leaver = app.representative_of(&leaving).await;
    let made = announces(&it.first, it.body, event()).await.created();
    let signed = signs_up(&own, &made, &unit).await.created();
    app.sql("UPDATE unit SET status = 'withdrawn', withdrawn_on = '2026-11-20' WHERE name = '乙研究院'").await.unwrap();
    let refused = signs_up(&leaver, &made, &leaving).await;
    assert_eq!(refused.refused(403, "forbidden").body["article"], 17, "with the membership its offices are over");
    assert_eq!(app.count("SELECT count(*) FROM exchange_sign_up").await, 1);
    dissolves(&app, it.body).await;
    let third = app.member_unit("丙研究院").await;
    let refused = signs_up(&app.representative_of(&third).await, &made, &third).await;
    assert_eq!(refused.refused(409, "body_dissolved").body["article"], 17);
    acts(&own, SIGN_UPS, &signed, "withdraw", json!({})).await.refused(409, "body_dissolved");
    let now = reads(&own, &made).await;
    assert_eq!((&now["takes_sign_ups"], &now["allowed_actions"]), (&json!(false), &json!([])));
    // With the committee its offices have ended.
    announces(&it.first, it.body, event()).await.refused(403, "forbidden");
    acts(&it.first, EVENTS, &made, "cancel", reason()).await.refused(403, "forbidden");
}

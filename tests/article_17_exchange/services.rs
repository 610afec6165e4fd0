//! Article 17(2): consulting and information services that a committee offers, and what units ask of it.

use super::*;

const SERVICES: &str = "/v1/committee-services";
const REQUESTS: &str = "/v1/service-requests";

fn service() -> Value {
    json!({
        "kind": "professional_consulting", "title": "党务公开制度咨询", "description": "解答目录编制中的问题。",
        "valid_until": "2026-11-30",
    })
}

fn question() -> Value {
    json!({ "question": "目录是否应包括党费收支情况？" })
}

async fn offers(who: &Persona, body: Uuid, new: Value) -> Reply {
    who.post(&format!("/v1/committees/{body}/services"), new).await
}

async fn asks(who: &Persona, service: &Thing, body: Value) -> Reply {
    who.post(&format!("{SERVICES}/{}/requests", service.id()), body).await
}

fn done() -> Value {
    json!({ "outcome": "应按季度公开，已提供样本。" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_asks_and_the_committee_answers() {
    let Scene { app, it, unit, own } = scene().await;
    let lead = app.liaison_of(&it.lead).await;
    let reply = offers(&lead, it.body, service()).await;
    let offered = reply.created();
    assert_eq!(reply.header("location"), format!("{SERVICES}/{}", offered.id()));
    assert_eq!((&offered["status"], &offered["takes_requests"]), (&json!("offered"), &json!(true)));
    let narrowed = format!("{SERVICES}?committee_id={}&kind=professional_consulting&status=offered", it.body);
    assert_eq!(app.outsider().await.get(&narrowed).await.rows().len(), 1);
    assert!(own.get(&format!("{SERVICES}?kind=information_service")).await.rows().is_empty());

    let reply = asks(&app.liaison_of(&unit).await, &offered, question()).await;
    let asked = reply.created();
    assert_eq!(reply.header("location"), format!("{REQUESTS}/{}", asked.id()));
    assert_eq!((&asked["status"], &asked["allowed_actions"]), (&json!("requested"), &json!(["withdraw"])));
    let url = format!("{REQUESTS}/{}", asked.id());
    let seen = it.second.get(&url).await.ok();
    assert_eq!(seen["allowed_actions"], json!(["accept", "decline"]));
    let early = acts(&it.second, REQUESTS, &seen, "finish", done()).await;
    let early = early.refused(409, "service_request_not_open");
    assert_eq!(early.body["article"], 17);
    assert_eq!(early.allowed_actions(), ["accept", "decline", "withdraw"]);
    let accepted = acts(&it.second, REQUESTS, &seen, "accept", json!({})).await.ok();
    assert_eq!(accepted["status"], "accepted");
    acts(&it.first, REQUESTS, &accepted, "decline", reason()).await.refused(409, "service_request_not_open");
    let finished = acts(&lead, REQUESTS, &accepted, "finish", done()).await.ok();
    assert_eq!((&finished["status"], &finished["outcome"]), (&json!("done"), &json!("应按季度公开，已提供样本。")));
    acts(&own, REQUESTS, &finished, "withdraw", json!({})).await.refused(409, "service_request_not_open");

    // It ends; what was asked for is still answered.
    let waiting = asks(&own, &offered, question()).await.created();
    let ended = acts(&it.first, SERVICES, &offered, "end", json!({})).await.ok();
    assert_eq!((&ended["status"], &ended["takes_requests"]), (&json!("ended"), &json!(false)));
    assert_eq!(asks(&own, &offered, question()).await.refused(409, "committee_service_over").body["article"], 17);
    let again = acts(&it.first, SERVICES, &ended, "end", json!({})).await;
    assert_eq!(again.refused(409, "committee_service_not_open").body["article"], 17);
    let declined = acts(&it.first, REQUESTS, &waiting, "decline", reason()).await.ok();
    assert_eq!((&declined["status"], &declined["reason"]), (&json!("declined"), &json!("与区里会议冲突。")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_request_is_the_units_and_the_committees() {
    let Scene { app, it, unit, own } = scene().await;
    let other = committee(&app, "R2").await;
    let stranger = app.member_unit("乙研究院").await;
    let stranger = app.representative_of(&stranger).await;
    let office = app.secretariat().await;
    for who in [&own, &other.first, &office, &app.president().await] {
        offers(who, it.body, service()).await.refused(403, "forbidden");
    }
    let offered = offers(&it.first, it.body, service()).await.created();
    for who in [&own, &other.second, &office] {
        let refused = acts(who, SERVICES, &offered, "end", json!({})).await;
        assert_eq!(refused.refused(403, "forbidden").body["article"], 17);
    }
    asks(&office, &offered, question()).await.refused(403, "forbidden");
    asks(&stranger, &offered, with(question(), "unit_id", json!(unit.id))).await.refused(403, "forbidden");
    let asked = asks(&own, &offered, question()).await.created();
    let url = format!("{REQUESTS}/{}", asked.id());
    for who in [&stranger, &other.first, &other.second, &app.outsider().await, &app.auditor().await] {
        who.get(&url).await.refused(404, "service_request_not_found");
        acts(who, REQUESTS, &asked, "accept", json!({})).await.refused(404, "service_request_not_found");
    }
    for who in [&office, &own] {
        for (action, body) in [("accept", json!({})), ("decline", reason()), ("finish", done())] {
            acts(who, REQUESTS, &asked, action, body).await.refused(403, "forbidden");
        }
    }
    acts(&it.second, REQUESTS, &asked, "withdraw", json!({})).await.refused(403, "forbidden");
    let list = async |who: &Persona| {
        let url = format!("{REQUESTS}?committee_id={}&committee_service_id={}&status=requested", it.body, offered.id());
        who.get(&url).await.rows().len()
    };
    let lead = app.liaison_of(&it.lead).await;
    let president = app.president().await;
    let readers = [(&own, 1), (&it.first, 1), (&it.second, 1), (&lead, 1), (&office, 1), (&president, 1)];
    for (who, sees) in readers.into_iter().chain([(&stranger, 0), (&other.first, 0)]) {
        assert_eq!(list(who).await, sees, "{}", who.username());
    }
    assert_eq!(office.get(&format!("{REQUESTS}?unit_id={}", unit.id)).await.rows().len(), 1);
    app.auditor().await.get(REQUESTS).await.refused(403, "forbidden");
    own.post(&format!("{url}/withdraw"), json!({})).await.refused(428, "if_match_required");
    let accepted = acts(&it.first, REQUESTS, &asked, "accept", json!({})).await.ok();
    acts(&own, REQUESTS, &asked, "withdraw", json!({})).await.refused(412, "version_mismatch");
    assert_eq!(acts(&own, REQUESTS, &accepted, "withdraw", json!({})).await.ok()["status"], "withdrawn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_offer_has_its_days_and_is_well_told() {
    let Scene { app, it, own, unit } = scene().await;
    let past = offers(&it.first, it.body, with(service(), "valid_until", json!("2026-11-01"))).await;
    assert!(past.refused(422, "validation_failed").has_fault("#/valid_until", "in_past"), "{:#}", past.body);
    for (member, value) in
        [("kind", json!("legal")), ("title", json!("短")), ("description", Value::Null), ("fee", json!(3))]
    {
        let reply = offers(&it.first, it.body, with(service(), member, value)).await;
        assert!([400, 422].contains(&reply.status), "{member}: {:#}", reply.body);
    }
    let offered = offers(&it.first, it.body, service()).await.created();
    asks(&own, &offered, json!({})).await.refused(422, "validation_failed");
    asks(&app.secretariat().await, &offered, json!({})).await.refused(403, "forbidden");
    let asked = asks(&own, &offered, question()).await.created();
    acts(&it.first, REQUESTS, &asked, "decline", json!({})).await.refused(422, "validation_failed");
    acts(&it.first, REQUESTS, &asked, "finish", json!({})).await.refused(422, "validation_failed");
    own.get(&format!("{SERVICES}/{}", unit.id)).await.refused(404, "committee_service_not_found");
    own.post(&format!("{SERVICES}/{}/requests", unit.id), question()).await.refused(404, "committee_service_not_found");
    let unlimited = offers(&it.first, it.body, with(service(), "valid_until", Value::Null)).await.created();
    app.at("2026-11-30 18:00");
    asks(&own, &offered, question()).await.is(201);
    app.at("2026-12-01 09:00");
    asks(&own, &offered, question()).await.refused(409, "committee_service_over");
    asks(&own, &unlimited, question()).await.is(201);
    let former = app.member_unit("乙研究院").await;
    let leaver = app.representative_of(&former).await;
    app.sql("UPDATE unit SET status = 'withdrawn', withdrawn_on = '2026-11-20' WHERE name = '乙研究院'").await.unwrap();
    asks(&leaver, &unlimited, question()).await.refused(403, "forbidden");
    dissolves(&app, it.body).await;
    assert_eq!(asks(&own, &unlimited, question()).await.refused(409, "body_dissolved").body["article"], 17);
    acts(&own, REQUESTS, &asked, "withdraw", json!({})).await.refused(409, "body_dissolved");
    let now = own.get(&format!("{SERVICES}/{}", unlimited.id())).await.ok();
    assert_eq!((&now["takes_requests"], &now["allowed_actions"]), (&json!(false), &json!([])));
    offers(&it.first, it.body, service()).await.refused(403, "forbidden");
}

//! 书面委托: one substitute for one meeting, in writing.

use gongjian_testkit::{App, Persona, TestUnit};
use serde_json::{Value, json};

use super::{checks_in, code, general, members, opens, path, reads};

async fn person(office: &Persona, unit: &TestUnit, who: &str) -> Value {
    office.get(&format!("/v1/units/{}", unit.id)).await.ok()[who]["person_id"].clone()
}

fn mandate(to: &Value) -> Value {
    json!({ "substitute_person_id": to, "scope": "vote", "reference": "委托书（2026年12月10日）" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_voice_is_given_to_one_substitute_who_uses_it() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let units = members(&app, 3).await;
    let meeting = opens(&app, &office, general()).await;
    let url = path(&meeting, "mandates");
    let (first, second) = (app.representative_of(&units[0]).await, app.representative_of(&units[1]).await);
    let (liaison, other) = (person(&office, &units[0], "liaison").await, person(&office, &units[2], "liaison").await);
    let given = first.post(&url, mandate(&liaison)).await.created();
    assert_eq!((&given["state"], &given["substitute_name"]), (&json!("standing"), &json!("联络员")));
    assert_eq!(first.post(&url, mandate(&other)).await.refused(409, "mandate_already_given").body["article"], 11);
    second.post(&url, mandate(&liaison)).await.refused(409, "mandate_limit_reached");
    assert_eq!(office.get(&url).await.rows().len(), 1);
    assert!(second.get(&url).await.rows().is_empty(), "others see their own");

    let revoke = format!("/v1/mandates/{}/revoke", given.id());
    second.post(&revoke, json!({})).seen(&given).await.refused(403, "no_voice_in_body");
    first.post(&revoke, json!({})).seen(&given).await.is(200);
    let given = first.post(&url, mandate(&liaison)).await.created();
    let key = format!("unit:{}", units[0].id);
    let enter = json!({ "elector_key": key, "capacity": "substitute" });
    let there = office.post(&path(&meeting, "attendance"), enter).await.created();
    assert_eq!((&there["person_name"], &there["capacity"]), (&json!("联络员"), &json!("substitute")));
    let used = office.get(&url).await.rows().into_iter().find(|row| row["id"] == given["id"]).unwrap();
    assert_eq!(used["state"], "used");
    let revoke = format!("/v1/mandates/{}/revoke", given.id());
    first.post(&revoke, json!({})).header("if-match", "*").await.refused(409, "mandate_used");
    let none = json!({ "elector_key": format!("unit:{}", units[1].id), "capacity": "substitute" });
    assert!(office.post(&path(&meeting, "attendance"), none).await.has_fault("#/capacity", "mandate_not_found"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_is_his_own_substitute_and_no_administrator_is_one() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let units = members(&app, 2).await;
    let meeting = opens(&app, &office, general()).await;
    let url = path(&meeting, "mandates");
    let first = app.representative_of(&units[0]).await;
    let own = person(&office, &units[0], "representative").await;
    first.post(&url, mandate(&own)).await.refused(409, "mandate_to_oneself");
    let administrator = app.administrator().await;
    let account = administrator.get(&format!("/v1/accounts/{}", administrator.account().0)).await.ok();
    let refused = first.post(&url, mandate(&account["person"]["id"])).await;
    refused.refused(409, "mandate_to_administrator");
    let nobody = json!("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff");
    assert!(first.post(&url, mandate(&nobody)).await.has_fault("#/substitute_person_id", "person_not_found"));
    let liaison = app.liaison_of(&units[0]).await;
    liaison.post(&url, mandate(&own)).await.refused(403, "forbidden");
    office.post(&url, mandate(&own)).await.refused(403, "forbidden");
    let mut for_another = mandate(&person(&office, &units[1], "liaison").await);
    for_another["unit_id"] = json!(units[1].id);
    first.post(&url, for_another).await.refused(403, "no_voice_in_body");
}

/// The liaison of another unit carries the voice and checks in for it with the code.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_substitute_checks_in_by_himself() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let units = members(&app, 2).await;
    let meeting = opens(&app, &office, general()).await;
    let first = app.representative_of(&units[0]).await;
    let other = app.liaison_of(&units[1]).await;
    let substitute = person(&office, &units[1], "liaison").await;
    first.post(&path(&meeting, "mandates"), mandate(&substitute)).await.is(201);
    let shown = code(&office, &meeting).await;
    let carried = json!({ "code": shown, "unit_id": units[0].id });
    let there = other.post(&path(&meeting, "check-ins"), carried).await.created();
    assert_eq!(there["capacity"], "substitute");
    assert_eq!(checks_in(&other, &meeting, &shown).await.created()["capacity"], "liaison", "and his own unit too");
    assert_eq!(reads(&office, &meeting).await["attendance"]["present"], 2);
}

//! Article 2: the council tells members how the area fares, and asks what they think; every opinion is answered.

use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

mod opinions;
mod readers;

const OTHER_STREET: &str = "990106007";

fn to_all() -> Value {
    json!({ "kind": "all_members" })
}

fn to_street(street: &str) -> Value {
    json!({ "kind": "street_members", "street_code": street })
}

fn briefing(audience: Value) -> Value {
    json!({
        "title": "2026年第四季度区域发展情况通报",
        "sections": [
            { "heading": "重点工作", "text": "人才公寓二期年底交付。" },
            { "heading": "经济社会运行情况", "text": "前三季度全区经济运行平稳。" },
        ],
        "audience": audience,
    })
}

fn call(audience: Value) -> Value {
    json!({
        "title": "对2027年度工作计划（草案）征求意见",
        "question": "草案所列重点项目是否妥当，还应增加哪些？",
        "background": "草案由秘书处会同各专业研究委员会拟订。",
        "serves": "2027年度工作计划草案",
        "matter": "annual_plan",
        "audience": audience,
        "workdays": 5,
    })
}

/// Drafted by the office, issued by order of the secretary-general.
async fn issued(app: &App, audience: Value) -> Thing {
    let draft = app.secretariat().await.post("/v1/briefings", briefing(audience)).await.created();
    on_briefing(&app.secretary_general().await, &draft, "issue", json!({})).await.ok()
}

async fn opened(app: &App, audience: Value) -> Thing {
    let draft = app.secretariat().await.post("/v1/opinion-calls", call(audience)).await.created();
    on_call(&app.secretary_general().await, &draft, "open", json!({})).await.ok()
}

async fn on_briefing(who: &Persona, briefing: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("/v1/briefings/{}/{action}", briefing.id()), body).seen(briefing).await
}

async fn on_call(who: &Persona, call: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("/v1/opinion-calls/{}/{action}", call.id()), body).seen(call).await
}

async fn on_opinion(who: &Persona, opinion: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("/v1/opinions/{}/{action}", opinion.id()), body).seen(opinion).await
}

async fn signs(who: &Persona, briefing: &Thing) -> Reply {
    who.post(&format!("/v1/briefings/{}/sign", briefing.id()), json!({})).await
}

fn points(texts: &[&str]) -> Value {
    json!({ "points": texts.iter().map(|text| json!({ "text": text })).collect::<Vec<_>>() })
}

async fn replies(who: &Persona, call: &Thing, texts: &[&str]) -> Reply {
    who.post(&format!("/v1/opinion-calls/{}/opinions", call.id()), points(texts)).await
}

async fn leaves(app: &App, unit: &TestUnit) {
    let representative = app.representative_of(unit).await;
    let url = format!("/v1/units/{}", unit.id);
    let seen = representative.get(&url).await.ok();
    representative.post(&format!("{url}/withdraw"), json!({ "reason": "单位另有安排。" })).seen(&seen).await.is(200);
}

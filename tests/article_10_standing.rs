//! Articles 9 and 10: which rights a unit has used and which duties it has met, each line with its source;
//! the unit may object. The charter knows no sanction, so nothing follows from it.

use gongjian_testkit::{Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

mod contributions;
mod disputes;
mod passbook;

fn research(title: &str) -> Value {
    json!({ "kind": "research", "title": title, "detail": "全区新材料产业现状与建议。" })
}

async fn gives(who: &Persona, what: Value) -> Reply {
    who.post("/v1/contributions", what).await
}

async fn passbook(who: &Persona, unit: &TestUnit) -> Thing {
    who.get(&format!("/v1/units/{}/standing?year=2026", unit.id)).await.ok()
}

/// The latest line of the unit's passbook.
async fn latest(who: &Persona, unit: &TestUnit) -> Thing {
    let passbook = passbook(who, unit).await;
    let id = passbook["lines"][0]["id"].as_str().unwrap();
    who.get(&format!("/v1/standing-lines/{id}")).await.ok()
}

async fn acts(who: &Persona, line: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("/v1/standing-lines/{}/{action}", line.id()), body).seen(line).await
}

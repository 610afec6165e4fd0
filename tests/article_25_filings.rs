//! Article 25: one fixed representative and one liaison for each unit, filed with the secretariat; the unit
//! decides who, and may change it. A filing is no approval.

use gongjian_testkit::{Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

mod contacts;
mod deadlines;
mod receipts;
mod refusals;
mod succession;

fn person(name: &str) -> Value {
    json!({ "name": name, "post": "党委副书记", "phone": "13800000009" })
}

fn path(unit: &TestUnit, office: &str) -> String {
    format!("/v1/units/{}/{office}", unit.id)
}

async fn files(who: &Persona, unit: &TestUnit, office: &str, body: Value) -> Reply {
    who.post(&path(unit, office), body).header("if-match", "*").await
}

async fn leaves(who: &Persona, unit: &TestUnit, office: &str) -> Reply {
    who.post(&path(unit, &format!("{office}/end")), json!({ "reason": "工作调动" })).header("if-match", "*").await
}

/// The filing behind the receipt of whoever holds the office now.
async fn filing_of(who: &Persona, unit: &Thing, office: &str) -> Thing {
    let id = unit[office]["receipt"]["filing_id"].as_str().unwrap();
    who.get(&format!("/v1/filings/{id}")).await.ok()
}

//! 个人信息保护法: numbers are sealed and masked; whoever needs one says what for, and the person can see who did.
//! Everybody reads, corrects and takes along his own data, and can ask that they are erased.

mod erasure;
mod numbers;
mod own_data;
mod sealing;

use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

const NUMBER: &str = "+8613800000009";
const DIGITS: &str = "13800000009";
const ADDRESS: &str = "zhaoqiang@example.org";

/// A unit whose representative has a number and an address, and that representative.
async fn reachable(app: &App, name: &str) -> (TestUnit, Persona, String) {
    let unit = app.member_unit(name).await;
    let person = json!({ "name": "赵强", "post": "党委书记", "phone": "138 0000 0009", "email": ADDRESS });
    let path = format!("/v1/units/{}/representative", unit.id);
    let filed = app.secretariat().await.post(&path, person).header("if-match", "*").await.ok();
    let id = filed["representative"]["person_id"].as_str().unwrap().to_owned();
    (unit.clone(), app.representative_of(&unit).await, id)
}

fn need(purpose: &str, reason: &str) -> Value {
    json!({ "purpose": purpose, "reason": reason })
}

async fn reveals(who: &Persona, person: &str) -> Reply {
    who.post(&format!("/v1/persons/{person}/reveal"), need("issue_handling", "核实事项现场情况")).await
}

async fn own(who: &Persona) -> Thing {
    who.get("/v1/me/personal-data").await.ok()
}

fn seen(data: &Thing) -> String {
    format!("\"{}\"", data["person"]["version"])
}

async fn corrects(who: &Persona, version: &str, correction: Value) -> Reply {
    who.post("/v1/me/corrections", correction).header("if-match", version).await
}

/// Somebody who holds no office.
async fn nobody_in_particular(app: &App) -> Persona {
    Persona::open(app, "zhaoqiang", &[], false).await
}

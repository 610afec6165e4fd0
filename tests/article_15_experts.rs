//! Article 15: experienced leaders and scholars advise. Experts are persons; each answers alone, and none answers a
//! unit that he is or was with.

use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

mod answers;
mod profiles;
mod publicity;

const OTHER_STREET: &str = "990106007";

/// What the secretariat files of an expert.
fn profile(person: &str, employer: Option<&TestUnit>, former: &[&TestUnit]) -> Value {
    json!({
        "person_id": person,
        "employer_name": employer.map_or("青禾区委党校", |unit| unit.name.as_str()),
        "employer_unit_id": employer.map(|unit| unit.id),
        "biography": "长期从事基层党建理论研究。",
        "fields": ["基层治理", "非公党建"],
        "former_unit_ids": former.iter().map(|unit| unit.id).collect::<Vec<_>>(),
        "basis": "青党建理〔2026〕3号",
    })
}

/// The person who has this account.
async fn person_of(app: &App, who: &Persona) -> String {
    let account = app.administrator().await.get(&format!("/v1/accounts/{}", who.account().0)).await.ok();
    account["person"]["id"].as_str().unwrap().to_owned()
}

/// Somebody with an account, appointed as an expert.
async fn expert(app: &App, name: &str, employer: Option<&TestUnit>, former: &[&TestUnit]) -> (Persona, Thing) {
    let persona = Persona::open(app, name, &[], false).await;
    let person = person_of(app, &persona).await;
    let filed = app.secretariat().await.post("/v1/experts", profile(&person, employer, former)).await.created();
    (persona, filed)
}

fn question(publicity: &str) -> Value {
    json!({
        "field": "基层治理",
        "question": "非公企业党组织如何与街道分会联建？",
        "purpose": "供本单位制定2027年联建方案参考。",
        "agreement": { "publicity": publicity },
    })
}

async fn asks(who: &Persona, publicity: &str) -> Reply {
    who.post("/v1/enquiries", question(publicity)).await
}

async fn acts(who: &Persona, enquiry: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("/v1/enquiries/{}/{action}", enquiry.id()), body).seen(enquiry).await
}

async fn assigns(who: &Persona, enquiry: &Thing, experts: &[&Thing]) -> Reply {
    let experts: Vec<&str> = experts.iter().map(|expert| expert.id()).collect();
    acts(who, enquiry, "assign", json!({ "expert_ids": experts })).await
}

async fn answers(who: &Persona, enquiry: &Thing, text: &str) -> Reply {
    who.post(&format!("/v1/enquiries/{}/answer", enquiry.id()), json!({ "text": text })).await
}

async fn reads(who: &Persona, enquiry: &Thing) -> Reply {
    who.get(&format!("/v1/enquiries/{}", enquiry.id())).await
}

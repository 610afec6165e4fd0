//! The compliance calendar (Articles 2, 11–13, 17, 25): what the charter asks for is met by recorded facts and by
//! nothing else; what holds in principle and did not happen has a reason on record.

use gongjian_testkit::{App, Persona};
use serde_json::Value;

mod explanations;
mod facts;
mod feeds;
mod reading;

/// The lines of an obligation, by the day on which they are due.
async fn duties(who: &Persona, query: &str) -> Vec<Value> {
    who.get(&format!("/v1/compliance?limit=200&{query}")).await.rows()
}

/// Each with its period and state.
async fn states(who: &Persona, query: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    duties(who, query).await.iter().map(|duty| (text(&duty["period"]["key"]), text(&duty["state"]))).collect()
}

fn told(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines.iter().map(|(period, state)| ((*period).to_owned(), (*state).to_owned())).collect()
}

/// An association with a member since the autumn.
async fn association() -> App {
    let app = App::start().await;
    app.member_unit("云栖材料科学研究院").await;
    app
}

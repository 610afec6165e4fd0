//! Articles 11 and 13: a decision is adopted, issued, effective; it is not effective because it was typed.

use gongjian_governance::decision::{DecisionId, Matter, require_effective, spend};
use gongjian_kernel::{Act, Refusal, write};
use gongjian_testkit::{App, Persona, Reply, Thing};
use serde_json::{Value, json};
use uuid::Uuid;

mod book;
mod ending;
mod life;
mod results;

const COUNCIL: &str = "01980000-0000-7000-8000-000000000013";
const GENERAL_MEETING: &str = "01980000-0000-7000-8000-000000000011";

/// A decision of the council on paper.
fn on_paper(matter: &str, title: &str) -> Value {
    let body = match matter {
        "charter_amendment" | "work_report" | "annual_plan" | "general_other" => GENERAL_MEETING,
        _ => COUNCIL,
    };
    json!({
        "body_id": body, "matter": matter, "title": title, "text": "会议决定：同意。自印发之日起施行。",
        "method": "document", "document_ref": "青党促〔2026〕7号", "adopted_on": "2026-11-18",
    })
}

async fn adopts(who: &Persona, body: Value) -> Reply {
    who.post("/v1/decisions", body).await
}

async fn issues(who: &Persona, decision: &Thing) -> Reply {
    who.post(&format!("/v1/decisions/{}/issue", decision.id()), json!({})).seen(decision).await
}

async fn issued(who: &Persona, body: Value) -> Thing {
    issues(who, &adopts(who, body).await.created()).await.ok()
}

fn id(decision: &Thing) -> DecisionId {
    DecisionId(decision.id().parse().unwrap())
}

/// Somebody acts on the strength of the decision, as the commands of other articles do.
async fn uses(app: &App, decision: &Thing, matter: Matter, subject: Uuid) -> Result<(), Refusal> {
    let (store, id) = (app.store(), id(decision));
    write(store, &Act::by_rule(store), async |work| spend(work, id, matter, ("charter_version", subject)).await).await
}

async fn required(app: &App, decision: DecisionId, matter: Matter) -> Result<(), (&'static str, Option<u8>)> {
    let store = app.store();
    let found = write(store, &Act::by_rule(store), async |work| require_effective(work, decision, matter).await).await;
    found.map(drop).map_err(|refusal| (refusal.entry.code, refusal.article))
}

const PLAN: Matter = Matter::AnnualPlan;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_council_cannot_decide_what_article_11_gives_to_the_general_meeting() {
    let app = App::start().await;
    let office = app.secretariat().await;
    for (matter, body, article) in [
        ("charter_amendment", COUNCIL, 11),
        ("work_report", COUNCIL, 11),
        ("annual_plan", COUNCIL, 11),
        ("internal_rule", GENERAL_MEETING, 13),
        ("council_unit", GENERAL_MEETING, 14),
        ("committee_set", GENERAL_MEETING, 17),
    ] {
        let mut new = on_paper(matter, "越权的决议");
        new["body_id"] = json!(body);
        let refused = adopts(&office, new).await;
        assert_eq!(refused.refused(409, "not_the_bodys_matter").body["article"], article, "{matter}");
    }
    assert_eq!(app.count("SELECT count(*) FROM decision").await, 0);
}

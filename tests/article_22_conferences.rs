//! Articles 19, 22 and 23: joint conferences with the secretariat's approval, zone meetings without, measures with an owner
//! and a day; issues travel there and home under their number and clock.

use gongjian_testkit::{App, Cast, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};
use uuid::Uuid;

mod delegation;
mod measures;
mod network;
mod travel;
mod zone;

const OTHER_STREET: &str = "990106007";

fn district(cast: &Cast, issues: &[&Thing]) -> Value {
    json!({
        "level": "district", "title": "学位协调联席会", "purpose": "涉及教育、人社两个部门。",
        "invitee_unit_ids": [cast.unit.id, cast.bureau.id, cast.school.id],
        "issue_ids": issues.iter().map(|issue| issue.id()).collect::<Vec<_>>(),
    })
}

fn street(cast: &Cast, units: &[&TestUnit]) -> Value {
    json!({
        "level": "street", "street_code": cast.unit.street, "title": "街道停车联席会", "purpose": "多家单位共同解决。",
        "invitee_unit_ids": units.iter().map(|unit| unit.id).collect::<Vec<_>>(),
    })
}

async fn requested(who: &Persona, new: Value) -> Thing {
    who.post("/v1/conferences", new).await.created()
}

async fn does(who: &Persona, it: &Thing, act: &str, body: Value) -> Reply {
    who.post(&format!("/v1/conferences/{}/{act}", it.id()), body).seen(it).await
}

async fn now(who: &Persona, it: &Thing) -> Thing {
    who.get(&format!("/v1/conferences/{}", it.id())).await.ok()
}

fn sitting(app: &App) -> Value {
    json!({ "starts_at": app.now().to_rfc3339(), "place": "区会议中心", "chair": "秘书长" })
}

/// Requested by the office, approved by the secretary-general, with these issues.
async fn approved(cast: &Cast, issues: &[&Thing]) -> Thing {
    let it = requested(&cast.office, district(cast, issues)).await;
    does(&cast.general, &it, "approve", json!({})).await.ok()
}

async fn held(cast: &Cast, issues: &[&Thing]) -> Thing {
    let it = approved(cast, issues).await;
    let it = does(&cast.office, &it, "schedule", sitting(&cast.app)).await.ok();
    let there = json!({ "attended_unit_ids": [cast.unit.id, cast.bureau.id] });
    does(&cast.office, &it, "hold", there).await.ok()
}

fn minutes(cast: &Cast, issues: &[&Thing]) -> Value {
    let conclusion = |issue: &&Thing| json!({ "issue_id": issue.id(), "conclusion": "由教育局牵头，九月前安排学位。" });
    let measure = |issue: &&Thing| json!({ "issue_id": issue.id(), "task": "新增学位 12 个。", "owner_unit_id": cast.bureau.id, "due_on": "2026-12-18" });
    json!({
        "minutes": "会议议定由教育局牵头。", "conclusions": issues.iter().map(conclusion).collect::<Vec<_>>(),
        "measures": issues.iter().map(measure).collect::<Vec<_>>(),
    })
}

/// Minuted and out, with a measure for each issue.
async fn tracked(cast: &Cast, issues: &[&Thing]) -> Thing {
    let it = held(cast, issues).await;
    let it = does(&cast.office, &it, "minute", minutes(cast, issues)).await.ok();
    does(&cast.office, &it, "track", json!({})).await.ok()
}

/// A conference of the unit's street, a measure of one of the district and a delegation.
pub(crate) struct Affairs {
    pub(crate) street_conference: String,
    pub(crate) conference: String,
    pub(crate) measure: String,
    pub(crate) delegation: String,
    pub(crate) invited: Vec<Uuid>,
}

pub(crate) async fn affairs(cast: &Cast) -> Affairs {
    let new = street(cast, &[&cast.school]);
    let of_street = requested(&cast.president, new).await;
    let it = held(cast, &[]).await;
    let mut agreed = minutes(cast, &[]);
    agreed["measures"] = json!([{ "task": "提供场地。", "owner_unit_id": cast.bureau.id, "due_on": "2026-12-18" }]);
    let it = does(&cast.office, &it, "minute", agreed).await.ok();
    let it = does(&cast.office, &it, "track", json!({})).await.ok();
    let measures = cast.office.get(&format!("/v1/measures?conference_id={}", it.id())).await.rows();
    let delegation = json!({ "street_code": OTHER_STREET, "basis": "秘书处授权书" });
    cast.app.branch_body(OTHER_STREET).await;
    let delegation = cast.general.post("/v1/conference-delegations", delegation).await.created();
    Affairs {
        street_conference: of_street.id().to_owned(),
        conference: it.id().to_owned(),
        measure: measures[0]["id"].as_str().unwrap().to_owned(),
        delegation: delegation.id().to_owned(),
        invited: vec![cast.unit.id, cast.bureau.id, cast.school.id],
    }
}

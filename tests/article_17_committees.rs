//! Articles 9(3), 16, 17 and 20: the seven committees, who belongs to them, and what the council makes of them.

use gongjian_governance::office::OfficeKind;
use gongjian_identity::PersonId;
use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};
use uuid::Uuid;

mod applications;
mod council;
mod set;

const COUNCIL: &str = "01980000-0000-7000-8000-000000000013";
const SECOND: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_1702);
const SEVENTH: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_1707);

/// A committee with its lead unit and the two who direct it.
pub(crate) struct Committee {
    pub(crate) body: Uuid,
    pub(crate) lead: TestUnit,
    pub(crate) member: TestUnit,
    pub(crate) first: Persona,
    pub(crate) second: Persona,
}

async fn person_of(app: &App, unit: &TestUnit) -> PersonId {
    let unit = app.secretariat().await.get(&format!("/v1/units/{}", unit.id)).await.ok();
    PersonId(unit["representative"]["person_id"].as_str().unwrap().parse().unwrap())
}

/// Without its second director.
async fn half(app: &App, code: &str) -> Committee {
    let (lead, member) =
        (app.member_unit(&format!("{code}牵头局")).await, app.member_unit(&format!("{code}推荐单位")).await);
    let body = app.committee(code, &lead).await;
    app.directs(body, OfficeKind::CommitteeDirectorLead, person_of(app, &lead).await, &lead).await;
    let (first, second) = (app.representative_of(&lead).await, app.representative_of(&member).await);
    Committee { body, lead, member, first, second }
}

pub(crate) async fn committee(app: &App, code: &str) -> Committee {
    let it = half(app, code).await;
    app.directs(it.body, OfficeKind::CommitteeDirectorMember, person_of(app, &it.member).await, &it.member).await;
    it
}

/// A decision of the council on paper, put on file and not issued.
async fn adopted(office: &Persona, matter: &str) -> Thing {
    let new = json!({
        "body_id": COUNCIL, "matter": matter, "title": "理事会决议", "text": "会议决定：同意。",
        "method": "document", "document_ref": "青党促〔2026〕7号", "adopted_on": "2026-11-18",
    });
    office.post("/v1/decisions", new).await.created()
}

pub(crate) async fn decided(office: &Persona, matter: &str) -> Thing {
    let made = adopted(office, matter).await;
    office.post(&format!("/v1/decisions/{}/issue", made.id()), json!({})).seen(&made).await.ok()
}

pub(crate) async fn seen(who: &Persona, body: Uuid) -> Thing {
    who.get(&format!("/v1/committees/{body}")).await.ok()
}

pub(crate) async fn changes(who: &Persona, it: &Thing, act: &str, body: Value) -> Reply {
    who.post(&format!("/v1/committees/{}/{act}", it.id()), body).seen(it).await
}

async fn applies(who: &Persona, body: Uuid, unit: &TestUnit) -> Reply {
    let new = json!({ "unit_id": unit.id, "reason": "愿参与研究。" });
    who.post(&format!("/v1/committees/{body}/applications"), new).await
}

async fn checks(who: &Persona, it: &Thing) -> Reply {
    let remark = json!({ "remark": "业务相关，建议同意。" });
    who.post(&format!("/v1/committee-applications/{}/check", it.id()), remark).seen(it).await
}

async fn agrees(who: &Persona, it: &Thing) -> Reply {
    who.post(&format!("/v1/committee-applications/{}/agree", it.id()), json!({})).await
}

async fn declines(who: &Persona, it: &Thing) -> Reply {
    let why = json!({ "reason": "与研究方向无关。" });
    who.post(&format!("/v1/committee-applications/{}/decline", it.id()), why).await
}

/// Through all its steps.
async fn joins(app: &App, it: &Committee, unit: &TestUnit) {
    let made = applies(&app.representative_of(unit).await, it.body, unit).await.created();
    checks(&it.first, &made).await.is(200);
    agrees(&it.first, &made).await.is(200);
    assert_eq!(agrees(&it.second, &made).await.ok()["status"], "admitted");
}

async fn members(who: &Persona, body: Uuid, query: &str) -> Vec<Value> {
    who.get(&format!("/v1/committees/{body}/members?{query}")).await.rows()
}

/// A committee with a member, an application of the unit and a topic for the council;
/// an exchange event with a sign-up of the unit, a service with a request of it.
pub(crate) struct Affairs {
    pub(crate) body: Uuid,
    pub(crate) lead: Uuid,
    pub(crate) director: Persona,
    pub(crate) member: Uuid,
    pub(crate) membership: String,
    pub(crate) application: String,
    pub(crate) topic: String,
    pub(crate) exchange_event: String,
    pub(crate) sign_up: String,
    pub(crate) service: String,
    pub(crate) service_request: String,
}

pub(crate) async fn affairs(app: &App, applicant: &TestUnit) -> Affairs {
    let it = committee(app, "SW").await;
    let office = app.secretariat().await;
    let member = app.member_unit("云栖传媒中心").await;
    joins(app, &it, &member).await;
    let rows = members(&office, it.body, "").await;
    let membership =
        rows.iter().find(|row| row["unit"]["name"] == "云栖传媒中心").unwrap()["id"].as_str().unwrap().to_owned();
    let application = applies(&app.representative_of(applicant).await, it.body, applicant).await.created();
    let topic = json!({ "title": "关于人才公寓配租标准的建议", "detail": "建议统一配租标准。" });
    let topic = it.first.post(&format!("/v1/committees/{}/topics", it.body), topic).await.created();
    let own = app.representative_of(applicant).await;
    let event = json!({
        "kind": "joint_activity", "title": "共建联建活动", "detail": "与街道结对共建。",
        "starts_at": (app.now() + chrono::Duration::days(30)).to_rfc3339(), "place": "区委党校",
    });
    let event = it.first.post(&format!("/v1/committees/{}/exchange-events", it.body), event).await.created();
    let sign_up = own.post(&format!("/v1/exchange-events/{}/sign-ups", event.id()), json!({})).await.created();
    let service = json!({ "kind": "information_service", "title": "政策汇编", "description": "按季度提供政策汇编。" });
    let service = it.first.post(&format!("/v1/committees/{}/services", it.body), service).await.created();
    let question = json!({ "question": "本季度有哪些新政策？" });
    let request = own.post(&format!("/v1/committee-services/{}/requests", service.id()), question).await.created();
    Affairs {
        body: it.body,
        lead: it.lead.id,
        director: it.first,
        member: member.id,
        membership,
        application: application.id().to_owned(),
        topic: topic.id().to_owned(),
        exchange_event: event.id().to_owned(),
        sign_up: sign_up.id().to_owned(),
        service: service.id().to_owned(),
        service_request: request.id().to_owned(),
    }
}

//! Articles 17 and 18: two directors, two presidents; what needs the consent of both has two keys and two persons.

use gongjian_governance::office::OfficeKind;
use gongjian_identity::PersonId;
use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};
use uuid::Uuid;

/// A committee and the two who direct it.
struct Committee {
    app: App,
    body: Uuid,
    lead: TestUnit,
    member: TestUnit,
    first: Persona,
    second: Persona,
}

async fn person_of(app: &App, unit: &TestUnit) -> PersonId {
    let unit = app.secretariat().await.get(&format!("/v1/units/{}", unit.id)).await.ok();
    PersonId(unit["representative"]["person_id"].as_str().unwrap().parse().unwrap())
}

/// A committee with the director of its lead unit, and without the other.
async fn half() -> Committee {
    let app = App::start().await;
    let (lead, member) = (app.member_unit("青禾区人社局").await, app.member_unit("云栖材料科学研究院").await);
    let body = app.committee("RC", &lead).await;
    let (first, second) = (app.representative_of(&lead).await, app.representative_of(&member).await);
    app.directs(body, OfficeKind::CommitteeDirectorLead, person_of(&app, &lead).await, &lead).await;
    Committee { app, body, lead, member, first, second }
}

async fn committee() -> Committee {
    let it = half().await;
    let person = person_of(&it.app, &it.member).await;
    it.app.directs(it.body, OfficeKind::CommitteeDirectorMember, person, &it.member).await;
    it
}

fn mechanism(body: Uuid) -> Value {
    json!({ "body_id": body, "subject": "嵌入区人才工作联席会议机制", "text": "本委员会嵌入区人才工作联席会议机制运行。" })
}

async fn opened(who: &Persona, body: Uuid) -> Thing {
    who.post("/v1/joint-consents", mechanism(body)).await.created()
}

async fn signs(who: &Persona, it: &Thing) -> Reply {
    who.post(&format!("/v1/joint-consents/{}/sign", it.id()), json!({})).await
}

async fn declines(who: &Persona, it: &Thing) -> Reply {
    let why = json!({ "reason": "宜先征求会员单位意见。" });
    who.post(&format!("/v1/joint-consents/{}/decline", it.id()), why).await
}

fn decision(it: &Thing, body: Uuid) -> Value {
    json!({
        "body_id": body, "matter": "of_body", "title": "关于运行机制的决定", "text": "同意嵌入。",
        "method": "consent", "consent_id": it.id(),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn both_directors_sign_and_the_committee_has_decided() {
    let Committee { app, body, first, second, .. } = committee().await;
    let it = opened(&first, body).await;
    assert_eq!((&it["status"], &it["due_on"]), (&json!("open"), &json!("2026-12-04")), "ten working days");
    first.post("/v1/decisions", decision(&it, body)).await.refused(409, "result_not_concluded");
    let half = signs(&first, &it).await.ok();
    assert_eq!((&half["status"], half["signatures"].as_array().unwrap().len()), (&json!("open"), 1));
    assert_eq!(signs(&first, &it).await.ok()["signatures"], half["signatures"], "the same again is the same");
    assert_eq!(declines(&first, &it).await.refused(409, "key_turned").body["article"], 17);
    let agreed = signs(&second, &it).await.ok();
    assert_eq!(agreed["status"], "agreed");
    let offices: Vec<&Value> = agreed["signatures"].as_array().unwrap().iter().map(|one| &one["office"]).collect();
    assert_eq!(offices, [&json!("committee_director_lead"), &json!("committee_director_member")]);
    assert_eq!(signs(&second, &it).await.ok()["status"], "agreed");
    declines(&second, &it).await.refused(409, "joint_consent_not_open");

    let made = first.post("/v1/decisions", decision(&it, body)).await.created();
    assert_eq!(made["arithmetic"]["signatures"].as_array().unwrap().len(), 2);
    second.post("/v1/decisions", decision(&it, body)).await.refused(409, "result_used");
    let issued = second.post(&format!("/v1/decisions/{}/issue", made.id()), json!({})).seen(&made).await.ok();
    assert_eq!((&issued["status"], &issued["number"]), (&json!("effective"), &json!("RC专业研究委员会〔2026〕1号")));
    assert!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'joint_consent.agreed'").await == 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn either_may_decline_and_nobody_else_signs() {
    let Committee { app, body, lead, first, second, .. } = committee().await;
    let it = opened(&second, body).await;
    let office = app.secretariat().await;
    signs(&office, &it).await.refused(403, "forbidden");
    signs(&app.president().await, &it).await.refused(403, "forbidden");
    for stranger in [app.liaison_of(&lead).await, app.outsider().await, app.branch("990106003").await] {
        signs(&stranger, &it).await.refused(404, "joint_consent_not_found");
        stranger.post("/v1/joint-consents", mechanism(body)).await.refused(403, "forbidden");
    }
    let silent = second.post(&format!("/v1/joint-consents/{}/decline", it.id()), json!({})).await;
    silent.refused(422, "validation_failed");
    let declined = declines(&first, &it).await.ok();
    assert_eq!((&declined["status"], &declined["signatures"][0]["agrees"]), (&json!("declined"), &json!(false)));
    signs(&second, &it).await.refused(409, "joint_consent_not_open");
    first.post("/v1/decisions", decision(&it, body)).await.refused(409, "result_not_carried");

    let it = opened(&first, body).await;
    let withdraw = format!("/v1/joint-consents/{}/withdraw", it.id());
    let why = json!({ "reason": "内容有误。" });
    first.post(&withdraw, why.clone()).await.refused(428, "if_match_required");
    assert_eq!(first.post(&withdraw, why).seen(&it).await.ok()["status"], "withdrawn");
    signs(&second, &it).await.refused(409, "joint_consent_not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_committee_with_one_director_is_incomplete() {
    let Committee { app, body, member, first, .. } = half().await;
    let refused = first.post("/v1/joint-consents", mechanism(body)).await;
    assert_eq!(refused.refused(409, "body_incomplete").body["article"], 17);
    let person = person_of(&app, &member).await;
    app.directs(body, OfficeKind::CommitteeDirectorMember, person, &member).await;
    let it = opened(&first, body).await;
    // The other leaves before both have signed: the consent waits.
    let ended = "UPDATE office_tenure SET valid_from = '2026-11-01', valid_until = '2026-11-20' WHERE kind = 'committee_director_member'";
    app.sql(ended).await.unwrap();
    assert_eq!(signs(&first, &it).await.refused(409, "body_incomplete").body["article"], 17);
    let general = app.secretary_general().await;
    let council = json!({
        "body_id": "01980000-0000-7000-8000-000000000013", "subject": "理事会事项", "text": "理事会没有双签。",
    });
    general.post("/v1/joint-consents", council.clone()).await.refused(403, "forbidden");
    first.post("/v1/joint-consents", council).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_branch_with_one_president_has_no_second_key() {
    let app = App::start().await;
    let street = "990106003";
    let (president, branch) = (app.branch(street).await, app.branch_body(street).await);
    let refused = president.post("/v1/joint-consents", mechanism(branch)).await;
    assert_eq!(refused.refused(409, "body_incomplete").body["article"], 18);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_turns_both_keys() {
    let Committee { app, body, first, .. } = committee().await;
    let it = opened(&first, body).await;
    signs(&first, &it).await.is(200);
    // The same person comes to hold the other office too, and the first is somebody else's.
    let swap = "UPDATE office_tenure SET kind = CASE kind WHEN 'committee_director_lead' THEN 'committee_director_member' \
                WHEN 'committee_director_member' THEN 'committee_director_lead' ELSE kind END, \
                slot = slot || 'x' WHERE kind LIKE 'committee_director%'";
    app.sql(swap).await.unwrap();
    assert_eq!(signs(&first, &it).await.ok()["status"], "open", "he has signed already, and that is all");
    assert_eq!(app.count("SELECT count(*) FROM joint_consent_signature").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_not_signed_in_time_is_the_councils() {
    let Committee { app, body, first, second, .. } = committee().await;
    let it = opened(&first, body).await;
    signs(&first, &it).await.is(200);
    let unit = app.council_unit("东部实业有限公司").await;
    let councillor = app.representative_of(&unit).await;
    let url = format!("/v1/joint-consents/{}", it.id());
    councillor.get(&url).await.refused(404, "joint_consent_not_found");
    let office = app.secretariat().await;
    app.at("2026-12-04 23:00");
    assert!(office.get("/v1/joint-consents?status=escalated").await.rows().is_empty());
    app.at("2026-12-05 00:00");
    let rows = office.get(&format!("/v1/joint-consents?status=escalated&body_id={body}")).await.rows();
    assert_eq!((rows.len(), &rows[0]["status"]), (1, &json!("escalated")), "by derivation: nothing ran");
    assert!(office.get("/v1/joint-consents?status=open").await.rows().is_empty());
    signs(&second, &it).await.refused(409, "joint_consent_not_open");
    let seen = first.get(&url).await.ok();
    assert_eq!(seen["allowed_actions"], json!(["withdraw"]));
    let council = json!({
        "body_id": "01980000-0000-7000-8000-000000000013", "title": "理事会2026年第四季度例会", "kind": "regular",
        "starts_at": "2026-12-18T01:30:00Z", "chair": "会长",
        "place": "区委党校报告厅",
    });
    let meeting = office.post("/v1/meetings", council).await.created();
    let agenda = meeting["agenda"].as_array().unwrap();
    let left =
        agenda.iter().find(|item| item["title"].as_str().unwrap().starts_with("审议逾期未能一致的事项")).unwrap();
    assert_eq!(left["kind"], "council_other");
    app.auditor().await.get("/v1/joint-consents").await.refused(403, "forbidden");
}

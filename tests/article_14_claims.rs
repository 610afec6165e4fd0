//! Article 14(3): council units take projects of the year on, of their own accord. What is claimed never exceeds what
//! there is, a claim counts when it is confirmed on an agreement, and a unit without one is seen.

use futures_util::future::join_all;
use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

use super::article_13_plans::adopted_plan;

const PROJECTS: &str = "/v1/key-projects";
const CLAIMS: &str = "/v1/project-claims";

/// A key project of four shares that can be claimed from today on.
struct Offer {
    app: App,
    office: Persona,
    unit: TestUnit,
    representative: Persona,
    project: Thing,
}

fn published(plan: &Thing, shares: i32) -> Value {
    json!({
        "plan_item_id": plan["items"][0]["id"], "shares_total": shares, "claim_from": "2026-11-20",
        "claim_until": "2026-12-31", "requirements": "每份承担一期联合培训。",
    })
}

async fn offer() -> Offer {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.council_unit("云栖理工大学").await;
    let representative = app.representative_of(&unit).await;
    let plan = adopted_plan(&office, &unit).await;
    let project = office.post(PROJECTS, published(&plan, 4)).await.created();
    Offer { app, office, unit, representative, project }
}

async fn claims(who: &Persona, project: &Thing, shares: i32) -> Reply {
    let claim = json!({ "key_project_id": project.id(), "shares": shares, "undertaking": "承办联合培训。" });
    who.post(CLAIMS, claim).await
}

async fn acts(who: &Persona, claim: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("{CLAIMS}/{}/{action}", claim.id()), body).seen(claim).await
}

fn agreement() -> Value {
    json!({ "agreement_ref": "重点项目认领协议（2026）第 3 号", "agreed_on": "2026-11-20" })
}

fn reason() -> Value {
    json!({ "reason": "本单位职能调整。" })
}

async fn left(who: &Persona, project: &Thing) -> (i64, i64, i64) {
    let now = who.get(&format!("{PROJECTS}/{}", project.id())).await.ok();
    let of = |member: &str| now[member].as_i64().unwrap();
    (of("shares_pending"), of("shares_confirmed"), of("shares_left"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_council_unit_takes_a_project_of_the_year_on() {
    let Offer { app, office, unit, representative, project } = offer().await;
    let open = app.outsider().await.get("/v1/key-projects?year=2027&goal=g2&claiming=open").await.rows();
    assert_eq!((open.len(), &open[0]["title"], &open[0]["shares_left"]), (1, &json!("党务干部联合培训"), &json!(4)));
    assert!(office.get("/v1/key-projects?claiming=closed").await.rows().is_empty());
    assert!(office.get("/v1/key-projects?claiming=upcoming").await.rows().is_empty());

    let claim = claims(&app.liaison_of(&unit).await, &project, 3).await.created();
    assert_eq!((&claim["status"], &claim["unit"]["name"]), (&json!("pending"), &json!("云栖理工大学")));
    assert!(claim.allows("withdraw") && !claim.allows("confirm"));
    assert_eq!(left(&office, &project).await, (3, 0, 1));
    let confirmed = acts(&office, &claim, "confirm", agreement()).await.ok();
    assert_eq!((&confirmed["status"], &confirmed["agreed_on"]), (&json!("confirmed"), &json!("2026-11-20")));
    assert_eq!(left(&office, &project).await, (0, 3, 1));
    let lines = format!("/v1/standing-lines?unit_id={}", unit.id);
    let line = office.get(&lines).await.rows()[0].clone();
    assert_eq!((&line["kind"], &line["status"]), (&json!("project_claimed"), &json!("valid")));
    let mine = app.outsider().await.get(&format!("{CLAIMS}?unit_id={}&status=confirmed", unit.id)).await.rows();
    assert_eq!((mine.len(), &mine[0]["key_project"]["year"]), (1, &json!(2027)));

    // What it cannot do after all is free for others, and no longer its merit.
    let released = acts(&representative, &confirmed, "release", reason()).await.ok();
    assert_eq!((&released["status"], &released["allowed_actions"]), (&json!("released"), &json!([])));
    assert_eq!(left(&office, &project).await, (0, 0, 4));
    assert_eq!(office.get(&lines).await.rows()[0]["status"], "withdrawn");
    claims(&representative, &project, 4).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_what_the_adopted_plan_marks_as_key_is_published_and_once() {
    let Offer { app, office, unit, representative, project } = offer().await;
    let again = json!({
        "plan_item_id": project["plan_item_id"], "shares_total": 2, "claim_from": "2026-11-20", "claim_until": "2026-12-31",
    });
    assert_eq!(office.post(PROJECTS, again.clone()).await.refused(409, "key_project_exists").body["article"], 17);
    representative.post(PROJECTS, again.clone()).await.refused(403, "forbidden");
    app.administrator().await.get(PROJECTS).await.refused(403, "forbidden");
    let with = |member: &str, value: Value| {
        let mut new = again.clone();
        new[member] = value;
        new
    };
    let unknown = office.post(PROJECTS, with("plan_item_id", json!(unit.id))).await;
    assert!(unknown.has_fault("#/plan_item_id", "plan_item_not_found"), "{:#}", unknown.body);
    let none = office.post(PROJECTS, with("shares_total", json!(0))).await;
    assert!(none.has_fault("#/shares_total", "out_of_range"));
    let draft = json!({
        "kind": "annual_plan", "year": 2028, "title": "2028 年度工作计划", "text": "工作方针。",
        "items": [{ "title": "志愿服务", "goal": "g6", "methods": ["services"], "unit_id": unit.id, "quarter": 1, "is_key": true }],
    });
    let draft = office.post("/v1/instruments", draft).await.created();
    let early = office.post(PROJECTS, with("plan_item_id", draft["items"][0]["id"].clone())).await;
    assert_eq!(early.refused(409, "not_a_key_item").body["article"], 17);

    let url = format!("{PROJECTS}/{}", project.id());
    claims(&representative, &project, 3).await.is(201);
    let fewer = office.patch(&url, json!({ "shares_total": 2 })).seen(&project).await;
    assert!(fewer.status == 422 || fewer.status == 409, "{:#}", fewer.body);
    office.patch(&url, json!({ "claim_until": "2026-11-19" })).seen(&project).await.refused(422, "validation_failed");
    let more = office.patch(&url, json!({ "shares_total": 3, "claim_until": "2027-01-31" })).seen(&project).await.ok();
    assert_eq!((&more["shares_left"], &more["requirements"]), (&json!(0), &json!("每份承担一期联合培训。")));
    office.patch(&url, json!({ "shares_total": 9 })).seen(&project).await.refused(412, "version_mismatch");
    representative.patch(&url, json!({ "shares_total": 9 })).seen(&more).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_may_not_claim_is_refused_and_nothing_is_claimed() {
    let Offer { app, office, unit, representative, project } = offer().await;
    let member = app.member_unit("青禾实验学校").await;
    let refused = claims(&app.representative_of(&member).await, &project, 1).await;
    assert_eq!(refused.refused(409, "not_a_council_unit").body["article"], 14);
    claims(&office, &project, 1).await.refused(403, "forbidden");
    let claim =
        json!({ "key_project_id": project.id(), "unit_id": member.id, "shares": 1, "undertaking": "代为认领。" });
    representative.post(CLAIMS, claim).await.refused(403, "forbidden");
    let nowhere = json!({ "key_project_id": unit.id, "shares": 1, "undertaking": "承办。" });
    let nowhere = representative.post(CLAIMS, nowhere).await;
    assert!(nowhere.has_fault("#/key_project_id", "key_project_not_found"), "{:#}", nowhere.body);
    let five = claims(&representative, &project, 5).await;
    assert_eq!(five.refused(409, "shares_taken").body["article"], 14);
    let none = claims(&representative, &project, 0).await;
    assert!(none.has_fault("#/shares", "out_of_range"));
    app.at("2027-01-01 00:30");
    assert_eq!(claims(&representative, &project, 1).await.refused(409, "claiming_not_open").body["article"], 14);
    app.at("2026-12-31 23:30");
    let claim = claims(&representative, &project, 1).await.created();
    claims(&representative, &project, 1).await.refused(409, "claimed_already");

    for stranger in [&app.representative_of(&member).await, &app.liaison_of(&member).await] {
        acts(stranger, &claim, "withdraw", reason()).await.refused(403, "forbidden");
    }
    acts(&representative, &claim, "confirm", agreement()).await.refused(403, "forbidden");
    acts(&representative, &claim, "release", reason()).await.refused(409, "project_claim_not_open");
    let early = json!({ "agreement_ref": "协议", "agreed_on": "2027-01-05" });
    assert!(acts(&office, &claim, "confirm", early).await.has_fault("#/agreed_on", "in_future"));
    acts(&office, &claim, "decline", json!({})).await.refused(422, "validation_failed");
    let declined = acts(&office, &claim, "decline", reason()).await.ok();
    acts(&office, &claim, "confirm", agreement()).await.refused(412, "version_mismatch");
    let late = acts(&office, &declined, "confirm", agreement()).await;
    assert_eq!(late.refused(409, "project_claim_not_open").body["article"], 14);
    let again = claims(&representative, &project, 2).await.created();
    assert_eq!(acts(&representative, &again, "withdraw", reason()).await.ok()["status"], "withdrawn");
    assert_eq!(left(&office, &project).await, (0, 0, 4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_who_claim_the_last_shares_at_once_one_has_them() {
    let Offer { app, office, representative, project, .. } = offer().await;
    let other = app.council_unit("禾穗银行云栖分行").await;
    let other = app.representative_of(&other).await;
    let both = join_all([claims(&representative, &project, 3), claims(&other, &project, 3)]).await;
    let mut told: Vec<u16> = both.iter().map(|reply| reply.status).collect();
    told.sort_unstable();
    assert_eq!(told, [201, 409]);
    assert_eq!(left(&office, &project).await, (3, 0, 1));
    let twice = join_all((0..4).map(|_| claims(&representative, &project, 1))).await;
    assert!(twice.iter().filter(|reply| reply.status == 201).count() <= 1);
    assert_eq!(app.count("SELECT count(*) FROM project_claim").await, if both[0].status == 201 { 1 } else { 2 });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_council_unit_without_a_claim_is_seen() {
    let Offer { app, office, unit, representative, project } = offer().await;
    let idle = app.council_unit("禾穗银行云栖分行").await;
    let claim = claims(&representative, &project, 1).await.created();
    acts(&office, &claim, "confirm", agreement()).await.is(200);
    let seen = app.outsider().await.get("/v1/council-unit-claims?year=2027").await.ok();
    let names: Vec<&Value> = seen["units"].as_array().unwrap().iter().map(|unit| &unit["name"]).collect();
    assert_eq!(names, [&json!("禾穗银行云栖分行"), &json!("云栖理工大学")]);
    assert_eq!((&seen["without_claim_count"], &seen["units"][1]["confirmed_count"]), (&json!(1), &json!(1)));
    assert_eq!(office.get("/v1/council-unit-claims").await.ok()["without_claim_count"], 2, "of this year: none yet");

    // Articles 9(4) and 14: who leaves has no seat, and claims nothing.
    let leaves = format!("/v1/units/{}/withdraw", idle.id);
    let gone = app.representative_of(&idle).await;
    gone.post(&leaves, json!({})).header("if-match", "*").await.is(200);
    assert_eq!(office.get("/v1/council-unit-claims?year=2027").await.ok()["units"].as_array().unwrap().len(), 1);
    assert!(matches!(claims(&gone, &project, 1).await.status, 401 | 403 | 404));
    assert_eq!(unit.name, "云栖理工大学");
}

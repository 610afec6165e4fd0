//! Articles 20 and 21: a unit declares a project, the secretariat checks its form, the council decides, everybody may
//! object while it is made public, and what is approved has a number and a task book.

use futures_util::future::join_all;
use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

use super::article_11_charter::decided;

const PROJECTS: &str = "/v1/projects";

fn declaration() -> Value {
    json!({
        "name": "楼宇党建“红色合伙人”", "year": 2027, "kind": "own", "goal": "g2",
        "methods": ["organisations", "members"], "street_code": "990106003",
        "background": "商务楼宇党员流动性大。", "objectives": "在十栋楼宇建立联合党支部。", "beneficiaries": "楼宇党员约 540 人",
        "leader": "李敏", "party_opinion": "同意申报。", "starts_on": "2027-03-01", "ends_on": "2027-11-30",
        "indicators": [{ "name": "服务人次", "measure": "人次", "target": 540, "evidence": "签到表" }],
        "milestones": [{ "title": "完成首期培训", "due_on": "2027-04-30" }],
        "budget": [
            { "item": "师资费", "amount": "79999.90", "source": "district_budget" },
            { "item": "场地", "amount": "40000.10", "source": "in_kind", "valuation": "按公开租价折算" },
        ],
        "total": "120000.00",
    })
}

/// The declaration with one member changed.
fn with(at: &str, value: Value) -> Value {
    let mut changed = declaration();
    *changed.pointer_mut(at).unwrap() = value;
    changed
}

struct Work {
    app: App,
    office: Persona,
    unit: TestUnit,
    representative: Persona,
}

async fn work() -> Work {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("云栖锦绣律师事务所").await;
    let representative = app.representative_of(&unit).await;
    Work { app, office, unit, representative }
}

async fn drafts(who: &Persona, declaration: Value) -> Reply {
    who.post(PROJECTS, json!({ "declaration": declaration })).await
}

async fn acts(who: &Persona, project: &Thing, action: &str, body: Value) -> Reply {
    who.post(&format!("{PROJECTS}/{}/{action}", project.id()), body).seen(project).await
}

async fn submitted(who: &Persona, declaration: Value) -> Thing {
    let draft = drafts(who, declaration).await.created();
    acts(who, &draft, "submit", json!({})).await.ok()
}

/// Decided on by the council and made public today.
pub(crate) async fn publicised(office: &Persona, representative: &Persona) -> Thing {
    let project = submitted(representative, declaration()).await;
    let checked = acts(office, &project, "pass", json!({})).await.ok();
    let by = json!({ "decision_id": decided(office, "council_other", None).await });
    acts(office, &checked, "publicise", by).await.ok()
}

pub(crate) async fn drafted(representative: &Persona) -> Thing {
    drafts(representative, declaration()).await.created()
}

pub(crate) async fn objects(who: &Persona, project: &Thing) -> Reply {
    let objection = json!({ "text": "与在建项目重复。" });
    who.post(&format!("{PROJECTS}/{}/objections", project.id()), objection).await
}

async fn answers(office: &Persona, objection: &Thing, is_upheld: bool) -> Reply {
    let path = format!("/v1/project-objections/{}/answer", objection.id());
    let answer = json!({ "answer": "经核，服务对象不同。", "is_upheld": is_upheld });
    office.post(&path, answer).header("if-match", "\"1\"").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_project_is_declared_checked_decided_made_public_and_approved() {
    let Work { app, office, unit, representative } = work().await;
    let school = app.member_unit("青禾实验学校").await;
    let mut joint = declaration();
    joint["joint_units"] = json!([{ "unit_id": school.id, "division": "提供场地。" }]);
    let draft = drafts(&app.liaison_of(&unit).await, joint).await.created();
    assert_eq!(
        (&draft["status"], &draft["revision"], &draft["total"]),
        (&json!("draft"), &json!(1), &json!("120000.00"))
    );
    let url = format!("{PROJECTS}/{}", draft.id());
    let partner = app.representative_of(&school).await;
    for stranger in [&office, &partner, &app.president().await] {
        stranger.get(&url).await.refused(404, "project_not_found");
        assert!(stranger.get(PROJECTS).await.rows().is_empty(), "a draft is its unit's");
    }
    let renamed = representative.put(&format!("{url}/declaration"), {
        let mut again = draft["declaration"].clone();
        again["name"] = json!("红色合伙人");
        again
    });
    let draft = renamed.seen(&draft).await.ok();
    assert_eq!((&draft["revision"], &draft["name"]), (&json!(2), &json!("红色合伙人")));

    let project = acts(&representative, &draft, "submit", json!({})).await.ok();
    assert_eq!((&project["status"], &project["due_on"]), (&json!("submitted"), &json!("2026-11-27")));
    assert_eq!(partner.get(PROJECTS).await.rows().len(), 1, "who takes part knows of it");
    let elsewhere = app.outsider().await;
    elsewhere.get(&url).await.refused(404, "project_not_found");
    let returned = acts(&office, &project, "return", json!({ "reason": "请补充经费测算依据。" })).await.ok();
    assert_eq!((&returned["status"], &returned["remark"]), (&json!("returned"), &json!("请补充经费测算依据。")));
    let again = acts(&representative, &returned, "submit", json!({})).await.ok();
    let once = acts(&office, &again, "return", json!({ "reason": "再补充。" })).await;
    assert_eq!(once.refused(409, "corrected_already").body["article"], 21);
    let checked = acts(&office, &again, "pass", json!({})).await.ok();

    let decision = decided(&office, "council_other", None).await;
    let public = acts(&office, &checked, "publicise", json!({ "decision_id": decision })).await.ok();
    assert_eq!((&public["publicity_from"], &public["publicity_until"]), (&json!("2026-11-20"), &json!("2026-11-27")));
    assert_eq!(elsewhere.get("/v1/projects?status=publicised&goal=g2&year=2027").await.rows().len(), 1);
    let objection = objects(&elsewhere, &public).await.created();
    assert_eq!(objection["is_upheld"], Value::Null);
    app.at("2026-11-27 23:00");
    acts(&office, &public, "approve", json!({})).await.refused(409, "publicity_runs");
    app.at("2026-11-28 09:00");
    acts(&office, &public, "approve", json!({})).await.refused(409, "objections_open");
    let answered = answers(&office, &objection, false).await.ok();
    assert_eq!(answered["answer"], "经核，服务对象不同。");
    answers(&office, &objection, true).await.refused(412, "version_mismatch");
    let approved = acts(&office, &public, "approve", json!({})).await.ok();
    assert_eq!((&approved["number"], &approved["baseline_revision"]), (&json!("QHXM-2027-001"), &json!(2)));
    assert_eq!(approved["allowed_actions"], json!([]));
    let revisions = elsewhere.get(&format!("{url}/revisions")).await.rows();
    assert_eq!(revisions.iter().map(|it| &it["revision"]).collect::<Vec<_>>(), [&json!(2), &json!(1)]);
    assert_eq!(elsewhere.get(&format!("{url}/objections")).await.rows()[0]["is_upheld"], false);
    let change = representative.put(&format!("{url}/declaration"), declaration()).seen(&approved).await;
    assert_eq!(change.refused(409, "project_not_open").body["article"], 21);
    assert_eq!(unit.name, "云栖锦绣律师事务所");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_declared_has_no_gaps_and_its_budget_adds_up_to_the_fen() {
    let Work { app, representative, .. } = work().await;
    let bare = json!({
        "name": "草案", "year": 2027, "kind": "own", "goal": "g1", "methods": ["activities"], "total": "0.00",
    });
    let draft = drafts(&representative, bare).await.created();
    let gaps = acts(&representative, &draft, "submit", json!({})).await;
    for at in ["background", "leader", "starts_on", "indicators", "budget"] {
        assert!(gaps.has_fault(&format!("#/declaration/{at}"), "required"), "{at}: {:#}", gaps.body);
    }
    for (amount, expected) in [("120000.01", "budget_does_not_add_up"), ("119999.99", "budget_does_not_add_up")] {
        let draft = drafts(&representative, with("/total", json!(amount))).await.created();
        assert_eq!(draft["budget_adds_up"], false);
        let refused = acts(&representative, &draft, "submit", json!({})).await;
        assert!(refused.has_fault("#/declaration/total", expected), "{:#}", refused.body);
    }
    for amount in [json!("1.5"), json!("-1.00"), json!(120_000.0), json!("1e5"), json!("01.00")] {
        let refused = drafts(&representative, with("/total", amount.clone())).await;
        assert_eq!(refused.status, 422, "{amount}: {:#}", refused.body);
    }
    let refusals = [
        ("/budget/0/source", json!("in_kind"), "#/declaration/budget/0/valuation", "required"),
        ("/ends_on", json!("2027-02-01"), "#/declaration/ends_on", "before_starts_on"),
        ("/street_code", json!("浙江"), "#/declaration/street_code", "too_short"),
        ("/kind", json!("claimed"), "#/declaration/claim_id", "required"),
        ("/methods", json!([]), "#/declaration/methods", "too_few"),
        ("/indicators/0/target", json!(0), "#/declaration/indicators/0/target", "too_small"),
    ];
    for (at, value, pointer, code) in refusals {
        let refused = drafts(&representative, with(at, value)).await;
        let known = refused.has_fault(pointer, code) || refused.faults().iter().any(|fault| fault.0 == pointer);
        assert!(refused.status == 422 && known, "{at}: {:#}", refused.body);
    }
    let mut nowhere = declaration();
    nowhere["committee_code"] = json!("C99");
    let nowhere = drafts(&representative, nowhere).await;
    assert!(nowhere.has_fault("#/declaration/committee_code", "unknown_committee"), "{:#}", nowhere.body);
    let late = drafts(&representative, with("/milestones/0/due_on", json!("2028-01-01"))).await.created();
    let late = acts(&representative, &late, "submit", json!({})).await;
    assert!(late.has_fault("#/declaration/milestones/0/due_on", "out_of_range"));
    assert_eq!(app.count("SELECT count(*) FROM project WHERE status <> 'draft'").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_may_not_is_refused() {
    let Work { app, office, unit, representative } = work().await;
    drafts(&office, declaration()).await.refused(403, "forbidden");
    app.administrator().await.get(PROJECTS).await.refused(403, "forbidden");
    let other = app.member_unit("青禾实验学校").await;
    let stranger = app.representative_of(&other).await;
    let foreign = json!({ "unit_id": unit.id, "declaration": declaration() });
    stranger.post(PROJECTS, foreign).await.refused(403, "forbidden");
    let mut own = declaration();
    own["joint_units"] = json!([{ "unit_id": unit.id, "division": "自己。" }]);
    assert!(drafts(&representative, own).await.has_fault("#/declaration/joint_units", "repeated"));
    let claimed = {
        let mut it = with("/kind", json!("claimed"));
        it["claim_id"] = json!(unit.id);
        it
    };
    let claimed = drafts(&representative, claimed).await;
    assert!(claimed.has_fault("#/declaration/claim_id", "claim_not_confirmed"), "{:#}", claimed.body);

    let project = submitted(&representative, declaration()).await;
    acts(&stranger, &project, "withdraw", json!({ "reason": "撤回。" })).await.refused(404, "project_not_found");
    acts(&representative, &project, "pass", json!({})).await.refused(403, "forbidden");
    let twin = drafts(&representative, declaration()).await.created();
    let twin = acts(&representative, &twin, "submit", json!({})).await;
    assert_eq!(twin.refused(409, "project_declared_already").body["article"], 21);
    acts(&office, &project, "publicise", json!({ "decision_id": unit.id })).await.refused(409, "project_not_open");
    let checked = acts(&office, &project, "pass", json!({})).await.ok();
    acts(&office, &project, "pass", json!({})).await.refused(412, "version_mismatch");

    // Article 20: the council decides, and nothing else does; publicity is not cut short.
    let general = decided(&office, "general_other", None).await;
    let wrong = acts(&office, &checked, "publicise", json!({ "decision_id": general })).await;
    wrong.refused(409, "decision_on_another_matter");
    let none = acts(&office, &checked, "publicise", json!({ "decision_id": unit.id })).await;
    assert!(none.has_fault("#/decision_id", "decision_not_found"), "{:#}", none.body);
    let decision = decided(&office, "council_other", None).await;
    let short = acts(&office, &checked, "publicise", json!({ "decision_id": decision, "workdays": 4 })).await;
    assert!(short.has_fault("#/workdays", "publicity_too_short") && short.body["article"] == 20, "{:#}", short.body);
    objects(&stranger, &checked).await.refused(404, "project_not_found");
    let public = acts(&office, &checked, "publicise", json!({ "decision_id": decision, "workdays": 7 })).await.ok();
    assert_eq!(public["publicity_until"], "2026-12-01");
    objects(&office, &public).await.refused(403, "forbidden");
    let objection = objects(&stranger, &public).await.created();
    answers(&stranger, &objection, true).await.refused(403, "forbidden");
    answers(&office, &objection, true).await.is(200);
    app.at("2026-12-02 09:00");
    objects(&stranger, &public).await.refused(409, "publicity_over");
    assert_eq!(acts(&office, &public, "approve", json!({})).await.refused(409, "objection_upheld").body["article"], 20);
    let rejected = acts(&office, &public, "reject", json!({ "reason": "异议成立。" })).await.ok();
    assert_eq!((&rejected["status"], &rejected["number"]), (&json!("rejected"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_who_approve_at_once_give_one_number_and_numbers_have_no_gap() {
    let Work { app, office, representative, .. } = work().await;
    let general = app.secretary_general().await;
    let first = publicised(&office, &representative).await;
    let other = app.member_unit("青禾实验学校").await;
    let second = publicised(&office, &app.representative_of(&other).await).await;
    app.at("2026-11-30 09:00");
    let both =
        join_all([acts(&office, &first, "approve", json!({})), acts(&general, &first, "approve", json!({}))]).await;
    let mut told: Vec<u16> = both.iter().map(|reply| reply.status).collect();
    told.sort_unstable();
    assert_eq!(told, [200, 412]);
    let second = acts(&office, &second, "approve", json!({})).await.ok();
    assert_eq!(second["number"], "QHXM-2027-002");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn limits_are_the_policys_and_deadlines_that_run_stay() {
    let Work { app, office, representative, .. } = work().await;
    let policy = app.administrator().await;
    let known = policy.get("/v1/policies/projects").await.ok();
    assert_eq!((&known["publicity_workdays"], &known["version"]), (&json!(5), &json!(0)));
    let change = json!({ "check_workdays": 3, "number_prefix": "XM" });
    policy.patch("/v1/policies/projects", change).seen(&known).await.is(200);
    let bad =
        policy.patch("/v1/policies/projects", json!({ "publicity_workdays": 0 })).header("if-match", "\"1\"").await;
    assert_eq!(bad.status, 422);
    assert_eq!(submitted(&representative, declaration()).await["due_on"], "2026-11-25");
    office
        .patch("/v1/policies/projects", json!({ "corrections": 2 }))
        .header("if-match", "*")
        .await
        .refused(403, "forbidden");
}

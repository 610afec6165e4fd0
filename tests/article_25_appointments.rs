//! Article 25: whoever holds an office of the association is on file with the secretariat. What an office
//! permits follows from the filing, at once and everywhere.

use futures_util::future::join_all;
use gongjian_identity::Role;
use gongjian_kernel::{Scope, write};
use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing, difficulty};
use serde_json::{Value, json};

const PATH: &str = "/v1/appointments";
const STREET: &str = "990106003";
const UNKNOWN: &str = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff";

fn to(role: &str) -> Value {
    json!({ "person": { "name": "周宁" }, "role": role, "basis": "青党干〔2026〕18号" })
}

fn handler_of(unit: &TestUnit) -> Value {
    let mut new = to("department_handler");
    new["unit_id"] = json!(unit.id);
    new
}

async fn ends(who: &Persona, appointment: &Thing) -> Reply {
    let why = json!({ "basis": "工作调动，青党干〔2026〕31号" });
    who.post(&format!("{PATH}/{}/end", appointment.id()), why).seen(appointment).await
}

/// Somebody with an account and nothing else, and the id of the person.
async fn newcomer(app: &App, username: &str) -> (Persona, Value) {
    let newcomer = Persona::open(app, username, &[], false).await;
    let account = app.administrator().await.get(&format!("/v1/accounts/{}", newcomer.account().0)).await.ok();
    let person = account["person"]["id"].clone();
    (newcomer, person)
}

fn of(person: &Value, mut new: Value) -> Value {
    new.as_object_mut().unwrap().remove("person");
    new["person_id"] = person.clone();
    new
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_office_is_filed_under_a_receipt_and_ended_with_its_basis() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let filed = general.post(PATH, to("secretariat_office")).await.created();
    let number = |thing: &Thing| thing.text("receipt_no").rsplit('-').next().unwrap().parse::<u32>().unwrap();
    assert!(filed.text("receipt_no").starts_with("BA-2026-"), "{}", filed.text("receipt_no"));
    assert_eq!((&filed["person"]["name"], &filed["until"]), (&json!("周宁"), &json!(null)));
    let mut next = to("branch_staff");
    next["street_code"] = json!(STREET);
    let next = general.post(PATH, next).await.created();
    assert_eq!(number(&next), number(&filed) + 1, "without a gap");
    let ended = ends(&general, &filed).await.ok();
    assert!(ended["until"].is_string() && ended["ended_basis"] == "工作调动，青党干〔2026〕31号");
    ends(&general, &filed).await.refused(412, "version_mismatch");
    ends(&general, &ended).await.refused(409, "appointment_ended");
    assert_eq!(general.get(&format!("{PATH}?role=secretariat_office&current=true")).await.rows().len(), 0);
    assert_eq!(general.get(&format!("{PATH}?role=secretariat_office&current=false")).await.rows().len(), 1);
    for kind in ["filed", "ended"] {
        let on_record = format!(
            "SELECT count(*) FROM audit_event WHERE kind = 'appointment.{kind}' AND actor_id IS NOT NULL AND data LIKE '%secretariat_office%'"
        );
        assert_eq!(app.count(&on_record).await, 1, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_refused_filing_takes_no_receipt() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let (_, person) = newcomer(&app, "zhou").await;
    let first = general.post(PATH, of(&person, to("secretariat_office"))).await.created();
    general.post(PATH, of(&person, to("secretariat_office"))).await.refused(409, "appointed_already");
    let mut next = of(&person, to("branch_staff"));
    next["street_code"] = json!(STREET);
    let next = general.post(PATH, next).await.created();
    let number = |thing: &Thing| thing.text("receipt_no").rsplit('-').next().unwrap().parse::<u32>().unwrap();
    assert_eq!(number(&next), number(&first) + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn officers_of_the_association_are_filed_by_the_secretary_general() {
    let app = App::start().await;
    let (office, general, security) = (app.secretariat().await, app.secretary_general().await, app.security().await);
    for who in [&office, &security] {
        let refused = who.post(PATH, to("secretariat_office")).await;
        assert_eq!(refused.refused(403, "forbidden").body["article"], 25);
    }
    general.post(PATH, to("secretariat_office")).await.is(201);
    let mut branch = to("branch_staff");
    branch["street_code"] = json!(STREET);
    office.post(PATH, branch).await.is(201);
    office.post(PATH, handler_of(&app.department_unit("青禾区教育局").await)).await.is(201);
    let unit = app.member_unit("云栖材料科学研究院").await;
    for other in [
        app.president().await,
        app.liaison_of(&unit).await,
        app.branch(STREET).await,
        app.administrator().await,
        app.auditor().await,
    ] {
        let refused = other.post(PATH, to("secretariat_office")).await;
        refused.refused(403, "forbidden");
    }
}

/// Articles 12, 13 and 18: these follow from a post, and the refusal says where they come from.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_is_appointed_to_an_office_that_follows_from_a_post() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    for role in ["president", "vice_president", "secretary_general"] {
        let refused = general.post(PATH, to(role)).await;
        assert_eq!(refused.refused(422, "office_follows_post").body["article"], 25, "{role}");
    }
    let mut branch = to("branch_president");
    branch["street_code"] = json!(STREET);
    general.post(PATH, branch).await.refused(422, "office_follows_post");
    app.security().await.post(PATH, to("secretary_general")).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_department_names_nobody_who_is_somebody_elsewhere() {
    let app = App::start().await;
    let (bureau, other) = (app.department_unit("青禾区教育局").await, app.member_unit("青禾实验学校").await);
    let representative = app.representative_of(&bureau).await;
    let other = app.secretariat().await.get(&format!("/v1/units/{}", other.id)).await.ok();
    let mut wanted = handler_of(&bureau);
    wanted.as_object_mut().unwrap().remove("person");
    for stranger in [&other["liaison"]["person_id"], &json!("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff")] {
        wanted["person_id"] = stranger.clone();
        let refused = representative.post(PATH, wanted.clone()).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_files_his_own_appointment() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let account = app.administrator().await.get(&format!("/v1/accounts/{}", general.account().0)).await.ok();
    general.post(PATH, of(&account["person"]["id"], to("secretariat_office"))).await.refused(409, "own_appointment");
    let person = |persona: &Persona| format!("/v1/accounts/{}", persona.account().0);
    for administrator in [app.administrator().await, app.security().await, app.auditor().await] {
        let account = app.administrator().await.get(&person(&administrator)).await.ok();
        let refused = general.post(PATH, of(&account["person"]["id"], to("secretariat_office"))).await;
        refused.refused(409, "incompatible_roles");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_office_names_what_it_is_held_over_and_nothing_else() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let (bureau, unit) = (app.department_unit("青禾区教育局").await, app.member_unit("云栖材料科学研究院").await);
    general.post(PATH, handler_of(&unit)).await.refused(422, "not_a_department");
    let streets = json!({ "streets": [{ "code": STREET, "name": "金桂街道" }] });
    let policy = "/v1/policies/association";
    app.administrator().await.patch(policy, streets).header("if-match", "*").await.is(200);
    let mut nowhere = to("branch_staff");
    nowhere["street_code"] = json!("110101001");
    let refused = general.post(PATH, nowhere).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/street_code", "unknown_street"));
    let with = |mut new: Value, member: &str, value: Value| {
        new[member] = value;
        new
    };
    for wrong in [
        to("department_handler"),
        to("branch_staff"),
        with(to("secretariat_office"), "unit_id", json!(bureau.id)),
        with(to("secretariat_office"), "street_code", json!(STREET)),
        with(handler_of(&bureau), "street_code", json!(STREET)),
        with(to("branch_staff"), "unit_id", json!(bureau.id)),
        with(to("secretariat_office"), "person_id", json!(UNKNOWN)),
        of(&json!(UNKNOWN), to("secretariat_office")),
        with(to("secretariat_office"), "basis", json!("")),
    ] {
        general.post(PATH, wrong).await.is(422);
    }
    for role in ["system_administrator", "security_administrator", "audit_administrator"] {
        general.post(PATH, to(role)).await.refused(422, "office_not_appointed");
    }
    let represented = general.post(PATH, with(to("member_representative"), "unit_id", json!(unit.id))).await;
    represented.refused(422, "office_not_appointed");
    let gone = with(handler_of(&bureau), "unit_id", json!(UNKNOWN));
    assert!(general.post(PATH, gone).await.refused(422, "validation_failed").has_fault("#/unit_id", "unit_not_found"));
    assert_eq!(app.count("SELECT count(*) FROM appointment WHERE role = 'department_handler'").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_but_the_office_is_taken_from_the_body() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    for (member, value) in [
        ("receipt_no", json!("BA-2026-0001")),
        ("since", json!("2020-01-01T00:00:00Z")),
        ("until", json!(null)),
        ("version", json!(7)),
        ("scope", json!("association")),
        ("roles", json!(["secretariat_office"])),
    ] {
        let mut new = to("secretariat_office");
        new[member] = value;
        let refused = general.post(PATH, new).await;
        assert!(
            refused.refused(422, "validation_failed").has_fault(&format!("#/{member}"), "unknown_field"),
            "{member}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_filings_of_the_same_office_at_once_one_counts() {
    let app = App::start().await;
    let general = app.secretary_general().await;
    let elsewhere = general.on(&app.another_instance());
    let (_, person) = newcomer(&app, "zhou").await;
    let bureau = app.department_unit("青禾区教育局").await;
    let new = of(&person, handler_of(&bureau));
    let calls = [&general, &elsewhere, &general, &elsewhere].map(|who| who.post(PATH, new.clone()));
    let answers = join_all(calls.map(IntoFuture::into_future)).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409]);
    assert_eq!(app.count("SELECT count(*) FROM appointment WHERE role = 'department_handler'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_department_names_its_own_handlers_and_sees_no_others() {
    let app = App::start().await;
    let (education, health) = (app.department_unit("青禾区教育局").await, app.department_unit("青禾区卫健局").await);
    let (own, other) = (app.representative_of(&education).await, app.representative_of(&health).await);
    let filed = own.post(PATH, handler_of(&education)).await.created();
    let path = format!("{PATH}/{}", filed.id());
    own.post(PATH, handler_of(&health)).await.refused(403, "forbidden");
    own.post(PATH, to("secretariat_office")).await.refused(403, "forbidden");
    assert_eq!(own.get(PATH).await.rows().len(), 1);
    own.get(&path).await.is(200);
    for stranger in [&other, &app.outsider().await] {
        assert!(stranger.get(PATH).await.rows().is_empty(), "{}", stranger.username());
        stranger.get(&path).await.refused(404, "appointment_not_found");
        ends(stranger, &filed).await.refused(404, "appointment_not_found");
        let narrowed = stranger.get(&format!("{PATH}?unit_id={}", education.id)).await;
        assert!(narrowed.rows().is_empty());
    }
    app.liaison_of(&education).await.get(PATH).await.refused(403, "forbidden");
    ends(&own, &filed).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_filed_permits_at_once_and_everywhere() {
    let app = App::start().await;
    let other = app.another_instance();
    let general = app.secretary_general().await;
    let (zhou, person) = newcomer(&app, "zhou").await;
    let there = zhou.on(&other);
    zhou.get("/v1/issues").await.refused(403, "forbidden");
    there.get("/v1/issues").await.refused(403, "forbidden");
    let filed = general.post(PATH, of(&person, to("secretariat_office"))).await.created();
    zhou.get("/v1/issues").await.is(200);
    tokio::time::sleep(std::time::Duration::from_millis(1000)).await;
    there.get("/v1/issues").await.is(200);
    let me = there.get("/v1/me").await.ok();
    assert_eq!(me["offices"][0]["role"], "secretariat_office");
    ends(&general, &filed).await.is(200);
    zhou.get("/v1/issues").await.refused(403, "forbidden");
    tokio::time::sleep(std::time::Duration::from_millis(1000)).await;
    there.get("/v1/issues").await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_handler_acts_for_a_department_that_is_a_member() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.dispatched().await;
    let withdrawn = format!(
        "UPDATE unit SET status = 'withdrawn', withdrawn_on = '2026-11-20' WHERE id = {}",
        quoted(cast.bureau.id)
    );
    app.sql(&withdrawn).await.unwrap();
    let act = app.act(Role::SecretaryGeneral, Scope::Association);
    write(app.store(), &act, async |work| {
        app.identity().forget_callers(work);
        Ok(())
    })
    .await
    .unwrap();
    cast.handler.signs(&issue).await.refused(404, "issue_not_found");
    cast.handler.get("/v1/issues").await.refused(403, "forbidden");
    assert_eq!(cast.handler.get("/v1/me").await.ok()["offices"], json!([]));
    cast.general.post(PATH, handler_of(&cast.bureau)).await.refused(409, "unit_not_active");
    cast.representative.submits(difficulty()).await.is(201);
}

/// An id as the database writes it.
fn quoted(id: uuid::Uuid) -> String {
    if gongjian_testkit::is_postgres() { format!("'{id}'") } else { format!("X'{}'", id.simple()) }
}

//! Masked for everybody, shown in full to those who need a number and say what for.

use futures_util::future::join_all;
use gongjian_identity::Role;
use gongjian_kernel::Scope;
use gongjian_testkit::{App, Persona};
use serde_json::json;

use super::{ADDRESS, DIGITS, NUMBER, need, nobody_in_particular, own, reachable, reveals};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_number_is_kept_sealed_and_shown_masked() {
    let app = App::start().await;
    let (unit, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    let sealed = "SELECT count(*) FROM person WHERE phone IS NULL AND phone_masked = '138****0009' \
                  AND phone_sealed LIKE 'a256gcm:secret:%' AND phone_key = 'secret'";
    assert_eq!(app.count(sealed).await, 1);
    for who in [&app.secretariat().await, &representative, &app.outsider().await] {
        let read = who.get(&format!("/v1/units/{}", unit.id)).await.ok();
        assert_eq!(read["representative"]["phone"], "138****0009", "{}", who.username());
        let address = if who.username() == "outsider" { "z****g@example.org" } else { ADDRESS };
        assert_eq!(read["representative"]["email"], address, "{}", who.username());
    }
    // Copied into another row, it opens for nobody.
    let copy = "UPDATE person SET phone_key = 'secret', phone_sealed = (SELECT phone_sealed FROM person WHERE phone_masked = \
         '138****0009') WHERE id = (SELECT person_id FROM unit_contact WHERE kind = 'liaison' AND until IS NULL AND \
         unit_id = (SELECT unit_id FROM unit_contact WHERE until IS NULL AND kind = 'representative' AND person_id = \
         (SELECT id FROM person WHERE phone_masked = '138****0009')))";
    app.sql(copy).await.unwrap();
    let liaison = app.liaison_of(&unit).await;
    let id = liaison.get(&format!("/v1/units/{}", unit.id)).await.ok()["liaison"]["person_id"].clone();
    reveals(&representative, id.as_str().unwrap()).await.refused(500, "internal_error");
    reveals(&representative, &person).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_number_is_shown_to_those_who_need_it_and_to_nobody_else() {
    let app = App::start().await;
    let (unit, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    let liaison = app.liaison_of(&unit).await;
    for who in [&app.secretariat().await, &app.secretary_general().await, &representative, &liaison] {
        let shown = reveals(who, &person).await;
        assert_eq!((shown.ok()["phone"].as_str(), shown.header("cache-control")), (Some(NUMBER), "no-store"));
    }
    let department = app.department(&app.department_unit("青禾区教育局").await).await;
    for who in [&app.outsider().await, &department, &app.president().await, &app.branch(&unit.street).await] {
        assert_eq!(reveals(who, &person).await.refused(403, "forbidden").body["article"], 25, "{}", who.username());
    }
    for who in [app.administrator().await, app.security().await, app.auditor().await] {
        reveals(&who, &person).await.refused(404, "no_such_person");
    }
    // A person whom no list names is not there for others.
    let hidden = own(&nobody_in_particular(&app).await).await["person"]["id"].as_str().unwrap().to_owned();
    for id in [hidden.as_str(), "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff"] {
        reveals(&app.outsider().await, id).await.refused(404, "no_such_person");
    }
    reveals(&app.secretariat().await, &hidden).await.refused(409, "no_phone");
    let looks = "SELECT count(*) FROM personal_reveal";
    let events = "SELECT count(*) FROM audit_event WHERE kind = 'person.phone_revealed'";
    assert_eq!((app.count(looks).await, app.count(events).await), (4, 4), "each look is on record");
    assert!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'access.denied'").await >= 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_look_needs_a_purpose_and_a_reason_and_is_kept_for_no_key() {
    let app = App::start().await;
    let (_, representative, person) = reachable(&app, "云栖材料科学研究院").await;
    let (office, path) = (app.secretariat().await, format!("/v1/persons/{person}/reveal"));
    for bad in [json!({}), need("issue_handling", "无"), need("curiosity", "想看一看"), json!({ "reason": "核实情况" })]
    {
        office.post(&path, bad.clone()).await.refused(422, "validation_failed");
        app.outsider().await.post(&path, bad).await.refused(403, "forbidden");
    }
    for _ in 0..2 {
        let shown = office.post(&path, need("urgent", "紧急联络本人")).key("one-look").await;
        assert!(!shown.has("idempotency-replayed"), "a repeated look is another look");
        shown.is(200);
    }
    assert_eq!(app.count("SELECT count(*) FROM idempotency_key WHERE answer LIKE '%138%'").await, 0);
    let told = representative.get(&format!("/v1/persons/{person}/reveals")).await.rows();
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["by_role"], &told[0]["purpose"]), (&json!("secretariat_office"), &json!("urgent")));
    assert_eq!((&told[0]["reason"], &told[0]["by_name"]), (&json!("紧急联络本人"), &json!("人员 secretariat")));
    for other in [&office, &app.outsider().await, &app.auditor().await] {
        other.get(&format!("/v1/persons/{person}/reveals")).await.refused(404, "no_such_person");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_account_is_shown_so_many_numbers_in_a_day_on_all_instances_together() {
    let app = App::start().await;
    let (_, _, person) = reachable(&app, "云栖材料科学研究院").await;
    let change = app.administrator().await.patch("/v1/policies/privacy", json!({ "reveals_per_day": 5 }));
    change.header("if-match", "\"0\"").await.is(200);
    let office = app.secretariat().await;
    let there = office.on(&app.another_instance());
    let asked = (0..12).map(|n| reveals(if n % 2 == 0 { &office } else { &there }, &person));
    let mut told: Vec<u16> = join_all(asked).await.iter().map(|reply| reply.status).collect();
    told.sort_unstable();
    assert_eq!(told, [[200; 5].as_slice(), &[429; 7]].concat());
    assert_eq!(app.count("SELECT count(*) FROM personal_reveal").await, 5);
    let refused = reveals(&office, &person).await;
    assert_eq!(refused.refused(429, "reveal_limit").header("retry-after"), (14 * 3600).to_string(), "until midnight");
    reveals(&app.secretary_general().await, &person).await.is(200);
    app.at("2026-11-21 00:00");
    reveals(&office, &person).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_a_military_unit_others_see_only_which_one_it_is() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let contact = |name: &str| json!({ "name": name, "post": "教导员", "phone": DIGITS, "email": ADDRESS });
    let new = json!({
        "name": "某部队", "unit_type": "military", "affiliation_level": "military",
        "credit_code_exempt_reason": "部队", "street_code": "990106003", "address": "青禾区某路 1 号",
        "party_org_name": "中共某部队委员会", "party_org_kind": "party_committee", "party_member_count": 30,
        "consent": { "basis": "入会申请书", "consented_on": "2026-11-01" },
        "representative": contact("周正"), "liaison": contact("吴刚"),
    });
    let filed = office.post("/v1/units", new).await.created();
    let path = format!("/v1/units/{}", filed.id());
    let id = filed.id().parse().unwrap();
    let liaison = Persona::open(&app, "wugang", &[(Role::MemberLiaison, Scope::Unit(id))], false).await;
    let hidden = ["address", "party_org_name", "party_org_kind", "party_member_count", "representative", "liaison"];
    for who in [&office, &liaison] {
        let read = who.get(&path).await.ok();
        assert!(hidden.iter().all(|member| !read[*member].is_null()), "{}", who.username());
    }
    for who in [app.outsider().await, app.president().await] {
        let read = who.get(&path).await.ok();
        assert!(hidden.iter().all(|member| read[*member].is_null()), "{}", who.username());
        assert_eq!((&read["name"], &read["unit_type"]), (&json!("某部队"), &json!("military")));
        assert_eq!(read["member_no"], filed["member_no"]);
        let person = filed["representative"]["person_id"].as_str().unwrap();
        reveals(&who, person).await.refused(404, "no_such_person");
    }
    let listed = app.outsider().await.get("/v1/units?unit_type=military").await.rows();
    assert!(hidden.iter().all(|member| listed[0].get(*member).is_none()));
}

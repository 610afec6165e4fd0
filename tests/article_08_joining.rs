//! Article 8: which bodies the association is open to, and what stands on file of each.

use gongjian_testkit::{App, Persona};
use serde_json::{Value, json};

fn unit(name: &str) -> Value {
    json!({
        "name": name,
        "unit_type": "research",
        "affiliation_level": "municipal",
        "credit_code": "91350100M000100Y43",
        "street_code": "990106007",
        "address": "青禾区科苑路 7 号",
        "party_org_name": "中共云栖材料科学研究院委员会",
        "party_org_kind": "party_committee",
        "party_member_count": 186,
        "consent": { "basis": "院党委会议纪要〔2026〕12号", "consented_on": "2026-11-19" },
        "representative": { "name": "李敏", "post": "党委书记", "phone": "138 0000 0001" },
        "liaison": { "name": "王芳", "post": "党办主任", "email": "wangfang@example.org" },
    })
}

fn with(mut unit: Value, changes: Value) -> Value {
    for (member, value) in changes.as_object().unwrap() {
        unit[member] = value.clone();
    }
    unit
}

async fn files(office: &Persona, unit: Value) -> gongjian_testkit::Reply {
    office.post("/v1/units", unit).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secretariat_puts_a_unit_on_file_with_those_who_speak_for_it() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let filed = files(&office, unit("云栖材料科学研究院")).await.created();
    assert_eq!((&filed["member_no"], &filed["status"]), (&json!("HY-0001"), &json!("active")));
    assert_eq!(filed["representative"]["phone"], "138****0001", "phones are masked");
    let read = app.outsider().await.get(&format!("/v1/units/{}", filed.id())).await.ok();
    assert_eq!((&read["name"], &read["liaison"]["name"]), (&filed["name"], &json!("王芳")));
    for other in [app.secretary_general().await, app.outsider().await, app.president().await, app.administrator().await]
    {
        let status = files(&other, unit("另一单位")).await.status;
        assert_eq!(status, if other.username() == "secretary.general" { 409 } else { 403 }, "{}", other.username());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_credit_code_checks_by_gb_32100() {
    let vectors: Value = serde_json::from_str(include_str!("../crates/membership/data/uscc_vectors.json")).unwrap();
    let app = App::start().await;
    let office = app.secretariat().await;
    for (n, vector) in vectors["valid"].as_array().unwrap().iter().enumerate() {
        let new = with(unit(&format!("第{n}研究所")), json!({ "credit_code": vector["code"] }));
        assert_eq!(files(&office, new).await.created()["credit_code"], vector["code"], "{}", vector["why"]);
    }
    for vector in vectors["invalid"].as_array().unwrap() {
        let refused = files(&office, with(unit("无效单位"), json!({ "credit_code": vector["code"] }))).await;
        let at: Vec<_> = refused.refused(422, "validation_failed").faults().into_iter().map(|(at, _)| at).collect();
        assert!(at.iter().all(|at| at == "#/credit_code"), "{}: {at:?}", vector["why"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_unit_without_a_code_says_why() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let none =
        with(unit("某部队"), json!({ "credit_code": null, "unit_type": "military", "affiliation_level": "military" }));
    let refused = files(&office, none.clone()).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/credit_code", "required"));
    let filed = files(&office, with(none, json!({ "credit_code_exempt_reason": "部队" }))).await.created();
    assert_eq!((&filed["credit_code"], &filed["credit_code_exempt_reason"]), (&Value::Null, &json!("部队")));
    let civil = json!({ "credit_code": null, "credit_code_exempt_reason": "无" });
    let refused = files(&office, with(unit("某公司"), civil)).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/credit_code_exempt_reason", "too_short"));
    let both = json!({ "credit_code_exempt_reason": "筹建期间尚未取得代码" });
    let refused = files(&office, with(unit("某公司"), both)).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/credit_code_exempt_reason", "not_both"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_unit_is_on_file_twice() {
    let app = App::start().await;
    let office = app.secretariat().await;
    files(&office, unit("云栖材料科学研究院")).await.is(201);
    files(&office, unit("另一研究院")).await.refused(409, "unit_credit_code_taken");
    let other_code = json!({ "credit_code": "91110000600037341L" });
    for same in ["云栖材料科学研究院", "云栖 材料科学研究院", "云栖材料科学研究院\u{3000}"] {
        let refused = files(&office, with(unit(same), other_code.clone())).await;
        assert_eq!(refused.refused(409, "unit_name_taken").body["article"], 8, "{same:?}");
    }
    let taken = with(unit("另一研究院"), json!({ "credit_code": "91110000600037341L", "member_no": "HY-0001" }));
    files(&office, taken).await.refused(409, "unit_member_no_taken");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn fifty_filings_of_one_unit_at_once_leave_one() {
    let app = App::start().await;
    let (office, twin) = (app.secretariat().await, app.another_instance());
    let at = |n: usize| if n.is_multiple_of(2) { office.clone() } else { office.on(&twin) };
    let answers =
        futures_util::future::join_all((0..50).map(async |n| files(&at(n), unit("云栖材料科学研究院")).await));
    let statuses: Vec<_> = answers.await.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    assert_eq!(app.count("SELECT count(*) FROM unit").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn units_are_found_by_what_they_are() {
    let app = App::start().await;
    let office = app.secretariat().await;
    files(&office, unit("云栖材料科学研究院")).await.is(201);
    app.department_unit("青禾区教育局").await;
    app.member_unit("青禾实验学校").await;
    for (query, found) in [
        ("", 3),
        ("handles_issues=true", 1),
        ("unit_type=party_gov", 1),
        ("affiliation_level=municipal", 1),
        ("street_code=990106007", 1),
        ("status=active", 3),
        ("status=withdrawn", 0),
        ("q=%E9%9D%92%E7%A6%BE", 2),
        ("q=%25", 0),
        ("q=_", 0),
    ] {
        assert_eq!(office.get(&format!("/v1/units?{query}")).await.rows().len(), found, "{query}");
    }
}

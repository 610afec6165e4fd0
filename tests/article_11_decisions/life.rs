//! From adoption to the day of effect; who writes and who reads.

use futures_util::future::join_all;
use gongjian_governance::decision::{DecisionId, Matter};
use gongjian_testkit::App;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{PLAN, adopts, id, issued, issues, on_paper, required};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_decision_is_adopted_then_issued_then_effective() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let mut new = on_paper("annual_plan", "关于通过2027年度计划的决议");
    new["effective_from"] = json!("2027-01-01");
    let adopted = adopts(&office, new).await.created();
    let told = (&adopted["status"], &adopted["number"], &adopted["allowed_actions"]);
    assert_eq!(told, (&json!("adopted"), &Value::Null, &json!(["correct", "issue", "withdraw"])));
    assert_eq!((&adopted["method"], &adopted["document_ref"]), (&json!("document"), &json!("青党促〔2026〕7号")));
    assert_eq!(required(&app, id(&adopted), PLAN).await, Err(("decision_not_effective", Some(11))));

    let issued = issues(&office, &adopted).await.ok();
    let told = (&issued["status"], &issued["number"], &issued["issued_on"]);
    assert_eq!(told, (&json!("issued"), &json!("会员大会〔2026〕1号"), &json!("2026-11-20")));
    assert_eq!(required(&app, id(&issued), PLAN).await, Err(("decision_not_effective", Some(11))));
    let again = issues(&office, &issued).await;
    assert_eq!(
        (again.refused(409, "decision_not_open").allowed_actions(), &again.body["article"]),
        (vec![], &json!(11))
    );
    issues(&office, &adopted).await.refused(412, "version_mismatch");

    app.at("2026-12-31 23:59");
    assert!(required(&app, id(&issued), PLAN).await.is_err(), "not a minute before its day");
    app.at("2027-01-01 00:00");
    assert_eq!(required(&app, id(&issued), PLAN).await, Ok(()), "by derivation: nothing ran");
    let url = format!("/v1/decisions/{}", issued.id());
    assert_eq!(office.get(&url).await.ok()["status"], "effective");
    assert_eq!(required(&app, id(&issued), Matter::WorkReport).await, Err(("decision_on_another_matter", Some(11))));
    let unknown = DecisionId(Uuid::nil());
    assert_eq!(required(&app, unknown, PLAN).await, Err(("validation_failed", Some(11))), "of the field decision_id");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_decision_is_corrected_or_withdrawn_until_it_is_issued() {
    let app = App::start().await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let draft = adopts(&office, on_paper("internal_rule", "关于会议制度的决议")).await.created();
    let url = format!("/v1/decisions/{}", draft.id());
    let change = json!({ "title": "关于通过会议制度的决议", "effective_from": "2026-12-01" });
    let corrected = general.patch(&url, change).seen(&draft).await.ok();
    assert_eq!(
        (&corrected["title"], &corrected["effective_from"]),
        (&json!("关于通过会议制度的决议"), &json!("2026-12-01"))
    );
    assert_eq!(corrected["text"], draft["text"], "what is not given stays");
    let early = office.patch(&url, json!({ "effective_from": "2026-11-01" })).seen(&corrected).await;
    assert!(early.refused(422, "validation_failed").has_fault("#/effective_from", "before_adoption"));
    let cleared = office.patch(&url, json!({ "effective_from": null })).seen(&corrected).await.ok();
    assert_eq!(cleared["effective_from"], Value::Null);
    office.patch(&url, json!({ "title": null })).seen(&cleared).await.refused(422, "validation_failed");
    let issued = issues(&office, &cleared).await.ok();
    office.patch(&url, json!({ "title": "另行更正" })).seen(&issued).await.refused(409, "decision_not_open");
    let why = json!({ "reason": "录入有误。" });
    office.post(&format!("{url}/withdraw"), why.clone()).seen(&issued).await.refused(409, "decision_not_open");

    let wrong = adopts(&office, on_paper("internal_rule", "误录")).await.created();
    let withdraw = format!("/v1/decisions/{}/withdraw", wrong.id());
    let gone = office.post(&withdraw, why.clone()).seen(&wrong).await.ok();
    assert_eq!(
        (&gone["status"], &gone["number"], &gone["allowed_actions"]),
        (&json!("withdrawn"), &Value::Null, &json!([]))
    );
    issues(&office, &gone).await.refused(409, "decision_not_open");
    assert_eq!(required(&app, id(&gone), Matter::InternalRule).await, Err(("decision_ended", Some(13))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn twenty_issued_at_once_leave_no_gap() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let mut drafts = Vec::new();
    for n in 1..=20 {
        drafts.push(adopts(&office, on_paper("council_other", &format!("第{n}项"))).await.created());
    }
    let answers = join_all(drafts.iter().map(|draft| issues(&office, draft))).await;
    let mut numbers: Vec<String> = answers.iter().map(|answer| answer.ok().text("number").to_owned()).collect();
    let by_number =
        |number: &String| number.trim_end_matches('号').rsplit('〕').next().unwrap().parse::<i32>().unwrap();
    numbers.sort_by_key(by_number);
    let expected: Vec<String> = (1..=20).map(|n| format!("理事会〔2026〕{n}号")).collect();
    assert_eq!(numbers, expected);
    let general = issued(&office, on_paper("general_other", "会员大会自成一列")).await;
    assert_eq!(general["number"], "会员大会〔2026〕1号");
    app.at("2027-01-04 09:00");
    let mut next = on_paper("council_other", "新的一年");
    next["adopted_on"] = json!("2027-01-04");
    assert_eq!(issued(&office, next).await["number"], "理事会〔2027〕1号", "each year begins anew");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn members_read_what_was_issued_and_nobody_else_writes() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let readers = [app.representative_of(&unit).await, app.liaison_of(&unit).await, app.branch("990106003").await];
    let draft = adopts(&office, on_paper("council_other", "关于议事办法的决议")).await.created();
    let url = format!("/v1/decisions/{}", draft.id());
    for reader in &readers {
        reader.get(&url).await.refused(404, "decision_not_found");
        assert!(reader.get("/v1/decisions").await.rows().is_empty(), "what is not issued is not told");
    }
    assert_eq!(app.president().await.get("/v1/decisions?status=adopted").await.rows().len(), 1);
    let issued = issues(&office, &draft).await.ok();
    for reader in &readers {
        let read = reader.get(&url).await.ok();
        assert_eq!((&read["text"], &read["allowed_actions"]), (&issued["text"], &json!([])));
        assert_eq!(reader.get("/v1/decisions").await.rows().len(), 1);
        let denied = reader.post(&format!("{url}/issue"), json!({})).seen(&read).await;
        denied.refused(403, "forbidden");
        reader.patch(&url, json!({ "title": "另一标题" })).seen(&read).await.refused(403, "forbidden");
    }
    let [representative, _, branch] = &readers;
    adopts(representative, on_paper("council_other", "越权")).await.refused(403, "forbidden");
    adopts(representative, json!({})).await.refused(403, "forbidden");
    adopts(branch, on_paper("council_other", "越权")).await.refused(403, "forbidden");
    for stranger in [app.administrator().await, app.security().await, app.auditor().await] {
        stranger.get("/v1/decisions").await.refused(403, "forbidden");
        stranger.get(&url).await.refused(404, "decision_not_found");
        adopts(&stranger, on_paper("council_other", "越权")).await.refused(403, "forbidden");
    }
    adopts(&app.anonymous(), json!({})).await.refused(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_decision_names_what_its_method_asks_for() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let with = |changes: Value| {
        let mut new = on_paper("council_other", "关于议事办法的决议");
        for (name, value) in changes.as_object().unwrap() {
            new[name] = value.clone();
        }
        new
    };
    for (changes, at, code) in [
        (json!({ "document_ref": null }), "#/document_ref", "required"),
        (json!({ "adopted_on": "2026-11-21" }), "#/adopted_on", "in_future"),
        (json!({ "effective_from": "2026-11-01" }), "#/effective_from", "before_adoption"),
        (json!({ "method": "ballot" }), "#/ballot_id", "required"),
        (json!({ "method": "ballot" }), "#/adopted_on", "not_allowed"),
        (json!({ "ballot_id": Uuid::nil() }), "#/ballot_id", "not_allowed"),
        (json!({ "body_id": Uuid::nil() }), "#/body_id", "body_not_found"),
        (json!({ "revokes": [Uuid::nil(), Uuid::nil()] }), "#/revokes", "duplicate"),
        (json!({ "title": "" }), "#/title", "too_short"),
        (json!({ "status": "effective" }), "#/status", "unknown_field"),
        (json!({ "number": "理事会〔2026〕9号" }), "#/number", "unknown_field"),
    ] {
        let refused = adopts(&office, with(changes.clone())).await;
        refused.refused(422, "validation_failed");
        assert!(refused.has_fault(at, code), "{changes}: {:?}", refused.faults());
    }
    let mut unknown = on_paper("council_other", "没有这项表决");
    let members = unknown.as_object_mut().unwrap();
    (members["method"], members["document_ref"], members["adopted_on"]) = (json!("ballot"), Value::Null, Value::Null);
    members.insert("ballot_id".to_owned(), json!(Uuid::nil()));
    assert!(
        adopts(&office, unknown).await.refused(422, "validation_failed").has_fault("#/ballot_id", "result_not_found")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_decisions_are_called_is_configuration() {
    let app = App::start().await;
    let (office, administrator) = (app.secretariat().await, app.administrator().await);
    let policy = administrator.get("/v1/policies/decisions").await.ok();
    assert_eq!((&policy["council_prefix"], &policy["version"]), (&json!("理事会"), &json!(0)));
    let change = |body: Value| administrator.patch("/v1/policies/decisions", body).seen(&policy);
    for (bad, at) in [
        (json!({ "branch_prefix": "分会" }), "#/branch_prefix"),
        (json!({ "council_prefix": "理事会〔2026〕" }), "#/council_prefix"),
        (json!({ "council_prefix": " " }), "#/council_prefix"),
        (json!({ "consent_workdays": 0 }), "#/consent_workdays"),
    ] {
        let refused = change(bad).await;
        assert!(refused.refused(422, "validation_failed").faults().iter().any(|fault| fault.0 == at));
    }
    office
        .patch("/v1/policies/decisions", json!({ "council_prefix": "青党促理" }))
        .seen(&policy)
        .await
        .refused(403, "forbidden");
    let before = issued(&office, on_paper("council_other", "变更之前")).await;
    change(json!({ "council_prefix": "青党促理" })).await.is(200);
    let after = issued(&office, on_paper("council_other", "变更之后")).await;
    assert_eq!((&before["number"], &after["number"]), (&json!("理事会〔2026〕1号"), &json!("青党促理〔2026〕2号")));
}

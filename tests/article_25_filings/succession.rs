//! A succession is one act: the term, the rights and the work go to the successor together.

use gongjian_identity::Role;
use gongjian_kernel::Scope;
use gongjian_testkit::{App, Persona, difficulty, draft};
use serde_json::json;

use super::{files, leaves, path, person};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_successor_goes_on_with_what_the_predecessor_began() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let predecessor = app.representative_of(&unit).await;
    let begun = predecessor.submits(draft(difficulty())).await.created();
    files(&predecessor, &unit, "representative", person("赵强")).await.is(200);
    let offices = [(Role::MemberRepresentative, Scope::Unit(unit.id))];
    let successor = Persona::open(&app, "successor", &offices, false).await;
    let found = successor.reads(&begun).await.ok();
    assert!(found.allows("submit"), "{:?}", found["allowed_actions"]);
    successor.submits_draft(&found).await.is(200);
    predecessor.reads(&begun).await.refused(404, "issue_not_found");
    files(&predecessor, &unit, "representative", person("孙行")).await.refused(404, "unit_not_found");
    files(&successor, &unit, "liaison", person("钱进")).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn all_terms_stay_on_file_with_who_followed_whom() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    files(&office, &unit, "liaison", person("钱进")).await.is(200);
    leaves(&office, &unit, "liaison").await.is(200);
    files(&office, &unit, "liaison", person("孙行")).await.is(200);
    let url = path(&unit, "contacts?kind=liaison&limit=2");
    let first = app.liaison_of(&unit).await.get(&url).await;
    let mut terms = first.rows();
    let cursor = first.body["next_cursor"].as_str().unwrap();
    terms.extend(app.representative_of(&unit).await.get(&format!("{url}&cursor={cursor}")).await.rows());
    let names: Vec<_> = terms.iter().map(|term| term["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["孙行", "钱进", "联络员"]);
    assert_eq!(terms[0]["until_at"], json!(null));
    assert_eq!((&terms[1]["end_reason"], &terms[2]["end_reason"]), (&json!("工作调动"), &json!(null)));
    for (term, before) in terms.iter().zip(&terms[1..]) {
        assert_eq!(term["predecessor_id"], before["person_id"]);
    }
    assert_eq!(terms[0]["phone"], "138****0009", "phones are masked");
    assert!(terms.iter().all(|term| term["receipt"]["receipt_no"].is_string()));
    assert_eq!(office.get(&path(&unit, "contacts")).await.rows().len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_representative_may_resign_and_speaks_for_the_unit_no_more() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let representative = app.representative_of(&unit).await;
    let seen = representative.get(&format!("/v1/units/{}", unit.id)).await.ok();
    let end = path(&unit, "representative/end");
    representative.post(&end, json!({ "reason": "调" })).seen(&seen).await.refused(422, "validation_failed");
    let after = representative.post(&end, json!({ "reason": "工作调动" })).seen(&seen).await.ok();
    assert_eq!((&after["representative"], &after["liaison"]["name"]), (&json!(null), &json!("联络员")));
    representative.submits(difficulty()).await.refused(403, "forbidden");
    let office = app.secretariat().await;
    office.post(&end, json!({ "reason": "工作调动" })).seen(&seen).await.refused(412, "version_mismatch");
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'unit.contact_ended'").await, 1);
}

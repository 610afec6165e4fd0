//! 「责成相关党政部门处理，协调会员单位协助」

use gongjian_testkit::{App, path_of};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn exactly_one_department_leads_and_it_is_not_the_submitter() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.registered().await;
    let refused = cast.office.dispatches(&issue, &cast.unit, &[]).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/lead_unit_id", "issue_lead_is_submitter"));
    let nowhere = json!({ "lead_unit_id": "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01" });
    let refused = cast.office.acts(&issue, "dispatch", nowhere).await;
    assert_eq!(refused.is(422).faults()[0].0, "#/lead_unit_id");
    // A member unit that handles no issues is no department.
    assert_eq!(cast.office.dispatches(&issue, &cast.school, &[]).await.is(422).faults()[0].0, "#/lead_unit_id");
    for assisting in [&cast.bureau, &cast.unit] {
        let refused = cast.office.dispatches(&issue, &cast.bureau, &[assisting]).await;
        assert!(refused.refused(422, "validation_failed").has_fault("#/assisting_unit_ids/0", "duplicate"));
    }
    let refused = cast.office.dispatches(&issue, &cast.bureau, &[&cast.school, &cast.school]).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/assisting_unit_ids/1", "duplicate"));
    assert_eq!(cast.office.dispatches(&issue, &cast.bureau, &[&cast.school]).await.ok()["status"], "dispatched");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_department_acts_on_nothing_that_it_does_not_lead() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.dispatched().await;
    let other = app.department(&app.department_unit("青禾区城管局").await).await;
    for (action, body) in [
        ("sign", json!({})),
        ("return", json!({ "reason": "与本局无关。" })),
        ("reply", json!({ "outcome": "resolved", "text": "已办。", "measures": "已办。", "signed_by": "李××" })),
        ("report_progress", json!({ "text": "已办。" })),
        ("contribute", json!({ "text": "已办。" })),
        ("request_extension", json!({ "workdays": 5, "reason": "需会商。" })),
    ] {
        other.acts(&issue, action, body).await.refused(403, "forbidden");
    }
    // Assisting is not leading.
    cast.helper.signs(&issue).await.refused(403, "forbidden");
    assert_eq!(cast.handler.reads(&issue).await.ok()["version"], issue["version"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_wrong_dispatch_is_returned_within_two_working_days() {
    let app = App::start().await;
    let cast = app.cast().await;
    let (in_time, late) = (cast.dispatched().await, cast.dispatched().await);
    app.at("2026-11-24 17:00");
    let returned = cast.handler.returns(&in_time).await.ok();
    assert_eq!((&returned["status"], &returned["return_count"]), (&json!("returned"), &json!(1)));
    // Nobody drops it: the clock goes on, and only the secretariat passes it on.
    assert_eq!((&returned["due_on"], &returned["light"]), (&json!("2026-12-04"), &json!("green")));
    cast.handler.signs(&returned).await.refused(409, "issue_transition_not_allowed");
    let other = app.department_unit("青禾区市场监管局").await;
    let again = cast.office.dispatches(&returned, &other, &[]).await.ok();
    assert_eq!(again["lead"]["name"], "青禾区市场监管局");
    cast.handler.signs(&again).await.refused(403, "forbidden");

    app.at("2026-11-25 09:00");
    let refused = cast.handler.returns(&late).await;
    assert_eq!(refused.refused(409, "issue_return_too_late").allowed_actions(), ["sign"]);
    assert!(!cast.handler.reads(&late).await.ok().allows("return"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn after_two_returns_the_secretariat_designates() {
    let app = App::start().await;
    let cast = app.cast().await;
    let mut issue = cast.dispatched().await;
    for _ in 0..2 {
        let returned = cast.handler.returns(&issue).await.ok();
        issue = cast.office.dispatches(&returned, &cast.bureau, &[]).await.ok();
    }
    assert_eq!((&issue["is_designated"], &issue["return_count"]), (&json!(true), &json!(2)));
    cast.handler.returns(&issue).await.refused(409, "issue_return_limit_reached");
    cast.handler.signs(&issue).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_units_that_were_asked_contribute() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.signed().await;
    let issue = cast.helper.contributes(&issue, "本校可接收四名学生。").await.ok();
    cast.representative.contributes(&issue, "我们自己来。").await.refused(403, "forbidden");
    app.outsider().await.contributes(&issue, "我们也来。").await.refused(404, "issue_not_found");
    let notes = cast.representative.get(&format!("/v1/issues/{}/notes?kind=contribution", issue.id())).await.rows();
    assert_eq!((notes.len(), &notes[0]["unit"]["name"]), (1, &json!("青禾实验学校")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn urging_and_supervision_leave_their_sheets() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    let urged = app.branch(&cast.unit.street).await.urges(&issue).await.ok();
    assert_eq!((&urged["urge_count"], &urged["supervision_level"]), (&json!(1), &json!("l2_urging")));
    let supervised = cast.office.supervises(&urged, "l3_sheet").await.ok();
    assert_eq!(supervised["supervision_level"], "l3_sheet");
    let lower = cast.office.supervises(&supervised, "l1_reminder").await.ok();
    assert_eq!(lower["supervision_level"], "l3_sheet", "the highest level stays");
    cast.handler.supervises(&lower, "l4_circular").await.refused(403, "forbidden");
    app.branch(&cast.unit.street).await.supervises(&lower, "l4_circular").await.refused(403, "forbidden");
    // The sheets are working papers of those who handle and supervise.
    cast.representative.get(&path_of(issue.id(), "supervision_sheets")).await.refused(403, "forbidden");
    let sheets = cast.handler.get(&path_of(issue.id(), "supervision_sheets")).await.rows();
    let levels: Vec<_> = sheets.iter().map(|sheet| sheet["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["l2_urging", "l3_sheet", "l1_reminder"]);
    assert!(sheets.iter().all(|sheet| sheet["is_by_rule"] == json!(false)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_meeting_keeps_the_number_and_may_give_more_time() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    let refused = cast.office.escalates(&issue, 21).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/extension_workdays", "out_of_range"));
    let before = issue["ledger_no"].clone();
    // Article 22: a meeting is convened with the secretariat's approval.
    app.branch(&cast.unit.street).await.escalates(&issue, 5).await.refused(403, "forbidden");
    let raised = cast.office.escalates(&issue, 5).await.ok();
    assert_eq!(
        (&raised["status"], &raised["ledger_no"], &raised["due_on"]),
        (&json!("joint_meeting"), &before, &json!("2026-12-11"))
    );
    cast.handler.replies(&raised, "resolved").await.refused(409, "issue_transition_not_allowed");
    let back = cast.office.concludes_meeting(&raised).await.ok();
    assert_eq!((&back["status"], &back["meeting_no"]), (&json!("in_progress"), &json!("理事会〔2026〕2次")));
    // What the meetings of a round add has one limit.
    let again = cast.office.escalates(&back, 16).await;
    assert!(again.refused(422, "validation_failed").has_fault("#/extension_workdays", "out_of_range"));
}

//! The whole way, as people take it.

use gongjian_kernel::audit::Verdict;
use gongjian_testkit::{App, difficulty};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_issue_travels_from_submission_to_cancellation() {
    let app = App::start().await;
    let cast = app.cast().await;

    let issue = cast.representative.submits(difficulty()).await.created();
    assert_eq!((&issue["status"], &issue["intake_no"]), (&json!("submitted"), &json!("SL-2026-0001")));
    assert_eq!((&issue["ledger_no"], &issue["light"]), (&json!(null), &json!(null)));
    assert!(issue.allows("withdraw") && !issue.allows("register"));

    app.at("2026-11-23 09:00");
    let issue = cast.office.registers(&issue).await.ok();
    assert_eq!((&issue["ledger_no"], &issue["due_on"]), (&json!("YJ-2026-0001"), &json!("2026-12-07")));
    assert_eq!(issue["light"], "green");

    let issue = cast.office.dispatches(&issue, &cast.bureau, &[&cast.school]).await.ok();
    assert_eq!((&issue["lead"]["name"], &issue["sign_due_on"]), (&json!("青禾区教育局"), &json!("2026-11-24")));
    assert_eq!(issue["assisting"][0]["name"], "青禾实验学校");

    app.at("2026-11-24 10:00");
    let issue = cast.handler.signs(&issue).await.ok();
    let issue = cast.helper.contributes(&issue, "本校可接收四名学生。").await.ok();
    let issue = cast.handler.reports(&issue, "已与三所学校对接学位。").await.ok();
    assert_eq!(issue["status"], "in_progress");

    app.at("2026-12-01 15:00");
    let issue = cast.handler.replies(&issue, "resolved").await.ok();
    assert_eq!((&issue["status"], &issue["reply"]["handling_workdays"]), (&json!("awaiting_confirmation"), &json!(6)));
    assert_eq!(issue["reply"]["confirm_due_on"], "2026-12-08");

    app.at("2026-12-02 09:30");
    let issue = cast.representative.confirms(&issue, true, "satisfied").await.ok();
    assert_eq!((&issue["status"], &issue["closure_basis"]), (&json!("confirmed"), &json!("submitter_confirmed")));

    let issue = cast.office.cancels(&issue).await.ok();
    assert_eq!((&issue["status"], &issue["light"]), (&json!("closed"), &json!("grey")));
    assert_eq!((&issue["closed_on"], &issue["ledger_no"]), (&json!("2026-12-02"), &json!("YJ-2026-0001")));

    let told = [
        "submitted",
        "registered",
        "dispatched",
        "signed",
        "contributed",
        "progress_reported",
        "replied",
        "confirmed",
        "closed",
    ];
    assert_eq!(cast.representative.events_of(&issue).await, told);
    let history = cast.representative.history_of(&issue).await;
    assert_eq!(history[1]["data"]["ledger_no"], "YJ-2026-0001");
    assert_eq!(history[4]["actor_unit"]["name"], "青禾实验学校");
    assert_eq!(history[8]["occurred_at"], "2026-12-02T01:30:00.000Z");

    let notes = cast.representative.get(&format!("/v1/issues/{}/notes", issue.id())).await.rows();
    assert_eq!((&notes[0]["kind"], &notes[1]["kind"]), (&json!("contribution"), &json!("progress")));
    assert!(matches!(app.audit().await, Verdict::Whole { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_liaison_submits_as_well_and_the_number_of_the_submission_goes_on() {
    let app = App::start().await;
    let cast = app.cast().await;
    let first = cast.representative.submits(difficulty()).await.created();
    let second = cast.liaison.submits(difficulty()).await.created();
    assert_eq!((first.text("intake_no"), second.text("intake_no")), ("SL-2026-0001", "SL-2026-0002"));
    assert_eq!(second["submitter_name"], "联络员");
    assert_eq!(second["street_code"], cast.unit.street.as_str());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn everybody_sees_what_the_charter_gives_them_to_see() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    let branch = app.branch(&cast.unit.street).await;
    for reader in [&cast.liaison, &cast.handler, &cast.helper, &cast.office, &cast.general, &branch] {
        assert_eq!(reader.reads(&issue).await.ok()["id"], issue["id"]);
    }
    let other_bureau = app.department_unit("青禾区城管局").await;
    app.department(&other_bureau).await.reads(&issue).await.is(200);
    app.president().await.reads(&issue).await.is(200);
    app.outsider().await.reads(&issue).await.refused(404, "issue_not_found");
    app.branch("990106999").await.reads(&issue).await.refused(404, "issue_not_found");
}

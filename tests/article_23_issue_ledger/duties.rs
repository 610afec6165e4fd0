//! What the association does by rule: reminders, urging, supervision.

use chrono::Duration;
use gongjian_ledger::duty;
use gongjian_testkit::{App, Cast, Thing, path_of};
use serde_json::{Value, json};

async fn sheets(cast: &Cast, issue: &Thing) -> Vec<Value> {
    cast.office.get(&path_of(issue.id(), "supervision_sheets")).await.rows()
}

async fn levels(cast: &Cast, issue: &Thing) -> Vec<String> {
    let sheets = sheets(cast, issue).await;
    sheets.iter().map(|sheet| sheet["level"].as_str().unwrap().to_owned()).collect()
}

async fn run(app: &App) -> usize {
    duty::run(app.store()).await.unwrap().sheets
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_level_is_issued_once_when_its_day_has_come() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    assert_eq!(issue["due_on"], "2026-12-04");
    for (civil, issued) in [
        ("2026-12-01 10:00", 0),
        ("2026-12-02 10:00", 1),
        ("2026-12-04 17:59", 0),
        ("2026-12-07 10:00", 1),
        ("2026-12-10 10:00", 0),
        ("2026-12-11 10:00", 1),
        ("2026-12-17 10:00", 0),
        ("2026-12-18 10:00", 1),
        ("2027-01-20 10:00", 0),
    ] {
        app.at(civil);
        assert_eq!(run(&app).await, issued, "{civil}");
        assert_eq!(run(&app).await, 0, "{civil}: a second run adds nothing");
    }
    assert_eq!(levels(&cast, &issue).await, ["l1_reminder", "l2_urging", "l3_sheet", "l4_circular"]);
    let sheets = sheets(&cast, &issue).await;
    assert!(sheets.iter().all(|sheet| sheet["is_by_rule"] == json!(true) && sheet["issued_by"] == "系统规则"));
    assert_eq!((&sheets[2]["copy_to"], &sheets[2]["due_on"]), (&json!("秘书长"), &json!("2026-12-04")));
    let issue = cast.office.reads(&issue).await.ok();
    assert_eq!((&issue["supervision_level"], &issue["urge_count"]), (&json!("l4_circular"), &json!(1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn reminders_go_out_in_working_hours_only() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    // The evening, the early morning, a Saturday.
    for civil in ["2026-12-02 18:00", "2026-12-03 08:59", "2026-12-05 10:00"] {
        app.at(civil);
        assert_eq!(run(&app).await, 0, "{civil}");
    }
    app.at("2026-12-07 09:00");
    assert_eq!(run(&app).await, 1, "a reminder that could not go out in time is not sent after the deadline");
    assert_eq!(levels(&cast, &issue).await, ["l2_urging"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_has_not_signed_in_time_is_urged() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.dispatched().await;
    app.at("2026-11-23 10:00");
    assert_eq!(run(&app).await, 0, "the day itself still counts");
    app.at("2026-11-24 10:00");
    assert_eq!((run(&app).await, run(&app).await), (1, 0));
    let sheets = sheets(&cast, &issue).await;
    assert_eq!((&sheets[0]["level"], &sheets[0]["ground"]), (&json!("l2_urging"), &json!("sign_for")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_suspension_is_reviewed_on_its_day() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.general.suspends(&cast.in_progress().await, "2026-12-21").await.ok();
    app.at("2026-12-18 10:00");
    assert_eq!(run(&app).await, 0, "nothing is urged while the clock stands still");
    app.at("2026-12-21 10:00");
    assert_eq!((run(&app).await, run(&app).await), (1, 0));
    assert_eq!(sheets(&cast, &issue).await[0]["ground"], "suspension_review");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_new_round_has_its_own_sheets() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    app.at("2026-12-04 10:00");
    assert_eq!(run(&app).await, 1);
    let issue = cast.office.reads(&issue).await.ok();
    let replied = cast.handler.replies(&issue, "resolved").await.ok();
    let again = cast.representative.confirms(&replied, false, "dissatisfied").await.ok();
    assert_eq!(again["due_on"], "2026-12-11");
    app.at("2026-12-10 10:00");
    assert_eq!(run(&app).await, 1);
    let rounds: Vec<_> = sheets(&cast, &issue).await.iter().map(|sheet| sheet["round"].clone()).collect();
    assert_eq!(rounds, [json!(1), json!(2)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_instances_at_once_issue_everything_once() {
    let app = App::start().await;
    let cast = app.cast().await;
    let twin = app.another_instance();
    let (issue, silent) = (cast.in_progress().await, cast.replied().await);
    app.at("2026-12-18 10:00");
    let runs = [&app, &twin, &app, &twin].map(|app| duty::run(app.store()));
    let done = futures_util::future::join_all(runs).await;
    let sheets: usize = done.iter().map(|done| done.as_ref().unwrap().sheets).sum();
    let confirmed: usize = done.iter().map(|done| done.as_ref().unwrap().confirmed).sum();
    assert_eq!((sheets, confirmed), (3, 1));
    assert_eq!(levels(&cast, &issue).await, ["l2_urging", "l3_sheet", "l4_circular"]);
    let told = cast.office.events_of(&silent).await;
    assert_eq!(told.iter().filter(|kind| *kind == "auto_confirmed").count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_changed_policy_holds_from_then_on() {
    let app = App::start().await;
    let cast = app.cast().await;
    let before = cast.registered().await;
    super::change_policy(&app, json!({ "difficulty_workdays": 5, "sign_workdays": 3, "silence_workdays": 2 })).await;
    assert_eq!(cast.office.reads(&before).await.ok()["due_on"], "2026-12-04", "a running deadline stays");
    let after = cast.dispatched().await;
    assert_eq!((&after["due_on"], &after["sign_due_on"]), (&json!("2026-11-27"), &json!("2026-11-25")));
    assert_eq!(cast.replied().await["reply"]["confirm_due_on"], "2026-11-24");
    app.passes(Duration::days(1));
    let history = "SELECT count(*) FROM audit_event WHERE kind = 'policy.changed'";
    assert_eq!(app.count(history).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_an_administrator_changes_policy_and_contradictions_are_refused() {
    let app = App::start().await;
    let cast = app.cast().await;
    let change = json!({ "difficulty_workdays": 5 });
    for other in [&cast.office, &cast.general, &cast.representative] {
        let refused = other.patch("/v1/policies/ledger", change.clone()).header("if-match", "*").await;
        refused.refused(403, "forbidden");
    }
    let administrator = app.administrator().await;
    let policy = administrator.get("/v1/policies/ledger").await.ok();
    assert_eq!((&policy["version"], &policy["difficulty_workdays"]), (&json!(0), &json!(10)));
    let bad = json!({ "difficulty_workdays": 0, "sheet_workdays": 20, "solution_weight": 60 });
    let refused = administrator.patch("/v1/policies/ledger", bad).seen(&policy).await;
    let at: Vec<_> = refused.refused(422, "validation_failed").faults().into_iter().map(|(at, _)| at).collect();
    assert!(at.iter().any(|at| at == "#/difficulty_workdays"), "{at:?}");
    let changed = administrator.patch("/v1/policies/ledger", change.clone()).seen(&policy).await.ok();
    assert_eq!((&changed["version"], &changed["difficulty_workdays"]), (&json!(1), &json!(5)));
    administrator.patch("/v1/policies/ledger", change).seen(&policy).await.refused(412, "version_mismatch");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_new_calendar_counts_open_deadlines_again() {
    let app = App::start().await;
    let cast = app.cast().await;
    app.at("2026-12-28 10:00");
    let issue = cast.registered().await;
    let done = cast.replied().await;
    assert_eq!((&issue["due_on"], &issue["is_due_estimated"]), (&json!("2027-01-12"), &json!(true)));
    let notice = json!({
        "notice": "国办发明电〔2026〕7号", "published_on": "2026-12-28",
        "holidays": [{ "name": "元旦", "start_on": "2027-01-01", "end_on": "2027-01-03" }],
        "makeup_workdays": ["2027-01-09"],
    });
    let path = "/v1/calendar-years/2027";
    cast.office.put(path, notice.clone()).header("if-match", "*").await.refused(403, "forbidden");
    let administrator = app.administrator().await;
    let imported = administrator.put(path, notice.clone()).header("if-match", "*").await.ok();
    assert_eq!((&imported["calendar_year"]["version"], &imported["recounted_deadlines"]), (&json!(1), &json!(1)));
    let counted = cast.office.reads(&issue).await.ok();
    assert_eq!((&counted["due_on"], &counted["is_due_estimated"]), (&json!("2027-01-11"), &json!(false)));
    assert_eq!(counted["clock"][1]["reason"], "calendar_changed");
    assert_eq!(cast.office.events_of(&issue).await.last().unwrap(), "deadline_recomputed");
    assert_eq!(cast.office.reads(&done).await.ok()["version"], done["version"], "what is answered stays as it is");
    let again = administrator.put(path, notice).header("if-match", "*").await.ok();
    assert_eq!((&again["calendar_year"]["version"], &again["recounted_deadlines"]), (&json!(2), &json!(0)));
}

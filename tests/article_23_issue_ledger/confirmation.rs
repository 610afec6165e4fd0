//! 「一事一号，一办一销」: nothing is cancelled without a reply and a confirmation or a ruling.

use gongjian_ledger::duty;
use gongjian_testkit::App;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_is_cancelled_before_its_reply_and_confirmation() {
    let app = App::start().await;
    let cast = app.cast().await;
    for issue in [cast.registered().await, cast.in_progress().await, cast.replied().await, cast.disputed().await] {
        let refused = cast.office.cancels(&issue).await;
        assert_eq!(refused.refused(409, "issue_transition_not_allowed").body["article"], 23);
    }
    cast.handler.cancels(&cast.confirmed().await).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_representative_confirms_and_the_liaison_only_where_the_association_lets_him() {
    let app = App::start().await;
    let cast = app.cast().await;
    let replied = cast.replied().await;
    cast.liaison.confirms(&replied, true, "satisfied").await.refused(403, "forbidden");
    cast.handler.confirms(&replied, true, "satisfied").await.refused(403, "forbidden");
    assert!(!cast.liaison.reads(&replied).await.ok().allows("confirm"));
    super::change_policy(&app, json!({ "liaison_may_confirm": true })).await;
    assert!(cast.liaison.reads(&replied).await.ok().allows("confirm"));
    assert_eq!(cast.liaison.confirms(&replied, true, "satisfied").await.ok()["status"], "confirmed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_objection_opens_a_new_round_with_a_new_clock_under_the_same_number() {
    let app = App::start().await;
    let cast = app.cast().await;
    let replied = cast.replied().await;
    app.at("2026-11-27 10:00");
    let again = cast.representative.confirms(&replied, false, "dissatisfied").await.ok();
    assert_eq!((&again["status"], &again["round"]), (&json!("in_progress"), &json!(2)));
    assert_eq!((&again["ledger_no"], &again["due_on"]), (&replied["ledger_no"], &json!("2026-12-04")));
    assert_eq!((&again["reply"], &again["feedback"]), (&Value::Null, &Value::Null), "satisfaction is asked per round");
    assert_eq!(again["clock"][1]["reason"], "reopened");
    assert!(cast.handler.reads(&again).await.ok().allows("reply"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_second_objection_goes_to_the_secretariat_and_stays_unsolved_in_the_rates() {
    let app = App::start().await;
    let cast = app.cast().await;
    let disputed = cast.disputed().await;
    assert_eq!(disputed["round"], 2);
    cast.handler.rules_on(&disputed).await.refused(403, "forbidden");
    let ruled = cast.office.rules_on(&disputed).await.ok();
    assert_eq!((&ruled["status"], &ruled["closure_basis"]), (&json!("confirmed"), &json!("secretariat_ruling")));
    let closed = cast.office.cancels(&ruled).await.ok();
    assert_eq!((&closed["status"], &closed["feedback"]["solved"]), (&json!("closed"), &json!(false)));
    let group = cast.office.get("/v1/statistics/issues").await.ok()["groups"][0].clone();
    assert_eq!((&group["counts"]["valid"], &group["counts"]["solved"]), (&json!(1), &json!(0)));
    assert_eq!((&group["rates"]["solution_rate"], &group["rates"]["reopening_rate"]), (&json!(0.0), &json!(100.0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_was_explained_can_be_accepted_although_it_is_not_solved() {
    let app = App::start().await;
    let cast = app.cast().await;
    for (outcome, solved, satisfaction, leads_to) in [
        ("explained", false, "basically_satisfied", "confirmed"),
        ("planned", false, "satisfied", "confirmed"),
        ("resolved", false, "satisfied", "in_progress"),
        ("resolved", true, "dissatisfied", "in_progress"),
        ("not_feasible", false, "dissatisfied", "in_progress"),
        ("partially_resolved", true, "basically_satisfied", "confirmed"),
    ] {
        let replied = cast.handler.replies(&cast.in_progress().await, outcome).await.ok();
        let said = cast.representative.confirms(&replied, solved, satisfaction).await.ok();
        assert_eq!(said["status"], leads_to, "{outcome} {solved} {satisfaction}");
        assert_eq!(said["reply"]["outcome"], if leads_to == "confirmed" { json!(outcome) } else { Value::Null });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn five_working_days_of_silence_confirm_and_enter_no_rate() {
    let app = App::start().await;
    let cast = app.cast().await;
    let replied = cast.replied().await;
    app.at("2026-11-27 23:59");
    assert_eq!(duty::run(app.store()).await.unwrap().confirmed, 0, "the fifth day is still the submitter's");
    app.at("2026-11-28 00:00");
    assert_eq!(duty::run(app.store()).await.unwrap().confirmed, 1);
    assert_eq!(duty::run(app.store()).await.unwrap().confirmed, 0);
    let silent = cast.representative.reads(&replied).await.ok();
    assert_eq!((&silent["status"], &silent["closure_basis"]), (&json!("confirmed"), &json!("auto_confirmed")));
    cast.office.cancels(&silent).await.is(200);
    let group = cast.office.get("/v1/statistics/issues").await.ok()["groups"][0].clone();
    assert_eq!((&group["counts"]["auto_confirmed"], &group["counts"]["valid"]), (&json!(1), &json!(0)));
    assert_eq!(group["rates"]["satisfaction_rate"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secretariat_reopens_within_thirty_days() {
    let app = App::start().await;
    let cast = app.cast().await;
    let (early, late) = (cast.closed().await, cast.closed().await);
    cast.representative.reopens(&early).await.refused(403, "forbidden");
    app.at("2026-12-20 23:59");
    let reopened = cast.office.reopens(&early).await.ok();
    assert_eq!(
        (&reopened["status"], &reopened["round"], &reopened["closed_on"]),
        (&json!("in_progress"), &json!(2), &Value::Null)
    );
    app.at("2026-12-21 00:00");
    cast.office.reopens(&late).await.refused(409, "issue_reopen_too_late");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn feedback_is_excluded_with_a_reason_that_stays_on_record() {
    let app = App::start().await;
    let cast = app.cast().await;
    let silent = cast.replied().await;
    app.at("2026-12-10 10:00");
    duty::run(app.store()).await.unwrap();
    let silent = cast.office.reads(&silent).await.ok();
    cast.office.excludes_feedback(&silent).await.refused(409, "issue_no_feedback");
    let closed = cast.closed().await;
    let excluded = cast.office.excludes_feedback(&closed).await.ok();
    assert_eq!(excluded["feedback"]["excluded_reason"], "不属于承办部门职责。");
    cast.office.excludes_feedback(&excluded).await.refused(409, "issue_no_feedback");
    let counts = cast.office.get("/v1/statistics/issues").await.ok()["groups"][0]["counts"].clone();
    assert_eq!((&counts["valid"], &counts["excluded"]), (&json!(0), &json!(1)));
    assert_eq!(cast.office.events_of(&closed).await.last().unwrap(), "feedback_excluded");
}

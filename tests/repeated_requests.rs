//! Requests that come twice, late, or on top of another: `Idempotency-Key` and `If-Match`.

use std::time::Duration;

use futures_util::future::join_all;
use gongjian_testkit::{App, difficulty, opinion};
use serde_json::json;

const ISSUES: &str = "SELECT count(*) FROM issue";

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_same_request_again_gets_the_same_answer() {
    let app = App::start().await;
    let cast = app.cast().await;
    let keyed = |key: &str| cast.representative.post("/v1/issues", difficulty()).key(key);
    let first = keyed("8e03978e-40d5-43e8-bc93-6894a57f9324").await;
    assert!(!first.has("idempotency-replayed"));
    app.passes(chrono::Duration::minutes(3));
    for key in ["8e03978e-40d5-43e8-bc93-6894a57f9324", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\""] {
        let again = keyed(key).await;
        assert_eq!((again.status, &again.body), (201, &first.body));
        assert_eq!(again.header("idempotency-replayed"), "true");
        for header in ["etag", "location"] {
            assert_eq!(again.header(header), first.header(header));
        }
    }
    // Another instance knows the answer too.
    let twin = cast.representative.on(&app.another_instance());
    let again = twin.post("/v1/issues", difficulty()).key("8e03978e-40d5-43e8-bc93-6894a57f9324").await;
    assert_eq!((again.header("idempotency-replayed"), &again.body), ("true", &first.body));
    assert_eq!(app.count(ISSUES).await, 1);
    // Without a key, twice is twice; after a day the key is forgotten.
    cast.representative.submits(difficulty()).await.is(201);
    app.passes(chrono::Duration::hours(25));
    gongjian_kernel::idempotency::sweep(app.store()).await.unwrap();
    assert!(!keyed("8e03978e-40d5-43e8-bc93-6894a57f9324").await.has("idempotency-replayed"));
    assert_eq!(app.count(ISSUES).await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_key_belongs_to_one_request_of_one_caller() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.representative.post("/v1/issues", difficulty()).key("one").await.created();
    let other_body = cast.representative.post("/v1/issues", opinion()).key("one").await;
    other_body.refused(422, "idempotency_key_reused");
    // Other spacing is another body.
    let spaced = cast.representative.post("/v1/issues", json!({})).key("one");
    spaced.await.is(422);
    // Another caller's key, and another thing's, are other keys.
    cast.liaison.post("/v1/issues", opinion()).key("one").await.is(201);
    let withdraw = format!("/v1/issues/{}/withdraw", issue.id());
    let reason = json!({ "reason": "不再需要。" });
    let withdrawn = cast.representative.post(&withdraw, reason.clone()).key("one").seen(&issue).await.ok();
    assert_eq!(withdrawn["status"], "withdrawn");
    let again = cast.representative.post(&withdraw, reason).key("one").seen(&issue).await;
    assert_eq!((again.status, &again.body), (200, &withdrawn.body), "the answer comes again, not a 412");
    assert_eq!(cast.liaison.events_of(&issue).await, ["submitted", "withdrawn"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_refusal_uses_no_key_up() {
    let app = App::start().await;
    let cast = app.cast().await;
    let submission = difficulty();
    let mut bad = submission.clone();
    bad["kind"] = json!("nothing");
    cast.representative.post("/v1/issues", bad).key("k").await.is(422);
    cast.handler.post("/v1/issues", submission.clone()).key("k").await.is(403);
    cast.representative.post("/v1/issues", submission.clone()).key("k").await.is(201);
    let too_long = "x".repeat(256);
    for key in ["", " ", "a b", "\"\"", "schlüssel", too_long.as_str()] {
        let refused = cast.representative.post("/v1/issues", submission.clone()).key(key).await;
        assert!(refused.refused(400, "invalid_parameter").has_fault("Idempotency-Key", "invalid_value"), "{key:?}");
    }
    assert_eq!(app.count(ISSUES).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn fifty_twins_at_once_make_one_thing() {
    let app = App::start().await;
    let cast = app.cast().await;
    let twin = cast.representative.on(&app.another_instance());
    let send = |n: usize| {
        let who = if n.is_multiple_of(2) { &cast.representative } else { &twin };
        let call = who.post("/v1/issues", difficulty()).key("twins");
        async move { call.await }
    };
    let answers = join_all((0..50).map(send)).await;
    let made: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert!(made.iter().all(|answer| answer.body == made[0].body));
    assert_eq!(made.iter().filter(|answer| !answer.has("idempotency-replayed")).count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.refused(409, "idempotency_in_progress");
    }
    assert_eq!(app.count(ISSUES).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_client_that_goes_away_and_comes_back_has_one_effect() {
    let app = App::start().await;
    let cast = app.cast().await;
    cast.representative.submits(difficulty()).await.is(201);
    for n in 0..40_u64 {
        let key = format!("cut-{n}");
        let send = || cast.representative.post("/v1/issues", difficulty()).key(&key).into_future();
        let _ = tokio::time::timeout(Duration::from_millis(n % 20), send()).await;
        send().await.is(201);
    }
    assert_eq!(app.count(ISSUES).await, 41);
    assert_eq!(app.count("SELECT count(DISTINCT intake_no) FROM issue").await, 41);
    assert_eq!(cast.submitted().await["intake_no"], "SL-2026-0042");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_act_names_the_version_that_it_rests_on() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.submitted().await;
    let register = format!("/v1/issues/{}/register", issue.id());
    let call = || cast.office.post(&register, json!({}));
    call().await.refused(428, "if_match_required");
    for stale in ["\"9\"", "\"0\"", "W/\"1\"", "\"1\", \"2\"", "\"abc\"", "\"\"", "\"99999999999999999999\""] {
        call().header("if-match", stale).await.refused(412, "version_mismatch");
    }
    call().header("if-match", "\"1\"").header("if-match", "\"2\"").await.refused(412, "version_mismatch");
    for malformed in ["1", "\"1", "", "*,*"] {
        let refused = call().header("if-match", malformed).await;
        assert!(refused.refused(400, "invalid_parameter").has_fault("If-Match", "invalid_value"), "{malformed:?}");
    }
    let unchanged = cast.office.reads(&issue).await.ok();
    assert_eq!((&unchanged["version"], &unchanged["status"]), (&json!(1), &json!("submitted")));
    let registered = call().header("if-match", "*").await.ok();
    let reject = json!({ "ground": "petition", "reason": "已进入信访渠道。", "channel": "按信访程序。" });
    cast.office.acts(&issue, "reject", reject).await.refused(412, "version_mismatch");
    assert_eq!(cast.office.reads(&issue).await.ok().etag(), registered.etag());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_has_not_changed_is_not_sent_again() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.office.reads(&cast.registered().await).await.ok();
    let path = format!("/v1/issues/{}", issue.id());
    let unchanged = cast.office.get(&path).header("if-none-match", issue.etag()).await;
    assert_eq!((unchanged.status, unchanged.header("etag")), (304, issue.etag()));
    cast.office.get(&path).header("if-none-match", "\"other\"").await.is(200);
    // What depends on the day and on the reader is part of it.
    app.at("2026-12-04 10:00");
    assert_eq!(cast.office.get(&path).header("if-none-match", issue.etag()).await.ok()["light"], "yellow");
    assert_ne!(cast.representative.reads(&issue).await.ok().etag(), cast.office.reads(&issue).await.ok().etag());
}

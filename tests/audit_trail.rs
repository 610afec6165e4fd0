//! Everything that happens is on record, and the record shows whether it was touched.

use futures_util::future::join_all;
use gongjian_kernel::audit::Verdict;
use gongjian_testkit::{App, difficulty, is_postgres};
use serde_json::json;

/// Somebody with access to the database takes the guard away first.
async fn unguard(app: &App) {
    let statements: &[&str] = if is_postgres() {
        &["ALTER TABLE audit_event DISABLE TRIGGER USER"]
    } else {
        &["DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete"]
    };
    for statement in statements {
        app.sql(statement).await.unwrap();
    }
}

async fn eventful(app: &App) -> i64 {
    let cast = app.cast().await;
    cast.closed().await;
    app.outsider().await.cancels(&cast.submitted().await).await.is(404);
    match app.audit().await {
        Verdict::Whole { rows } => rows,
        Verdict::Broken { at, why } => panic!("broken at {at}: {why}"),
    }
}

async fn broken_at(app: &App) -> i64 {
    match app.audit().await {
        Verdict::Broken { at, .. } => at,
        Verdict::Whole { rows } => panic!("nobody noticed in {rows} rows"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_act_and_every_refused_attempt_is_on_record() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    cast.handler.cancels(&issue).await.is(403);
    let wrong = json!({ "username": cast.office.username(), "password": "wrong" });
    app.anonymous().post("/v1/auth/login", wrong).await.is(401);
    for (kind, succeeded, times) in [
        ("issue.submitted", true, 1),
        ("issue.registered", true, 1),
        ("issue.dispatched", true, 1),
        ("access.denied", false, 1),
        ("unit.created", true, 3),
    ] {
        let rows = format!("SELECT count(*) FROM audit_event WHERE kind = '{kind}' AND succeeded = {succeeded}");
        assert_eq!(app.count(&rows).await, times, "{kind}");
    }
    let failed = "SELECT count(*) FROM audit_event WHERE kind LIKE '%login_failed' AND ip = '127.0.0.1'";
    assert_eq!(app.count(failed).await, 1);
    let acted = "SELECT count(*) FROM audit_event WHERE kind = 'issue.registered' AND actor_roles LIKE '%secretariat_office%' AND actor_id IS NOT NULL AND user_agent IS NULL";
    assert!(app.count(acted).await <= 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn rows_cannot_be_changed_or_deleted() {
    let app = App::start().await;
    eventful(&app).await;
    for statement in
        ["UPDATE audit_event SET actor_name = 'x'", "DELETE FROM audit_event WHERE seq = 1", "DELETE FROM audit_event"]
    {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
    assert!(matches!(app.audit().await, Verdict::Whole { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_changed_row_is_noticed() {
    for column in
        ["actor_name = '他人'", "data = '{}'", "succeeded = NOT succeeded", "kind = 'issue.closed'", "hash = prev_hash"]
    {
        let app = App::start().await;
        let rows = eventful(&app).await;
        unguard(&app).await;
        app.sql(&format!("UPDATE audit_event SET {column} WHERE seq = {}", rows - 3)).await.unwrap();
        assert!((rows - 3..=rows - 2).contains(&broken_at(&app).await), "{column}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_deleted_row_is_noticed_also_the_first_and_the_last() {
    for pick in [|_: i64| 1, |rows: i64| rows / 2, |rows: i64| rows] {
        let app = App::start().await;
        let rows = eventful(&app).await;
        unguard(&app).await;
        app.sql(&format!("DELETE FROM audit_event WHERE seq = {}", pick(rows))).await.unwrap();
        assert_eq!(broken_at(&app).await, pick(rows));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_end_cut_off_together_with_its_head_is_noticed_by_a_checkpoint_kept_outside() {
    let app = App::start().await;
    eventful(&app).await;
    let earlier = app.audit_mark().await;
    app.member_unit("后来的单位").await;
    let later = app.audit_mark().await;
    assert!(later.seq > earlier.seq);
    unguard(&app).await;
    app.sql(&format!("DELETE FROM audit_event WHERE seq > {}", earlier.seq)).await.unwrap();
    let head =
        format!("UPDATE audit_head SET seq = {}, hash = '{}', seal = '{}'", earlier.seq, earlier.hash, earlier.seal);
    app.sql(&head).await.unwrap();
    assert!(matches!(app.audit().await, Verdict::Whole { .. }), "the database alone looks whole");
    assert!(matches!(app.audit_against(&[later]).await, Verdict::Broken { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_cannot_be_recorded_does_not_happen() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.submitted().await;
    cast.office.reads(&issue).await.is(200);
    app.sql("ALTER TABLE audit_event RENAME TO audit_event_gone").await.unwrap();
    cast.representative.submits(difficulty()).await.refused(500, "internal_error");
    cast.office.registers(&issue).await.refused(500, "internal_error");
    app.sql("ALTER TABLE audit_event_gone RENAME TO audit_event").await.unwrap();
    assert_eq!(app.count("SELECT count(*) FROM issue").await, 1);
    assert_eq!(cast.office.reads(&issue).await.ok()["version"], 1);
    assert_eq!(cast.office.registers(&issue).await.ok()["ledger_no"], "YJ-2026-0001", "no number was lost");
    assert!(matches!(app.audit().await, Verdict::Whole { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn writers_at_once_leave_an_unbroken_chain() {
    let app = App::start().await;
    let cast = app.cast().await;
    let twin = cast.representative.on(&app.another_instance());
    let writer = async |n: usize| {
        for _ in 0..10 {
            let who = if n.is_multiple_of(2) { &cast.representative } else { &twin };
            who.submits(difficulty()).await.is(201);
        }
    };
    let before = app.audit_mark().await.seq;
    join_all((0..16).map(writer)).await;
    assert!(app.audit_mark().await.seq >= before + 160);
    assert!(matches!(app.audit().await, Verdict::Whole { .. }));
}

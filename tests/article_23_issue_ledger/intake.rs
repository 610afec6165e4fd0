//! Submission and triage: 「编号登记」.

use gongjian_testkit::{App, difficulty, draft};
use serde_json::{Value, json};

fn with(member: &str, value: Value) -> Value {
    let mut submission = difficulty();
    submission[member] = value;
    submission
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_draft_is_the_units_own_affair() {
    let app = App::start().await;
    let cast = app.cast().await;
    let kept = cast.liaison.submits(draft(difficulty())).await.created();
    assert_eq!((&kept["status"], &kept["intake_no"]), (&json!("draft"), &json!(null)));
    for stranger in [&cast.office, &cast.general, &app.president().await, &app.branch(&cast.unit.street).await] {
        stranger.reads(&kept).await.refused(404, "issue_not_found");
        assert!(stranger.get("/v1/issues").await.rows().is_empty());
    }
    let kept = cast.representative.edits(&kept, json!({ "title": "博士子女转学" })).await.ok();
    assert_eq!((&kept["title"], &kept["detail"]), (&json!("博士子女转学"), &difficulty()["detail"]));
    let submitted = cast.liaison.submits_draft(&kept).await.ok();
    assert_eq!((&submitted["status"], &submitted["intake_no"]), (&json!("submitted"), &json!("SL-2026-0001")));
    cast.representative
        .edits(&submitted, json!({ "title": "再改" }))
        .await
        .refused(409, "issue_transition_not_allowed");
    assert_eq!(cast.office.get("/v1/issues").await.rows().len(), 1);
    assert_eq!(cast.liaison.events_of(&submitted).await, ["drafted", "edited", "submitted"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_liaison_takes_back_a_draft_and_the_representative_everything() {
    let app = App::start().await;
    let cast = app.cast().await;
    let kept = cast.representative.submits(draft(difficulty())).await.created();
    assert_eq!(cast.liaison.withdraws(&kept).await.ok()["status"], "withdrawn");
    let registered = cast.registered().await;
    cast.liaison.withdraws(&registered).await.refused(403, "forbidden");
    let withdrawn = cast.representative.withdraws(&registered).await.ok();
    assert_eq!((&withdrawn["status"], &withdrawn["light"]), (&json!("withdrawn"), &json!(null)));
    // Its number is not given again.
    assert_eq!(cast.registered().await["ledger_no"], "YJ-2026-0002");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn only_a_units_representative_or_liaison_submits() {
    let app = App::start().await;
    let cast = app.cast().await;
    for stranger in [&cast.office, &cast.general, &cast.handler, &app.president().await, &app.administrator().await] {
        let refused = stranger.submits(difficulty()).await;
        assert_eq!(refused.refused(403, "forbidden").body["article"], 23);
    }
    let foreign = with("unit_id", json!(cast.school.id));
    cast.representative.submits(foreign).await.refused(403, "forbidden");
    cast.representative.submits(with("unit_id", json!(cast.unit.id))).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn all_faults_of_a_submission_are_told_at_once() {
    let app = App::start().await;
    let cast = app.cast().await;
    let bad = json!({
        "kind": "complaint", "title": "", "category": "一".repeat(41), "detail": 7, "goal": "g9",
        "street_code": "12", "number": "YJ-2026-0001",
    });
    let refused = cast.representative.submits(bad).await;
    refused.refused(422, "validation_failed");
    for (at, code) in [
        ("#/kind", "invalid_value"),
        ("#/category", "too_long"),
        ("#/detail", "invalid_type"),
        ("#/goal", "invalid_value"),
        ("#/title", "too_short"),
        ("#/street_code", "too_short"),
        ("#/number", "unknown_field"),
    ] {
        assert!(refused.has_fault(at, code), "{at} {code}: {:?}", refused.faults());
    }
    let refused = cast.representative.submits(json!({})).await;
    let missing: Vec<_> = refused.refused(422, "validation_failed").faults().into_iter().map(|(at, _)| at).collect();
    assert_eq!(missing, ["#/category", "#/detail", "#/kind", "#/title"]);
    assert_eq!(app.count("SELECT count(*) FROM issue").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_classification_marking_may_not_enter() {
    let app = App::start().await;
    let cast = app.cast().await;
    let before = app.audit_mark().await.seq;
    for (member, marked) in [("title", "机密★1年 关于选址"), ("detail", "见附件（秘密）"), ("category", "密级：绝密")]
    {
        let refused = cast.representative.submits(with(member, json!(marked))).await;
        assert!(refused.refused(422, "validation_failed").has_fault(&format!("#/{member}"), "classified_marking"));
    }
    let recorded = "SELECT count(*) FROM audit_event WHERE kind = 'content.classified_refused'";
    assert_eq!(app.count(recorded).await, 3);
    assert!(app.audit_mark().await.seq >= before + 3);
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE data LIKE '%关于选址%'").await, 0);
    // The word alone is no marking.
    cast.representative.submits(with("title", json!("商业秘密保护培训需求"))).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn characters_that_deceive_may_not_enter() {
    let app = App::start().await;
    let cast = app.cast().await;
    for bad in ["a\0b", "a\u{202E}b", "a\u{2066}b", "a\u{7}b", "a\u{FFFE}b"] {
        let refused = cast.representative.submits(with("title", json!(bad))).await;
        let told = refused.refused(422, "validation_failed").has_fault("#/title", "forbidden_character");
        assert!(told, "{bad:?}: {:?}", refused.faults());
    }
    for good in ["𠀀字与🙂", "O'Neil; DROP TABLE issue;--", "<script>alert(1)</script>", "%_\\"] {
        let issue = cast.representative.submits(with("title", json!(good))).await.created();
        assert_eq!(cast.office.reads(&issue).await.ok()["title"], good);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_refusal_tells_the_reason_and_the_right_channel() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.submitted().await;
    let bare = json!({ "ground": "petition", "reason": "已进入信访渠道。" });
    let refused = cast.office.acts(&issue, "reject", bare).await;
    assert_eq!(refused.refused(422, "validation_failed").faults(), [("#/channel".to_owned(), "required".to_owned())]);
    let rejected = cast.office.rejects(&issue).await.ok();
    assert_eq!((&rejected["status"], &rejected["ledger_no"]), (&json!("rejected"), &json!(null)));
    let told = cast.liaison.reads(&issue).await.ok();
    assert_eq!(told["rejection"]["channel"], "向劳动人事争议仲裁委员会申请仲裁。");
    cast.office.registers(&rejected).await.refused(409, "issue_transition_not_allowed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn registration_classifies_and_starts_the_clock_of_the_kind() {
    let app = App::start().await;
    let cast = app.cast().await;
    let on = async |as_: Value| cast.office.acts(&cast.submitted().await, "register", as_).await.ok();
    assert_eq!(on(json!({})).await["due_on"], "2026-12-04");
    assert_eq!(on(json!({ "kind": "suggestion" })).await["due_on"], "2026-12-11");
    let urgent = on(json!({ "urgency": "urgent", "goal": "g4", "committee_code": "C2", "level": "branch" })).await;
    assert_eq!(
        (&urgent["due_on"], &urgent["goal"], &urgent["level"]),
        (&json!("2026-11-24"), &json!("g4"), &json!("branch"))
    );
    assert_eq!(urgent["committee_code"], "C2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_duplicate_goes_under_the_number_of_its_master() {
    let app = App::start().await;
    let cast = app.cast().await;
    let master = cast.registered().await;
    let (fresh, registered) = (cast.submitted().await, cast.registered().await);
    let merged = cast.office.merges(&fresh, &master).await.ok();
    assert_eq!((&merged["status"], &merged["ledger_no"]), (&json!("merged"), &master["ledger_no"]));
    assert_eq!((&merged["merged_into_issue_id"], &merged["voided_no"]), (&master["id"], &json!(null)));
    let merged = cast.office.merges(&registered, &master).await.ok();
    assert_eq!((&merged["ledger_no"], &merged["voided_no"]), (&master["ledger_no"], &json!("YJ-2026-0002")));
    assert_eq!(
        cast.office.events_of(&master).await,
        ["submitted", "registered", "duplicate_joined", "duplicate_joined"]
    );
    // One number, one count.
    let statistics = cast.office.get("/v1/statistics/issues").await.ok();
    assert_eq!(statistics["groups"][0]["counts"]["registered"], 1);
    let found = cast.office.get("/v1/issues?number=YJ-2026-0001").await.rows();
    assert_eq!(found.len(), 3);
    // The voided number stays void.
    assert_eq!(cast.registered().await["ledger_no"], "YJ-2026-0003");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_is_merged_into_itself_or_into_what_is_not_on_the_ledger() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.submitted().await;
    for master in [&issue, &cast.submitted().await, &cast.closed().await] {
        let refused = cast.office.merges(&issue, master).await;
        assert!(refused.refused(422, "validation_failed").has_fault("#/into_issue_id", "issue_merge_target_invalid"));
    }
    let nowhere = json!({ "into_issue_id": "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01" });
    let refused = cast.office.acts(&issue, "merge", nowhere).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/into_issue_id", "issue_merge_target_invalid"));
}

//! Who may do what: swept over the document, so that no route can forget its check.

use gongjian_identity::Role;
use gongjian_kernel::Scope;
use gongjian_ledger::vocabulary::IssueAction;
use gongjian_testkit::{App, Operation, Persona, Reply, difficulty, operations};
use reqwest::Method;
use serde_json::{Value, json};

/// Reviewed: nobody has to sign in for these.
const PUBLIC: [&str; 14] = [
    "applyForMembership",
    "consentToMembership",
    "correctApplication",
    "getPasswordPolicy",
    "getPrivacyNotice",
    "logIn",
    "readComplianceFeed",
    "redeemInvitation",
    "redeemPasswordReset",
    "refreshTokens",
    "requestPasswordReset",
    "showSecondFactor",
    "trackApplication",
    "withdrawApplication",
];
/// Reviewed: open while the password must still be changed.
const BEFORE_CHANGE: [&str; 3] = ["changePassword", "getMe", "logOut"];

const UNKNOWN: &str = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff";

/// The operation on some thing, with a body and a version where it takes them.
async fn asks(who: &Persona, operation: &Operation, parameter: &str) -> Reply {
    let mut call = who.call(operation.method.clone(), &operation.path(parameter));
    if operation.takes_if_match {
        call = call.header("if-match", "*");
    }
    if operation.has_body {
        call = call.json(&json!({}));
    }
    call.await
}

/// The same refusal, but for what differs from request to request.
fn told(reply: &Reply) -> (u16, Value) {
    let mut body = reply.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("trace_id");
    }
    (reply.status, body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_but_the_reviewed_operations_is_open_to_strangers() {
    let app = App::start().await;
    let mut public: Vec<_> = operations().iter().filter(|o| o.is_public).map(|o| o.id.as_str()).collect();
    public.sort_unstable();
    assert_eq!(public, PUBLIC);
    let expired = app.secretariat().await.token().await.unwrap();
    app.passes(chrono::Duration::hours(1));
    let garbage = ["", "x", "x.y.z", "\u{e9}", "null", "eyJhbGciOiJub25lIn0.e30.", expired.as_str()];
    let strangers: Vec<_> = garbage.iter().map(|token| Persona::with_token(&app, *token)).collect();
    for operation in operations().iter().filter(|operation| !operation.is_public) {
        let refused = asks(&app.anonymous(), operation, UNKNOWN).await;
        assert_eq!(refused.refused(401, "unauthenticated").header("www-authenticate"), "Bearer", "{}", operation.id);
        for stranger in &strangers {
            assert_eq!(asks(stranger, operation, UNKNOWN).await.status, 401, "{}", operation.id);
        }
    }
    for header in ["Basic YTpi", "Bearer", "bearer x.y.z", "Token abc", "Bearer a b"] {
        app.anonymous().get("/v1/me").header("authorization", header).await.is(401);
    }
    assert_eq!(app.count("SELECT count(*) FROM issue").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_must_change_the_password_does_that_first() {
    let app = App::start().await;
    let office = [(Role::SecretariatOffice, Scope::Association)];
    let newcomer = Persona::open(&app, "newcomer", &office, true).await;
    for operation in operations() {
        if !operation.is_public && !BEFORE_CHANGE.contains(&operation.id.as_str()) {
            let refused = asks(&newcomer, operation, UNKNOWN).await;
            assert_eq!(refused.refused(403, "password_change_required").status, 403, "{}", operation.id);
        }
    }
    assert_eq!(newcomer.get("/v1/me").await.ok()["must_change_password"], true);
    let change =
        json!({ "current_password": gongjian_testkit::PASSWORD, "new_password": "seven herons under the bridge" });
    newcomer.post("/v1/auth/password", change).await.no_content();
    newcomer.get("/v1/issues").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_stranger_cannot_tell_an_issue_of_others_from_one_that_does_not_exist() {
    let app = App::start().await;
    let cast = app.cast().await;
    let (issue, master) = (cast.in_progress().await, cast.registered().await);
    let outsider = app.outsider().await;
    let seen = cast.office.reads(&issue).await.ok();
    for operation in operations().iter().filter(|operation| operation.template.starts_with("/v1/issues/{issue_id}")) {
        let there = asks(&outsider, operation, issue.id()).await;
        let nowhere = asks(&outsider, operation, UNKNOWN).await;
        assert_eq!(told(&there), told(&nowhere), "{}", operation.id);
        assert_eq!(there.refused(404, "issue_not_found").status, 404, "{}", operation.id);
    }
    for action in IssueAction::ALL {
        if let Some(body) = cast.contents(*action, &master) {
            outsider.acts(&issue, action.as_str(), body).await.refused(404, "issue_not_found");
        }
    }
    assert_eq!(cast.office.reads(&issue).await.ok().etag(), seen.etag(), "a refused write changes nothing");
    let denied = "SELECT count(*) FROM audit_event WHERE kind = 'access.denied' AND succeeded = false";
    assert!(app.count(denied).await >= 20, "every attempt is on record");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_action_is_refused_to_everybody_whose_business_it_is_not() {
    let app = App::start().await;
    let cast = app.cast().await;
    let (issue, master) = (cast.in_progress().await, cast.registered().await);
    let other = app.department(&app.department_unit("青禾区城管局").await).await;
    let readers =
        [&cast.representative, &cast.liaison, &cast.handler, &cast.helper, &cast.office, &cast.general, &other];
    let seen = cast.office.reads(&issue).await.ok();
    for action in IssueAction::ALL {
        let Some(body) = cast.contents(*action, &master) else { continue };
        for reader in readers {
            let permission = action.permission();
            let role_of = |persona: &Persona| persona.username().split('.').next().unwrap().to_owned();
            let holds = reader.reads(&issue).await.ok().allows(action.as_str());
            if holds {
                continue;
            }
            let answer = reader.acts(&issue, action.as_str(), body.clone()).await;
            let expected = [403, 409];
            assert!(expected.contains(&answer.status), "{} {}: {}", role_of(reader), permission.name, answer.status);
        }
    }
    assert_eq!(cast.office.reads(&issue).await.ok().etag(), seen.etag(), "a refused write changes nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn administrators_hold_no_business() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    let before = app.count("SELECT count(*) FROM issue").await;
    for administrator in [app.administrator().await, app.security().await, app.auditor().await] {
        for operation in operations() {
            let business =
                ["/v1/issues", "/v1/units", "/v1/statistics"].iter().any(|at| operation.template.starts_with(at));
            if business {
                let parameter = if operation.template.contains("unit_id") {
                    cast.unit.id.to_string()
                } else {
                    issue.id().to_owned()
                };
                let status = asks(&administrator, operation, &parameter).await.status;
                let expected: &[u16] = if operation.template.contains('{') { &[403, 404] } else { &[403] };
                assert!(expected.contains(&status), "{}: {status}", operation.id);
            }
        }
        administrator.submits(difficulty()).await.refused(403, "forbidden");
    }
    assert_eq!(app.count("SELECT count(*) FROM issue").await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn business_does_not_administer() {
    let app = App::start().await;
    let cast = app.cast().await;
    let account = cast.liaison.account().to_string();
    for other in [&cast.office, &cast.general, &cast.representative, &app.president().await, &app.auditor().await] {
        for operation in operations().iter().filter(|operation| operation.template.starts_with("/v1/accounts")) {
            let refused = asks(other, operation, &account).await;
            assert!([403, 404].contains(&refused.status), "{}: {}", operation.id, refused.status);
        }
    }
    cast.liaison.get("/v1/me").await.is(200);
}

/// What a unit writes is read by those whom it concerns, in no answer to anybody else.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_words_of_a_unit_reach_no_stranger() {
    const CANARY: &str = "金丝雀七三一";

    let app = App::start().await;
    let cast = app.cast().await;
    let mut submission = difficulty();
    submission["title"] = json!(format!("{CANARY}的标题"));
    submission["detail"] = json!(format!("{CANARY}的描述"));
    let issue = cast.representative.submits(submission).await.created();
    let issue = cast.office.registers(&issue).await.ok();
    let issue = cast.office.dispatches(&issue, &cast.bureau, &[]).await.ok();
    let issue = cast.handler.signs(&issue).await.ok();
    let issue = cast.handler.reports(&issue, &format!("{CANARY}的进展")).await.ok();
    let outsider = app.outsider().await;
    let number = issue.text("ledger_no");
    let mut answers = Vec::new();
    for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
        for parameter in [issue.id(), &cast.unit.id.to_string(), &cast.representative.account().to_string(), "2026"] {
            answers.push(asks(&outsider, operation, parameter).await);
        }
    }
    for query in [
        format!("unit_id={}", cast.unit.id),
        format!("lead_unit_id={}", cast.bureau.id),
        format!("number={number}"),
        "q=%E9%87%91%E4%B8%9D%E9%9B%80".to_owned(),
    ] {
        let found = outsider.get(&format!("/v1/issues?{query}")).await;
        assert!(found.rows().is_empty(), "{query}");
        answers.push(found);
    }
    for action in ["withdraw", "reply", "merge"] {
        answers.push(outsider.acts(&issue, action, json!({ "reason": CANARY.len() })).await);
    }
    for answer in answers {
        assert!(!answer.body.to_string().contains(CANARY), "{}", answer.line);
    }
    assert!(cast.liaison.reads(&issue).await.body.to_string().contains(CANARY));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_grants_himself_anything_by_the_contents_of_a_body() {
    let app = App::start().await;
    let cast = app.cast().await;
    for (member, value) in [
        ("status", json!("registered")),
        ("ledger_no", json!("YJ-2026-0001")),
        ("submitter", json!({ "id": cast.school.id })),
        ("lead_unit_id", json!(cast.bureau.id)),
        ("due_on", json!("2030-01-01")),
        ("version", json!(7)),
        ("__proto__", json!({})),
    ] {
        let mut submission = difficulty();
        submission[member] = value;
        let refused = cast.representative.submits(submission).await;
        assert!(
            refused.refused(422, "validation_failed").has_fault(&format!("#/{member}"), "unknown_field"),
            "{member}"
        );
    }
}

//! The audit trail is read by the audit administrator alone, and reading it is on record (GB/T 22239 8.1.4.3,
//! Cybersecurity Law Article 23(3)).

use futures_util::future::join_all;
use gongjian_testkit::{App, PASSWORD, Persona, Reply, is_postgres};
use serde_json::{Value, json};

const PATH: &str = "/v1/audit-events";
const VERIFY: &str = "/v1/audit-verifications";

async fn rows_of(app: &App) -> i64 {
    app.audit_mark().await.seq
}

async fn verifies(who: &Persona, what: Value) -> Reply {
    who.post(VERIFY, what).await
}

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

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_but_the_audit_administrator_reads_exports_or_verifies() {
    let app = App::start().await;
    let cast = app.cast().await;
    let auditor = app.auditor().await;
    let event = auditor.get(PATH).await.rows()[0]["id"].as_str().unwrap().to_owned();
    let verified = verifies(&auditor, json!({})).await.created();
    for other in [
        &app.administrator().await,
        &app.security().await,
        &app.president().await,
        &cast.office,
        &cast.general,
        &cast.representative,
        &cast.handler,
    ] {
        let refusals = [
            other.get(PATH).await,
            other.get(&format!("{PATH}?kind=issue.submitted")).await,
            other.get(&format!("{PATH}/{event}")).await,
            other.get(&format!("{PATH}/export")).await,
            verifies(other, json!({})).await,
            verifies(other, json!({ "x": 1 })).await,
            other.get(VERIFY).await,
            other.get(&format!("{VERIFY}/{}", verified.id())).await,
        ];
        for refusal in refusals {
            refusal.refused(403, "forbidden");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_trail_is_narrowed_by_time_kind_actor_unit_subject_success_address_and_request() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    cast.handler.cancels(&issue).await.is(403);
    let wrong = json!({ "username": cast.office.username(), "password": "wrong" });
    app.anonymous().post("/v1/auth/login", wrong).await.is(401);
    let auditor = app.auditor().await;
    let find = async |query: String| auditor.get(&format!("{PATH}?limit=200&{query}")).await.rows();

    let registered = find("kind=issue.registered".to_owned()).await;
    assert_eq!((registered.len(), &registered[0]["label"]), (1, &json!("编号登记")));
    let row = &registered[0];
    let text = |member: &str| row[member].as_str().unwrap().to_owned();
    let account = app.administrator().await.get(&format!("/v1/accounts/{}", cast.office.account().0)).await.ok();
    for (query, member, value) in [
        ("kind=issue.submitted,issue.signed".to_owned(), "subject_type", json!("issue")),
        (format!("actor_id={}", text("actor_id")), "actor_id", row["actor_id"].clone()),
        (format!("person_id={}", account["person"]["id"].as_str().unwrap()), "actor_id", row["actor_id"].clone()),
        (format!("unit_id={}", cast.unit.id), "actor_unit_id", json!(cast.unit.id)),
        ("subject_type=issue".to_owned(), "subject_type", json!("issue")),
        (format!("subject_type=issue&subject_id={}", issue.id()), "subject_id", json!(issue.id())),
        ("succeeded=false".to_owned(), "succeeded", json!(false)),
        ("succeeded=true".to_owned(), "succeeded", json!(true)),
        ("ip=127.0.0.1".to_owned(), "ip", json!("127.0.0.1")),
        (format!("request_id={}", text("request_id")), "request_id", row["request_id"].clone()),
    ] {
        let found = find(query.clone()).await;
        assert!(!found.is_empty() && found.iter().all(|row| row[member] == value), "{query}");
    }
    let nobody = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff";
    for query in [format!("person_id={nobody}"), format!("actor_id={nobody}"), "ip=192.0.2.9".to_owned()] {
        assert!(find(query.clone()).await.is_empty(), "{query}");
    }
    let at = text("at");
    app.passes(chrono::Duration::hours(1));
    let later = app.now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    assert!(!find(format!("from={at}&to={later}")).await.is_empty());
    assert!(find(format!("to={at}&kind=issue.registered")).await.is_empty(), "the end is not part of it");
    assert!(find(format!("from={later}&kind=issue.registered")).await.is_empty());
    for (query, parameter) in [
        ("kind=issue.planet", "kind"),
        ("ip=nowhere", "ip"),
        ("from=2026-13-01", "from"),
        ("sort=hash", "sort"),
        (&format!("subject_id={nobody}"), "subject_id"),
        ("subject_type=issue&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to"),
    ] {
        let refused = auditor.get(&format!("{PATH}?{query}")).await;
        assert!(refused.is(400).faults().iter().any(|(at, _)| at == parameter), "{query}: {:?}", refused.faults());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn pages_follow_each_other_newest_first_without_a_gap() {
    let app = App::start().await;
    app.cast().await.closed().await;
    let auditor = app.auditor().await;
    let all: Vec<Value> = auditor.get(&format!("{PATH}?limit=200&subject_type=issue")).await.rows();
    let mut paged: Vec<Value> = Vec::new();
    let mut next = format!("{PATH}?limit=3&subject_type=issue");
    while !next.is_empty() {
        let page = auditor.get(&next).await;
        paged.extend(page.rows());
        next = page.header("link").trim_start_matches('<').split('>').next().unwrap_or_default().to_owned();
    }
    assert_eq!(paged, all);
    let numbers: Vec<i64> = all.iter().map(|row| row["seq"].as_i64().unwrap()).collect();
    assert!(numbers.len() > 6 && numbers.is_sorted_by(|a, b| a > b), "{numbers:?}");
    let other = auditor.get(&format!("{PATH}?limit=3&subject_type=unit&cursor=eyJ2IjoxfQ")).await;
    other.refused(400, "invalid_cursor");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn reading_exporting_and_verifying_are_on_record_once_each() {
    let app = App::start().await;
    let auditor = app.auditor().await;
    let first = auditor.get(PATH).await.rows()[0].clone();
    let one = format!("{PATH}/{}", first["id"].as_str().unwrap());
    let mut before = rows_of(&app).await;
    for (kind, call) in [
        ("audit.read", auditor.get(&format!("{PATH}?kind=account.created"))),
        ("audit.read", auditor.get(&one)),
        ("audit.exported", auditor.get(&format!("{PATH}/export?kind=account.created"))),
        ("audit.verified", auditor.post(VERIFY, json!({}))),
    ] {
        let answer = call.await;
        assert!(answer.status < 300, "{}", answer.line);
        let now = rows_of(&app).await;
        assert_eq!(now, before + 1, "{}", answer.line);
        let last = format!(
            "SELECT count(*) FROM audit_event WHERE seq = {now} AND kind = '{kind}' AND actor_id IS NOT NULL AND succeeded"
        );
        assert_eq!(app.count(&last).await, 1, "{}", answer.line);
        before = now;
    }
    auditor.get(VERIFY).await.is(200);
    assert_eq!(rows_of(&app).await, before, "what was found is no row of the trail");
    auditor.get(&format!("{PATH}/0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff")).await.refused(404, "audit_event_not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_export_is_a_bounded_file_that_no_spreadsheet_runs() {
    let app = App::start().await;
    let auditor = app.auditor().await;
    let agent = "=HYPERLINK(\"http://x\",\"y\")";
    auditor.get(PATH).header("user-agent", agent).await.is(200);
    let expected = rows_of(&app).await;
    let file = auditor.get(&format!("{PATH}/export")).header("accept", "text/csv").await;
    assert_eq!(file.is(200).header("content-type"), "text/csv");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"audit-events-"));
    let text = file.body.as_str().unwrap();
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert!(lines[0].ends_with("\"hash\"") && lines[0].contains("\"seq\",\"id\",\"at\""), "{}", lines[0]);
    assert_eq!(lines.len() as i64, expected + 1, "every row but the export itself");
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""));
    assert!(!text.contains(",\"="), "no cell begins like a formula");
    let at_once = join_all((0..6).map(|_| auditor.get(&format!("{PATH}/export")).into_future())).await;
    let mut statuses: Vec<u16> = at_once.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert!(statuses.contains(&200) && statuses.iter().all(|status| matches!(status, 200 | 503)), "{statuses:?}");
    for full in at_once.iter().filter(|reply| reply.status == 503) {
        assert!(full.has("retry-after"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_chain_is_verified_and_gone_on_with() {
    let app = App::start().await;
    let auditor = app.auditor().await;
    let whole = verifies(&auditor, json!({})).await.created();
    assert_eq!((whole.text("status"), &whole["from_seq"], &whole["broken_seq"]), ("whole", &json!(0), &json!(null)));
    app.member_unit("后来的单位").await;
    let next = verifies(&auditor, json!({ "resume_from": whole.id() })).await.created();
    assert_eq!((next.text("status"), &next["from_seq"]), ("whole", &whole["to_seq"]));
    assert!(next["to_seq"].as_i64() > whole["to_seq"].as_i64());
    let kept = next.text("checkpoint").to_owned();
    let held = verifies(&auditor, json!({ "checkpoints": [kept] })).await.created();
    assert_eq!(held["checkpoints"].as_i64().unwrap(), next["checkpoints"].as_i64().unwrap() + 1);
    let forged = format!("{} sha256:{} x", 1, "0".repeat(64));
    let refused = verifies(&auditor, json!({ "checkpoints": [forged] })).await;
    assert!(refused.refused(422, "validation_failed").has_fault("#/checkpoints/0", "invalid_checkpoint"));
    let nowhere = verifies(&auditor, json!({ "resume_from": "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff" })).await;
    assert!(nowhere.refused(422, "validation_failed").has_fault("#/resume_from", "cannot_resume"));
    assert_eq!(auditor.get(&format!("{VERIFY}?limit=1")).await.rows()[0], held.body, "the last one first");
    assert_eq!(auditor.get(&format!("{VERIFY}/{}", next.id())).await.ok().body, next.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_broken_chain_is_told_with_its_place() {
    let app = App::start().await;
    let auditor = app.auditor().await;
    let early = verifies(&auditor, json!({})).await.created();
    let kept = early.text("checkpoint").to_owned();
    unguard(&app).await;
    app.sql("UPDATE audit_event SET actor_name = '他人' WHERE seq = 2").await.unwrap();
    let broken = verifies(&auditor, json!({})).await.created();
    assert_eq!((broken.text("status"), broken.text("flaw"), &broken["broken_seq"]), ("broken", "changed", &json!(2)));
    assert_eq!(broken.text("flaw_label"), "记录被改动");
    let from_there = verifies(&auditor, json!({ "resume_from": broken.id() })).await;
    assert!(from_there.refused(422, "validation_failed").has_fault("#/resume_from", "cannot_resume"));

    let app = App::start().await;
    let auditor = app.auditor().await;
    let other = verifies(&auditor, json!({ "checkpoints": [kept] })).await.created();
    assert_eq!(other.text("status"), "broken", "a checkpoint of another trail contradicts it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_row_holds_a_secret_and_business_is_masked() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.replied().await;
    cast.representative.confirms(&issue, true, "satisfied").await.is(200);
    let opened = json!({ "username": "wangfang", "person": { "name": "王芳", "phone": "13800000003" } });
    let opened = app.administrator().await.post("/v1/accounts", opened).await.created();
    let password = opened.text("password").to_owned();
    let login = json!({ "username": "wangfang", "password": password });
    let tokens = app.anonymous().post("/v1/auth/login", login).await.ok();
    let auditor = app.auditor().await;
    let mut shown = String::new();
    let mut next = format!("{PATH}?limit=200");
    while !next.is_empty() {
        let page = auditor.get(&next).await;
        shown.push_str(&page.body["data"].to_string());
        next = page.header("link").trim_start_matches('<').split('>').next().unwrap_or_default().to_owned();
    }
    let exported = auditor.get(&format!("{PATH}/export")).await.body.to_string();
    let secrets = [
        password.as_str(),
        PASSWORD,
        tokens.text("access_token"),
        tokens.text("refresh_token"),
        "$argon2",
        "13800000003",
        "12名学生已全部安排入学",
        "新引进12名博士的子女",
        "引进博士子女入学难",
    ];
    for secret in secrets {
        assert!(!shown.contains(secret) && !exported.contains(secret), "{secret}");
    }
    assert!(shown.contains("字〕"), "what business said is shown by its length");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_operation_changes_or_deletes_a_row() {
    let app = App::start().await;
    let auditor = app.auditor().await;
    let event = auditor.get(PATH).await.rows()[0]["id"].as_str().unwrap().to_owned();
    for path in [PATH.to_owned(), format!("{PATH}/{event}"), format!("{PATH}/export")] {
        for call in [
            auditor.put(&path, json!({})),
            auditor.patch(&path, json!({})),
            auditor.delete(&path),
            auditor.post(&path, json!({})),
        ] {
            let refused = call.await;
            assert!(matches!(refused.status, 404 | 405), "{}: {}", refused.line, refused.status);
        }
    }
}

/// L1: exactly one row for each act, none for what only the one who asks is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_kind_of_act_is_one_row() {
    let app = App::start().await;
    let cast = app.cast().await;
    let (system, security, general) = (app.administrator().await, app.security().await, cast.general.clone());
    let person = json!({ "person": { "name": "周宁" }, "role": "secretariat_office", "basis": "青党干〔2026〕18号" });
    let open = json!({ "username": "wangfang", "person": { "name": "王芳" } });
    let newcomer = Persona::open(&app, "newcomer", &[], false).await;
    let propose = json!({ "account_id": newcomer.account().0, "change": "grant", "role": "audit_administrator", "reason": "接任。" });
    let outsider = app.outsider().await;
    let everybody =
        [&system, &security, &general, &cast.office, &cast.representative, &cast.handler, &newcomer, &outsider];
    for persona in everybody {
        persona.get("/v1/me").await.is(200);
    }
    let counted = async |what: &str, rows: i64, act: std::pin::Pin<Box<dyn Future<Output = Reply> + '_>>| {
        let before = rows_of(&app).await;
        let reply = act.await;
        assert_eq!(rows_of(&app).await - before, rows, "{what}: {} {}", reply.status, reply.line);
        reply
    };
    macro_rules! one {
        ($what:literal, $rows:literal, $call:expr) => {
            counted($what, $rows, Box::pin(async { $call.await })).await
        };
    }
    let issue = one!("a submission", 1, cast.representative.submits(gongjian_testkit::difficulty())).created();
    let issue = one!("a registration", 1, cast.office.registers(&issue)).ok();
    one!("a refused act", 1, cast.representative.registers(&issue)).is(403);
    one!("an attempt by a stranger", 1, outsider.registers(&issue)).is(404);
    one!("a refused reading", 1, system.get("/v1/units")).is(403);
    one!("a fault of form", 0, cast.representative.submits(json!({}))).is(422);
    one!("a reading", 0, cast.office.reads(&issue)).is(200);
    let office = one!("an appointment", 1, general.post("/v1/appointments", person.clone())).created();
    let end = json!({ "basis": "工作调动" });
    one!("its end", 1, general.post(&format!("/v1/appointments/{}/end", office.id()), end.clone()).seen(&office))
        .is(200);
    let account = one!("an account", 1, system.post("/v1/accounts", open.clone())).created();
    let path = format!("/v1/accounts/{}", account["account"]["id"].as_str().unwrap());
    let account = one!("a reading of an account", 0, system.get(&path)).ok();
    one!("a reset", 1, security.post(&format!("{path}/reset-password"), json!({})).seen(&account)).is(200);
    one!("a disabling", 1, system.post(&format!("{path}/disable"), json!({})).header("if-match", "*")).is(200);
    one!("an enabling", 1, system.post(&format!("{path}/enable"), json!({})).header("if-match", "*")).is(200);
    let made = one!("a proposal", 1, system.post("/v1/grant-proposals", propose.clone())).created();
    let confirm = format!("/v1/grant-proposals/{}/confirm", made.id());
    one!("a role change", 1, security.post(&confirm, json!({})).seen(&made)).is(200);
    let patch = json!({ "urgent_workdays": 3 });
    one!("a policy", 1, system.patch("/v1/policies/ledger", patch.clone()).header("if-match", "*")).is(200);
    let wrong = json!({ "username": "newcomer", "password": "wrong" });
    one!("a failed sign-in", 1, app.anonymous().post("/v1/auth/login", wrong.clone())).is(401);
    let right = json!({ "username": "newcomer", "password": PASSWORD });
    let tokens = one!("a sign-in", 1, app.anonymous().post("/v1/auth/login", right.clone())).ok();
    let signed_in = Persona::with_token(&app, tokens.text("access_token"));
    let change = json!({ "current_password": PASSWORD, "new_password": "seven herons under the bridge" });
    one!("a change of password", 1, signed_in.post("/v1/auth/password", change.clone())).is(204);
    one!("an export", 1, signed_in.get(&format!("{PATH}/export"))).is(200);
    one!("a sign-out", 1, signed_in.post("/v1/auth/logout", json!({}))).is(204);
}

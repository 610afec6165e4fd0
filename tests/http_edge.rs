//! What every client relies on, whatever it asks for.

use gongjian_testkit::{App, Setup, difficulty, exchange, operations};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_wrong_method_is_told_the_right_ones() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let id = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff";
    for operation in operations() {
        let path = operation.path(id);
        let known = |method: &str| operations().iter().any(|o| o.method == method && o.path(id) == path);
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE"] {
            if known(method) {
                continue;
            }
            let refused = office.call(method.parse().unwrap(), &path).await;
            let allow = refused.refused(405, "method_not_allowed").header("allow").to_owned();
            let allowed: Vec<_> = allow.split(", ").collect();
            assert!(allowed.contains(&operation.method.as_str()) && !allowed.contains(&method), "{path}: {allow}");
            assert_eq!(allowed.contains(&"HEAD"), allowed.contains(&"GET"), "{path}: {allow}");
        }
    }
    let overridden = office.call(Method::GET, "/v1/issues").header("x-http-method-override", "DELETE").await;
    overridden.is(200);
    for nowhere in ["/", "/v1", "/v1/", "/v1/issues/", "/v2/issues", "/.env", "/admin", "/metrics"] {
        office.get(nowhere).await.refused(404, "not_found");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_head_is_a_get_without_its_body() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let (get, head) = (office.get("/v1/issues").await, office.call(Method::HEAD, "/v1/issues").await);
    assert_eq!((head.status, head.header("content-type")), (200, get.header("content-type")));
    assert_eq!(office.call(Method::HEAD, "/v1/issues/0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff").await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn people_are_answered_in_their_language() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.registered().await;
    let ask = |language: &str| {
        let call = cast.office.post(&format!("/v1/issues/{}/cancel", issue.id()), json!({})).seen(&issue);
        call.header("accept-language", language)
    };
    let (chinese, english) = (ask("zh-CN").await, ask("en-GB, zh;q=0.5").await);
    assert_eq!((chinese.header("content-language"), english.header("content-language")), ("zh-CN", "en"));
    assert_eq!(
        chinese.body["detail"],
        "事项现为“已编号登记”，不能“销号”。一办一销：须有答复，并经确认或核定，方可销号。"
    );
    assert_eq!(english.body["title"], "Not open in the present status");
    for member in ["code", "allowed_actions", "article", "type", "status"] {
        assert_eq!(chinese.body[member], english.body[member], "{member} is never translated");
    }
    for strange in ["de", "", "*", ";;;", "zh;q=9", "xx-yy-zz, *;q=0"] {
        assert_eq!(ask(strange).await.header("content-language"), "zh-CN", "{strange}");
    }
    let events = format!("/v1/issues/{}/events", issue.id());
    assert_eq!(cast.office.get(&events).header("accept-language", "en").await.rows()[0]["label"], "submitted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_answer_protects_its_reader() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.registered().await;
    let answers = [
        cast.office.reads(&issue).await,
        cast.office.get("/v1/nowhere").await,
        cast.office.cancels(&issue).await,
        app.anonymous().get("/v1/me").await,
        app.anonymous().get("/livez").await,
        app.anonymous().post("/v1/auth/login", json!({})).await,
    ];
    for answer in answers {
        let line = &answer.line;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{line}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{line}");
        assert!(answer.header("strict-transport-security").starts_with("max-age=63072000"), "{line}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{line}");
        assert!(["private, no-cache", "no-store"].contains(&answer.header("cache-control")), "{line}");
        assert!(!answer.has("server") && !answer.has("x-powered-by"), "{line}: no banners");
        if answer.status >= 400 {
            assert_eq!(answer.header("cache-control"), "no-store", "{line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_trace_goes_on_and_every_answer_has_its_own_id() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let (first, second) =
        (office.get("/v1/nowhere").header("traceparent", parent).await, office.get("/v1/nowhere").await);
    assert_eq!(first.body["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_ne!(second.body["trace_id"], first.body["trace_id"]);
    assert_ne!(first.header("request-id"), second.header("request-id"));
    let cast = app.cast().await;
    let reply = cast.representative.submits(difficulty()).await;
    let recorded = format!(
        "SELECT count(*) FROM audit_event WHERE kind = 'issue.submitted' AND request_id = {}",
        literal(&app, reply.header("request-id"))
    );
    assert_eq!(app.count(&recorded).await, 1, "the audit trail names the request");
}

/// An id as the database spells it.
fn literal(app: &App, id: &str) -> String {
    if app.store().db.is_sqlite() { format!("x'{}'", id.replace('-', "")) } else { format!("'{id}'") }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn quotas_are_told_and_kept() {
    let app = Setup::default().with(|config| config.http.requests_per_minute = 5).start().await;
    let (office, other) = (app.secretariat().await, app.secretary_general().await);
    for left in (0..5).rev() {
        let answer = office.get("/v1/issues").await;
        assert_eq!(answer.is(200).header("ratelimit-policy"), "\"default\";q=5;w=60");
        assert!(answer.header("ratelimit").starts_with(&format!("\"default\";r={left};t=")));
    }
    let refused = office.get("/v1/issues").await;
    assert_eq!(refused.refused(429, "rate_limited").body["violated_policies"], json!(["default"]));
    assert!((1..=60).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    other.get("/v1/issues").await.is(200);
    app.anonymous().get("/livez").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn bodies_that_are_not_ours_to_read_are_refused() {
    let app = App::start().await;
    let rep = app.cast().await.representative;
    let body = serde_json::to_vec(&difficulty()).unwrap();
    for media in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "junk",
        "application/xml",
    ] {
        rep.call(Method::POST, "/v1/issues").bytes(media, body.clone()).await.refused(415, "unsupported_media_type");
    }
    for coding in ["gzip", "br", "zstd", "deflate", "identity, gzip"] {
        let call = rep.call(Method::POST, "/v1/issues").bytes("application/json", body.clone());
        call.header("content-encoding", coding).await.refused(415, "unsupported_media_type");
    }
    let mut large = difficulty();
    large["detail"] = json!("长".repeat(100_000));
    rep.submits(large).await.refused(413, "content_too_large");
    rep.get("/v1/issues").header("accept", "text/html").await.refused(406, "not_acceptable");
    rep.get("/v1/issues").header("x-long", &"x".repeat(20_000)).await.refused(431, "headers_too_large");
    rep.call(Method::POST, "/v1/issues").bytes("application/json; charset=UTF-8", body).await.is(201);
}

/// security.md V1: texts that are no JSON, or are more than it.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn hostile_texts_are_refused_and_nothing_breaks() {
    let app = App::start().await;
    let rep = app.cast().await.representative;
    let deep = format!("{{\"title\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let many = format!("{{{}}}", (0..5000).map(|n| format!("\"k{n}\":1")).collect::<Vec<_>>().join(","));
    let texts: Vec<Vec<u8>> = [
        "{",
        "}",
        "nope",
        "{\"title\":\"a\"} x",
        "{\"title\":\"\\ud800\"}",
        "{\"title\":\"\\udc00\\ud800\"}",
        "{\"stars\":1e400}",
        "{\"stars\":NaN}",
        "{\"stars\":Infinity}",
        "{\"title\":\"a\",\"title\":\"b\"}",
        "{'title':1}",
        "\u{feff}{}",
        "{\"title\":\"a\",}",
        "{\"title\":01}",
        "{\"title\":+1}",
        "{\"title\":.5}",
        "{\"title\":\"\t\"}",
        "{\"title\":\"a\0b\"}",
        "{\"\":1}",
        "{\"title\":tru}",
        "//x\n{}",
        "{\"a\":1}{\"b\":2}",
        "[]",
        "null",
        "1",
        "\"x\"",
        "true",
        "[[]]",
        "{\"title\":null}",
        "{\"title\":{}}",
        "{\"title\":[]}",
        "{\"title\":1}",
        "{\"title\":true}",
        "{\"kind\":1}",
        "{\"draft\":\"true\"}",
        "{\"draft\":1}",
        "{\"attachments\":{}}",
        "{\"attachments\":[1]}",
        "{\"attachments\":[{}]}",
        "{\"unit_id\":\"x\"}",
        "{\"unit_id\":1}",
        "{\"__proto__\":{}}",
        deep.as_str(),
        many.as_str(),
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .chain([b"{\"title\":\"\xff\"}".to_vec(), b"\xff\xfe{\0}\0".to_vec(), vec![0; 100], vec![b' '; 1000]])
    .collect();
    for text in texts {
        let shown = String::from_utf8_lossy(&text[..text.len().min(60)]).into_owned();
        let answer = rep.call(Method::POST, "/v1/issues").bytes("application/json", text).await;
        assert!([400, 422].contains(&answer.status), "{shown}: {}", answer.status);
    }
    assert_eq!(app.count("SELECT count(*) FROM issue").await, 0);
    rep.submits(difficulty()).await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn numbers_and_days_beyond_reason_are_refused() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.in_progress().await;
    for days in [
        json!(0),
        json!(-1),
        json!(1.5),
        json!("5"),
        json!(true),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e30),
        Value::Null,
    ] {
        let ask = json!({ "workdays": days, "reason": "需会商。" });
        cast.handler.acts(&issue, "request_extension", ask).await.is(422);
    }
    for day in [
        "0000-01-01",
        "9999-12-31",
        "2026-02-30",
        "2026-13-01",
        "+12026-01-01",
        "-0001-01-01",
        "2026-1-1",
        "20261224",
        "",
        "+99:99",
    ] {
        cast.general.suspends(&issue, day).await.is(422);
    }
    for id in
        ["0", "-1", "9223372036854775808", "%00", "..%2f", "０１９８", "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff%00", "*"]
    {
        let path = format!(
            "/v1/issues/{}",
            id.replace('０', "%EF%BC%90")
                .replace('１', "%EF%BC%91")
                .replace('９', "%EF%BC%99")
                .replace('８', "%EF%BC%98")
        );
        assert!([400, 404].contains(&cast.office.get(&path).await.status), "{id}");
    }
    assert_eq!(cast.office.reads(&issue).await.ok()["version"], issue["version"]);
}

/// security.md V9: forms of HTTP itself that two readers read differently get one answer or none.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn broken_requests_are_never_answered_twice() {
    let app = App::start().await;
    for broken in [
        "GET /v1/me HTTP/1.1\r\n\r\n",
        "POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nhost: x\r\n\r\n",
        "POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\ncontent-length: 44\r\n\r\nGET /livez HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /livez HTTP/1.1\r\nhost: x\r\nx: a\r\n b\r\n\r\n",
        "GET /livez HTTP/1.1\r\nhost: x\r\nx\0y: a\r\n\r\n",
        "GET /livez HTTP/9.9\r\nhost: x\r\n\r\n",
        "GET  /livez HTTP/1.1\r\nhost: x\r\n\r\n",
        "\u{1}\u{2}\u{3}\r\n\r\n",
        "POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        "POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n",
        "POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000000\r\n\r\n{",
    ] {
        let closed = broken.replacen("\r\n", "\r\nconnection: close\r\n", 1);
        let answer = exchange(app.address(), closed.as_bytes()).await;
        assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{broken:?}: {answer}");
        assert!(!answer.contains("HTTP/1.1 5"), "{broken:?}: {answer}");
    }
    app.anonymous().get("/livez").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn other_origins_are_not_let_in() {
    let app = Setup::default()
        .with(|config| config.http.cors_origins = vec!["https://portal.example.org".to_owned()])
        .start()
        .await;
    let office = app.secretariat().await;
    for evil in [
        "https://evil.example",
        "null",
        "https://portal.example.org.evil.example",
        "http://portal.example.org",
        "https://portal.example.org:444",
    ] {
        assert!(!office.get("/v1/me").header("origin", evil).await.has("access-control-allow-origin"), "{evil}");
    }
    let own = office.get("/v1/me").header("origin", "https://portal.example.org").await;
    assert_eq!(own.header("access-control-allow-origin"), "https://portal.example.org");
    assert!(own.headers.get_all("vary").iter().any(|vary| vary.to_str().unwrap().to_lowercase().contains("origin")));
    let links =
        office.get("/v1/nowhere").header("host", "evil.example").header("x-forwarded-host", "evil.example").await;
    assert!(!links.body.to_string().contains("evil"), "the Host header is in no link");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_document_is_what_is_served() {
    let app = App::start().await;
    let served = app.anonymous().get("/openapi.json").await;
    assert_eq!(&served.is(200).body, gongjian_api::document());
    let known = app.anonymous().get("/openapi.json").header("if-none-match", served.header("etag")).await;
    known.is(304);
    let catalogue = app.anonymous().get("/problems").await;
    for entry in gongjian_api::faults::catalogue() {
        let listed = catalogue.body["data"].as_array().unwrap().iter().any(|problem| problem["code"] == entry.code);
        assert!(listed, "{}", entry.code);
        app.anonymous().get(&format!("/problems/{}", entry.code.replace('_', "-"))).await.is(200);
    }
    for path in ["/livez", "/readyz"] {
        let health = app.anonymous().get(path).await;
        assert_eq!((health.status, &health.body["status"]), (200, &json!("pass")));
    }
}

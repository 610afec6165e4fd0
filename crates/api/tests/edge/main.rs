//! The edge as a stranger meets it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says so by failing")]

mod bodies;
mod ground;
mod wire;

use std::time::Duration;

use actix_web::test as at;
use gongjian_api::ApiSettings;
use serde_json::json;

use self::ground::{get, ground, pair, post, send};

#[actix_web::test]
async fn nothing_there_and_the_wrong_method() {
    let ground = ground(ApiSettings::default()).await;
    send(&ground, get("/v1/nowhere")).await.problem(404, "not_found");
    send(&ground, get("/v1/me/")).await.problem(404, "not_found");
    let answer = send(&ground, at::TestRequest::delete().uri("/v1/me")).await;
    assert_eq!(answer.problem(405, "method_not_allowed").header("allow"), "GET, HEAD, OPTIONS");
    let answer = send(&ground, at::TestRequest::with_uri("/v1/me").method(actix_web::http::Method::OPTIONS)).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (204, "GET, HEAD, OPTIONS"));
    let head = at::TestRequest::with_uri("/v1/notes").method(actix_web::http::Method::HEAD);
    assert_eq!(send(&ground, head).await.status, 200);
    send(&ground, get("/v1/notes/0")).await.problem(400, "invalid_parameter");
    send(&ground, get("/v1/notes").insert_header(("accept", "text/html"))).await.problem(406, "not_acceptable");
}

#[actix_web::test]
async fn a_stranger_is_told_so_first() {
    let ground = ground(ApiSettings::default()).await;
    let answer = send(&ground, get("/v1/private")).await;
    assert_eq!(answer.problem(401, "unauthenticated").header("www-authenticate"), "Bearer");
    let answer = send(&ground, get("/v1/private").insert_header(("authorization", "Bearer x.y.z"))).await;
    assert!(answer.problem(401, "invalid_token").header("www-authenticate").contains("invalid_token"));
    // Neither the missing If-Match nor the bad body comes before the missing permission.
    let bad = post(b"{\"nonsense\": 1}").uri("/v1/guarded");
    let answer = send(&ground, bad).await;
    answer.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_panic_and_a_slow_handler_are_answered() {
    let settings = ApiSettings { request_deadline: Duration::from_millis(200), ..ApiSettings::default() };
    let ground = ground(settings).await;
    let answer = send(&ground, get("/v1/panic")).await;
    assert!(!answer.problem(500, "internal_error").body.to_string().contains("secret"));
    let answer = send(&ground, get("/v1/slow")).await;
    assert!(!answer.problem(503, "request_timeout").header("retry-after").is_empty());
    let answer = send(&ground, at::TestRequest::post().uri("/v1/write")).await;
    assert!(!answer.problem(500, "internal_error").body.to_string().contains("SELECT"));
}

#[actix_web::test]
async fn reading_again_what_has_not_changed() {
    let ground = ground(ApiSettings::default()).await;
    assert_eq!(send(&ground, get("/v1/notes")).await.header("etag"), "\"7\"");
    for tag in ["\"7\"", "W/\"7\"", "\"1\", \"7\"", "*"] {
        let answer = send(&ground, get("/v1/notes").insert_header(("if-none-match", tag))).await;
        assert_eq!((answer.status.as_u16(), answer.header("etag")), (304, "\"7\""), "{tag}");
    }
    assert_eq!(send(&ground, get("/v1/notes").insert_header(("if-none-match", "\"6\""))).await.status, 200);
    send(&ground, get("/v1/notes?sort=x")).await.problem(400, "unknown_parameter");
    send(&ground, get("/v1/notes?title=%FF%FE")).await.problem(400, "invalid_parameter");
    assert_eq!(
        send(&ground, get("/v1/notes?limit=0")).await.problem(400, "invalid_parameter").faults(),
        [pair("limit", "invalid_value")]
    );
}

#[actix_web::test]
async fn forwarded_addresses_are_believed_from_proxies_only() {
    let forwarded = || get("/v1/ip").insert_header(("x-forwarded-for", "1.1.1.1, 198.51.100.7"));
    let strange = ground(ApiSettings::default()).await;
    assert_eq!(send(&strange, forwarded()).await.body["ip"], "203.0.113.9");
    let trusted_proxies = vec!["203.0.113.0/24".parse().unwrap()];
    let trusting = ground(ApiSettings { trusted_proxies, ..ApiSettings::default() }).await;
    assert_eq!(send(&trusting, forwarded()).await.body["ip"], "198.51.100.7");
}

#[actix_web::test]
async fn a_quota_is_told_and_kept() {
    let ground = ground(ApiSettings { anonymous_requests_per_minute: 2, ..ApiSettings::default() }).await;
    let answer = send(&ground, get("/v1/notes")).await;
    assert_eq!(
        (answer.header("ratelimit-policy"), answer.header("ratelimit")),
        ("\"default\";q=2;w=60", "\"default\";r=1;t=30")
    );
    send(&ground, get("/v1/notes")).await;
    let answer = send(&ground, get("/v1/notes")).await;
    assert_eq!(answer.problem(429, "rate_limited").body["violated_policies"], json!(["default"]));
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(send(&ground, get("/livez")).await.status, 200);
}

#[actix_web::test]
async fn health_problems_and_the_document_stand_outside() {
    let ground = ground(ApiSettings::default()).await;
    assert_eq!(send(&ground, get("/readyz")).await.status, 503);
    ground.state.set_migrated();
    let ready = send(&ground, get("/readyz")).await;
    assert_eq!((ready.status.as_u16(), ready.header("content-type")), (200, "application/health+json"));
    ground.state.set_draining();
    assert_eq!(send(&ground, get("/readyz")).await.status, 503);
    assert!(send(&ground, get("/problems")).await.body["data"].as_array().unwrap().len() > 30);
    let page = send(&ground, get("/problems/validation-failed")).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    let document = send(&ground, get("/openapi.json")).await;
    assert_eq!((&document.body["openapi"], document.header("access-control-allow-origin")), (&json!("3.1.0"), "*"));
    let tag = document.header("etag").to_owned();
    assert_eq!(send(&ground, get("/openapi.json").insert_header(("if-none-match", tag))).await.status, 304);
    let docs = send(&ground, get("/docs/")).await;
    assert_eq!(docs.status, 200);
    assert!(docs.header("content-security-policy").contains("script-src 'self'"));
    assert_eq!(send(&ground, get("/docs")).await.header("location"), "/docs/");
    assert_eq!(send(&ground, get("/docs/swagger-ui-bundle.js")).await.status, 200);
}

#[actix_web::test]
async fn a_trace_goes_on() {
    let ground = ground(ApiSettings::default()).await;
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let answer = send(&ground, get("/v1/nowhere").insert_header(("traceparent", parent))).await;
    assert_eq!(answer.problem(404, "not_found").body["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
}

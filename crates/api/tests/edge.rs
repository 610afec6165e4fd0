//! The edge as a stranger meets it, on an application with a few routes of its own.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::test as at;
use actix_web::{HttpResponse, web};
use gongjian_api::extract::{AnyOf, Body, Caller, Filter, IfMatch, Visitor};
use gongjian_api::problem::Answer;
use gongjian_api::reply::Reply;
use gongjian_api::{ApiSettings, ApiState, app_with};
use gongjian_identity::{Identity, IdentitySettings, ScopeKind};
use gongjian_kernel::actor::{ANY, Association};
use gongjian_kernel::clock::SystemClock;
use gongjian_kernel::db::{Database, DatabaseSettings};
use gongjian_kernel::id::RandomIds;
use gongjian_kernel::keys::Keys;
use gongjian_kernel::{Permission, Refusal, Rule, Say, Store, Text, Work, write};
use sea_orm_migration::MigratorTrait as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
struct Note {
    title: Text<1, 10>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 5)]
    #[validate(range(min = 1, max = 5, code = "out_of_range", message = "应为 1 至 5 / It is from 1 to 5"))]
    stars: Option<i32>,
    #[serde(default)]
    kind: Option<ScopeKind>,
    #[serde(default)]
    unit_id: Option<Uuid>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteFilter {
    #[expect(dead_code, reason = "only read")]
    kind: Option<AnyOf<ScopeKind>>,
}

static WRITE: Permission = Permission {
    name: "note.write",
    article: Some(5),
    label: Say::fixed("写", "write"),
    rules: &[Rule { role: "nobody", over: ANY }],
};

async fn echo(visitor: Visitor, body: Body<Note>) -> Answer {
    visitor
        .command(body, async { Ok(()) }, async |_: &mut Work<'_>, note| {
            Ok(Reply::ok(note)?.created("/v1/notes/1").etag(1))
        })
        .await
}

async fn guarded(visitor: Visitor, if_match: IfMatch, body: Body<Note>) -> Answer {
    let allowed = async { visitor.authorize(&WRITE, &Association) };
    visitor.act_on((), if_match, body, allowed, async |_: &mut Work<'_>, _, note| Ok(Reply::ok(note)?)).await
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/v1/notes", web::post().to(echo))
        .route("/v1/notes", web::patch().to(echo))
        .route(
            "/v1/notes",
            web::get().to(async |_: Visitor, filter: Filter<NoteFilter>| -> Answer {
                Ok(Reply::ok(&json!({ "limit": filter.page.limit }))?.etag(7))
            }),
        )
        .route("/v1/guarded", web::post().to(guarded))
        .route("/v1/private", web::get().to(async |_: Caller| -> Answer { Ok(Reply::no_content()) }))
        .route(
            "/v1/notes/{note_id}",
            web::get().to(async |_: Visitor, _: web::Path<Uuid>| -> Answer { Ok(Reply::no_content()) }),
        )
        .route("/v1/panic", web::get().to(async || -> HttpResponse { panic!("a secret of the house") }))
        .route(
            "/v1/slow",
            web::get().to(async || -> HttpResponse {
                tokio::time::sleep(Duration::from_secs(60)).await;
                HttpResponse::Ok().finish()
            }),
        )
        .route(
            "/v1/ip",
            web::get().to(async |visitor: Visitor| -> Answer {
                Ok(Reply::ok(&json!({ "ip": visitor.act.ip.map(|ip| ip.to_string()) }))?)
            }),
        )
        .route(
            "/v1/write",
            web::post().to(async |visitor: Visitor| -> Answer {
                write(visitor.store(), &visitor.act, async |_| Err::<(), _>(Refusal::internal("SELECT secret")))
                    .await?;
                Ok(Reply::no_content())
            }),
        );
}

struct Ground {
    state: web::Data<ApiState>,
    _directory: tempfile::TempDir,
}

async fn ground(settings: ApiSettings) -> Ground {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/test.db", directory.path().display());
    let wait = Duration::from_secs(3);
    let db =
        Database::connect(&DatabaseSettings { url, connections: 2, acquire_timeout: wait, statement_timeout: wait })
            .await
            .unwrap();
    gongjian_migration::Migrator::up(db.writer(), None).await.unwrap();
    let keys = Keys::from_secret(b"a secret of more than 32 bytes, mixed: 8fK2-x").unwrap();
    let identity = Identity::new(&keys, IdentitySettings::default()).unwrap();
    let store = Store::new(db, Arc::new(SystemClock), Arc::new(RandomIds), keys);
    Ground { state: web::Data::new(ApiState::new(store, identity, settings)), _directory: directory }
}

struct Answered {
    status: StatusCode,
    headers: actix_web::http::header::HeaderMap,
    body: Value,
}

impl Answered {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Every error is a whole problem document.
    fn problem(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str()), (status, Some(code)), "{}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        assert!(self.body["type"].as_str().unwrap().ends_with(&format!("/problems/{}", code.replace('_', "-"))));
        assert_eq!(self.body["trace_id"].as_str().unwrap().len(), 32);
        assert!(!self.header("request-id").is_empty() && self.header("api-version") == "1.0.0");
        self
    }

    fn faults(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let mut faults: Vec<_> = errors
            .iter()
            .map(|error| {
                let at = ["pointer", "parameter", "header"].into_iter().find_map(|at| error.get(at)).unwrap();
                (text(at), text(&error["code"]))
            })
            .collect();
        faults.sort();
        faults
    }
}

async fn send(ground: &Ground, request: at::TestRequest) -> Answered {
    let app = at::init_service(app_with(ground.state.clone(), routes)).await;
    let request = request.peer_addr("203.0.113.9:4000".parse().unwrap()).to_request();
    let response = match at::try_call_service(&app, request).await {
        Ok(response) => response.into_parts().1.map_into_boxed_body(),
        Err(error) => error.error_response(),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = actix_web::body::to_bytes(response.into_body()).await.ok().unwrap_or_default();
    Answered { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}

fn post(body: &'static [u8]) -> at::TestRequest {
    at::TestRequest::post().uri("/v1/notes").insert_header(("content-type", "application/json")).set_payload(body)
}

fn get(uri: &str) -> at::TestRequest {
    at::TestRequest::get().uri(uri)
}

fn pair(at: &str, code: &str) -> (String, String) {
    (at.to_owned(), code.to_owned())
}

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
async fn bodies_that_are_not_ours_to_read() {
    let ground = ground(ApiSettings { body_limit_bytes: 1024, ..ApiSettings::default() }).await;
    let note: &[u8] = b"{\"title\":\"a\"}";
    send(&ground, post(note).insert_header(("content-encoding", "gzip"))).await.problem(415, "unsupported_media_type");
    for media in ["text/plain", "application/json; charset=utf-16", "application/merge-patch+json", "junk"] {
        let request = at::TestRequest::post().uri("/v1/notes").insert_header(("content-type", media)).set_payload(note);
        send(&ground, request).await.problem(415, "unsupported_media_type");
    }
    let patch = at::TestRequest::patch().uri("/v1/notes").set_payload(note);
    let patch = patch.insert_header(("content-type", "application/merge-patch+json"));
    assert_eq!(send(&ground, patch).await.status, 201);
    send(&ground, post(&[b' '; 2000])).await.problem(413, "content_too_large");
    let huge = post(note).insert_header(("content-length", "1000000000000"));
    send(&ground, huge).await.problem(413, "content_too_large");
    let long = get("/v1/notes").insert_header(("x-long", "x".repeat(20_000)));
    send(&ground, long).await.problem(431, "headers_too_large");
}

#[actix_web::test]
async fn texts_that_are_no_json() {
    let ground = ground(ApiSettings::default()).await;
    let deep: &'static [u8] = Box::leak([b"{\"title\":".repeat(1), b"[".repeat(200)].concat().into_boxed_slice());
    let forms: [&'static [u8]; 12] = [
        b"{",
        b"nope",
        b"{\"title\":\"a\"} x",
        b"{\"title\":\"\\ud800\"}",
        b"{\"title\":\"\xff\"}",
        b"{\"stars\":1e400,\"title\":\"a\"}",
        b"{\"stars\":NaN}",
        b"{\"title\":\"a\",\"title\":\"b\"}",
        b"{'title':1}",
        b"\xef\xbb\xbf{}",
        b"{\"title\":\"a\",}",
        deep,
    ];
    for form in forms {
        send(&ground, post(form)).await.problem(400, "malformed_request");
    }
    for form in [&b"[]"[..], b"null", b"1", b"\"x\""] {
        send(&ground, post(form)).await.problem(422, "validation_failed");
    }
}

#[actix_web::test]
async fn all_faults_of_a_body_at_once() {
    let ground = ground(ApiSettings::default()).await;
    let answer = send(&ground, post("{\"title\":\"一二三四五六七八九十一\",\"stars\":\"x\",\"kind\":\"planet\",\"unit_id\":\"0\",\"version\":1}".as_bytes())).await;
    let expected = [
        pair("#/kind", "invalid_value"),
        pair("#/stars", "invalid_type"),
        pair("#/title", "too_long"),
        pair("#/unit_id", "invalid_value"),
        pair("#/version", "unknown_field"),
    ];
    assert_eq!(answer.problem(422, "validation_failed").faults(), expected);
    assert_eq!(
        send(&ground, post(b"")).await.problem(422, "validation_failed").faults(),
        [pair("#/title", "required")]
    );
    let nul = send(&ground, post(b"{\"title\":\"a\\u0000b\"}")).await;
    assert_eq!(nul.problem(422, "validation_failed").faults(), [pair("#/title", "forbidden_character")]);
    let big = send(&ground, post(b"{\"title\":\"a\",\"stars\":99999999999999999999}")).await;
    assert_eq!(big.problem(422, "validation_failed").faults()[0].0, "#/stars");
    let rule = send(&ground, post(b"{\"title\":\"a\",\"stars\":9}").insert_header(("accept-language", "en"))).await;
    assert_eq!(rule.problem(422, "validation_failed").faults(), [pair("#/stars", "out_of_range")]);
    assert_eq!(rule.body["errors"][0]["detail"], "It is from 1 to 5");
    assert_eq!(rule.header("content-language"), "en");
}

#[actix_web::test]
async fn a_classification_marking_is_refused_and_put_on_record() {
    let ground = ground(ApiSettings::default()).await;
    let answer = send(&ground, post("{\"title\":\"机密★1年\"}".as_bytes())).await;
    assert_eq!(answer.problem(422, "validation_failed").faults(), [pair("#/title", "classified_marking")]);
    let rows = gongjian_kernel::audit::checkpoint(ground.state.store.db.reader()).await.unwrap();
    assert_eq!(rows.seq, 1);
}

#[actix_web::test]
async fn a_repeated_key_gets_the_same_answer() {
    let ground = ground(ApiSettings::default()).await;
    let keyed = |body| post(body).insert_header(("idempotency-key", "\"k-1\""));
    let first = send(&ground, keyed(b"{\"title\":\"a\"}")).await;
    assert_eq!((first.status.as_u16(), first.header("idempotency-replayed")), (201, ""));
    let again = send(&ground, keyed(b"{\"title\":\"a\"}")).await;
    assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (201, "true"));
    assert_eq!((again.header("etag"), again.header("location"), &again.body), ("\"1\"", "/v1/notes/1", &first.body));
    send(&ground, keyed(b"{\"title\":\"b\"}")).await.problem(422, "idempotency_key_reused");
    let bad = send(&ground, post(b"{\"title\":\"a\"}").insert_header(("idempotency-key", "k 1"))).await;
    assert_eq!(bad.problem(400, "invalid_parameter").faults(), [pair("Idempotency-Key", "invalid_value")]);
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
}

#[actix_web::test]
async fn a_trace_goes_on() {
    let ground = ground(ApiSettings::default()).await;
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let answer = send(&ground, get("/v1/nowhere").insert_header(("traceparent", parent))).await;
    assert_eq!(answer.problem(404, "not_found").body["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
}

/// Over a real connection: actix itself would wait for ever.
#[actix_web::test]
async fn a_slow_body_is_cut() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let ground = ground(ApiSettings { body_deadline: Duration::from_millis(300), ..ApiSettings::default() }).await;
    let state = ground.state.clone();
    let server =
        actix_web::HttpServer::new(move || app_with(state.clone(), routes)).workers(1).bind("127.0.0.1:0").unwrap();
    let address = server.addrs()[0];
    let running = server.run();
    let handle = running.handle();
    actix_web::rt::spawn(running);
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = b"POST /v1/notes HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    socket.write_all(head).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), socket.read_to_end(&mut answer)).await;
    let answer = String::from_utf8_lossy(&answer).to_lowercase();
    assert!(answer.starts_with("http/1.1 408") && answer.contains("body_timeout"), "{answer}");
    assert!(answer.contains("connection: close") && read.is_ok(), "the connection is closed: {answer}");
    handle.stop(false).await;
}

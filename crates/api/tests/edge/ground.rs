//! An application with a few routes of its own, and how to ask it.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::test as at;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
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
use utoipa::{IntoParams, ToSchema};
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
    #[serde(default)]
    seen_on: Option<NaiveDate>,
}

#[derive(Debug, Deserialize, IntoParams)]
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

pub(crate) fn routes(config: &mut web::ServiceConfig) {
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

pub(crate) struct Ground {
    pub(crate) state: web::Data<ApiState>,
    directory: tempfile::TempDir,
}

impl Ground {
    pub(crate) fn url(&self) -> String {
        url(&self.directory)
    }
}

fn url(directory: &tempfile::TempDir) -> String {
    format!("sqlite://{}/test.db", directory.path().display())
}

pub(crate) async fn ground(settings: ApiSettings) -> Ground {
    let directory = tempfile::tempdir().unwrap();
    let url = url(&directory);
    let wait = Duration::from_secs(3);
    let db =
        Database::connect(&DatabaseSettings { url, connections: 2, acquire_timeout: wait, statement_timeout: wait })
            .await
            .unwrap();
    gongjian_migration::Migrator::up(db.writer(), None).await.unwrap();
    let keys = Keys::from_secret(b"a secret of more than 32 bytes, mixed: 8fK2-x").unwrap();
    let identity = Identity::new(&keys, IdentitySettings::default(), &[]).unwrap();
    let store = Store::new(db, Arc::new(SystemClock), Arc::new(RandomIds), keys);
    Ground { state: web::Data::new(ApiState::new(store, identity, settings)), directory }
}

pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: actix_web::http::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Every error is a whole problem document.
    pub(crate) fn problem(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str()), (status, Some(code)), "{}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        assert!(self.body["type"].as_str().unwrap().ends_with(&format!("/problems/{}", code.replace('_', "-"))));
        assert_eq!(self.body["trace_id"].as_str().unwrap().len(), 32);
        assert!(!self.header("request-id").is_empty() && self.header("api-version") == "1.0.0");
        self
    }

    pub(crate) fn faults(&self) -> Vec<(String, String)> {
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

pub(crate) async fn send(ground: &Ground, request: at::TestRequest) -> Answered {
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

pub(crate) fn post(body: &'static [u8]) -> at::TestRequest {
    at::TestRequest::post().uri("/v1/notes").insert_header(("content-type", "application/json")).set_payload(body)
}

pub(crate) fn get(uri: &str) -> at::TestRequest {
    at::TestRequest::get().uri(uri)
}

pub(crate) fn pair(at: &str, code: &str) -> (String, String) {
    (at.to_owned(), code.to_owned())
}

//! The whole application on a database of its own, with its first administrator.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::test as at;
use actix_web::web;
use gongjian_api::{ApiSettings, ApiState, app};
use gongjian_identity::{Identity, IdentitySettings, PersonId, Role, ensure_first_administrator};
use gongjian_kernel::clock::SystemClock;
use gongjian_kernel::db::{Database, DatabaseSettings};
use gongjian_kernel::id::RandomIds;
use gongjian_kernel::keys::Keys;
use gongjian_kernel::{Act, Scope, Store, Text, calendar, write};
use gongjian_membership::appointment::{NewAppointment, Office, commands};
use sea_orm_migration::MigratorTrait as _;
use serde_json::{Value, json};

pub(crate) struct Ground {
    pub(crate) state: web::Data<ApiState>,
    pub(crate) first_password: String,
    _directory: tempfile::TempDir,
}

pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.body.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer} in {}", self.body))
    }

    pub(crate) fn done(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.text("/code")), (status, code), "{}", self.body);
    }

    /// Pointer and code of every fault.
    pub(crate) fn faults(&self) -> Vec<(&str, &str)> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())).collect()
    }
}

/// Somebody with a token.
#[derive(Debug, Clone)]
pub(crate) struct Persona(String);

/// A request that is put together.
pub(crate) struct Call<'a> {
    ground: &'a Ground,
    request: at::TestRequest,
}

impl Call<'_> {
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.request = self.request.insert_header((name, value));
        self
    }

    pub(crate) fn by(self, who: &Persona) -> Self {
        self.with("authorization", &format!("Bearer {}", who.0))
    }

    pub(crate) fn body(mut self, body: &Value) -> Self {
        self.request = self.request.set_json(body);
        self
    }

    pub(crate) async fn send(self) -> Answered {
        let app = at::init_service(app(self.ground.state.clone())).await;
        let request = self.request.peer_addr("203.0.113.9:4000".parse().unwrap()).to_request();
        let response = at::call_service(&app, request).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = at::read_body(response).await;
        Answered { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
    }
}

impl Ground {
    pub(crate) async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/test.db", directory.path().display());
        let wait = Duration::from_secs(3);
        let settings = DatabaseSettings { url, connections: 2, acquire_timeout: wait, statement_timeout: wait };
        let db = Database::connect(&settings).await.unwrap();
        gongjian_migration::Migrator::up(db.writer(), None).await.unwrap();
        let keys = Keys::from_secret(b"a secret of more than 32 bytes, mixed: 8fK2-x").unwrap();
        let cheap = IdentitySettings { argon2_memory_kib: 64, argon2_iterations: 1, ..IdentitySettings::default() };
        let identity = Identity::new(&keys, cheap, &[gongjian_membership::positions]).unwrap();
        let store = Store::new(db, Arc::new(SystemClock), Arc::new(RandomIds), keys);
        calendar::seed(&store).await.unwrap();
        let (_, issued) = ensure_first_administrator(&store, &identity).await.unwrap().unwrap();
        let state = web::Data::new(ApiState::new(store, identity, ApiSettings::default()));
        Self { state, first_password: issued.text, _directory: directory }
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> Call<'_> {
        Call { ground: self, request: at::TestRequest::with_uri(path).method(method) }
    }

    pub(crate) fn get(&self, path: &str) -> Call<'_> {
        self.call(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Call<'_> {
        self.call(Method::POST, path).body(body)
    }

    pub(crate) async fn login(&self, username: &str, password: &str) -> Persona {
        let body = json!({ "username": username, "password": password, "device_name": "测试机" });
        let answer = self.post("/v1/auth/login", &body).send().await.done(200);
        assert_eq!(answer.header("cache-control"), "no-store");
        Persona(answer.text("/access_token").to_owned())
    }

    /// Signs in with a password that somebody else set, and changes it.
    pub(crate) async fn enter(&self, username: &str, password: &str) -> Persona {
        let who = self.login(username, password).await;
        self.get("/v1/sessions").by(&who).send().await.refused(403, "password_change_required");
        let body = json!({ "current_password": password, "new_password": "four lanterns over the canal" });
        self.post("/v1/auth/password", &body).by(&who).send().await.done(204);
        who
    }

    pub(crate) async fn administrator(&self) -> Persona {
        self.enter("admin", &self.first_password).await
    }

    /// An account for somebody new.
    pub(crate) async fn open(&self, admin: &Persona, username: &str, role: Role) -> Persona {
        let body = json!({ "username": username, "person": { "name": "王芳" } });
        let answer = self.post("/v1/accounts", &body).by(admin).send().await.done(201);
        let person = PersonId(answer.text("/account/person/id").parse().unwrap());
        let (store, identity) = (&self.state.store, &self.state.identity);
        let by = Act::by_rule(store);
        let filed = write(store, &by, async |work| {
            let office = Office { role, scope: Scope::Association };
            let new = NewAppointment { office, basis: Text::parse("青党干〔2026〕1号").unwrap(), event_on: None };
            commands::file(work, identity, person, new).await.map(drop)
        });
        filed.await.unwrap();
        self.enter(username, answer.text("/password")).await
    }
}

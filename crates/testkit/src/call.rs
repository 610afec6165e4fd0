//! One request. Awaiting it sends it, and holds the answer against the document.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::contract;
use crate::persona::Persona;
use crate::reply::{Reply, Thing};

#[derive(Debug, Clone)]
#[must_use = "a call is sent by awaiting it"]
pub struct Call {
    persona: Persona,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Call {
    pub(crate) fn new(persona: Persona, method: Method, path: &str) -> Self {
        Self { persona, method, path: path.to_owned(), headers: HeaderMap::new(), body: None }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        self.headers.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value);
        self
    }

    /// On the version of the thing that the persona has seen.
    pub fn seen(self, thing: &Thing) -> Self {
        self.header("if-match", thing.etag())
    }

    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub fn json(self, body: &Value) -> Self {
        self.bytes("application/json", serde_json::to_vec(body).unwrap())
    }

    pub fn merge_patch(self, body: &Value) -> Self {
        self.bytes("application/merge-patch+json", serde_json::to_vec(body).unwrap())
    }

    pub fn bytes(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut call = self.header("content-type", content_type);
        call.body = Some(body.into());
        call
    }

    async fn send(self) -> Reply {
        let app = &self.persona.app;
        let mut request = app.http().request(self.method.clone(), app.url(&self.path)).headers(self.headers.clone());
        if !self.headers.contains_key("authorization")
            && let Some(token) = self.persona.token().await
        {
            request = request.bearer_auth(token);
        }
        let sent: Option<Value> = self.body.as_deref().and_then(|body| serde_json::from_slice(body).ok());
        if let Some(body) = self.body {
            request = request.body(body);
        }
        let line = format!("{} {}", self.method, self.path);
        let answer = request.send().await.unwrap_or_else(|error| panic!("{line}: no answer: {error:?}"));
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = answer.bytes().await.unwrap_or_else(|error| panic!("{line}: cut off: {error:?}"));
        let reply = Reply::new(line, status, headers, &bytes);
        contract::holds(&self.method, &self.path, sent.as_ref(), &reply);
        reply
    }
}

impl IntoFuture for Call {
    type Output = Reply;
    type IntoFuture = Pin<Box<dyn Future<Output = Reply>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

//! Answers, and what a test expects of them.

use std::ops::Index;

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer as it came.
#[derive(Debug, Clone)]
#[must_use = "an answer tells whether it worked"]
pub struct Reply {
    /// `POST /v1/issues`
    pub line: String,
    pub status: u16,
    pub headers: HeaderMap,
    /// Null where the answer has no body, a string where it is no JSON.
    pub body: Value,
}

impl Reply {
    pub(crate) fn new(line: String, status: u16, headers: HeaderMap, bytes: &[u8]) -> Self {
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned().into())
        };
        Self { line, status, headers, body }
    }

    /// The value of a header; empty where it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[must_use]
    pub fn has(&self, header: &str) -> bool {
        self.headers.contains_key(header)
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}: {:#}", self.line, self.body);
        self
    }

    /// 200 with a thing.
    #[track_caller]
    #[must_use]
    pub fn ok(&self) -> Thing {
        self.is(200).thing()
    }

    /// 201 with a thing, and where it is.
    #[track_caller]
    #[must_use]
    pub fn created(&self) -> Thing {
        self.is(201);
        assert!(self.header("location").starts_with("/v1/"), "{}: Location", self.line);
        self.thing()
    }

    #[track_caller]
    pub fn no_content(&self) {
        self.is(204);
    }

    /// 200 with the rows of a page.
    #[track_caller]
    #[must_use]
    pub fn rows(&self) -> Vec<Value> {
        self.is(200).body["data"].as_array().expect("a page").clone()
    }

    /// A problem document with this code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> &Self {
        let told = (self.status, self.body["code"].as_str().unwrap_or_default());
        assert_eq!(told, (status, code), "{}: {:#}", self.line, self.body);
        self
    }

    /// The faults of single fields: where, and which.
    #[must_use]
    pub fn faults(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let at = |error: &Value| ["pointer", "parameter", "header"].iter().find_map(|at| error.get(*at)).map(text);
        let errors = self.body["errors"].as_array().into_iter().flatten();
        let mut faults: Vec<_> = errors.map(|error| (at(error).unwrap_or_default(), text(&error["code"]))).collect();
        faults.sort();
        faults
    }

    #[must_use]
    pub fn has_fault(&self, at: &str, code: &str) -> bool {
        self.faults().iter().any(|fault| (fault.0.as_str(), fault.1.as_str()) == (at, code))
    }

    /// What the caller may do instead.
    #[must_use]
    pub fn allowed_actions(&self) -> Vec<&str> {
        self.body["allowed_actions"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn thing(&self) -> Thing {
        Thing { body: self.body.clone(), etag: self.header("etag").to_owned() }
    }
}

/// A resource in the version that somebody has seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    pub body: Value,
    etag: String,
}

impl Thing {
    #[track_caller]
    #[must_use]
    pub fn id(&self) -> &str {
        self.text("id")
    }

    #[must_use]
    pub fn etag(&self) -> &str {
        &self.etag
    }

    /// A member that is text.
    #[track_caller]
    #[must_use]
    pub fn text(&self, member: &str) -> &str {
        self.body[member].as_str().unwrap_or_else(|| panic!("{member} of {:#}", self.body))
    }

    #[must_use]
    pub fn allows(&self, action: &str) -> bool {
        self.body["allowed_actions"].as_array().is_some_and(|all| all.iter().any(|one| one == action))
    }
}

impl Index<&str> for Thing {
    type Output = Value;

    fn index(&self, member: &str) -> &Value {
        &self.body[member]
    }
}

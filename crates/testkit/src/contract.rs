//! The document as a contract: whatever the server answers must stand in it. A drift check proves that the
//! document is stable; this proves that it is true.

use std::sync::{LazyLock, OnceLock};

use jsonschema::{Draft, Validator};
use reqwest::Method;
use serde_json::{Value, json};

use crate::reply::Reply;

/// One operation of the document.
#[derive(Debug)]
pub struct Operation {
    pub id: String,
    pub method: Method,
    /// `/v1/issues/{issue_id}`
    pub template: String,
    /// Nobody has to sign in for it.
    pub is_public: bool,
    pub takes_if_match: bool,
    pub has_body: bool,
    request: Option<Schema>,
    answers: Vec<Answer>,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<String>,
    /// By media type; a file may come in one of several.
    contents: Vec<(String, Schema)>,
}

#[derive(Debug)]
struct Schema {
    schema: Value,
    compiled: OnceLock<Validator>,
}

/// Headers that come only with a page that goes on, a replayed answer, a request of another origin.
const SOMETIMES: [&str; 3] = ["Link", "Idempotency-Replayed", "Access-Control-Allow-Origin"];

/// What the edge answers to requests that reach no operation.
const OF_THE_EDGE: [u16; 1] = [431];

const OUTSIDE: [&str; 5] = ["/livez", "/readyz", "/openapi.json", "/problems", "/docs"];

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let paths = gongjian_api::document()["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.filter_map(move |(method, operation)| Operation::read(path, method, operation))
    });
    all.collect()
});

static PROBLEM: LazyLock<Schema> = LazyLock::new(|| Schema::of(&json!({ "$ref": "#/components/schemas/Problem" })));

/// The schemas, each closed: a member that the document does not name is a fault.
static COMPONENTS: LazyLock<Value> = LazyLock::new(|| {
    let mut components = gongjian_api::document()["components"].clone();
    close(&mut components["schemas"]);
    components
});

/// Every operation of the document.
#[must_use]
pub fn operations() -> &'static [Operation] {
    &OPERATIONS
}

impl Operation {
    fn read(path: &str, method: &str, operation: &'static Value) -> Option<Self> {
        let method: Method = method.to_uppercase().parse().ok()?;
        let parameters = operation["parameters"].as_array();
        let takes = |name: &str| {
            let reference = format!("#/components/parameters/{name}");
            parameters.into_iter().flatten().any(|parameter| parameter["$ref"] == reference.as_str())
        };
        let body = operation.get("requestBody");
        let answers = operation["responses"].as_object()?.iter();
        Some(Self {
            id: operation["operationId"].as_str()?.to_owned(),
            method,
            template: path.to_owned(),
            is_public: operation["security"]
                .as_array()
                .is_some_and(|all| !all.iter().any(|one| one.get("bearer").is_some())),
            takes_if_match: takes("IfMatch"),
            has_body: body.is_some(),
            request: body.and_then(|body| Some(Schema::of(&body["content"].as_object()?.values().next()?["schema"]))),
            answers: answers.map(|(status, answer)| Answer::read(status, resolved(answer))).collect(),
        })
    }

    fn of(method: &Method, path: &str) -> Option<&'static Self> {
        let method = if *method == Method::HEAD { &Method::GET } else { method };
        // A literal path is that thing alone.
        let is_literal = OPERATIONS.iter().any(|operation| operation.template == path);
        OPERATIONS.iter().find(|operation| {
            operation.method == *method && if is_literal { operation.template == path } else { operation.fits(path) }
        })
    }

    fn fits(&self, path: &str) -> bool {
        let (template, path): (Vec<_>, Vec<_>) = (self.template.split('/').collect(), path.split('/').collect());
        let fits = |(wanted, given): (&&str, &&str)| wanted == given || (wanted.starts_with('{') && !given.is_empty());
        template.len() == path.len() && template.iter().zip(&path).all(fits)
    }

    /// The path with this in the place of every parameter.
    #[must_use]
    pub fn path(&self, parameter: &str) -> String {
        let parts = self.template.split('/').map(|part| if part.starts_with('{') { parameter } else { part });
        parts.collect::<Vec<_>>().join("/")
    }
}

impl Answer {
    fn read(status: &str, answer: &Value) -> Self {
        let headers = answer["headers"].as_object().into_iter().flat_map(|headers| headers.keys());
        let contents = answer["content"].as_object().into_iter().flatten();
        Self {
            status: status.parse().unwrap(),
            headers: headers.filter(|name| !SOMETIMES.contains(&name.as_str())).cloned().collect(),
            contents: contents.map(|(name, content)| (name.clone(), Schema::of(&content["schema"]))).collect(),
        }
    }
}

impl Schema {
    fn of(schema: &Value) -> Self {
        Self { schema: schema.clone(), compiled: OnceLock::new() }
    }

    #[track_caller]
    fn holds(&self, value: &Value, what: &str) {
        let validator = self.compiled.get_or_init(|| {
            let whole = json!({ "allOf": [self.schema], "components": *COMPONENTS });
            let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
            options.build(&whole).expect("the schemas of the document compile")
        });
        let faults: Vec<String> =
            validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{what} is not what the document says:\n{}\n{value:#}", faults.join("\n"));
    }
}

fn resolved(node: &'static Value) -> &'static Value {
    match node["$ref"].as_str() {
        Some(reference) => gongjian_api::document().pointer(reference.trim_start_matches('#')).unwrap(),
        None => node,
    }
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close);
            if members.get("properties").is_some_and(Value::is_object) && members.contains_key("type") {
                members.entry("additionalProperties").or_insert(json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Fails where the answer is not one that the document names, or where a body was accepted that it
/// forbids.
#[track_caller]
pub(crate) fn holds(method: &Method, path: &str, sent: Option<&Value>, reply: &Reply) {
    let path = path.split('?').next().unwrap_or_default();
    let line = &reply.line;
    let Some(operation) = Operation::of(method, path) else {
        if !OUTSIDE.iter().any(|outside| path.starts_with(outside)) && *method != Method::OPTIONS {
            is_problem(method, reply);
        }
        return;
    };
    if OF_THE_EDGE.contains(&reply.status) {
        return is_problem(method, reply);
    }
    let Some(answer) = operation.answers.iter().find(|answer| answer.status == reply.status) else {
        panic!("{line} answered {}, which the document does not name:\n{:#}", reply.status, reply.body);
    };
    for header in &answer.headers {
        assert!(reply.has(header), "{line} answered {} without {header}:\n{:#?}", reply.status, reply.headers);
    }
    if let Some(sent) = sent
        && (200..300).contains(&reply.status)
        && let Some(request) = &operation.request
    {
        request.holds(sent, &format!("{line}: the body that was accepted"));
    }
    if *method == Method::HEAD {
        assert!(reply.body.is_null(), "{line} answered with a body");
        return;
    }
    if answer.contents.is_empty() {
        assert!(reply.body.is_null(), "{line} answered {} with a body", reply.status);
        return;
    }
    let told = reply.header("content-type").split(';').next().unwrap_or_default();
    let content = answer.contents.iter().find(|(media_type, _)| media_type == told);
    let Some((_, schema)) = content else { panic!("{line} answered {} as {told}", reply.status) };
    schema.holds(&reply.body, &format!("{line}: the answer {}", reply.status));
}

#[track_caller]
fn is_problem(method: &Method, reply: &Reply) {
    assert!(reply.status >= 400, "{} answered {} outside the document", reply.line, reply.status);
    assert_eq!(reply.header("content-type"), "application/problem+json", "{}", reply.line);
    for header in ["request-id", "api-version", "content-language"] {
        assert!(reply.has(header), "{} answered {} without {header}", reply.line, reply.status);
    }
    if *method != Method::HEAD {
        PROBLEM.holds(&reply.body, &reply.line);
    }
}

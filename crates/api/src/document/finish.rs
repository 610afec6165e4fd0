//! What all operations have in common is added here, over the finished document: headers, errors,
//! shared parameters, examples. Handlers state only what is theirs.

use serde_json::{Map, Value, json};

use super::{example, limits, names, shared};
use crate::authority;
use crate::extract::NoFields;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(super) fn finish(mut document: Value) -> Value {
    names::settle(&mut document);
    document["servers"] = json!([{
        "url": "/",
        "description": "提供本文档的服务 / The production server that this document came from",
        "x-internal": false,
    }]);
    let components = &mut document["components"];
    limits::complete(&mut components["schemas"]);
    components["headers"] = shared::header_components();
    components["parameters"] = shared::parameter_components();
    components["responses"] = shared::responses();
    // utoipa knows no scheme of one's own.
    components["securitySchemes"]["credentials"] = json!({
        "type": "http",
        "scheme": "credentials",
        "description": "请求体自带凭证：用户名与密码、刷新令牌、一次性代码或入会申请的查询码；申请入会和公开信息无须凭证；无须 Authorization 请求头。所发令牌为 JWT，遵循 RFC8725 / The body itself holds the proof: name and password, a refresh token, a one-time code; what anybody may ask wants none; no Authorization header. The tokens given out are JWTs after RFC8725.",
    });
    let schemas = components["schemas"].as_object().cloned().unwrap_or_default();
    for (path, item) in document["paths"].as_object_mut().into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                Operation { path, method, operation, schemas: &schemas }.finish();
            }
        }
    }
    document
}

struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    operation: &'a mut Value,
    schemas: &'a Map<String, Value>,
}

impl Operation<'_> {
    fn finish(mut self) {
        self.security();
        self.permission();
        self.parameters();
        self.body();
        self.successes();
        self.errors();
    }

    fn is_read(&self) -> bool {
        self.method == "get"
    }

    fn is_item(&self) -> bool {
        self.path.ends_with('}')
    }

    fn takes(&self, header: &str) -> bool {
        let reference = format!("#/components/parameters/{header}");
        self.operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|parameter| parameter["$ref"] == reference.as_str())
    }

    fn is_public(&self) -> bool {
        self.operation["security"][0].get("bearer").is_none()
    }

    /// A token, unless the handler says `security(())`: then the body holds what proves the caller.
    fn security(&mut self) {
        let open = self.operation["security"].as_array().is_some_and(|all| all.iter().any(|one| *one == json!({})));
        let scheme = if open { "credentials" } else { "bearer" };
        self.operation["security"] = json!([{ scheme: [] }]);
    }

    /// What the operation asks for, by name; none where being signed in is enough.
    fn permission(&mut self) {
        let asks = self.operation["operationId"].as_str().and_then(authority::of);
        if let Some(asks) = asks.filter(|_| !self.is_public()) {
            let names: Vec<&str> = asks.permissions().map(|permission| permission.name).collect();
            self.operation["x-permission"] = json!(names);
        }
    }

    fn parameters(&mut self) {
        let mut all = self.operation["parameters"].as_array().cloned().unwrap_or_default();
        let takes_version = all.iter().any(|parameter| parameter["name"] == "If-Match");
        all.retain(|parameter| parameter["name"] != "If-Match");
        for parameter in &mut all {
            limits::complete(&mut parameter["schema"]);
            if parameter.get("example").is_none() {
                parameter["example"] = example::of(&parameter["schema"], self.schemas);
            }
            leave_empty(parameter);
            if parameter["schema"]["type"] == "array" {
                parameter["style"] = json!("form");
                parameter["explode"] = json!(false);
            }
        }
        let mut refer = |name: &str| all.push(json!({ "$ref": format!("#/components/parameters/{name}") }));
        if takes_version {
            refer("IfMatch");
        }
        if self.is_read() && self.is_item() {
            refer("IfNoneMatch");
        }
        if self.method == "post" {
            refer("IdempotencyKey");
        }
        refer("AcceptLanguage");
        self.operation["parameters"] = Value::Array(all);
    }

    fn body(&mut self) {
        let Some(body) = self.operation.get_mut("requestBody") else { return };
        name_files(body);
        for content in body["content"].as_object_mut().into_iter().flat_map(|all| all.values_mut()) {
            if content.get("example").is_none() {
                content["example"] = example::of(&content["schema"], self.schemas);
            }
        }
        let empty = format!("#/components/schemas/{}", <NoFields as utoipa::ToSchema>::name());
        let optional = body["content"]["application/json"]["schema"]["$ref"] == empty.as_str();
        body["required"] = json!(!optional);
        if body.get("description").is_none() {
            body["description"] = json!("请求内容 / What is sent.");
        }
    }

    fn successes(&mut self) {
        let (read, item, post, versioned) =
            (self.is_read(), self.is_item(), self.method == "post", self.takes("IfMatch"));
        for (status, response) in self.operation["responses"].as_object_mut().into_iter().flatten() {
            let mut names = shared::EVERYWHERE.to_vec();
            let page = is_page(response, self.schemas);
            if name_files(response) {
                names.push("Content-Disposition");
            }
            if matches!(status.as_str(), "201" | "202") {
                names.push("Location");
            }
            if status != "204" && !page && ((read && item) || versioned || status == "201") {
                names.push("ETag");
            }
            if page {
                names.push("Link");
            }
            if post {
                names.push("Idempotency-Replayed");
            }
            response["headers"] = shared::headers(&names);
            let contents = response.get_mut("content").and_then(Value::as_object_mut);
            for content in contents.into_iter().flat_map(|all| all.values_mut()) {
                if content.get("example").is_none() {
                    content["example"] = example::of(&content["schema"], self.schemas);
                }
            }
        }
        if read && item {
            let names = [&shared::EVERYWHERE[..], &["ETag"]].concat();
            self.operation["responses"]["304"] =
                json!({ "description": "未变更 / Still current.", "headers": shared::headers(&names) });
        }
    }

    fn errors(&mut self) {
        let mut errors =
            vec![shared::BAD_REQUEST, shared::UNACCEPTABLE, shared::LIMITED, shared::INTERNAL, shared::AWAY];
        errors.push(shared::UNAUTHORIZED);
        if !self.is_public() {
            errors.push(shared::NOT_ALLOWED);
        }
        if self.path.contains('{') {
            errors.push(shared::NOT_FOUND);
        }
        // A read that can be refused for the state of its thing says so itself.
        if !self.is_read() || self.operation["responses"].get("409").is_some() {
            errors.push(shared::CONFLICT);
        }
        if !self.is_read() {
            errors.push(shared::TOO_LARGE);
        }
        if self.takes("IfMatch") {
            errors.extend([shared::STALE, shared::NO_IF_MATCH]);
        }
        if self.operation.get("requestBody").is_some() {
            errors.extend([shared::MEDIA_TYPE, shared::INVALID, shared::SLOW_BODY]);
        } else if self.method == "post" {
            errors.push(shared::INVALID);
        }
        if let Some(responses) = self.operation["responses"].as_object_mut() {
            for error in errors {
                responses.insert(error.status().to_string(), error.reference());
            }
            responses.sort_keys();
        }
    }
}

/// The longest file that is sent or answered.
const FILE_AT_MOST: u32 = 64 << 20;

/// Gives contents that are no JSON the schema of bytes; utoipa has a text or numbers for them.
fn name_files(described: &mut Value) -> bool {
    let mut some = false;
    let contents = described.get_mut("content").and_then(Value::as_object_mut);
    for (media_type, content) in contents.into_iter().flatten() {
        if media_type.ends_with("json") {
            continue;
        }
        some = true;
        if content["schema"].get("$ref").is_none() {
            content["schema"] = json!({ "type": "string", "format": "binary", "maxLength": FILE_AT_MOST });
            content["example"] = json!("UEsDBBQAAAAIAA");
        }
    }
    some
}

fn is_page(response: &Value, schemas: &Map<String, Value>) -> bool {
    let name = response.pointer("/content/application~1json/schema/$ref").and_then(Value::as_str);
    let schema = name.and_then(|name| schemas.get(name.rsplit('/').next()?));
    schema.is_some_and(|schema| schema.pointer("/properties/next_cursor").is_some())
}

/// The documentation page fills a parameter in with its `example`, and a list asked for with every filter
/// finds nothing: the example of an optional parameter stands in its schema.
pub(super) fn leave_empty(parameter: &mut Value) {
    if parameter["required"] == true {
        return;
    }
    if let Some(example) = parameter.as_object_mut().and_then(|parameter| parameter.remove("example")) {
        parameter["schema"]["examples"] = json!([example]);
    }
}

//! Examples of whole answers, put together from the examples of their fields.

use serde_json::{Map, Value, json};

use super::shared::EXAMPLE_ID;

/// Deep enough for every view; a schema that refers to itself ends here.
const DEEPEST: usize = 24;

/// An example that fits the schema.
pub(super) fn of(schema: &Value, schemas: &Map<String, Value>) -> Value {
    build(schema, schemas, 0).unwrap_or_else(|| json!({}))
}

fn build(schema: &Value, schemas: &Map<String, Value>, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    if let Some(given) = schema.get("example").or_else(|| schema.pointer("/examples/0")).or_else(|| schema.get("const"))
    {
        return Some(given.clone());
    }
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        return build(schemas.get(name)?, schemas, depth + 1);
    }
    if let Some(first) = schema.pointer("/enum/0").or_else(|| schema.get("default")) {
        return Some(first.clone());
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(options) = schema.get(choice).and_then(Value::as_array) {
            return options.iter().find(|option| !is_null(option)).and_then(|option| build(option, schemas, depth + 1));
        }
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let mut whole = Map::new();
        for part in parts {
            if let Some(Value::Object(members)) = build(part, schemas, depth + 1) {
                whole.extend(members);
            }
        }
        return Some(Value::Object(whole));
    }
    match type_of(schema)? {
        "object" => {
            let members = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            let built = members.filter_map(|(name, member)| Some((name.clone(), build(member, schemas, depth + 1)?)));
            Some(Value::Object(built.collect()))
        }
        "array" => Some(Value::Array(build(schema.get("items")?, schemas, depth + 1).into_iter().collect())),
        "string" => Some(json!(text(schema))),
        "integer" => Some(schema.get("minimum").filter(|least| least.as_i64() > Some(0)).cloned().unwrap_or(json!(1))),
        "number" => Some(json!(95.0)),
        "boolean" => Some(json!(true)),
        _ => None,
    }
}

fn text(schema: &Value) -> &'static str {
    match schema.get("format").and_then(Value::as_str) {
        Some("uuid") => EXAMPLE_ID,
        Some("date-time") => "2026-11-23T02:03:04.567Z",
        Some("date") => "2026-11-23",
        Some("uri") => "https://gongjian.example/",
        Some(_) | None => "文字",
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

/// The type beside null.
pub(super) fn type_of(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

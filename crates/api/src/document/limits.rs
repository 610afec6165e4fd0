//! Limits that follow from a schema's type and format, so that no field has to repeat them.

use serde_json::{Value, json};

use super::example::type_of;

/// For text without a limit of its own: what a view may hold at most.
const LONGEST_TEXT: u32 = 20_000;
const MOST_ITEMS: u32 = 1000;
const LONGEST_WORD: u32 = 40;

/// Adds them to a schema and all that it holds.
pub(super) fn complete(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if !matches!(name.as_str(), "example" | "examples" | "default" | "enum" | "const") {
                    complete(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(complete),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
    }
    if let Some(description) = described_within(schema) {
        schema["description"] = description;
    }
    let add = limits(schema);
    if let Some(members) = schema.as_object_mut() {
        for (name, value) in add {
            members.entry(name).or_insert(value);
        }
    }
}

/// What utoipa says of a nullable reference stands beside the reference; readers look for it outside.
fn described_within(schema: &Value) -> Option<Value> {
    let options = schema.get("oneOf").filter(|_| schema.get("description").is_none())?.as_array()?;
    options.iter().find_map(|option| option.get("$ref").and(option.get("description"))).cloned()
}

fn limits(schema: &Value) -> Vec<(&'static str, Value)> {
    let format = schema.get("format").and_then(Value::as_str);
    match (type_of(schema), format) {
        (Some("string"), _) if schema.get("enum").is_some() => vec![("maxLength", json!(LONGEST_WORD))],
        (Some("string"), Some("uuid")) => vec![("minLength", json!(36)), ("maxLength", json!(36))],
        (Some("string"), Some("date-time")) => vec![("maxLength", json!(40))],
        (Some("string"), Some("date")) => vec![("maxLength", json!(10))],
        (Some("string"), Some(_)) => vec![("maxLength", json!(2048))],
        (Some("string"), None) => vec![("maxLength", json!(LONGEST_TEXT)), ("pattern", json!(r"^[^\x00]*$"))],
        (Some("integer"), Some("int64")) => {
            vec![("minimum", json!(0)), ("maximum", json!(9_007_199_254_740_991_i64))]
        }
        (Some("integer"), _) => vec![("format", json!("int32")), ("minimum", json!(0)), ("maximum", json!(i32::MAX))],
        (Some("number"), None) => vec![("format", json!("double"))],
        (Some("array"), _) => vec![("maxItems", json!(MOST_ITEMS))],
        _ => Vec::new(),
    }
}

//! utoipa names a generic schema after its arguments too: `UnitPage_UnitView`, `AnyOf_UnitKind`. Pages
//! keep their own name. A list of words in a query and a text of some length (`Text1To100`) are written
//! out where they stand.

use serde_json::{Map, Value, json};

const SCHEMAS: &str = "#/components/schemas/";
const ANY_OF: &str = "AnyOf_";

pub(super) fn settle(document: &mut Value) {
    let schemas = document["components"]["schemas"].as_object_mut().map(std::mem::take).unwrap_or_default();
    let named: Map<String, Value> = schemas
        .into_iter()
        .filter(|(name, _)| !name.starts_with(ANY_OF))
        .map(|(name, schema)| (plain(&name).to_owned(), schema))
        .collect();
    let kept = named.iter().filter(|(name, _)| !is_text(name)).map(|(name, schema)| (name.clone(), schema.clone()));
    document["components"]["schemas"] = Value::Object(kept.collect());
    rewrite(document, &named);
}

/// `Text1To100`
fn is_text(name: &str) -> bool {
    let lengths = name.strip_prefix("Text").and_then(|lengths| lengths.split_once("To"));
    lengths.is_some_and(|(min, max)| [min, max].iter().all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())))
}

fn plain(name: &str) -> &str {
    name.split('_').next().unwrap_or(name)
}

fn rewrite(node: &mut Value, schemas: &Map<String, Value>) {
    let target =
        node.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix(SCHEMAS)).map(str::to_owned);
    if let Some(target) = target {
        match target.strip_prefix(ANY_OF) {
            Some(word) => *node = list(word, schemas),
            None if is_text(&target) => write_out(node, schemas.get(&target)),
            None => node["$ref"] = json!(format!("{SCHEMAS}{}", plain(&target))),
        }
        return;
    }
    match node {
        Value::Object(members) => members.values_mut().for_each(|member| rewrite(member, schemas)),
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, schemas)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The schema in place of its name, beside what the field says of itself.
fn write_out(node: &mut Value, schema: Option<&Value>) {
    if let (Some(node), Some(schema)) = (node.as_object_mut(), schema.and_then(Value::as_object)) {
        node.remove("$ref");
        for (name, value) in schema {
            node.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

/// `status=open,closed`
fn list(word: &str, schemas: &Map<String, Value>) -> Value {
    let items = match word {
        name if schemas.contains_key(name) => json!({ "$ref": format!("{SCHEMAS}{name}") }),
        "Uuid" => json!({ "type": "string", "format": "uuid" }),
        "NaiveDate" => json!({ "type": "string", "format": "date" }),
        _ => json!({ "type": "string" }),
    };
    json!({ "type": "array", "items": items, "maxItems": crate::extract::MOST_WORDS })
}

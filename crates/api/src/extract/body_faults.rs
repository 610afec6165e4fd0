//! All faults of a body at once. serde stops at the first one, so a body that it refuses is held
//! against the schema of its type as well, and both are told.

use std::any::TypeId;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

use gongjian_kernel::fault::Locator;
use gongjian_kernel::text::{self, CLASSIFIED, TextFault};
use gongjian_kernel::{Event, FieldFault, Refusal, Say};
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use super::civil_day::{self, is_civil_day};
use super::parameters::one_of;
use crate::faults::CLASSIFIED_REFUSED;

/// Why a body is no JSON for us.
pub(super) struct Unreadable(pub Say);

/// The value, or everything that is wrong with it.
pub(super) fn parse<T>(bytes: &[u8]) -> Result<Result<T, Refusal>, Unreadable>
where
    T: DeserializeOwned + Validate + ToSchema + 'static,
{
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    match serde_path_to_error::deserialize::<_, T>(&mut reader) {
        Ok(value) => {
            reader.end().map_err(|error| unreadable(&error))?;
            let mut faults = day_faults::<T>(bytes);
            if let Err(errors) = value.validate() {
                rule_faults("", &errors, &mut faults);
            }
            Ok(if faults.is_empty() { Ok(value) } else { Err(refusal(faults)) })
        }
        Err(error) if !error.inner().is_data() || error.inner().to_string().starts_with("duplicate field") => {
            Err(unreadable(error.inner()))
        }
        Err(error) => {
            let value: Value = serde_json::from_slice(bytes).map_err(|error| unreadable(&error))?;
            let mut faults = schema_faults::<T>(&value);
            marked_texts("", &value, &mut faults);
            merge(own_fault(&error), &mut faults);
            Ok(Err(refusal(faults)))
        }
    }
}

fn unreadable(error: &serde_json::Error) -> Unreadable {
    let (line, column) = (error.line(), error.column());
    if error.to_string().starts_with("duplicate field") {
        return Unreadable(Say::new(
            format!("第 {line} 行第 {column} 列：成员重复。"),
            format!("Line {line}, column {column}: a member is given twice."),
        ));
    }
    Unreadable(Say::new(
        format!("第 {line} 行第 {column} 列不是合法的 JSON。"),
        format!("Line {line}, column {column} is not JSON."),
    ))
}

/// Classified content may not enter; that somebody tried is put on record, the text never.
fn refusal(faults: Vec<FieldFault>) -> Refusal {
    let marked: Vec<&str> = faults
        .iter()
        .filter(|fault| fault.code == CLASSIFIED)
        .map(|fault| match &fault.at {
            Locator::Pointer(at) | Locator::Parameter(at) | Locator::Header(at) => at.as_str(),
        })
        .collect();
    if marked.is_empty() {
        return Refusal::invalid(faults);
    }
    let data = serde_json::json!({ "code": CLASSIFIED, "pointers": marked });
    Refusal::invalid(faults).recorded(Event::new(&CLASSIFIED_REFUSED, Uuid::nil(), data).refused())
}

/// Where serde stopped, and why.
fn own_fault(error: &serde_path_to_error::Error<serde_json::Error>) -> FieldFault {
    let mut pointer = String::new();
    for segment in error.path() {
        use serde_path_to_error::Segment;
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escape(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    let message = error.inner().to_string();
    let named = |prefix: &str| message.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
    if let Some(fault) = text::fault_in(&message) {
        FieldFault::body(pointer, fault.code(), fault.detail())
    } else if let Some(name) = named("missing field `") {
        FieldFault::body(format!("{pointer}/{}", escape(name)), "required", REQUIRED)
    } else if let Some(name) = named("unknown field `") {
        let at = if pointer.ends_with(&format!("/{}", escape(name))) {
            pointer
        } else {
            format!("{pointer}/{}", escape(name))
        };
        FieldFault::body(at, "unknown_field", UNKNOWN)
    } else if message.starts_with("invalid type") {
        FieldFault::body(pointer, "invalid_type", Say::fixed("类型不符。", "It has the wrong type."))
    } else {
        FieldFault::body(pointer, INVALID_VALUE, INVALID)
    }
}

const INVALID_VALUE: &str = "invalid_value";
const REQUIRED: Say = Say::fixed("必须填写。", "It is required.");
const UNKNOWN: Say = Say::fixed("未知字段。", "Unknown field.");
const INVALID: Say = Say::fixed("值无效。", "The value is not valid.");

/// serde's fault is told unless the schema told of the same place; the text's own reason is finer.
fn merge(own: FieldFault, faults: &mut Vec<FieldFault>) {
    match faults.iter_mut().find(|fault| fault.at == own.at) {
        Some(known) if known.code == INVALID_VALUE && own.code != INVALID_VALUE => *known = own,
        Some(_) => {}
        None => faults.push(own),
    }
}

/// Days that chrono reads and we do not: see [`civil_day`].
fn day_faults<T: ToSchema + 'static>(bytes: &[u8]) -> Vec<FieldFault> {
    let Ok(value) = serde_json::from_slice(bytes) else { return Vec::new() };
    let mut faults = schema_faults::<T>(&value);
    faults.retain(|fault| fault.detail == civil_day::DETAIL);
    faults
}

fn schema_faults<T: ToSchema + 'static>(value: &Value) -> Vec<FieldFault> {
    let Some(schema) = validator_of::<T>() else { return Vec::new() };
    let mut faults = Vec::new();
    for error in schema.iter_errors(value) {
        faults_of(&error, value, &mut faults);
    }
    faults
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the kinds are another crate's; most say no more than: not valid")]
fn faults_of(error: &ValidationError<'_>, value: &Value, faults: &mut Vec<FieldFault>) {
    let at = error.instance_path().to_string();
    let mut add = |at: String, code: &'static str, detail: Say| faults.push(FieldFault::body(at, code, detail));
    match error.kind() {
        Kind::Required { property } => {
            add(format!("{at}/{}", escape(property.as_str().unwrap_or_default())), "required", REQUIRED);
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            for name in unexpected {
                add(format!("{at}/{}", escape(name)), "unknown_field", UNKNOWN);
            }
        }
        Kind::Type { .. } => add(at, "invalid_type", Say::fixed("类型不符。", "It has the wrong type.")),
        Kind::MaxLength { limit } => {
            let fault = TextFault::TooLong(usize::try_from(*limit).unwrap_or(usize::MAX));
            add(at, fault.code(), fault.detail());
        }
        Kind::MinLength { limit } => {
            let fault = TextFault::TooShort(usize::try_from(*limit).unwrap_or(usize::MAX));
            add(at, fault.code(), fault.detail());
        }
        Kind::Pattern { .. } => {
            let found = value.pointer(&at).and_then(Value::as_str).and_then(|text| text::check(text).err());
            match found {
                Some(fault) => add(at, fault.code(), fault.detail()),
                None => add(at, INVALID_VALUE, INVALID),
            }
        }
        Kind::Minimum { limit } => {
            add(at, "too_small", Say::new(format!("至少为 {limit}。"), format!("At least {limit}.")));
        }
        Kind::Maximum { limit } => {
            add(at, "too_large", Say::new(format!("至多为 {limit}。"), format!("At most {limit}.")));
        }
        Kind::MinItems { limit } => {
            add(at, "too_few", Say::new(format!("至少 {limit} 项。"), format!("At least {limit} items.")));
        }
        Kind::MaxItems { limit } => {
            add(at, "too_many", Say::new(format!("至多 {limit} 项。"), format!("At most {limit} items.")));
        }
        Kind::Enum { options } => {
            let words: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            add(at, INVALID_VALUE, one_of(&words));
        }
        Kind::Format { format } if format == "date" => add(at, INVALID_VALUE, civil_day::DETAIL),
        Kind::Format { format } => {
            add(at, INVALID_VALUE, Say::new(format!("应为 {format} 格式。"), format!("Its form is {format}.")));
        }
        // A nullable thing: what is wrong with the thing, not that it is not null.
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
            let is_type = |fault: &ValidationError<'_>| {
                matches!(fault.kind(), Kind::Type { .. }) && fault.instance_path() == error.instance_path()
            };
            match context.iter().find(|branch| !branch.iter().any(is_type)) {
                Some(branch) => branch.iter().for_each(|fault| faults_of(fault, value, faults)),
                None => add(at, "invalid_type", Say::fixed("类型不符。", "It has the wrong type.")),
            }
        }
        Kind::MinProperties { .. } => {
            add(at, "required", Say::fixed("至少填写一项。", "At least one member is required."));
        }
        _ => add(at, INVALID_VALUE, INVALID),
    }
}

/// Markings of state secrets, wherever they stand: the schema cannot tell them.
fn marked_texts(at: &str, value: &Value, faults: &mut Vec<FieldFault>) {
    match value {
        Value::String(text) if text::bears_marking(text) => {
            let here = Locator::Pointer(at.to_owned());
            faults.retain(|fault| fault.at != here);
            faults.push(FieldFault::body(at, CLASSIFIED, TextFault::Classified.detail()));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                marked_texts(&format!("{at}/{index}"), item, faults);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                marked_texts(&format!("{at}/{}", escape(name)), member, faults);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// RFC 6901.
fn escape(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

/// The schema of a type, compiled once.
fn validator_of<T: ToSchema + 'static>() -> Option<Arc<Validator>> {
    static COMPILED: LazyLock<RwLock<HashMap<TypeId, Option<Arc<Validator>>>>> = LazyLock::new(RwLock::default);
    let id = TypeId::of::<T>();
    if let Some(known) = COMPILED.read().ok().and_then(|known| known.get(&id).cloned()) {
        return known;
    }
    let compiled = compile::<T>();
    if let Ok(mut known) = COMPILED.write() {
        known.insert(id, compiled.clone());
    }
    compiled
}

fn compile<T: ToSchema>() -> Option<Arc<Validator>> {
    let mut parts = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut parts);
    let parts: HashMap<_, _> = parts.into_iter().collect();
    let schema = serde_json::json!({
        "$ref": format!("#/components/schemas/{}", T::name()),
        "components": { "schemas": serde_json::to_value(parts).ok()? },
    });
    match jsonschema::options().should_validate_formats(true).with_format("date", is_civil_day).build(&schema) {
        Ok(schema) => Some(Arc::new(schema)),
        Err(error) => {
            tracing::error!(%error, schema = %T::name(), "a schema does not compile; serde's first fault is all there is");
            None
        }
    }
}

/// Faults that the `validator` rules of a type found.
fn rule_faults(at: &str, errors: &ValidationErrors, faults: &mut Vec<FieldFault>) {
    for (name, kind) in errors.errors() {
        let here = if name == "__all__" { at.to_owned() } else { format!("{at}/{}", escape(name)) };
        match kind {
            ValidationErrorsKind::Field(found) => {
                for error in found {
                    let code = match &error.code {
                        Cow::Borrowed(code) => code,
                        Cow::Owned(_) => INVALID_VALUE,
                    };
                    let detail = error.message.as_deref().map_or(INVALID, |message| match message.split_once(" / ") {
                        Some((zh, en)) => Say::new(zh.to_owned(), en.to_owned()),
                        None => Say::new(message.to_owned(), message.to_owned()),
                    });
                    faults.push(FieldFault::body(here.clone(), code, detail));
                }
            }
            ValidationErrorsKind::Struct(inner) => rule_faults(&here, inner, faults),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    rule_faults(&format!("{here}/{index}"), inner, faults);
                }
            }
        }
    }
}

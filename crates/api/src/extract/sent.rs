//! Query parameters as they were sent, and all that is wrong with them.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

use actix_web::web;
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{FieldFault, Refusal, Say, text};
use serde::de::DeserializeOwned;
use serde::de::value::{Error as ValueError, MapDeserializer};
use serde_json::Value;
use utoipa::IntoParams;
use utoipa::openapi::path::ParameterIn;

use super::civil_day::{self, is_civil_day};
use super::parameters::{invalid, one_of};
use super::value::Part;
use crate::faults::{INVALID_PARAMETER, UNKNOWN_PARAMETER};

/// The parameters that were sent, and what is wrong with them so far.
pub(super) struct Sent {
    pub(super) pairs: Vec<(String, String)>,
    faults: Vec<FieldFault>,
}

const DEFAULT_LIMIT: u64 = 50;
const MOST: u64 = 200;
const MOST_FAULTS: usize = 100;
const INVALID_VALUE: &str = "invalid_value";
const UNKNOWN: &str = "unknown_parameter";
const MISSING: Say = Say::fixed("缺少该参数。", "The parameter is missing.");

impl Sent {
    pub(super) fn of(query: &str) -> Result<Self, Refusal> {
        let all = web::Query::<Vec<(String, String)>>::from_query(query)
            .map_err(|_| invalid("query", Say::fixed("查询字符串无法解析。", "The query string cannot be read.")))?;
        let mut sent = Self { pairs: Vec::new(), faults: Vec::new() };
        for (name, value) in all.into_inner() {
            if sent.has(&name) {
                sent.add(&name, INVALID_VALUE, Say::fixed("参数重复。", "The parameter is given twice."));
            } else if value.contains(char::REPLACEMENT_CHARACTER) {
                // What bytes become that are no UTF-8.
                sent.add(&name, INVALID_VALUE, Say::fixed("不是有效的 UTF-8 文本。", "It is no UTF-8 text."));
            } else {
                sent.pairs.push((name, value));
            }
            if sent.pairs.len() > MOST_FAULTS {
                return Err(invalid("query", Say::fixed("查询参数过多。", "There are too many parameters.")));
            }
        }
        Ok(sent)
    }

    fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(known, _)| known == name)
    }

    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.pairs.iter().position(|(known, _)| known == name)?;
        Some(self.pairs.swap_remove(at).1)
    }

    pub(super) fn limit(&mut self) -> u64 {
        let Some(value) = self.take("limit") else { return DEFAULT_LIMIT };
        let plain = !value.is_empty() && value.len() <= 3 && value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse() {
            Ok(limit @ 1..=MOST) if plain => limit,
            Ok(_) | Err(_) => {
                let detail = Say::fixed("应为 1 至 200 的整数。", "It is a whole number from 1 to 200.");
                self.add("limit", INVALID_VALUE, detail);
                DEFAULT_LIMIT
            }
        }
    }

    /// One fault for each parameter: the first.
    fn add(&mut self, name: &str, code: &'static str, detail: Say) {
        let at = Locator::Parameter(name.chars().take(100).collect());
        if self.faults.len() < MOST_FAULTS && !self.faults.iter().any(|fault| fault.at == at) {
            self.faults.push(FieldFault { at, code, detail });
        }
    }

    /// The parameters as their types, or all faults: serde stops at the first one, so what it has refused
    /// is left out and it reads again.
    pub(super) fn read<T: DeserializeOwned + IntoParams + 'static>(mut self) -> Result<T, Refusal> {
        let known = known_of::<T>();
        let bad_day = |(name, value): &&(String, String)| known.days.contains(name) && !is_civil_day(value);
        let bad_days: Vec<String> = self.pairs.iter().filter(bad_day).map(|(name, _)| name.clone()).collect();
        for name in bad_days {
            self.add(&name, INVALID_VALUE, civil_day::DETAIL);
        }
        for name in &known.required {
            if !self.has(name) {
                self.add(name, INVALID_VALUE, MISSING);
            }
        }
        loop {
            let values = self.pairs.iter().map(|(name, value)| (name.as_str(), Part(value)));
            match serde_path_to_error::deserialize(MapDeserializer::new(values)) {
                Ok(read) if self.faults.is_empty() => return Ok(read),
                Ok(_) => break,
                Err(error) => {
                    let (name, code, detail) = fault(&error);
                    self.add(&name, code, detail);
                    if self.take(&name).is_none() {
                        break;
                    }
                }
            }
        }
        let entry =
            if self.faults.iter().all(|fault| fault.code == UNKNOWN) { &UNKNOWN_PARAMETER } else { &INVALID_PARAMETER };
        Err(Refusal { fields: self.faults, ..Refusal::of(entry) })
    }
}

/// Which parameter serde did not take, and why.
fn fault(error: &serde_path_to_error::Error<ValueError>) -> (String, &'static str, Say) {
    let message = error.inner().to_string();
    let named =
        |prefix: &str| message.strip_prefix(prefix).and_then(|rest| rest.rsplit_once("`")).map(|(name, _)| name);
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let name =
            rest.rsplit_once("`, expected").or_else(|| rest.rsplit_once("`, there are")).map_or(rest, |(name, _)| name);
        return (name.to_owned(), UNKNOWN, Say::fixed("此处不支持该查询参数。", "There is no such parameter here."));
    }
    if let Some(name) = named("missing field `") {
        return (name.to_owned(), INVALID_VALUE, MISSING);
    }
    let path = error.path().to_string();
    let name = path.split(['.', '[']).next().unwrap_or_default().to_owned();
    let detail = match (text::fault_in(&message), message.rsplit_once(", expected ")) {
        (Some(fault), _) => fault.detail(),
        (None, Some((unknown, words))) if unknown.starts_with("unknown variant") => {
            one_of(&words.split('`').skip(1).step_by(2).collect::<Vec<_>>())
        }
        (None, _) => Say::fixed("参数值无效。", "The value is not valid."),
    };
    (name, INVALID_VALUE, detail)
}

/// What the document says of the parameters of a type.
#[derive(Debug, Default)]
struct Known {
    days: Vec<String>,
    required: Vec<String>,
}

/// Read from the document's own source, once.
fn known_of<T: IntoParams + 'static>() -> Arc<Known> {
    static KNOWN: LazyLock<RwLock<HashMap<TypeId, Arc<Known>>>> = LazyLock::new(RwLock::default);
    let id = TypeId::of::<T>();
    if let Some(known) = KNOWN.read().ok().and_then(|known| known.get(&id).cloned()) {
        return known;
    }
    let mut found = Known::default();
    for parameter in T::into_params(|| Some(ParameterIn::Query)) {
        let described = serde_json::to_value(&parameter).unwrap_or_default();
        if described["schema"]["format"] == "date" {
            found.days.push(parameter.name.clone());
        }
        if described["required"] == Value::Bool(true) {
            found.required.push(parameter.name);
        }
    }
    let found = Arc::new(found);
    if let Ok(mut known) = KNOWN.write() {
        known.insert(id, found.clone());
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde::Deserialize;

    use super::*;

    #[test]
    fn a_query_without_pages_takes_no_paging() {
        #[derive(Debug, Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        #[expect(dead_code, reason = "only read")]
        struct Needed {
            from: NaiveDate,
            workdays: u8,
        }
        let refusal = Sent::of("limit=5&cursor=x").unwrap().read::<Needed>().unwrap_err();
        let names: Vec<_> = refusal.fields.iter().map(|fault| fault.at.clone()).collect();
        assert_eq!(names, ["from", "workdays", "limit", "cursor"].map(|name| Locator::Parameter(name.to_owned())));
    }
}

//! Query parameters of collections: an allow-list, comma lists, paging.

use std::fmt::Write as _;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{FieldFault, Refusal, Say};
use serde::de::value::{Error as ValueError, MapDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use utoipa::openapi::{ArrayBuilder, RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::parameters::invalid;
use crate::faults::UNKNOWN_PARAMETER;
use crate::page::PageOf;
use crate::problem::Problem;
use crate::reply::Reply;

/// Which part of a collection; named in `params(Paging, …)` for the document.
#[derive(Debug, Clone, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// 每页条数 / Most items on the page.
    #[param(minimum = 1, maximum = 200, default = 50, value_type = Option<i32>, example = 50)]
    pub limit: u64,
    /// 上一页的 next_cursor / `next_cursor` of the page before. Opaque.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$", example = "eyJ2IjoxfQ")]
    pub cursor: Option<String>,
}

/// The query of a collection: its own parameters (`by`) and the paging ones.
#[derive(Debug)]
pub struct Filter<T> {
    pub by: T,
    pub page: Paging,
    /// Equal for equal filters: what a cursor is bound to.
    pub text: String,
    path: String,
}

impl<T> Filter<T> {
    /// 200 with a page and the link to the next one.
    pub fn reply<V: serde::Serialize>(&self, page: &PageOf<V>) -> Result<Reply, Refusal> {
        let next = page.next_cursor.as_ref().map(|cursor| {
            let and = if self.text.is_empty() { "" } else { "&" };
            format!("{}?{}{and}limit={}&cursor={cursor}", self.path, self.text, self.page.limit)
        });
        Ok(Reply::ok(page)?.next_page(next))
    }
}

/// For collections without parameters of their own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoFilter {}

const DEFAULT_LIMIT: u64 = 50;
const MOST: u64 = 200;
const LONGEST_CURSOR: usize = 512;

impl<T: DeserializeOwned> FromRequest for Filter<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.path(), request.query_string()).map_err(Problem))
    }
}

fn read<T: DeserializeOwned>(path: &str, query: &str) -> Result<Filter<T>, Refusal> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|_| invalid("query", Say::fixed("查询字符串无法解析。", "The query string cannot be read.")))?;
    let mut page = Paging { limit: DEFAULT_LIMIT, cursor: None };
    let mut rest: Vec<(String, String)> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in pairs.iter() {
        if seen.contains(&name.as_str()) {
            return Err(invalid(name, Say::fixed("参数重复。", "The parameter is given twice.")));
        }
        seen.push(name);
        match name.as_str() {
            "limit" => page.limit = limit(value)?,
            "cursor" if value.len() <= LONGEST_CURSOR => page.cursor = Some(value.clone()),
            "cursor" => return Err(Refusal::of(&gongjian_kernel::fault::INVALID_CURSOR)),
            _ => rest.push((name.clone(), value.clone())),
        }
    }
    rest.sort();
    let text = encode(&rest);
    let by = serde_path_to_error::deserialize(MapDeserializer::new(
        rest.iter().map(|(name, value)| (name.as_str(), Part(value))),
    ))
    .map_err(|error| fault(&error))?;
    Ok(Filter { by, page, text, path: path.to_owned() })
}

fn limit(value: &str) -> Result<u64, Refusal> {
    let plain = !value.is_empty() && value.len() <= 3 && value.bytes().all(|byte| byte.is_ascii_digit());
    match value.parse() {
        Ok(limit @ 1..=MOST) if plain => Ok(limit),
        Ok(_) | Err(_) => {
            Err(invalid("limit", Say::fixed("应为 1 至 200 的整数。", "It is a whole number from 1 to 200.")))
        }
    }
}

fn fault(error: &serde_path_to_error::Error<ValueError>) -> Refusal {
    let message = error.inner().to_string();
    if let Some(name) = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
        let detail = Say::fixed("此处不支持该查询参数。", "There is no such parameter here.");
        let at = Locator::Parameter(name.chars().take(100).collect());
        let fields = vec![FieldFault { at, code: "unknown_parameter", detail }];
        return Refusal { fields, ..Refusal::of(&UNKNOWN_PARAMETER) };
    }
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let path = error.path().to_string();
    let name = missing.unwrap_or_else(|| path.split(['.', '[']).next().unwrap_or_default());
    let detail = match gongjian_kernel::text::fault_in(&message) {
        Some(fault) => fault.detail(),
        None if missing.is_some() => Say::fixed("缺少该参数。", "The parameter is missing."),
        None => Say::fixed("参数值无效。", "The value is not valid."),
    };
    invalid(name, detail)
}

fn encode(pairs: &[(String, String)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        for (at, part) in [name, value].into_iter().enumerate() {
            if at == 1 {
                out.push('=');
            }
            for byte in part.bytes() {
                if byte.is_ascii_alphanumeric() || b"-._~,:".contains(&byte) {
                    out.push(char::from(byte));
                } else {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
    }
    out
}

/// Any of several words: `status=open,closed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyOf<T>(pub Vec<T>);

pub(crate) const MOST_WORDS: usize = 50;

impl<'de, T: DeserializeOwned> Deserialize<'de> for AnyOf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = String::deserialize(deserializer)?;
        let words: Vec<&str> = list.split(',').collect();
        if words.len() > MOST_WORDS {
            return Err(serde::de::Error::custom("too many words"));
        }
        let words = words.into_iter().map(|word| T::deserialize(Part(word)).map_err(serde::de::Error::custom));
        words.collect::<Result<_, _>>().map(Self)
    }
}

impl<T: ToSchema> PartialSchema for AnyOf<T> {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().items(T::schema()).max_items(Some(MOST_WORDS)).into()
    }
}

impl<T: ToSchema> ToSchema for AnyOf<T> {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}

/// One value of a query: a text that is read as whatever the field is.
#[derive(Clone, Copy)]
struct Part<'a>(&'a str);

impl<'de> IntoDeserializer<'de, ValueError> for Part<'_> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident => $visit:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(serde::de::Error::custom("not a value of the type")),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Part<'_> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        self.0.into_deserializer().deserialize_enum(name, variants, visitor)
    }

    parsed! {
        deserialize_bool => visit_bool,
        deserialize_i8 => visit_i8,
        deserialize_i16 => visit_i16,
        deserialize_i32 => visit_i32,
        deserialize_i64 => visit_i64,
        deserialize_u8 => visit_u8,
        deserialize_u16 => visit_u16,
        deserialize_u32 => visit_u32,
        deserialize_u64 => visit_u64,
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use gongjian_identity::ScopeKind;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Wanted {
        kind: Option<AnyOf<ScopeKind>>,
        after: Option<NaiveDate>,
        is_open: Option<bool>,
        year: Option<i32>,
        unit_id: Option<uuid::Uuid>,
    }

    #[test]
    fn parameters_are_read_as_their_types() {
        let filter: Filter<Wanted> =
            read("/v1/x", "kind=unit,branch&after=2026-02-28&is_open=true&year=2026&limit=20").unwrap();
        assert_eq!(filter.by.kind, Some(AnyOf(vec![ScopeKind::Unit, ScopeKind::Branch])));
        assert_eq!((filter.by.is_open, filter.by.year, filter.page.limit), (Some(true), Some(2026), 20));
        assert!(filter.by.after.is_some() && filter.by.unit_id.is_none());
        assert_eq!(filter.text, "after=2026-02-28&is_open=true&kind=unit,branch&year=2026");
    }

    #[test]
    fn what_cannot_be_read_names_its_parameter() {
        for (query, code, name) in [
            ("sort=password_hash", "unknown_parameter", "sort"),
            ("kind=unit,planet", "invalid_parameter", "kind"),
            ("after=2026-02-30", "invalid_parameter", "after"),
            ("unit_id=0", "invalid_parameter", "unit_id"),
            ("year=x", "invalid_parameter", "year"),
            ("limit=0", "invalid_parameter", "limit"),
            ("limit=201", "invalid_parameter", "limit"),
            ("limit=-1", "invalid_parameter", "limit"),
            ("limit=%EF%BC%91%EF%BC%90", "invalid_parameter", "limit"),
            ("limit=1&limit=2", "invalid_parameter", "limit"),
        ] {
            let refusal = read::<Wanted>("/v1/x", query).unwrap_err();
            assert_eq!(refusal.entry.code, code, "{query}");
            assert_eq!(refusal.fields[0].at, Locator::Parameter(name.to_owned()), "{query}");
        }
    }
}

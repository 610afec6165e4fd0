//! Query parameters of collections: an allow-list, comma lists, paging.

use std::fmt::Write as _;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use gongjian_kernel::Refusal;
use gongjian_kernel::fault::INVALID_CURSOR;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::sent::Sent;
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
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoFilter {}

/// The query of what has no pages: its own parameters and nothing else.
#[derive(Debug)]
pub struct Query<T>(pub T);

const LONGEST_CURSOR: usize = 512;

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for Filter<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(filter(request.path(), request.query_string()).map_err(Problem))
    }
}

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Sent::of(request.query_string()).and_then(Sent::read).map(Self).map_err(Problem))
    }
}

fn filter<T: DeserializeOwned + IntoParams + 'static>(path: &str, query: &str) -> Result<Filter<T>, Refusal> {
    let mut sent = Sent::of(query)?;
    let page = Paging { limit: sent.limit(), cursor: sent.take("cursor") };
    if page.cursor.as_ref().is_some_and(|cursor| cursor.len() > LONGEST_CURSOR) {
        return Err(Refusal::of(&INVALID_CURSOR));
    }
    sent.pairs.sort();
    let text = encode(&sent.pairs);
    Ok(Filter { by: sent.read()?, page, text, path: path.to_owned() })
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

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use gongjian_identity::ScopeKind;
    use gongjian_kernel::fault::Locator;

    use super::super::value::AnyOf;
    use super::*;

    #[derive(Debug, Default, Deserialize, IntoParams)]
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
            filter("/v1/x", "kind=unit,branch&after=2026-02-28&is_open=true&year=2026&limit=20").unwrap();
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
            ("after=-9999-01-01", "invalid_parameter", "after"),
            ("unit_id=0", "invalid_parameter", "unit_id"),
            ("year=x", "invalid_parameter", "year"),
            ("limit=0", "invalid_parameter", "limit"),
            ("limit=201", "invalid_parameter", "limit"),
            ("limit=-1", "invalid_parameter", "limit"),
            ("limit=%EF%BC%91%EF%BC%90", "invalid_parameter", "limit"),
            ("limit=1&limit=2", "invalid_parameter", "limit"),
        ] {
            let refusal = filter::<Wanted>("/v1/x", query).unwrap_err();
            assert_eq!(refusal.entry.code, code, "{query}");
            assert_eq!(refusal.fields[0].at, Locator::Parameter(name.to_owned()), "{query}");
        }
    }

    #[test]
    fn all_faults_are_told_at_once_and_name_the_words() {
        let query = "sort=x&limit=0&kind=planet&after=2026-2-3&year=x&is_open=true&is_open=false&a`b, expected `c=1";
        let refusal = filter::<Wanted>("/v1/x", query).unwrap_err();
        assert_eq!(refusal.entry.code, "invalid_parameter");
        let mut at: Vec<_> = refusal.fields.iter().map(|fault| format!("{:?} {}", fault.at, fault.code)).collect();
        at.sort();
        let expected = ["a`b, expected `c", "after", "is_open", "kind", "limit", "sort", "year"].map(|name| {
            let unknown = matches!(name, "sort" | "a`b, expected `c");
            let code = if unknown { "unknown_parameter" } else { "invalid_value" };
            format!("{:?} {code}", Locator::Parameter(name.to_owned()))
        });
        assert_eq!(at, expected);
        let kind = refusal.fields.iter().find(|fault| fault.at == Locator::Parameter("kind".to_owned())).unwrap();
        assert_eq!(kind.detail.en, "One of association, branch, unit, body.");
    }
}

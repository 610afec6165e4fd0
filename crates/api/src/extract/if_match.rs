//! `If-Match`: which version the caller saw. Read at once, judged after authorization.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use gongjian_kernel::fault::VERSION_MISMATCH;
use gongjian_kernel::{Refusal, Result, Target};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};

use crate::edge::gate::bad_header;
use crate::faults::IF_MATCH_REQUIRED;

/// What the header said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMatch {
    Absent,
    Malformed,
    /// Weak, a list, or an entity tag that we never gave: no version matches it.
    Nothing,
    Any,
    Version(i32),
}

impl IfMatch {
    /// The thing that the caller means, in the version that it saw.
    pub fn target<I>(self, id: I) -> Result<Target<I>> {
        match self {
            Self::Absent => Err(Refusal::of(&IF_MATCH_REQUIRED)),
            Self::Malformed => Err(bad_header("If-Match")),
            Self::Nothing => Err(Refusal::of(&VERSION_MISMATCH)),
            Self::Any => Ok(Target { id, version: None }),
            Self::Version(version) => Ok(Target { id, version: Some(version) }),
        }
    }

    fn parse(lines: &[&str]) -> Self {
        let [line] = lines else {
            return if lines.is_empty() { Self::Absent } else { Self::Nothing };
        };
        let line = line.trim();
        if line == "*" {
            return Self::Any;
        }
        if !line.split(',').all(|tag| is_entity_tag(tag.trim())) {
            return Self::Malformed;
        }
        let version = line
            .strip_prefix('"')
            .and_then(|tag| tag.strip_suffix('"'))
            .map(|tag| tag.split_once('-').map_or(tag, |(version, _)| version))
            .filter(|version| !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|version| version.parse().ok());
        version.map_or(Self::Nothing, Self::Version)
    }
}

fn is_entity_tag(tag: &str) -> bool {
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).is_some_and(|tag| !tag.contains('"'))
}

/// For `params(…, IfMatch)`; the document's finishing makes it the shared parameter.
impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            ParameterBuilder::new().name("If-Match").parameter_in(ParameterIn::Header).required(Required::True).build(),
        ]
    }
}

impl FromRequest for IfMatch {
    type Error = Infallible;
    type Future = Ready<std::result::Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let lines: Vec<&str> =
            request.headers().get_all(header::IF_MATCH).map(|value| value.to_str().unwrap_or_default()).collect();
        ready(Ok(Self::parse(&lines)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_strong_tag_of_ours_names_a_version() {
        for (lines, expected) in [
            (&[][..], IfMatch::Absent),
            (&["*"], IfMatch::Any),
            (&["\"7\""], IfMatch::Version(7)),
            (&["\"7-0a1b2c\""], IfMatch::Version(7)),
            (&["W/\"7\""], IfMatch::Nothing),
            (&["\"7\", \"8\""], IfMatch::Nothing),
            (&["\"7\"", "\"8\""], IfMatch::Nothing),
            (&["\"abc\""], IfMatch::Nothing),
            (&["\"+7\""], IfMatch::Nothing),
            (&["\"99999999999\""], IfMatch::Nothing),
            (&["7"], IfMatch::Malformed),
            (&[""], IfMatch::Malformed),
            (&["\"7"], IfMatch::Malformed),
        ] {
            assert_eq!(IfMatch::parse(lines), expected, "{lines:?}");
        }
    }
}

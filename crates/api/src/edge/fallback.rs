//! Requests that no route took: a wrong method on a known path (405, OPTIONS), or nothing there (404).
//! The known paths are read from the document, so that there is no second list of them.

use std::sync::LazyLock;

use actix_web::dev::ResourceDef;
use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse};
use gongjian_kernel::Refusal;

use crate::document::{OUTSIDE, document};
use crate::faults::{METHOD_NOT_ALLOWED, ROUTE_NOT_FOUND};
use crate::problem::{self, Problem};

/// A path, and the methods that it knows.
struct Known {
    template: ResourceDef,
    is_literal: bool,
    methods: Vec<String>,
}

impl Known {
    fn new(path: &str, methods: Vec<String>) -> Self {
        Self { template: ResourceDef::new(path), is_literal: !path.contains('{'), methods }
    }
}

static TEMPLATES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let paths = document().get("paths").and_then(|paths| paths.as_object());
    let documented = paths.into_iter().flatten().map(|(path, item)| {
        let methods = item.as_object().into_iter().flat_map(|item| item.keys()).map(|method| method.to_uppercase());
        Known::new(path, methods.collect())
    });
    let outside = OUTSIDE.iter().map(|path| Known::new(path, vec!["GET".to_owned()]));
    documented.chain(outside).collect()
});

/// The default service of the application.
pub async fn answer(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let allow = allowed(request.path());
    if allow.is_empty() {
        return Err(Refusal::of(&ROUTE_NOT_FOUND).into());
    }
    let allow = allow.join(", ");
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish());
    }
    let refusal = Refusal::of(&METHOD_NOT_ALLOWED);
    Ok(HttpResponse::build(problem::status(refusal.entry)).insert_header((header::ALLOW, allow)).finish())
}

/// A literal path is that thing alone, also where another route would take its last part for an id.
pub(super) fn is_wrong_method(path: &str, method: &Method) -> bool {
    let mut literal = TEMPLATES.iter().filter(|known| known.is_literal && known.template.is_match(path));
    literal
        .next()
        .is_some_and(|known| *method != Method::OPTIONS && !known.methods.iter().any(|one| method == one.as_str()))
}

fn allowed(path: &str) -> Vec<&'static str> {
    let mut allow: Vec<&str> = Vec::new();
    let is_literal = TEMPLATES.iter().any(|known| known.is_literal && known.template.is_match(path));
    for known in TEMPLATES.iter().filter(|known| known.is_literal == is_literal) {
        if known.template.is_match(path) {
            for method in &known.methods {
                match method.as_str() {
                    "GET" => allow.extend(["GET", "HEAD"]),
                    other => allow.push(other),
                }
            }
        }
    }
    if !allow.is_empty() {
        allow.push("OPTIONS");
    }
    allow.sort_unstable();
    allow.dedup();
    allow
}

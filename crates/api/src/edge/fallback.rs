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

static TEMPLATES: LazyLock<Vec<(ResourceDef, Vec<String>)>> = LazyLock::new(|| {
    let paths = document().get("paths").and_then(|paths| paths.as_object());
    let documented = paths.into_iter().flatten().map(|(path, item)| {
        let methods = item.as_object().into_iter().flat_map(|item| item.keys()).map(|method| method.to_uppercase());
        (ResourceDef::new(path.as_str()), methods.collect())
    });
    let outside = OUTSIDE.iter().map(|path| (ResourceDef::new(*path), vec!["GET".to_owned()]));
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

fn allowed(path: &str) -> Vec<&'static str> {
    let mut allow: Vec<&str> = Vec::new();
    for (template, methods) in TEMPLATES.iter() {
        if template.is_match(path) {
            for method in methods {
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

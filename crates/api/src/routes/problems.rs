//! The catalogue of refusals: a list for programs, and the page that a problem's `type` leads to.

use actix_web::{HttpResponse, web};
use gongjian_kernel::{FaultEntry, Refusal};
use serde::Serialize;

use crate::faults::{ROUTE_NOT_FOUND, catalogue};
use crate::problem::{Problem, status, type_uri};
use crate::state::ApiState;

pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.route("/problems", web::get().to(list)).route("/problems/{code}", web::get().to(page));
}

#[derive(Debug, Serialize)]
struct Listed {
    r#type: String,
    code: &'static str,
    status: u16,
    article: Option<u8>,
    title_zh: &'static str,
    title_en: &'static str,
    fix_zh: &'static str,
    fix_en: &'static str,
}

impl Listed {
    fn of(entry: &'static FaultEntry, base_url: &str) -> Self {
        Self {
            r#type: type_uri(base_url, entry.code),
            code: entry.code,
            status: status(entry).as_u16(),
            article: entry.article,
            title_zh: &entry.title.zh,
            title_en: &entry.title.en,
            fix_zh: &entry.fix.zh,
            fix_en: &entry.fix.en,
        }
    }
}

async fn list(state: web::Data<ApiState>) -> HttpResponse {
    let base_url = &state.settings.public_base_url;
    let data: Vec<Listed> = catalogue().map(|entry| Listed::of(entry, base_url)).collect();
    HttpResponse::Ok().json(serde_json::json!({ "data": data }))
}

/// Every word on the page is ours: nothing of the request is repeated.
async fn page(code: web::Path<String>) -> Result<HttpResponse, Problem> {
    let code = code.replace('-', "_");
    let entry = catalogue().find(|entry| entry.code == code).ok_or_else(|| Refusal::of(&ROUTE_NOT_FOUND))?;
    let article = entry.article.map_or_else(String::new, |n| format!("<p>章程第 {n} 条 / Charter, Article {n}</p>"));
    let (code, status, title, fix) = (entry.code, status(entry).as_u16(), &entry.title, &entry.fix);
    let html = format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>{code}</title>\
         <h1>{}</h1><p lang=\"en\">{}</p><p><code>{code}</code> · HTTP {status}</p>{article}\
         <h2>如何处理</h2><p>{}</p><p lang=\"en\">{}</p></html>",
        title.zh, title.en, fix.zh, fix.en,
    );
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

//! Problem details (RFC 9457): the one place where a refusal becomes a status and a document.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use gongjian_kernel::fault::{INVALID_CURSOR, Locator};
use gongjian_kernel::{FaultEntry, FaultKind, FieldFault, Lang, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

use crate::edge::context::Context;
use crate::faults::{
    BODY_TIMEOUT, CONTENT_TOO_LARGE, HEADERS_TOO_LARGE, IF_MATCH_REQUIRED, INVALID_PARAMETER, MALFORMED_REQUEST,
    METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, RATE_LIMITED, UNKNOWN_PARAMETER, UNSUPPORTED_MEDIA_TYPE,
};

/// A refusal on its way out. The edge writes it down in the caller's language.
#[derive(Debug)]
pub struct Problem(pub Refusal);

/// What a handler gives back.
pub type Answer = Result<crate::reply::Reply, Problem>;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        status(self.0.entry)
    }

    /// Only the status: the edge adds the document, because it knows the language and the trace.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Faults of HTTP itself, whose status is finer than their kind.
static FINER: &[(&FaultEntry, StatusCode)] = &[
    (&MALFORMED_REQUEST, StatusCode::BAD_REQUEST),
    (&INVALID_PARAMETER, StatusCode::BAD_REQUEST),
    (&UNKNOWN_PARAMETER, StatusCode::BAD_REQUEST),
    (&INVALID_CURSOR, StatusCode::BAD_REQUEST),
    (&METHOD_NOT_ALLOWED, StatusCode::METHOD_NOT_ALLOWED),
    (&NOT_ACCEPTABLE, StatusCode::NOT_ACCEPTABLE),
    (&BODY_TIMEOUT, StatusCode::REQUEST_TIMEOUT),
    (&CONTENT_TOO_LARGE, StatusCode::PAYLOAD_TOO_LARGE),
    (&UNSUPPORTED_MEDIA_TYPE, StatusCode::UNSUPPORTED_MEDIA_TYPE),
    (&IF_MATCH_REQUIRED, StatusCode::PRECONDITION_REQUIRED),
    (&HEADERS_TOO_LARGE, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
];

/// The status of a refusal.
#[must_use]
pub fn status(entry: &FaultEntry) -> StatusCode {
    if let Some((_, status)) = FINER.iter().find(|(finer, _)| finer.code == entry.code) {
        return *status;
    }
    match entry.kind {
        FaultKind::NotFound => StatusCode::NOT_FOUND,
        FaultKind::Conflict => StatusCode::CONFLICT,
        FaultKind::Stale => StatusCode::PRECONDITION_FAILED,
        FaultKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        FaultKind::Denied => StatusCode::FORBIDDEN,
        FaultKind::Limited => StatusCode::TOO_MANY_REQUESTS,
        FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        FaultKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        FaultKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// 问题说明 / Problem details (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// 问题种类的稳定地址，其页面有说明 / Stable URI of the kind of problem; its page explains it.
    #[serde(rename = "type")]
    #[schema(format = "uri", max_length = 512, examples("https://gongjian.example/problems/validation-failed"))]
    kind: String,
    /// 问题种类；同类相同 / The kind in words; the same for every occurrence.
    #[schema(max_length = 120, pattern = r"^[^\x00]*$", examples("请求内容不符合要求"))]
    title: &'a str,
    /// HTTP 状态码 / The HTTP status.
    #[schema(minimum = 400, maximum = 599, format = "int32", value_type = i32, examples(422))]
    status: u16,
    /// 本次情况的说明 / This occurrence in words, in the language asked for.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("请求内容不符合要求"))]
    detail: &'a str,
    /// 供程序判断的稳定代码 / Stable code for programs, from the catalogue.
    #[schema(max_length = 64, pattern = "^[a-z][a-z0-9_]*$", examples("validation_failed"))]
    code: &'a str,
    /// W3C 追踪标识，报障时提供 / W3C trace id; quote it to support.
    #[schema(
        min_length = 32,
        max_length = 32,
        pattern = "^[0-9a-f]{32}$",
        examples("4bf92f3577b34da6a3ce929d0e0e4736")
    )]
    trace_id: &'a str,
    /// 逐项错误，至多 100 条 / Every fault found, at most 100.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 100)]
    errors: Vec<FieldError<'a>>,
    /// 所依据的章程条款 / The charter article that the refusal rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, minimum = 1, maximum = 27, format = "int32", value_type = i32, examples(23))]
    article: Option<u8>,
    /// 当前可以进行的操作 / What the caller may do instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, max_items = 50, value_type = Vec<Word>)]
    allowed_actions: Option<&'a [&'static str]>,
    /// 超出的限额 / The quota policies that were exceeded.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    #[schema(required = false, max_items = 10, value_type = Vec<Word>)]
    violated_policies: &'a [&'static str],
}

/// 一处错误：pointer、parameter、header 恰有其一 / One fault; exactly one of pointer, parameter and header says where.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError<'a> {
    /// 请求体内的位置 / JSON Pointer into the body, as a URI fragment (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, max_length = 512, pattern = "^#[ -~]*$", value_type = String, examples("#/title"))]
    pointer: Option<String>,
    /// 路径或查询参数名 / Name of the path or query parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, max_length = 200, pattern = r"^[^\x00]*$", value_type = String, examples("limit"))]
    parameter: Option<&'a str>,
    /// 请求头名 / Name of the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, max_length = 64, pattern = "^[!-~]+$", value_type = String, examples("If-Match"))]
    header: Option<&'a str>,
    /// 错误代码 / Stable code of the fault.
    #[schema(max_length = 64, pattern = "^[a-z][a-z0-9_]*$", examples("too_long"))]
    code: &'a str,
    /// 错误说明 / The fault in words, in the language asked for.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("至多 200 个字符。"))]
    detail: &'a str,
}

/// 代码词 / A word of the API: an action, a policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 64, pattern = "^[a-z][a-z0-9_.]*$", examples("assign"))]
pub struct Word(String);

const MOST_ERRORS: usize = 100;
const LONGEST_POINTER: usize = 500;

impl<'a> FieldError<'a> {
    fn of(fault: &'a FieldFault, lang: Lang) -> Self {
        let (mut pointer, mut parameter, mut header) = (None, None, None);
        match &fault.at {
            Locator::Pointer(path) => pointer = Some(fragment(path)),
            Locator::Parameter(name) => parameter = Some(name.as_str()),
            Locator::Header(name) => header = Some(name.as_str()),
        }
        Self { pointer, parameter, header, code: fault.code, detail: fault.detail.in_lang(lang) }
    }
}

/// A JSON Pointer as a URI fragment: what RFC 3986 does not allow there is percent-encoded.
fn fragment(pointer: &str) -> String {
    let mut out = String::from("#");
    for byte in pointer.bytes() {
        if out.len() > LONGEST_POINTER {
            break;
        }
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@?".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// `https://…/problems/validation-failed`
#[must_use]
pub fn type_uri(base_url: &str, code: &str) -> String {
    format!("{base_url}/problems/{}", code.replace('_', "-"))
}

/// Writes a refusal down for the caller.
pub(crate) fn render(refusal: &Refusal, context: &Context, base_url: &str) -> HttpResponse {
    let status = status(refusal.entry);
    let limited = refusal.entry.code == RATE_LIMITED.code;
    let body = ProblemBody {
        kind: type_uri(base_url, refusal.entry.code),
        title: refusal.entry.title.in_lang(context.lang),
        status: status.as_u16(),
        detail: refusal.detail.in_lang(context.lang),
        code: refusal.entry.code,
        trace_id: &context.trace_id,
        errors: refusal.fields.iter().take(MOST_ERRORS).map(|fault| FieldError::of(fault, context.lang)).collect(),
        article: refusal.article,
        allowed_actions: refusal.allowed_actions.as_deref(),
        violated_policies: if limited { &["default"] } else { &[] },
    };
    let mut response = HttpResponse::build(status);
    if status == StatusCode::UNAUTHORIZED {
        let challenge = if context.sent_token { "Bearer error=\"invalid_token\"" } else { "Bearer" };
        response.insert_header((header::WWW_AUTHENTICATE, challenge));
    }
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
        || refusal.retry_after_seconds.is_some()
    {
        response.insert_header((header::RETRY_AFTER, refusal.retry_after_seconds.unwrap_or(2).max(1)));
    }
    if closes_the_connection(refusal.entry) {
        response.force_close();
    }
    response.insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::CONTENT_TYPE, PROBLEM_JSON));
    match serde_json::to_string(&body) {
        Ok(text) => response.body(text),
        Err(_) => response.finish(),
    }
}

pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// The rest of the body is not worth reading.
fn closes_the_connection(entry: &FaultEntry) -> bool {
    [&BODY_TIMEOUT, &CONTENT_TOO_LARGE, &HEADERS_TOO_LARGE, &crate::faults::REQUEST_TIMEOUT]
        .iter()
        .any(|closing| closing.code == entry.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_uri_fragments() {
        assert_eq!(fragment("/items/0/title"), "#/items/0/title");
        assert_eq!(fragment("/题目 \"x\""), "#/%E9%A2%98%E7%9B%AE%20%22x%22");
    }
}

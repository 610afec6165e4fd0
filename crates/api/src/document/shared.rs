//! Components that every operation refers to: headers, parameters, errors.

use gongjian_identity::fault::UNAUTHENTICATED;
use gongjian_kernel::FaultEntry;
use gongjian_kernel::fault::{ALREADY_EXISTS, BUSY, FORBIDDEN, INTERNAL_ERROR, VALIDATION_FAILED, VERSION_MISMATCH};
use serde_json::{Map, Value, json};

use crate::edge::headers::API_VERSION;
use crate::faults::{
    BODY_TIMEOUT, CONTENT_TOO_LARGE, IF_MATCH_REQUIRED, MALFORMED_REQUEST, NOT_ACCEPTABLE, RATE_LIMITED,
    ROUTE_NOT_FOUND, UNSUPPORTED_MEDIA_TYPE,
};
use crate::problem::{status, type_uri};

const EXAMPLE_HOST: &str = "https://gongjian.example";
const EXAMPLE_TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
pub(super) const EXAMPLE_ID: &str = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01";

/// An error that operations refer to by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct SharedError {
    pub name: &'static str,
    entry: &'static FaultEntry,
}

pub(super) const BAD_REQUEST: SharedError = SharedError { name: "BadRequest", entry: &MALFORMED_REQUEST };
pub(super) const UNAUTHORIZED: SharedError = SharedError { name: "Unauthorized", entry: &UNAUTHENTICATED };
pub(super) const NOT_ALLOWED: SharedError = SharedError { name: "Forbidden", entry: &FORBIDDEN };
pub(super) const NOT_FOUND: SharedError = SharedError { name: "NotFound", entry: &ROUTE_NOT_FOUND };
pub(super) const UNACCEPTABLE: SharedError = SharedError { name: "NotAcceptable", entry: &NOT_ACCEPTABLE };
pub(super) const SLOW_BODY: SharedError = SharedError { name: "RequestTimeout", entry: &BODY_TIMEOUT };
pub(super) const CONFLICT: SharedError = SharedError { name: "Conflict", entry: &ALREADY_EXISTS };
pub(super) const STALE: SharedError = SharedError { name: "PreconditionFailed", entry: &VERSION_MISMATCH };
pub(super) const TOO_LARGE: SharedError = SharedError { name: "ContentTooLarge", entry: &CONTENT_TOO_LARGE };
pub(super) const MEDIA_TYPE: SharedError = SharedError { name: "UnsupportedMediaType", entry: &UNSUPPORTED_MEDIA_TYPE };
pub(super) const INVALID: SharedError = SharedError { name: "ValidationFailed", entry: &VALIDATION_FAILED };
pub(super) const NO_IF_MATCH: SharedError = SharedError { name: "PreconditionRequired", entry: &IF_MATCH_REQUIRED };
pub(super) const LIMITED: SharedError = SharedError { name: "TooManyRequests", entry: &RATE_LIMITED };
pub(super) const INTERNAL: SharedError = SharedError { name: "InternalError", entry: &INTERNAL_ERROR };
pub(super) const AWAY: SharedError = SharedError { name: "Unavailable", entry: &BUSY };

const ALL: [SharedError; 15] = [
    BAD_REQUEST,
    UNAUTHORIZED,
    NOT_ALLOWED,
    NOT_FOUND,
    UNACCEPTABLE,
    SLOW_BODY,
    CONFLICT,
    STALE,
    TOO_LARGE,
    MEDIA_TYPE,
    INVALID,
    NO_IF_MATCH,
    LIMITED,
    INTERNAL,
    AWAY,
];

impl SharedError {
    pub(super) fn status(self) -> u16 {
        status(self.entry).as_u16()
    }

    pub(super) fn reference(self) -> Value {
        json!({ "$ref": format!("#/components/responses/{}", self.name) })
    }

    fn response(self) -> Value {
        let status = self.status();
        let title = format!("{} / {}", self.entry.title.zh, self.entry.title.en);
        let mut example = json!({
            "type": type_uri(EXAMPLE_HOST, self.entry.code),
            "title": self.entry.title.zh,
            "status": status,
            "detail": self.entry.title.zh,
            "code": self.entry.code,
            "trace_id": EXAMPLE_TRACE,
        });
        if matches!(status, 400 | 422) {
            example["errors"] = json!([{ "pointer": "#/title", "code": "too_long", "detail": "至多 200 个字符。" }]);
        }
        let mut names = if status < 500 { EVERYWHERE.to_vec() } else { BEYOND_QUOTA.to_vec() };
        match status {
            401 => names.push("WWW-Authenticate"),
            429 | 503 => names.push("Retry-After"),
            _ => {}
        }
        json!({
            "description": title,
            "headers": headers(&names),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" }, "example": example } },
        })
    }
}

/// On every answer but those of 5xx, which say nothing of quotas.
pub(super) const EVERYWHERE: [&str; 6] =
    ["RateLimit", "RateLimit-Policy", "Request-Id", "API-Version", "Content-Language", "Access-Control-Allow-Origin"];
const BEYOND_QUOTA: [&str; 4] = ["Request-Id", "API-Version", "Content-Language", "Access-Control-Allow-Origin"];

/// References to headers by name.
pub(super) fn headers(names: &[&str]) -> Value {
    let refs = names.iter().map(|name| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") })));
    Value::Object(refs.collect())
}

pub(super) fn responses() -> Value {
    Value::Object(ALL.iter().map(|error| (error.name.to_owned(), error.response())).collect())
}

pub(super) fn header_components() -> Value {
    let text = |description: &str, most: u32, example: &str| {
        json!({
            "description": description,
            "schema": { "type": "string", "maxLength": most, "pattern": "^[ -~]*$" },
            "example": example,
        })
    };
    let mut all = Map::new();
    for (name, description, most, example) in [
        ("RateLimit", "剩余限额 / Quota left now.", 200, "\"default\";r=1197;t=1"),
        ("RateLimit-Policy", "限额规则 / Quota policies in force.", 200, "\"default\";q=1200;w=60"),
        ("ETag", "强校验值，作为 If-Match 提交 / Strong validator; send it back in If-Match.", 80, "\"7\""),
        ("Request-Id", "本次请求标识，报障时提供 / Id of this request; quote it to support.", 64, EXAMPLE_ID),
        ("API-Version", "接口版本 / Full version of the API.", 20, API_VERSION),
        ("Content-Language", "说明文字的语言 / Language of the words for people.", 20, "zh-CN"),
        (
            "Access-Control-Allow-Origin",
            "获准读取的来源 / Origin allowed to read the answer.",
            200,
            "https://app.gongjian.example",
        ),
        ("Link", "下一页（RFC 8288）/ The next page.", 2048, "</v1/units?limit=50&cursor=eyJ2IjoxfQ>; rel=\"next\""),
        ("WWW-Authenticate", "认证方式 / How to authenticate.", 200, "Bearer"),
        (
            "Content-Disposition",
            "文件名（RFC 6266）/ Name of the file.",
            500,
            "attachment; filename=\"units.xlsx\"; filename*=UTF-8''units.xlsx",
        ),
        ("Idempotency-Replayed", "此前已答复 / Given before to the same key.", 5, "true"),
    ] {
        all.insert(name.to_owned(), text(description, most, example));
    }
    all.insert(
        "Location".to_owned(),
        json!({
            "description": "新资源的地址 / Where the new thing is.",
            "schema": { "type": "string", "format": "uri-reference", "maxLength": 2048 },
            "example": format!("/v1/units/{EXAMPLE_ID}"),
        }),
    );
    all.insert(
        "Retry-After".to_owned(),
        json!({
            "description": "应等待的秒数 / Seconds to wait.",
            "schema": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 86400 },
            "example": 42,
        }),
    );
    Value::Object(all)
}

pub(super) fn parameter_components() -> Value {
    let header = |name: &str, required: bool, description: &str, most: u32, pattern: &str, example: &str| {
        let mut parameter = json!({
            "name": name,
            "in": "header",
            "required": required,
            "description": description,
            "schema": { "type": "string", "minLength": 1, "maxLength": most, "pattern": pattern },
            "example": example,
        });
        super::finish::leave_empty(&mut parameter);
        parameter
    };
    json!({
        "AcceptLanguage": header("Accept-Language", false, "说明文字的语言，默认 zh-CN / Language of the words for people.", 100, "^[ -~]+$", "zh-CN, en;q=0.5"),
        "IdempotencyKey": header("Idempotency-Key", false, "自拟的键，每个操作一个；24 小时内以同一键和内容重发得到原答复 / A key of your own, one per intended act; the same key and body within 24 hours give the first answer again.", 257, "^[!-~]+$", "8e03978e-40d5-43e8-bc93-6894a57f9324"),
        "IfMatch": header("If-Match", true, "所依据版本的 ETag；缺少为 428，已变更为 412 / ETag of the version you read; 428 without it, 412 where it is no longer current.", 200, "^[ -~]+$", "\"7\""),
        "IfNoneMatch": header("If-None-Match", false, "已有版本的 ETag；未变更为 304 / ETag you hold; 304 where it is still current.", 200, "^[ -~]+$", "\"7\""),
    })
}

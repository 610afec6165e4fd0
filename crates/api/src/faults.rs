//! The refusals that belong to HTTP, the one event of the edge, and the published catalogue of all of them.

use gongjian_kernel::words::WordList;
use gongjian_kernel::{EventEntry, FaultEntry, actor, calendar, faults, policy};

faults! { API_FAULTS:
    MALFORMED_REQUEST = Invalid "malformed_request": "请求无法解析", "The request cannot be read";
        "检查请求体是否为合法的 UTF-8 JSON，且没有重复的成员。", "Send well-formed UTF-8 JSON without duplicate members.";
    INVALID_PARAMETER = Invalid "invalid_parameter": "请求参数无效", "A parameter is not valid";
        "按 errors 中的说明修改路径、查询或请求头参数。", "Correct the path, query or header parameter named in errors.";
    UNKNOWN_PARAMETER = Invalid "unknown_parameter": "不支持的查询参数", "Unknown query parameter";
        "查看接口文档中列出的查询参数。", "See which parameters the documentation lists.";
    ROUTE_NOT_FOUND = NotFound "not_found": "请求地址不存在", "There is nothing at this address";
        "对照接口文档检查地址；末尾不带斜杠。", "Check the address against the documentation; no trailing slash.";
    METHOD_NOT_ALLOWED = Invalid "method_not_allowed": "该地址不支持此方法", "The method is not allowed here";
        "使用 Allow 响应头中列出的方法。", "Use one of the methods in the Allow header.";
    NOT_ACCEPTABLE = Invalid "not_acceptable": "无法提供所要求的格式", "No acceptable representation";
        "Accept 应包含 application/json。", "Let Accept include application/json.";
    BODY_TIMEOUT = Invalid "body_timeout": "请求体发送过慢", "The body came too slowly";
        "检查网络后重新发送。", "Check the connection and send it again.";
    CONTENT_TOO_LARGE = Invalid "content_too_large": "请求体过大", "The body is too large";
        "减小请求体。", "Send less.";
    UNSUPPORTED_MEDIA_TYPE = Invalid "unsupported_media_type": "不支持的媒体类型", "Unsupported media type";
        "使用 application/json（UTF-8），不要压缩请求体。", "Send application/json in UTF-8, not compressed.";
    IF_MATCH_REQUIRED = Invalid "if_match_required": "缺少 If-Match 请求头", "If-Match is required";
        "先读取，再以其 ETag 作为 If-Match 提交。", "Read it first and send its ETag as If-Match.";
    RATE_LIMITED = Limited "rate_limited": "请求过于频繁", "Too many requests";
        "按 Retry-After 等待后重试。", "Wait as Retry-After says, then retry.";
    HEADERS_TOO_LARGE = Invalid "headers_too_large": "请求头过大", "The request headers are too large";
        "减小请求头或地址。", "Send smaller headers or a shorter address.";
    REQUEST_TIMEOUT = Unavailable "request_timeout": "处理超时", "The request took too long";
        "结果未知；以同一 Idempotency-Key 重新提交即可。", "The outcome is not known; repeat it with the same Idempotency-Key.";
    PASSWORD_CHANGE_REQUIRED = Denied "password_change_required": "须先修改密码", "The password must be changed first";
        "调用修改密码接口后再继续。", "Change the password, then go on.";
    SECOND_FACTOR_ENROLMENT_REQUIRED = Denied "second_factor_enrolment_required": "须先启用第二验证因素", "A second factor must be enrolled first";
        "调用启用和确认第二验证因素的接口后再继续。", "Enrol one and confirm it, then go on.";
    FILE_REFUSED = Invalid "file_refused": "文件无法导入", "The file cannot be taken";
        "使用模板，存为不加密、不含宏的 .xlsx 或 CSV（UTF-8）。", "Use the template; save it as .xlsx without password and macros, or as CSV in UTF-8.";
    FILES_BUSY = Unavailable "files_busy": "正在处理其他文件", "Other files are being worked on";
        "按 Retry-After 等待后重试。", "Wait as Retry-After says, then retry.";
}

pub static CLASSIFIED_REFUSED: EventEntry = EventEntry::new(
    "content.classified_refused",
    "content",
    None,
    "含涉密标志的内容被拒收",
    "content with a classification marking was refused",
);
/// Every kind of row that the trail can hold, in the order of the crates.
pub fn events() -> impl Iterator<Item = &'static EventEntry> {
    [
        KERNEL_EVENTS,
        gongjian_identity::IDENTITY_EVENTS,
        gongjian_identity::privacy::EVENTS,
        gongjian_membership::EVENTS,
        gongjian_membership::application::APPLICATION_EVENTS,
        gongjian_membership::filing::event::FILING_EVENTS,
        gongjian_membership::standing::event::STANDING_EVENTS,
        gongjian_membership::contribution::event::CONTRIBUTION_EVENTS,
        gongjian_ledger::event::ISSUE_EVENTS,
        gongjian_ledger::event::BRANCH_EVENTS,
        gongjian_ledger::event::MEETING_EVENTS,
        gongjian_ledger::conference::event::EVENTS,
        API_EVENTS,
        gongjian_identity::administrator::ADMINISTRATOR_EVENTS,
        gongjian_identity::trail::TRAIL_EVENTS,
    ]
    .into_iter()
    .chain(gongjian_governance::events())
    .chain(gongjian_committees::events())
    .chain(gongjian_projects::events())
    .flatten()
    .copied()
}

/// The kernel's own events; each stands beside what records it.
static KERNEL_EVENTS: &[&EventEntry] = &[&actor::ACCESS_DENIED, &calendar::CALENDAR_IMPORTED, &policy::POLICY_CHANGED];

pub static API_EVENTS: &[&EventEntry] = &[&CLASSIFIED_REFUSED];

/// Every list of words that answers use, in the order of the crates.
pub fn words() -> impl Iterator<Item = &'static WordList> {
    [
        gongjian_identity::WORDS,
        gongjian_identity::privacy::WORDS,
        gongjian_membership::WORDS,
        gongjian_membership::application::WORDS,
        gongjian_ledger::WORDS,
        gongjian_ledger::conference::WORDS,
    ]
    .into_iter()
    .chain(gongjian_governance::words())
    .chain(gongjian_committees::words())
    .chain(gongjian_projects::words())
    .flatten()
}

/// Every refusal that this server can answer with, in the order of the crates.
pub fn catalogue() -> impl Iterator<Item = &'static FaultEntry> {
    [
        API_FAULTS,
        gongjian_kernel::fault::KERNEL_FAULTS,
        gongjian_identity::IDENTITY_FAULTS,
        gongjian_identity::privacy::FAULTS,
        gongjian_membership::FAULTS,
        gongjian_membership::application::APPLICATION_FAULTS,
        gongjian_membership::filing::fault::FILING_FAULTS,
        gongjian_membership::standing::fault::STANDING_FAULTS,
        gongjian_membership::contribution::fault::CONTRIBUTION_FAULTS,
        gongjian_ledger::fault::LEDGER_FAULTS,
        gongjian_ledger::conference::fault::FAULTS,
        gongjian_identity::administrator::ADMINISTRATOR_FAULTS,
        gongjian_identity::trail::TRAIL_FAULTS,
    ]
    .into_iter()
    .chain(gongjian_governance::faults())
    .chain(gongjian_committees::faults())
    .chain(gongjian_projects::faults())
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_unique_snake_case_and_documented() {
        let mut seen = BTreeSet::new();
        for entry in catalogue() {
            assert!(seen.insert(entry.code), "{} is declared twice", entry.code);
            assert!(
                entry.code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
                "{}",
                entry.code
            );
            assert!(entry.code.starts_with(|c: char| c.is_ascii_lowercase()), "{}", entry.code);
            for text in [&entry.title, &entry.fix] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{} needs words", entry.code);
            }
            assert!(entry.article.is_none_or(|article| (1..=27).contains(&article)), "{}", entry.code);
        }
    }
}

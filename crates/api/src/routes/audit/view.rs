//! A row of the audit trail as the auditor sees it. He holds no business office, so what business says is
//! masked: ids, numbers, days and words of the dictionary stay, free text is replaced by its length. What
//! happens to accounts, rights, configuration and the trail itself is shown as it is.

use std::collections::HashMap;
use std::sync::LazyLock;

use gongjian_identity::Role;
use gongjian_kernel::audit::HistoryRow;
use gongjian_kernel::{EventEntry, Lang};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::faults::events;
use crate::routes::issues::instant;

/// 审计记录 / A row of the audit trail.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuditEventView {
    /// 记录标识 / Id of the row.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"))]
    pub(super) id: Uuid,
    /// 链上序号，自 1 起无缺号 / Number in the chain, from 1 without a gap.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, examples(1024))]
    pub(super) seq: i64,
    /// 时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    pub(super) at: String,
    /// 事件类型 / Kind of event.
    #[schema(max_length = 80, pattern = "^[a-z_]+[.][a-z_]+$", examples("account.login_failed"))]
    pub(super) kind: String,
    /// 事件说明，按所求语言 / What happened, in the language asked for.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("登录失败"))]
    pub(super) label: String,
    /// 对象类型 / Type of what it happened to.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", examples("account"))]
    pub(super) subject_type: String,
    /// 对象标识；无单一对象的为全零 / Id of what it happened to; all zeros where it is no single thing.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    pub(super) subject_id: Uuid,
    /// 操作账号；无人登录的为空 / The account that acted; null where nobody was signed in.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06"))]
    pub(super) actor_id: Option<Uuid>,
    /// 操作人姓名 / Name of whoever acted.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("李敏"))]
    pub(super) actor_name: String,
    /// 操作人所代表的单位 / The unit that the actor acted for.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) actor_unit_id: Option<Uuid>,
    /// 操作时的职务 / The offices held at that time.
    #[schema(max_items = 200)]
    pub(super) actor_roles: Vec<Role>,
    /// 来源地址 / Address that it came from.
    #[schema(max_length = 45, pattern = "^[0-9a-f.:]+$", examples("192.0.2.1"))]
    pub(super) ip: Option<String>,
    /// 客户端标识 / The client.
    #[schema(max_length = 512, pattern = r"^[^\x00]*$", examples("Mozilla/5.0"))]
    pub(super) user_agent: Option<String>,
    /// 请求标识 / Id of the request.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) request_id: Uuid,
    /// 是否成功 / Whether it succeeded.
    #[schema(examples(false))]
    pub(super) succeeded: bool,
    /// 事实；业务内容隐去 / The facts; what business says is masked.
    #[schema(value_type = Object, additional_properties = true, examples(json!({ "username": "limin" })))]
    pub(super) data: Value,
    /// 前一条记录的摘要 / Hash of the row before.
    #[schema(
        max_length = 80,
        pattern = "^sha256:[0-9a-f]{64}$",
        examples("sha256:0000000000000000000000000000000000000000000000000000000000000000")
    )]
    pub(super) prev_hash: String,
    /// 本记录的摘要 / Hash of this row.
    #[schema(
        max_length = 80,
        pattern = "^sha256:[0-9a-f]{64}$",
        examples("sha256:0000000000000000000000000000000000000000000000000000000000000000")
    )]
    pub(super) hash: String,
}

static KNOWN: LazyLock<HashMap<&str, &EventEntry>> =
    LazyLock::new(|| events().map(|entry| (entry.kind, entry)).collect());

impl AuditEventView {
    pub(super) fn of(row: HistoryRow, lang: Lang) -> Self {
        let label = KNOWN.get(row.kind.as_str()).map_or("", |entry| entry.label.in_lang(lang)).to_owned();
        let mut data = serde_json::from_str(&row.data).unwrap_or_default();
        if !ADMINISTRATION.contains(&row.subject_kind.as_str()) {
            mask(&mut data);
        }
        Self {
            id: row.id,
            seq: row.seq,
            at: instant(row.at),
            kind: row.kind,
            label,
            subject_type: row.subject_kind,
            subject_id: row.subject_id,
            actor_id: row.actor_id,
            actor_name: row.actor_name,
            actor_unit_id: row.actor_unit_id,
            actor_roles: row.actor_roles.split(',').filter_map(Role::parse).collect(),
            ip: row.ip,
            user_agent: row.user_agent,
            request_id: row.request_id,
            succeeded: row.succeeded,
            data,
            prev_hash: row.prev_hash,
            hash: row.hash,
        }
    }
}

/// What is no business of the association's members.
const ADMINISTRATION: [&str; 6] = ["account", "grant_proposal", "audit", "policy", "calendar_year", "security"];

/// Free text becomes its length.
fn mask(value: &mut Value) {
    match value {
        Value::String(text) if !is_word(text) => *text = format!("〔{}字〕", text.chars().count()),
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Object(members) => members.values_mut().for_each(mask),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// An id, a number of the register, a day, a word of the dictionary: no sentence and no name.
fn is_word(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:+".contains(&byte))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn free_text_is_masked_and_facts_stay() {
        let mut data = json!({
            "title": "引进博士子女入学难", "note": "call 138 0000 0001", "ledger_no": "YJ-2026-0001",
            "due_on": "2026-12-04", "units": ["0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"], "days": 10, "nested": [{ "text": "x y" }],
        });
        mask(&mut data);
        let shown = json!({
            "title": "〔9字〕", "note": "〔18字〕", "ledger_no": "YJ-2026-0001",
            "due_on": "2026-12-04", "units": ["0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"], "days": 10, "nested": [{ "text": "〔3字〕" }],
        });
        assert_eq!(data, shown);
    }
}

//! What hangs on an issue: notes, supervision sheets, its history.

use chrono::NaiveDate;
use gongjian_kernel::audit::HistoryRow;
use gongjian_kernel::{Lang, Result};
use gongjian_ledger::event::{BRANCH_EVENTS, INTERNAL, ISSUE_EVENTS, MEETING_EVENTS, OPEN_FACTS, REASON_IS_OPEN};
use gongjian_ledger::issue::input::Attachment;
use gongjian_ledger::issue::similar::Similar;
use gongjian_ledger::issue::{Note, Sheet};
use gongjian_ledger::vocabulary::{IssueStatus, NoteKind, SheetGround, SupervisionLevel};
use gongjian_membership::UnitId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Names, UnitRef, instant};

/// 办理记录 / A note on the handling.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoteView {
    /// 记录标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    id: Uuid,
    /// 类别 / Kind.
    kind: NoteKind,
    /// 第几轮办理 / Round.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round: i32,
    /// 单位 / The unit.
    unit: Option<UnitRef>,
    /// 填写人 / Author.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("联络员002"))]
    author_name: String,
    /// 内容 / Text.
    #[schema(max_length = 4000, pattern = r"^[^\x00]*$", examples("已与三所学校对接学位。"))]
    text: String,
    /// 附件引用 / References to attachments.
    #[schema(max_items = 20)]
    attachments: Vec<Attachment>,
    /// 时间 / Written at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-05T02:03:04.567Z"))]
    created_at: String,
}

impl NoteView {
    pub(crate) fn of(note: Note, names: &Names) -> Self {
        Self {
            id: note.id.0,
            kind: note.kind,
            round: note.round,
            unit: note.unit_id.map(|id| UnitRef::of(id, names)),
            author_name: note.author_name,
            text: note.text,
            attachments: serde_json::from_str(&note.attachments).unwrap_or_default(),
            created_at: instant(note.created_at),
        }
    }
}

/// 督办单 / A supervision sheet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SheetView {
    /// 督办单标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"))]
    id: Uuid,
    /// 等级 / Level.
    level: SupervisionLevel,
    /// 事由 / Ground.
    ground: SheetGround,
    /// 是否按规则自动签发 / Whether a rule issued it.
    #[schema(examples(false))]
    is_by_rule: bool,
    /// 第几轮办理 / Round.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round: i32,
    /// 当时的办理时限 / The deadline at that time.
    #[schema(examples("2026-11-19"))]
    due_on: Option<NaiveDate>,
    /// 督办意见 / What it says.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("办理时限 2026-11-19 已过，请尽快答复。"))]
    reason: String,
    /// 抄送 / Copied to.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("分管领导"))]
    copy_to: Option<String>,
    /// 签发人 / Issued by.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("系统规则"))]
    issued_by: String,
    /// 签发时间 / Issued at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T01:00:00.000Z"))]
    issued_at: String,
}

impl From<Sheet> for SheetView {
    fn from(sheet: Sheet) -> Self {
        Self {
            id: sheet.id.0,
            level: sheet.level,
            ground: sheet.ground,
            is_by_rule: sheet.rule_key.is_some(),
            round: sheet.round,
            due_on: sheet.due_on,
            reason: sheet.reason,
            copy_to: sheet.copy_to,
            issued_by: sheet.issued_by,
            issued_at: instant(sheet.issued_at),
        }
    }
}

/// 事项经过的一步 / One step of an issue's history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IssueEventView {
    /// 事件标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01"))]
    id: Uuid,
    /// 事件 / What happened.
    #[schema(max_length = 80, pattern = r"^[a-z][a-z0-9_.]*$", examples("issue.registered"))]
    kind: String,
    /// 事件名称 / What happened, in words.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("编号登记"))]
    label: String,
    /// 时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-03T01:00:00.000Z"))]
    occurred_at: String,
    /// 办理人 / Who.
    #[schema(max_length = 80, pattern = r"^[^\x00]*$", examples("秘书处办公室"))]
    actor_name: String,
    /// 所属单位 / For which unit.
    actor_unit: Option<UnitRef>,
    /// 具体内容，随事件而异 / The facts; they differ by kind.
    #[schema(value_type = Object, example = json!({"from": "submitted", "to": "registered", "round": 1, "number": "QHYJ-2026-0001"}))]
    data: serde_json::Value,
}

impl IssueEventView {
    /// The step as the caller may see it: `None` where it belongs to the handling side, and only the open
    /// facts where the caller does not see the working papers.
    pub(crate) fn of(row: HistoryRow, names: &Names, lang: Lang, papers: bool) -> Result<Option<Self>> {
        if !papers && INTERNAL.contains(&row.kind.as_str()) {
            return Ok(None);
        }
        let mut entries = ISSUE_EVENTS.iter().chain(BRANCH_EVENTS).chain(MEETING_EVENTS);
        let entry = entries.find(|entry| entry.kind == row.kind);
        let mut data: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&row.data)?;
        if !papers {
            let reason_is_open = REASON_IS_OPEN.contains(&row.kind.as_str());
            data.retain(|fact, _| OPEN_FACTS.contains(&fact.as_str()) || (reason_is_open && fact == "reason"));
        }
        Ok(Some(Self {
            id: row.id,
            label: entry.map_or_else(String::new, |entry| entry.label.in_lang(lang).to_owned()),
            kind: row.kind,
            occurred_at: instant(row.at),
            actor_name: row.actor_name,
            actor_unit: row.actor_unit_id.map(|id| UnitRef::of(UnitId(id), names)),
            data: data.into(),
        }))
    }
}

/// 疑似重复事项 / Possible duplicates.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SimilarIssues {
    /// 最相似者在前 / The likest first.
    #[schema(max_items = 10)]
    pub(crate) issues: Vec<SimilarIssue>,
}

/// 一件疑似重复事项 / A possible duplicate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SimilarIssue {
    /// 事项标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02"))]
    id: Uuid,
    /// 收件号 / Number of the submission.
    #[schema(max_length = 40, pattern = r"^[A-Z]+-\d{4}-\d{4,}$", examples("QHSL-2026-0017"))]
    intake_no: Option<String>,
    /// 台账编号 / Number on the ledger.
    #[schema(max_length = 40, pattern = r"^[A-Z]+-\d{4}-\d{4,}$", examples("QHYJ-2026-0017"))]
    ledger_no: Option<String>,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("雨季低洼路段积水"))]
    title: String,
    /// 状态 / Status.
    status: IssueStatus,
    /// 相似度（百分比）/ Likeness in percent.
    #[schema(minimum = 0, maximum = 100, examples(45))]
    likeness_percent: u32,
}

impl From<Similar> for SimilarIssue {
    fn from(found: Similar) -> Self {
        Self {
            id: found.id.0,
            intake_no: found.intake_no,
            ledger_no: found.ledger_no,
            title: found.title,
            status: found.status,
            likeness_percent: found.likeness_percent,
        }
    }
}

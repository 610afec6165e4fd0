//! An issue as a row of a list.

use chrono::NaiveDate;
use gongjian_ledger::issue::queries::{IssueCard, Seen};
use gongjian_ledger::vocabulary::{
    Goal, IssueAction, IssueKind, IssueLevel, IssueStatus, Light, SupervisionLevel, Urgency,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Names, UnitRef, instant};

/// 台账列表中的一行 / A row of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IssueSummary {
    /// 事项标识 / Id.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    id: Uuid,
    /// 收件号 / Number of the submission.
    #[schema(max_length = 40, pattern = r"^[A-Z]+-\d{4}-\d{4,}$", examples("QHSL-2026-0001"))]
    intake_no: Option<String>,
    /// 台账编号 / Number on the ledger.
    #[schema(max_length = 40, pattern = r"^[A-Z]+-\d{4}-\d{4,}$", examples("QHYJ-2026-0001"))]
    ledger_no: Option<String>,
    /// 状态 / Status.
    status: IssueStatus,
    /// 灯色 / Light.
    light: Option<Light>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 40)]
    allowed_actions: Vec<IssueAction>,
    /// 类别 / Kind.
    kind: IssueKind,
    /// 紧急程度 / Urgency.
    urgency: Urgency,
    /// 事项分类 / Category.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("人才服务"))]
    category: String,
    /// 标题 / Title.
    #[schema(max_length = 100, pattern = r"^[^\x00]*$", examples("引进博士子女入学难"))]
    title: String,
    /// 六共目标 / Shared goal.
    goal: Option<Goal>,
    /// 层级 / Level.
    level: IssueLevel,
    /// 所在街道代码 / Code of the street.
    #[schema(max_length = 9, pattern = r"^\d{9}$", examples("990106007"))]
    street_code: Option<String>,
    /// 提出单位 / The unit that raised it.
    submitter: UnitRef,
    /// 牵头承办部门 / The lead department.
    lead: Option<UnitRef>,
    /// 提交日期 / Day of submission.
    #[schema(examples("2026-03-02"))]
    submitted_on: Option<NaiveDate>,
    /// 编号登记日期 / Day of registration.
    #[schema(examples("2026-03-03"))]
    registered_on: Option<NaiveDate>,
    /// 办理时限 / The deadline.
    #[schema(examples("2026-03-17"))]
    due_on: Option<NaiveDate>,
    /// 时限为预估 / The deadline is estimated.
    #[schema(examples(false))]
    is_due_estimated: bool,
    /// 答复日期 / Day of the reply.
    #[schema(examples("2026-03-11"))]
    replied_on: Option<NaiveDate>,
    /// 销号日期 / Day of the cancellation.
    #[schema(examples("2026-03-13"))]
    closed_on: Option<NaiveDate>,
    /// 第几轮办理 / Round of handling.
    #[schema(minimum = 1, maximum = 1000, examples(1))]
    round: i32,
    /// 催办次数 / Times urged.
    #[schema(minimum = 0, maximum = 100_000, examples(0))]
    urge_count: i32,
    /// 督办最高等级 / Highest level of supervision.
    supervision_level: Option<SupervisionLevel>,
    /// 版本 / Version.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(3))]
    version: i32,
    /// 建立时间 / Made at.
    #[schema(value_type = DateTime<Utc>, examples("2026-03-02T02:03:04.567Z"))]
    created_at: String,
}

impl IssueSummary {
    pub(crate) fn of(seen: Seen<IssueCard>, names: &Names) -> Self {
        let Seen { issue: card, light, allowed_actions, .. } = seen;
        Self {
            id: card.id.0,
            intake_no: card.intake_no,
            ledger_no: card.ledger_no,
            status: card.status,
            light,
            allowed_actions,
            kind: card.kind,
            urgency: card.urgency,
            category: card.category,
            title: card.title,
            goal: card.goal,
            level: card.level,
            street_code: card.street_code,
            submitter: UnitRef::of(card.submitter_unit_id, names),
            lead: card.lead_unit_id.map(|id| UnitRef::of(id, names)),
            submitted_on: card.submitted_on,
            registered_on: card.registered_on,
            due_on: card.due_on,
            is_due_estimated: card.due_estimated,
            replied_on: card.replied_on,
            closed_on: card.closed_on,
            round: card.round,
            urge_count: card.urge_count,
            supervision_level: card.supervision_level,
            version: card.version,
            created_at: instant(card.created_at),
        }
    }
}

//! The execution book as it is shown.

use chrono::NaiveDate;
use gongjian_governance::body::Body;
use gongjian_governance::decision::action::{EXECUTION_KEEP, EXECUTION_REPORT, EXECUTION_VERIFY};
use gongjian_governance::decision::book::{
    Entry, ExecutionLight, ForMeeting, ItemAction, ItemOnFile, ItemStatus, OwnerKind, Task,
};
use gongjian_identity::{PersonId, Role};
use gongjian_kernel::Actor;
use gongjian_kernel::lifecycle::Lifecycle as _;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DecidingBody;
use crate::routes::issues::{Names, UnitRef, instant};

/// 执行记录 / What was reported or done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExecutionEntry {
    /// 类别 / Kind.
    kind: ItemAction,
    /// 内容 / What was said.
    #[schema(max_length = 2000, pattern = r"^[^\x00]*$", examples("对接会已举办，12家单位参加。"))]
    text: Option<String>,
    /// 佐证材料 / A reference to what proves it.
    #[schema(max_length = 500, pattern = r"^[^\x00]*$", examples("会议纪要〔2026〕5号"))]
    evidence: Option<String>,
    /// 延至 / The deadline from then on, where it was extended.
    #[schema(examples("2027-01-29"))]
    due_on: Option<NaiveDate>,
    /// 记录人 / Who.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    entered_by: Option<String>,
    /// 记录时间 / When.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    entered_at: String,
}

/// 执行事项 / An item of the execution book.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExecutionItemView {
    /// 执行事项标识 / Id of the item.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1401"))]
    id: Uuid,
    /// 机构 / The body.
    body: DecidingBody,
    /// 决议 / The decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001"))]
    decision_id: Uuid,
    /// 决议字号 / Number of the decision.
    #[schema(max_length = 150, pattern = r"^[^\x00]*$", examples("理事会〔2026〕3号"))]
    decision_number: Option<String>,
    /// 事项 / What is to be done.
    #[schema(max_length = 200, pattern = r"^[^\x00]*$", examples("组织人才供需对接会"))]
    task: String,
    /// 责任主体 / Who carries it out.
    owner: OwnerKind,
    /// 责任单位 / The unit.
    unit: Option<UnitRef>,
    /// 责任人 / The person.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    person_id: Option<Uuid>,
    /// 责任人姓名 / Name of the person.
    #[schema(max_length = 50, pattern = r"^[^\x00]*$", examples("李敏"))]
    person_name: Option<String>,
    /// 责任职务 / The office.
    office: Option<Role>,
    /// 期限 / Deadline.
    #[schema(examples("2026-12-31"))]
    due_on: NaiveDate,
    /// 期限所依据的工作日历版本 / Versions of the calendar that it rests on.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("2026v1"))]
    calendar_basis: String,
    /// 状态 / Status.
    status: ItemStatus,
    /// 亮灯 / Light.
    light: ExecutionLight,
    /// 超期工作日 / Working days after the deadline.
    #[schema(examples(0))]
    late_workdays: i64,
    /// 报办结日期 / Day on which it was reported done.
    #[schema(examples("2026-12-20"))]
    done_on: Option<NaiveDate>,
    /// 交办时间 / Assigned at.
    #[schema(value_type = DateTime<Utc>, examples("2026-11-20T02:03:04.567Z"))]
    assigned_at: String,
    /// 执行记录，先记的在前；列表中为空 / What was reported and done, oldest first; empty in lists.
    #[schema(max_items = 1000)]
    entries: Vec<ExecutionEntry>,
    /// 当前登录人此刻可进行的操作 / What this caller may do now.
    #[schema(max_items = 10)]
    allowed_actions: Vec<ItemAction>,
    /// 版本，即 ETag 开头的数字 / Version, the number that the ETag begins with.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(1))]
    version: i32,
}

impl ExecutionItemView {
    pub(super) fn of(actor: &Actor, found: ItemOnFile, units: &Names) -> Self {
        let ItemOnFile { item, body, decision, light, late_workdays, entries, names } = found;
        let task = Task::new(actor, &item, &body);
        let permitted = |action: &ItemAction| match action {
            ItemAction::Report | ItemAction::Finish => actor.may(&EXECUTION_REPORT, &task),
            ItemAction::Verify | ItemAction::Return => actor.may(&EXECUTION_VERIFY, &task),
            ItemAction::Extend | ItemAction::Cancel => actor.may(&EXECUTION_KEEP, &task),
        };
        let name = |id: Option<PersonId>| id.and_then(|id| names.get(&id).cloned());
        let entry = |row: Entry| ExecutionEntry {
            kind: row.kind,
            text: row.text,
            evidence: row.evidence,
            due_on: row.due_on,
            entered_by: name(row.entered_by),
            entered_at: instant(row.entered_at),
        };
        Self {
            id: item.id.0,
            body: (&body).into(),
            decision_id: item.decision_id.0,
            decision_number: decision.number,
            owner: item.owner_kind,
            unit: item.unit_id.map(|unit| UnitRef::of(unit, units)),
            person_id: item.person_id.map(|person| person.0),
            person_name: name(item.person_id),
            office: item.office,
            due_on: item.due_on,
            status: item.status,
            light,
            late_workdays,
            done_on: item.done_on,
            assigned_at: instant(item.assigned_at),
            entries: entries.into_iter().map(entry).collect(),
            allowed_actions: item.status.open_actions().filter(permitted).collect(),
            version: item.version,
            task: item.task.clone(),
            calendar_basis: item.calendar_basis.clone(),
        }
    }
}

/// 决议执行情况 / How the decisions of a body were carried out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExecutionReportView {
    /// 机构 / The body.
    body: DecidingBody,
    /// 执行中 / Under way.
    #[schema(examples(3))]
    open_count: i64,
    /// 其中超期 / Of these, overdue.
    #[schema(examples(1))]
    overdue_count: i64,
    /// 已报办结待核验 / Reported done, not verified yet.
    #[schema(examples(2))]
    done_count: i64,
    /// 已核验 / Verified.
    #[schema(examples(8))]
    verified_count: i64,
    /// 已取消 / Cancelled.
    #[schema(examples(0))]
    cancelled_count: i64,
    /// 未了事项，期限早的在前 / What is not over, the oldest deadline first.
    #[schema(max_items = 1000)]
    items: Vec<ExecutionItemView>,
}

impl ExecutionReportView {
    pub(super) fn of(actor: &Actor, (report, body): (ForMeeting, Body), units: &Names) -> Self {
        Self {
            body: (&body).into(),
            open_count: report.open,
            overdue_count: report.overdue,
            done_count: report.done,
            verified_count: report.verified,
            cancelled_count: report.cancelled,
            items: report.items.into_iter().map(|item| ExecutionItemView::of(actor, item, units)).collect(),
        }
    }
}

//! The execution book as it is sent.

use chrono::NaiveDate;
use gongjian_governance::decision::book::commands::Report;
use gongjian_governance::decision::book::{Deadline, ItemFilter, ItemStatus, NewItem, Owner};
use gongjian_identity::{PersonId, Role};
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text};
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExecutionQuery {
    /// 作出决议的机构 / The body that decided.
    #[param(example = "01980000-0000-7000-8000-000000000013")]
    body_id: Option<Uuid>,
    /// 决议 / The decision.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1001")]
    decision_id: Option<Uuid>,
    /// 责任单位 / The unit that carries it out.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["open"]))]
    status: Option<AnyOf<ItemStatus>>,
    /// 是否超期未办结 / Open after the deadline, or not.
    #[param(example = true)]
    is_overdue: Option<bool>,
    /// 期限不晚于 / Due on this day or before.
    #[param(example = "2026-12-31")]
    due_by: Option<NaiveDate>,
}

impl From<&ExecutionQuery> for ItemFilter {
    fn from(query: &ExecutionQuery) -> Self {
        Self {
            body_id: query.body_id,
            decision_id: query.decision_id,
            unit_id: query.unit_id,
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            is_overdue: query.is_overdue,
            due_by: query.due_by,
        }
    }
}

/// 执行事项：责任主体为单位、个人、职务之一，期限为日期或工作日数 / An item: for a unit, a person or an office; until a day or within working days.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExecutionCreate {
    /// 事项 / What is to be done.
    #[schema(examples("组织人才供需对接会"))]
    task: Text<2, 200>,
    /// 责任单位 / The unit that carries it out.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 责任人 / The person who does.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0b01"))]
    person_id: Option<Uuid>,
    /// 责任职务 / The office that does.
    #[serde(default)]
    office: Option<Role>,
    /// 期限；遇休息日顺延 / Deadline; the next working day where it is a day off.
    #[serde(default)]
    #[schema(examples("2026-12-31"))]
    due_on: Option<NaiveDate>,
    /// 期限（工作日），当日不计 / Deadline in working days; today does not count.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 500, examples(20))]
    #[validate(range(min = 1, max = 500))]
    workdays: Option<u32>,
}

fn one_of(at: &str, zh: &'static str, en: &'static str) -> Refusal {
    Refusal::invalid(vec![FieldFault::body(at, "exactly_one", Say::fixed(zh, en))])
}

fn deadline(due_on: Option<NaiveDate>, workdays: Option<u32>) -> Result<Deadline> {
    match (due_on, workdays) {
        (Some(day), None) => Ok(Deadline::On(day)),
        (None, Some(n)) => Ok(Deadline::Workdays(n)),
        (Some(_), Some(_)) | (None, None) => {
            Err(one_of("/due_on", "due_on 与 workdays 择一填写。", "Give one of due_on and workdays."))
        }
    }
}

impl ExecutionCreate {
    pub(super) fn parse(self) -> Result<NewItem> {
        let owner = match (self.unit_id, self.person_id, self.office) {
            (Some(unit), None, None) => Owner::Unit(UnitId(unit)),
            (None, Some(person), None) => Owner::Person(PersonId(person)),
            (None, None, Some(office)) => Owner::Office(office),
            (Some(_), _, _) | (None, Some(_), Some(_)) | (None, None, None) => {
                let zh = "unit_id、person_id、office 择一填写。";
                return Err(one_of("/unit_id", zh, "Give one of unit_id, person_id and office."));
            }
        };
        Ok(NewItem { task: self.task, owner, deadline: deadline(self.due_on, self.workdays)? })
    }
}

/// 执行进展、办结报告 / A report.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExecutionReport {
    /// 情况 / What was done.
    #[schema(examples("对接会已举办，12家单位参加。"))]
    text: Text<2, 2000>,
    /// 佐证材料 / A reference to what proves it.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("会议纪要〔2026〕5号"))]
    evidence: Option<Text<2, 500>>,
}

impl From<ExecutionReport> for Report {
    fn from(sent: ExecutionReport) -> Self {
        Self { text: sent.text, evidence: sent.evidence }
    }
}

/// 核验意见 / A remark on what was verified.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExecutionVerification {
    /// 说明 / A remark.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("材料齐全，已核。"))]
    pub(super) note: Option<Text<2, 2000>>,
}

/// 退回、取消的理由 / Why an item is returned or cancelled.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExecutionReason {
    /// 理由 / Why.
    #[schema(examples("佐证材料不足。"))]
    pub(super) reason: Text<2, 500>,
}

/// 延期 / More time.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExecutionExtension {
    /// 新期限；遇休息日顺延 / The new deadline; the next working day where it is a day off.
    #[serde(default)]
    #[schema(examples("2027-01-29"))]
    due_on: Option<NaiveDate>,
    /// 自今日起的工作日数 / Working days from today.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 500, examples(20))]
    #[validate(range(min = 1, max = 500))]
    workdays: Option<u32>,
    /// 理由 / Why.
    #[schema(examples("场地调整。"))]
    pub(super) reason: Text<2, 500>,
}

impl ExecutionExtension {
    pub(super) fn deadline(&self) -> Result<Deadline> {
        deadline(self.due_on, self.workdays)
    }
}

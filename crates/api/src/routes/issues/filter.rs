//! What a list of issues can be filtered by.

use chrono::NaiveDate;
use gongjian_kernel::Text;
use gongjian_ledger::issue::queries::{DayRange, IssueFilter, IssueSort};
use gongjian_ledger::vocabulary::{Goal, IssueKind, IssueLevel, IssueStatus, Light, Urgency};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::extract::AnyOf;

/// 排序 / Order.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(super) enum Sort {
    /// 最新在前。
    #[default]
    #[serde(rename = "-created_at")]
    Newest,
    /// 最早在前。
    #[serde(rename = "created_at")]
    Oldest,
    /// 时限近者在前。
    #[serde(rename = "due_on")]
    Deadline,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct IssueQuery {
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["dispatched", "in_progress"]))]
    status: Option<AnyOf<IssueStatus>>,
    /// 灯色，逗号分隔 / Light, any of.
    #[param(style = Form, explode = false, example = json!(["yellow", "red"]))]
    light: Option<AnyOf<Light>>,
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["difficulty"]))]
    kind: Option<AnyOf<IssueKind>>,
    /// 紧急程度，逗号分隔 / Urgency, any of.
    #[param(style = Form, explode = false, example = json!(["urgent"]))]
    urgency: Option<AnyOf<Urgency>>,
    /// 事项分类，逗号分隔 / Category, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["人才服务"]))]
    category: Option<AnyOf<Text<1, 40>>>,
    /// 层级，逗号分隔 / Level, any of.
    #[param(style = Form, explode = false, example = json!(["district"]))]
    level: Option<AnyOf<IssueLevel>>,
    /// 六共目标，逗号分隔 / Shared goal, any of.
    #[param(style = Form, explode = false, example = json!(["g4"]))]
    goal: Option<AnyOf<Goal>>,
    /// 街道代码，逗号分隔 / Street, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["990106007"]))]
    street_code: Option<AnyOf<Text<9, 9>>>,
    /// 专业研究委员会代码，逗号分隔 / Committee, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["C2"]))]
    committee_code: Option<AnyOf<Text<1, 16>>>,
    /// 提出单位 / The unit that raised it.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 牵头承办部门 / The lead department.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02")]
    lead_unit_id: Option<Uuid>,
    /// 协助单位 / An assisting unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a03")]
    assisting_unit_id: Option<Uuid>,
    /// 台账编号或收件号 / Number, of the ledger or of the submission.
    #[param(value_type = Option<String>, min_length = 1, max_length = 40, pattern = "^[A-Z]+-[0-9]{4}-[0-9]+$", example = "QHYJ-2026-0001")]
    number: Option<Text<1, 40>>,
    /// 提交日期不早于 / Submitted on or after.
    #[param(example = "2026-01-01")]
    submitted_on_gte: Option<NaiveDate>,
    /// 提交日期不晚于 / Submitted on or before.
    #[param(example = "2026-12-31")]
    submitted_on_lte: Option<NaiveDate>,
    /// 登记日期不早于 / Registered on or after.
    #[param(example = "2026-01-01")]
    registered_on_gte: Option<NaiveDate>,
    /// 登记日期不晚于 / Registered on or before.
    #[param(example = "2026-12-31")]
    registered_on_lte: Option<NaiveDate>,
    /// 办理时限不早于 / Due on or after.
    #[param(example = "2026-01-01")]
    due_on_gte: Option<NaiveDate>,
    /// 办理时限不晚于 / Due on or before.
    #[param(example = "2026-12-31")]
    due_on_lte: Option<NaiveDate>,
    /// 销号日期不早于 / Cancelled on or after.
    #[param(example = "2026-01-01")]
    closed_on_gte: Option<NaiveDate>,
    /// 销号日期不晚于 / Cancelled on or before.
    #[param(example = "2026-12-31")]
    closed_on_lte: Option<NaiveDate>,
    /// 标题与描述中的词，须全部出现；一个汉字即可检索 / Words of title and detail, all of them; one Chinese character is enough.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"^[^\x00]*$", example = "入学")]
    q: Option<Text<1, 100>>,
    /// 排序 / Order.
    #[param(inline, example = "-created_at")]
    #[serde(default)]
    sort: Sort,
}

impl IssueQuery {
    pub(super) fn to_filter(&self) -> IssueFilter {
        let days = |from, until| DayRange { from, until };
        IssueFilter {
            status: words(self.status.as_ref()),
            light: words(self.light.as_ref()),
            kind: words(self.kind.as_ref()),
            urgency: words(self.urgency.as_ref()),
            category: texts(self.category.as_ref()),
            level: words(self.level.as_ref()),
            goal: words(self.goal.as_ref()),
            street_code: texts(self.street_code.as_ref()),
            committee_code: texts(self.committee_code.as_ref()),
            unit_id: self.unit_id,
            lead_unit_id: self.lead_unit_id,
            assisting_unit_id: self.assisting_unit_id,
            number: self.number.as_ref().map(ToString::to_string),
            submitted_on: days(self.submitted_on_gte, self.submitted_on_lte),
            registered_on: days(self.registered_on_gte, self.registered_on_lte),
            due_on: days(self.due_on_gte, self.due_on_lte),
            closed_on: days(self.closed_on_gte, self.closed_on_lte),
            q: self.q.as_ref().map(ToString::to_string),
            sort: match self.sort {
                Sort::Newest => IssueSort::Newest,
                Sort::Oldest => IssueSort::Oldest,
                Sort::Deadline => IssueSort::Deadline,
            },
        }
    }
}

fn words<T: Copy>(any: Option<&AnyOf<T>>) -> Vec<T> {
    any.map(|any| any.0.clone()).unwrap_or_default()
}

fn texts<const MIN: usize, const MAX: usize>(any: Option<&AnyOf<Text<MIN, MAX>>>) -> Vec<String> {
    any.map(|any| any.0.iter().map(ToString::to_string).collect()).unwrap_or_default()
}

//! What clients send about plans, reports and rules.

use chrono::NaiveDate;
use gongjian_governance::agenda::Agenda;
use gongjian_governance::decision::DecisionId;
use gongjian_governance::plan::comment::{Answer, NewComment};
use gongjian_governance::plan::{
    Adoption, CommentResult, Goal, InstrumentFilter, InstrumentId, InstrumentKind, InstrumentPatch, InstrumentStatus,
    Method, NewInstrument, NewItem,
};
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct InstrumentQuery {
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["annual_plan"]))]
    kind: Option<AnyOf<InstrumentKind>>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["published"]))]
    status: Option<AnyOf<InstrumentStatus>>,
    /// 年度 / The year.
    #[param(minimum = 2000, maximum = 2100, example = 2027)]
    year: Option<i32>,
    /// 该日施行的 / Those that hold on that day.
    #[param(example = "2027-03-01")]
    in_force_on: Option<NaiveDate>,
}

impl From<&InstrumentQuery> for InstrumentFilter {
    fn from(query: &InstrumentQuery) -> Self {
        Self {
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            year: query.year,
            in_force_on: query.in_force_on,
        }
    }
}

/// 年度计划的一项工作 / An item of an annual plan.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanItemInput {
    /// 名称 / Title.
    #[schema(examples("开办驻区单位党务干部联合培训"))]
    title: Text<2, 100>,
    /// 内容 / What is to be done.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("全年两期，每期三十人。"))]
    detail: Option<Text<1, 1000>>,
    /// 六共目标（第一条）/ The shared goal (Article 1).
    goal: Goal,
    /// 五联方式（第一条）/ The joint methods (Article 1).
    #[schema(min_items = 1, max_items = 5)]
    #[validate(length(min = 1, max = 5, code = "too_many", message = "应为 1 至 5 项。 / Give 1 to 5."))]
    methods: Vec<Method>,
    /// 责任单位；与专业研究委员会择一 / The unit that is responsible, or the committee.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 责任专业研究委员会代码 / Code of the committee that is responsible.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9_-]{1,20}$", examples("C2"))]
    committee_code: Option<Text<1, 20>>,
    /// 季度 / Quarter.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 4, examples(2))]
    quarter: Option<i32>,
    /// 完成期限 / Due on.
    #[serde(default)]
    #[schema(examples("2027-06-30"))]
    due_on: Option<NaiveDate>,
    /// 是否年度重点项目 / Whether it is a key project of the year.
    #[serde(default)]
    #[schema(examples(true))]
    is_key: bool,
    /// 经费说明 / Note on the budget.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("区级财政预算 8 万元"))]
    budget_note: Option<Text<1, 200>>,
}

impl From<PlanItemInput> for NewItem {
    fn from(it: PlanItemInput) -> Self {
        Self {
            title: it.title,
            detail: it.detail,
            goal: it.goal,
            methods: it.methods,
            unit: it.unit_id.map(UnitId),
            committee_code: it.committee_code,
            quarter: it.quarter,
            due_on: it.due_on,
            is_key: it.is_key,
            budget_note: it.budget_note,
        }
    }
}

/// 起草年度计划、工作报告或内部管理制度 / A plan, a report or a rule to be drafted.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentCreate {
    /// 类别 / Kind.
    kind: InstrumentKind,
    /// 标题 / Title.
    #[schema(examples("2027 年度工作计划"))]
    title: Text<2, 100>,
    /// 年度；制度不填，修订的可省略 / The year; none for a rule, and it may be absent where one is amended.
    #[serde(default)]
    #[schema(minimum = 2000, maximum = 2100, examples(2027))]
    year: Option<i32>,
    /// 正文 / The text.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 20000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("（正文）"))]
    text: Option<Text<1, 20000>>,
    /// 所修订的现行计划或制度 / The plan or rule in force that it is to replace.
    #[serde(default)]
    amends_id: Option<Uuid>,
    /// 工作项目；修订而省略时沿用原计划各项 / Items of a plan; an amendment without them begins with those that it amends.
    #[serde(default)]
    #[schema(value_type = Option<Vec<PlanItemInput>>, max_items = 200)]
    #[validate(nested, length(max = 200, code = "too_many", message = "至多 200 项。 / At most 200 items."))]
    items: Option<Vec<PlanItemInput>>,
}

impl From<InstrumentCreate> for NewInstrument {
    fn from(it: InstrumentCreate) -> Self {
        Self {
            kind: it.kind,
            title: it.title,
            year: it.year,
            text: it.text,
            amends: it.amends_id.map(InstrumentId),
            items: it.items.map(|items| items.into_iter().map(Into::into).collect()),
        }
    }
}

/// 文稿的修改 / A change of a draft.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentUpdate {
    /// 标题 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, examples("2027 年度工作计划（修改）"))]
    title: Option<Text<2, 100>>,
    /// 正文 / The text.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, min_length = 1, max_length = 20000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("（正文）"))]
    text: Option<Text<1, 20000>>,
    /// 工作项目，整体替换 / Items of a plan, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = Vec<PlanItemInput>, max_items = 200)]
    #[validate(nested, length(max = 200, code = "too_many", message = "至多 200 项。 / At most 200 items."))]
    items: Option<Vec<PlanItemInput>>,
}

impl From<InstrumentUpdate> for InstrumentPatch {
    fn from(it: InstrumentUpdate) -> Self {
        let items = it.items.map(|items| items.into_iter().map(Into::into).collect());
        Self { title: it.title, text: it.text, items }
    }
}

/// 提交审议 / A submission.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentSubmission {
    /// 审议的会议 / The meeting that it is to lie before.
    #[serde(default)]
    meeting_id: Option<Uuid>,
    /// 审议的议程项 / The item of its agenda.
    #[serde(default)]
    agenda_item_id: Option<Uuid>,
}

impl From<InstrumentSubmission> for Agenda {
    fn from(it: InstrumentSubmission) -> Self {
        Self { meeting: it.meeting_id.map(Into::into), item: it.agenda_item_id.map(Into::into) }
    }
}

/// 退回或撤销 / A return, or the end of a draft.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentReason {
    /// 理由 / Why.
    #[schema(examples("请补充责任单位。"))]
    pub(super) reason: Text<2, 500>,
}

/// 所依据的决议和施行日期 / The decision that it rests on, and the day.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentDecision {
    /// 决议：年度计划、工作报告为会员大会决议，制度为理事会决议 / Of the general meeting for plans and reports, of the council for rules.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    decision_id: Uuid,
    /// 自该日起施行或失效，省略时为今日 / From this day on it holds, or ends; today where it is absent.
    #[serde(default)]
    #[schema(examples("2027-01-01"))]
    effective_from: Option<NaiveDate>,
}

impl From<InstrumentDecision> for Adoption {
    fn from(it: InstrumentDecision) -> Self {
        Self { decision: DecisionId(it.decision_id), effective_from: it.effective_from }
    }
}

/// 审议意见 / A comment.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentCommentCreate {
    /// 提出意见的会员单位，由秘书处代为记录时填写 / The member that said it, where the secretariat notes it.
    #[serde(default)]
    unit_id: Option<Uuid>,
    /// 意见 / The comment.
    #[schema(value_type = String, min_length = 2, max_length = 2000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("建议增加人才公寓对接。"))]
    text: Text<2, 2000>,
}

impl From<InstrumentCommentCreate> for NewComment {
    fn from(it: InstrumentCommentCreate) -> Self {
        Self { unit: it.unit_id.map(UnitId), text: it.text }
    }
}

/// 意见采纳情况 / What became of a comment.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentCommentAnswer {
    /// 采纳情况 / Result.
    result: CommentResult,
    /// 说明或理由 / What was done, or why it was not.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("已列为第六项工作。"))]
    answer: Text<2, 1000>,
}

impl From<InstrumentCommentAnswer> for Answer {
    fn from(it: InstrumentCommentAnswer) -> Self {
        Self { result: it.result, text: it.answer }
    }
}

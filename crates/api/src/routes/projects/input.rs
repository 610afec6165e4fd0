//! Projects in requests.

use gongjian_governance::plan::Goal;
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use gongjian_projects::project::commands::{Answer, NewObjection, NewProject};
use gongjian_projects::project::{Declaration, ProjectFilter, ProjectStatus};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ProjectQuery {
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["publicised"]))]
    status: Option<AnyOf<ProjectStatus>>,
    /// 六共目标，逗号分隔 / Shared goal, any of.
    #[param(style = Form, explode = false, example = json!(["g2"]))]
    goal: Option<AnyOf<Goal>>,
    /// 项目年度 / Year.
    #[param(minimum = 2000, maximum = 2100, example = 2027)]
    year: Option<i32>,
    /// 申报单位 / The unit that declared.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 专业研究委员会代码 / Code of the committee.
    #[param(value_type = Option<String>, min_length = 1, max_length = 20, example = "C7")]
    committee_code: Option<Text<1, 20>>,
    /// 街道代码 / Code of the street.
    #[param(value_type = Option<String>, min_length = 9, max_length = 9, example = "990106003")]
    street_code: Option<Text<9, 9>>,
}

impl From<&ProjectQuery> for ProjectFilter {
    fn from(query: &ProjectQuery) -> Self {
        Self {
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            goal: query.goal.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            year: query.year,
            unit_id: query.unit_id,
            committee_code: query.committee_code.clone().map(Text::into_string),
            street_code: query.street_code.clone().map(Text::into_string),
        }
    }
}

/// 项目 / A project to be drafted.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectCreate {
    /// 申报单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single one.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 申报书 / The declaration.
    #[validate(nested)]
    declaration: Declaration,
}

impl From<ProjectCreate> for NewProject {
    fn from(new: ProjectCreate) -> Self {
        Self { unit: new.unit_id.map(UnitId), declaration: new.declaration }
    }
}

/// 核准并公示 / A decision, and how long the project is made public.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectPublicise {
    /// 理事会决定 / The council's decision.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1101"))]
    pub(super) decision_id: Uuid,
    /// 公示期（工作日）；省略则按配置 / Working days of publicity; the policy's where it is absent.
    #[serde(default)]
    #[validate(range(min = 1, max = 250, code = "out_of_range", message = "应为 1 至 250。 / Give 1 to 250."))]
    #[schema(minimum = 1, maximum = 250, examples(5))]
    pub(super) workdays: Option<u32>,
}

/// 异议 / An objection.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectionCreate {
    /// 提出单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single one.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 内容与理由 / What, and why.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("与在建项目重复。"))]
    text: Text<2, 1000>,
}

impl From<ObjectionCreate> for NewObjection {
    fn from(new: ObjectionCreate) -> Self {
        Self { unit: new.unit_id.map(UnitId), text: new.text }
    }
}

/// 答复 / An answer.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectionAnswer {
    /// 答复 / The answer.
    #[schema(value_type = String, min_length = 2, max_length = 1000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("经核，服务对象不同，不属重复。"))]
    answer: Text<2, 1000>,
    /// 异议是否成立 / Whether the objection is upheld.
    #[schema(examples(false))]
    is_upheld: bool,
}

impl From<ObjectionAnswer> for Answer {
    fn from(given: ObjectionAnswer) -> Self {
        Self { text: given.answer, is_upheld: given.is_upheld }
    }
}

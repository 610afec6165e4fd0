//! Experts in requests.

use chrono::NaiveDate;
use gongjian_governance::expert::{ExpertEdit, ExpertFilter, NewExpert, Tie};
use gongjian_identity::PersonId;
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};
use crate::routes::persons::PersonCreate;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExpertQuery {
    /// 专长，逗号分隔 / Field, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["基层治理"]))]
    field: Option<AnyOf<Text<1, 40>>>,
    /// 今日是否在聘 / Whether he is an expert today.
    #[param(example = true)]
    in_office: Option<bool>,
    /// 是否接受咨询 / Whether he takes enquiries.
    #[param(example = true)]
    available: Option<bool>,
    /// 现任、曾任职或有利害关系的单位 / A unit that he is or was with, or has an interest in.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
}

impl From<&ExpertQuery> for ExpertFilter {
    fn from(query: &ExpertQuery) -> Self {
        let fields = |any: &AnyOf<Text<1, 40>>| any.0.iter().map(|field| field.as_str().to_owned()).collect();
        Self {
            field: query.field.as_ref().map(fields).unwrap_or_default(),
            in_office: query.in_office,
            available: query.available,
            unit_id: query.unit_id,
        }
    }
}

/// 聘任专家：person_id 与 person 二者填一 / An expert: exactly one of `person_id` and `person`.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpertCreate {
    /// 已登记的人员 / Somebody on file.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    pub(super) person_id: Option<Uuid>,
    /// 新登记的人员 / Somebody to be put on file.
    #[serde(default)]
    #[validate(nested)]
    pub(super) person: Option<PersonCreate>,
    /// 任职单位，在册的 / The employer, where it is a unit on file.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    employer_unit_id: Option<Uuid>,
    /// 任职单位名称 / Name of the employer.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("云栖理工大学马克思主义学院"))]
    employer_name: Text<2, 100>,
    /// 简介 / Biography.
    #[schema(value_type = String, min_length = 2, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("长期从事基层党建理论研究。"))]
    biography: Text<2, 5000>,
    /// 专长 / Fields.
    #[validate(length(min = 1, max = 20, code = "wrong_count", message = "1 至 20 项。 / 1 to 20 items."))]
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 20, examples("基层治理"))]
    fields: Vec<Text<1, 40>>,
    /// 曾任职的单位 / Units that he was with.
    #[serde(default)]
    #[validate(length(max = 50, code = "too_many", message = "至多 50 项。 / At most 50 items."))]
    #[schema(max_items = 50, examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a02"))]
    former_unit_ids: Vec<Uuid>,
    /// 聘期起始日；省略为今日 / First day of the term; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-11-20"))]
    since: Option<NaiveDate>,
    /// 聘期届满后的第一日；可不设 / The first day after the term; none is needed.
    #[serde(default)]
    #[schema(examples("2029-11-20"))]
    until: Option<NaiveDate>,
    /// 理事会聘任的依据文件 / The document by which the council appoints.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青党建理〔2026〕3号"))]
    basis: Text<2, 200>,
}

fn words(fields: Vec<Text<1, 40>>) -> Vec<String> {
    fields.into_iter().map(Text::into_string).collect()
}

impl ExpertCreate {
    pub(super) fn of(self, person: PersonId) -> NewExpert {
        NewExpert {
            person,
            employer_unit: self.employer_unit_id.map(UnitId),
            employer_name: self.employer_name,
            biography: self.biography,
            fields: words(self.fields),
            former_units: self.former_unit_ids.into_iter().map(UnitId).collect(),
            since: self.since,
            until: self.until,
            basis: self.basis,
        }
    }
}

/// 任职单位 / The employer.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct EmployerInput {
    /// 名称 / Name.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("青禾区委党校"))]
    name: Text<2, 100>,
    /// 在册的单位 / The unit, where it is on file.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
}

/// 专家信息的修改 / An edit of a profile.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpertUpdate {
    /// 任职单位，整体替换；原单位记为曾任职单位 / The employer, replaced as a whole; the one before becomes a former one.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(nested)]
    #[schema(nullable = false)]
    employer: Option<EmployerInput>,
    /// 简介 / Biography.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 5000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("长期从事基层党建理论研究。"))]
    biography: Option<Text<2, 5000>>,
    /// 专长，整体替换 / Fields, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(length(min = 1, max = 20, code = "wrong_count", message = "1 至 20 项。 / 1 to 20 items."))]
    #[schema(value_type = Vec<String>, nullable = false, required = false, min_items = 1, max_items = 20, examples("基层治理"))]
    fields: Option<Vec<Text<1, 40>>>,
    /// 是否接受咨询 / Whether he takes enquiries.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false, examples(true))]
    is_available: Option<bool>,
}

impl From<ExpertUpdate> for ExpertEdit {
    fn from(edit: ExpertUpdate) -> Self {
        Self {
            employer: edit.employer.map(|employer| (employer.name, employer.unit_id.map(UnitId))),
            biography: edit.biography,
            fields: edit.fields.map(words),
            is_available: edit.is_available,
        }
    }
}

/// 专家与单位的关系 / A tie to a unit.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct TieInput {
    /// 单位 / The unit.
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) unit_id: Uuid,
    /// 关系：曾任职或有利害关系 / A former employer, or an interest.
    pub(super) tie: Tie,
}

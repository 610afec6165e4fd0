//! What clients send about passbooks.

use chrono::NaiveDate;
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text};
use gongjian_membership::standing::commands::{Answer, Correction};
use gongjian_membership::standing::{DisputeOutcome, LineFilter, LineStatus};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::faults::INVALID_PARAMETER;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PassbookQuery {
    /// 年度，省略时为今年 / The year; this year where it is absent.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    year: Option<i32>,
}

impl PassbookQuery {
    pub(super) fn year(&self) -> Result<Option<i32>> {
        self.year.map(checked_year).transpose()
    }
}

fn checked_year(year: i32) -> Result<i32> {
    if (2000..=2100).contains(&year) {
        return Ok(year);
    }
    let detail = Say::fixed("年度应为 2000 至 2100。", "Give a year from 2000 to 2100.");
    let fault = FieldFault { at: Locator::Parameter("year".to_owned()), code: "out_of_range", detail };
    Err(Refusal { fields: vec![fault], ..Refusal::of(&INVALID_PARAMETER) })
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct LineQuery {
    /// 单位 / The unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 年度 / The year.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    year: Option<i32>,
    /// 类别，逗号分隔；见字典 standing_kind / Kind, any of; see `standing_kind` of the dictionary.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["contributed_research"]))]
    kind: Option<AnyOf<Text<1, 40>>>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["disputed"]))]
    status: Option<AnyOf<LineStatus>>,
}

impl TryFrom<&LineQuery> for LineFilter {
    type Error = Refusal;

    fn try_from(query: &LineQuery) -> Result<Self> {
        let kind = query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default();
        Ok(Self {
            unit_id: query.unit_id,
            year: query.year.map(checked_year).transpose()?,
            kind: kind.into_iter().map(Text::into_string).collect(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        })
    }
}

/// 异议 / A dispute.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DisputeCreate {
    /// 异议理由 / What is wrong with the line.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("该研究成果共两项，只记录了一项。"))]
    pub(super) reason: Text<2, 500>,
}

/// 异议答复；更正时填写正确的内容 / The answer to a dispute; a correction says what is right.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DisputeAnswer {
    /// 处理结果：explained、corrected 或 struck / Outcome: `explained`, `corrected` or `struck`.
    outcome: DisputeOutcome,
    /// 答复 / The answer.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("经核实，应为两项，已更正。"))]
    answer: Text<2, 500>,
    /// 正确的日期，仅用于更正 / The right day; of a correction only.
    #[serde(default)]
    #[schema(examples("2026-03-05"))]
    day: Option<NaiveDate>,
    /// 正确的事由，仅用于更正 / The right title; of a correction only.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("新材料产业研究报告（两项）"))]
    title: Option<Text<1, 200>>,
    /// 正确的数量，仅用于更正 / The right quantity; of a correction only.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000, examples(2))]
    quantity: Option<i32>,
}

impl From<DisputeAnswer> for Answer {
    fn from(given: DisputeAnswer) -> Self {
        let DisputeAnswer { outcome, answer, day, title, quantity } = given;
        Self { outcome, text: answer, correction: Correction { day, title, quantity } }
    }
}

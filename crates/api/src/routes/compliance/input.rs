//! What callers ask of the calendar.

use chrono::NaiveDate;
use gongjian_governance::compliance::explanation::commands::NewExplanation;
use gongjian_governance::compliance::{DutyFilter, DutyState, Strength, SubjectKind};
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{FieldFault, Refusal, Result, Say, Text};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::faults::INVALID_PARAMETER;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DutyQuery {
    /// 状态，逗号分隔 / State, any of.
    #[param(style = Form, explode = false, example = json!(["overdue"]))]
    state: Option<AnyOf<DutyState>>,
    /// 要求强度，逗号分隔 / Strength, any of.
    #[param(style = Form, explode = false, example = json!(["in_principle"]))]
    strength: Option<AnyOf<Strength>>,
    /// 对象类别，逗号分隔 / What it is about, any of.
    #[param(style = Form, explode = false, example = json!(["association"]))]
    subject_kind: Option<AnyOf<SubjectKind>>,
    /// 章程条款 / Article of the charter.
    #[param(minimum = 1, maximum = 27, value_type = Option<i32>, example = 11)]
    article: Option<u8>,
    /// 义务 / The obligation.
    #[param(max_length = 60, pattern = "^[a-z_]+$", example = "general_meeting")]
    obligation: Option<String>,
    /// 对象标识 / Id of whom or what it is about.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    subject_id: Option<Uuid>,
    /// 到期年度 / The year in which it is due.
    #[param(minimum = 2000, maximum = 2100, value_type = Option<i32>, example = 2026)]
    year: Option<i32>,
    /// 过去某日的情况 / As it was at the end of a past day.
    #[param(example = "2026-06-30")]
    as_of: Option<NaiveDate>,
}

/// The same of the figures.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SummaryQuery {
    /// 章程条款 / Article of the charter.
    #[param(minimum = 1, maximum = 27, value_type = Option<i32>, example = 11)]
    article: Option<u8>,
    /// 要求强度，逗号分隔 / Strength, any of.
    #[param(style = Form, explode = false, example = json!(["in_principle"]))]
    strength: Option<AnyOf<Strength>>,
    /// 对象类别，逗号分隔 / What it is about, any of.
    #[param(style = Form, explode = false, example = json!(["association"]))]
    subject_kind: Option<AnyOf<SubjectKind>>,
    /// 到期年度 / The year in which it is due.
    #[param(minimum = 2000, maximum = 2100, value_type = Option<i32>, example = 2026)]
    year: Option<i32>,
    /// 过去某日的情况 / As it was at the end of a past day.
    #[param(example = "2026-06-30")]
    as_of: Option<NaiveDate>,
}

fn words<T: Copy>(any: Option<&AnyOf<T>>) -> Vec<T> {
    any.map(|any| any.0.clone()).unwrap_or_default()
}

impl DutyQuery {
    pub(super) fn filter(&self, today: NaiveDate) -> Result<DutyFilter> {
        Ok(DutyFilter {
            state: words(self.state.as_ref()),
            strength: words(self.strength.as_ref()),
            subject: words(self.subject_kind.as_ref()),
            article: self.article,
            obligation: self.obligation.clone(),
            subject_id: self.subject_id,
            year: self.year.map(checked_year).transpose()?,
            as_of: self.as_of.map(|day| checked_day(day, today)).transpose()?,
        })
    }
}

impl SummaryQuery {
    pub(super) fn filter(&self, today: NaiveDate) -> Result<DutyFilter> {
        Ok(DutyFilter {
            strength: words(self.strength.as_ref()),
            subject: words(self.subject_kind.as_ref()),
            article: self.article,
            year: self.year.map(checked_year).transpose()?,
            as_of: self.as_of.map(|day| checked_day(day, today)).transpose()?,
            ..DutyFilter::default()
        })
    }
}

fn refused(parameter: &str, zh: &'static str, en: &'static str) -> Refusal {
    let detail = Say::fixed(zh, en);
    let at = Locator::Parameter(parameter.to_owned());
    let fault = FieldFault { at, code: "out_of_range", detail: detail.clone() };
    Refusal { fields: vec![fault], ..Refusal::new(&INVALID_PARAMETER, detail) }
}

fn checked_year(year: i32) -> Result<i32> {
    let known = (2000..=2100).contains(&year).then_some(year);
    known.ok_or_else(|| refused("year", "年度应为 2000 至 2100。", "Give a year from 2000 to 2100."))
}

/// What days to come will bring is recorded nowhere.
fn checked_day(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate> {
    let zh = "as_of 应为今天或过去某日。";
    (day <= today).then_some(day).ok_or_else(|| refused("as_of", zh, "`as_of` is today or a day before."))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExplanationQuery {
    /// 期间 / The period.
    #[param(max_length = 20, pattern = "^[0-9A-Z-]+$", example = "2026")]
    pub(super) period: Option<String>,
}

/// 说明原因 / A reason to be given.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplanationCreate {
    /// 期间，即合规日历中的 period.key / The period: `period.key` of the calendar.
    #[schema(value_type = String, min_length = 4, max_length = 20, pattern = "^[0-9A-Z-]+$", examples("2026"))]
    period: Text<4, 20>,
    /// 对象标识；本会的事项省略 / Id of whom it is about; absent for the association's own.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    subject_id: Option<Uuid>,
    /// 原因 / Why it did not happen.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("因防汛抗灾，会员大会推迟至明年一季度召开。"))]
    reason: Text<2, 500>,
}

impl From<ExplanationCreate> for NewExplanation {
    fn from(new: ExplanationCreate) -> Self {
        let ExplanationCreate { period, subject_id, reason } = new;
        Self { period, subject_id, reason }
    }
}

/// 更正说明 / The reason in other words.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplanationAmendment {
    /// 原因 / Why it did not happen.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("因防汛抗灾，会员大会推迟至明年二月召开。"))]
    pub(super) reason: Text<2, 500>,
}

/// 建立日历订阅 / A feed to be made.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedCreate {
    /// 名称，如所用的日历程序 / A name, such as the calendar that reads it.
    #[schema(value_type = String, min_length = 1, max_length = 50, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("手机日历"))]
    pub(super) name: Text<1, 50>,
}

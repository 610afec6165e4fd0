//! Briefings in requests; the audience is the same for calls for opinion.

use chrono::NaiveDate;
use gongjian_governance::briefing::{
    Audience, AudienceKind, BriefingEdit, BriefingFilter, BriefingId, BriefingStatus, NewBriefing, Section,
};
use gongjian_kernel::Text;
use gongjian_membership::unit::UnitType;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::{AnyOf, Patch};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BriefingQuery {
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["issued"]))]
    status: Option<AnyOf<BriefingStatus>>,
    /// 通报对象，逗号分隔 / Audience, any of.
    #[param(style = Form, explode = false, example = json!(["all_members"]))]
    audience: Option<AnyOf<AudienceKind>>,
    /// 本单位是否已签阅 / Whether one's own unit has read it.
    #[param(example = false)]
    read: Option<bool>,
}

impl From<&BriefingQuery> for BriefingFilter {
    fn from(query: &BriefingQuery) -> Self {
        Self {
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            audience: query.audience.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            read: query.read,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReaderQuery {
    /// 是否已签阅 / Whether the unit has read it.
    #[param(example = false)]
    pub(super) read: Option<bool>,
}

/// 起止日期 / First and last day.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodInput {
    /// 起日 / First day.
    #[schema(examples("2026-10-01"))]
    from: NaiveDate,
    /// 止日 / Last day.
    #[schema(examples("2026-12-31"))]
    to: NaiveDate,
}

impl From<PeriodInput> for (NaiveDate, NaiveDate) {
    fn from(period: PeriodInput) -> Self {
        (period.from, period.to)
    }
}

/// 一节 / A part.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionInput {
    /// 标题 / Heading.
    #[schema(value_type = String, min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("经济社会运行情况"))]
    heading: Text<1, 100>,
    /// 正文 / Text.
    #[schema(value_type = String, min_length = 1, max_length = 10000, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("前三季度全区经济运行平稳。"))]
    text: Text<1, 10000>,
}

fn sections(given: Vec<SectionInput>) -> Vec<Section> {
    let section = |it: SectionInput| Section { heading: it.heading.into_string(), text: it.text.into_string() };
    given.into_iter().map(section).collect()
}

/// 对象 / Audience.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct AudienceInput {
    /// 类别 / Kind.
    kind: AudienceKind,
    /// 街道代码，仅限某街道的会员 / Code of the street, for the members of a street alone.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 9, max_length = 9, pattern = "^[0-9]{9}$", examples("990106003"))]
    street_code: Option<Text<9, 9>>,
    /// 单位类型，仅限某类会员 / Type of units, for the members of a type alone.
    #[serde(default)]
    unit_type: Option<UnitType>,
}

impl From<AudienceInput> for Audience {
    fn from(input: AudienceInput) -> Self {
        Self { kind: input.kind, street: input.street_code, unit_type: input.unit_type }
    }
}

/// 通报 / A briefing.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BriefingCreate {
    /// 期间；省略则按配置的间隔 / Period; by the policy's interval where it is absent.
    #[serde(default)]
    period: Option<PeriodInput>,
    /// 标题 / Title.
    #[schema(value_type = String, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("2026年第四季度区域发展情况通报"))]
    title: Text<2, 100>,
    /// 各节：发展思路、重点工作、经济社会运行情况等 / The parts: development, priority work, economic and social facts.
    #[validate(nested, length(min = 1, max = 20, code = "wrong_count", message = "1 至 20 项。 / 1 to 20 items."))]
    #[schema(min_items = 1, max_items = 20)]
    sections: Vec<SectionInput>,
    /// 对象 / Audience.
    #[validate(nested)]
    audience: AudienceInput,
    /// 所更正的已撤回通报 / The withdrawn briefing that this one corrects.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"))]
    replaces_id: Option<Uuid>,
}

impl From<BriefingCreate> for NewBriefing {
    fn from(new: BriefingCreate) -> Self {
        Self {
            period: new.period.map(Into::into),
            title: new.title,
            sections: sections(new.sections),
            audience: new.audience.into(),
            replaces: new.replaces_id.map(BriefingId),
        }
    }
}

/// 草稿的修改 / An edit of a draft.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct BriefingUpdate {
    /// 期间 / Period.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(nullable = false)]
    period: Option<PeriodInput>,
    /// 标题 / Title.
    #[serde(default, deserialize_with = "Patch::present")]
    #[schema(value_type = String, nullable = false, required = false, min_length = 2, max_length = 100, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("2026年第四季度区域发展情况通报"))]
    title: Option<Text<2, 100>>,
    /// 各节，整体替换 / The parts, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(nested, length(min = 1, max = 20, code = "wrong_count", message = "1 至 20 项。 / 1 to 20 items."))]
    #[schema(nullable = false, min_items = 1, max_items = 20)]
    sections: Option<Vec<SectionInput>>,
    /// 对象，整体替换 / Audience, replaced as a whole.
    #[serde(default, deserialize_with = "Patch::present")]
    #[validate(nested)]
    #[schema(nullable = false)]
    audience: Option<AudienceInput>,
}

impl From<BriefingUpdate> for BriefingEdit {
    fn from(edit: BriefingUpdate) -> Self {
        Self {
            period: edit.period.map(Into::into),
            title: edit.title,
            sections: edit.sections.map(sections),
            audience: edit.audience.map(Into::into),
        }
    }
}

/// 签阅 / A receipt.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    /// 单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single unit.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) unit_id: Option<Uuid>,
}

/// 理由 / Why.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// 理由 / Why.
    #[schema(value_type = String, min_length = 2, max_length = 500, pattern = r"^[^\u0000-\u0008\u202A-\u202E\u2066-\u2069]*$", examples("数据有误，更正后重新发出。"))]
    pub(crate) reason: Text<2, 500>,
}

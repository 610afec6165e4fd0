//! Offices in requests.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_governance::body::BodyId;
use gongjian_governance::decision::DecisionId;
use gongjian_governance::office::filings::FilingState;
use gongjian_governance::office::{NewTenure, OfficeFilter, OfficeKind, OfficeMethod, Revision};
use gongjian_governance::post::PostId;
use gongjian_identity::PersonId;
use gongjian_kernel::Text;
use gongjian_membership::UnitId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;
use crate::routes::posts::moment::AsOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OfficeQuery {
    /// 职务类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["council_unit"]))]
    kind: Option<AnyOf<OfficeKind>>,
    /// 机构 / The body.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17")]
    body_id: Option<Uuid>,
    /// 单位 / The unit that it is held for.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 只列该日在任的；false 列出全部任期 / Those in force that day alone, which is so where it is absent; false lists all.
    #[param(example = true)]
    current: Option<bool>,
    /// 某日（或某一时刻所在之日）的情况；省略为今天 / The day, or an instant that stands for its day; today where it is absent.
    #[param(value_type = Option<String>, max_length = 40, pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$", example = "2026-11-20")]
    pub(super) as_of: Option<AsOf>,
    /// 按该时刻已知的记录；省略为现在所知 / As it was known at that instant; as it is known now where it is absent.
    #[param(example = "2026-11-20T02:00:00Z")]
    pub(super) known_at: Option<DateTime<Utc>>,
}

impl From<&OfficeQuery> for OfficeFilter {
    fn from(query: &OfficeQuery) -> Self {
        Self {
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            body_id: query.body_id,
            unit_id: query.unit_id,
            in_force: query.current.unwrap_or(true),
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OfficeMoment {
    /// 某日（或某一时刻所在之日）的情况；省略为今天 / The day, or an instant that stands for its day; today where it is absent.
    #[param(value_type = Option<String>, max_length = 40, pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$", example = "2026-11-20")]
    pub(super) as_of: Option<AsOf>,
    /// 按该时刻已知的记录；省略为现在所知 / As it was known at that instant; as it is known now where it is absent.
    #[param(example = "2026-11-20T02:00:00Z")]
    pub(super) known_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TaskQuery {
    /// 备案情况 / Where the filing stands.
    #[param(example = "late")]
    pub(super) state: Option<FilingState>,
}

/// 职务的产生：随公职的填 post_id，属本人的填 person_id，代表单位的填 unit_id / An office to be filled: by a post, a person, or for a unit, as its kind asks.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeGrant {
    /// 职务类别 / Kind.
    #[schema(examples("council_unit"))]
    kind: OfficeKind,
    /// 专委会或分会 / The committee or branch.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"))]
    body_id: Option<Uuid>,
    /// 公职 / The post that it rests on.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e01"))]
    post_id: Option<Uuid>,
    /// 人员 / The person.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    person_id: Option<Uuid>,
    /// 单位 / The unit that it is held for.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    unit_id: Option<Uuid>,
    /// 起始之日；省略为今天 / First day; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    since: Option<NaiveDate>,
    /// 终止之日（当日不再担任）/ The first day after.
    #[serde(default)]
    #[schema(examples("2027-01-01"))]
    until: Option<NaiveDate>,
    /// 依据 / What it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("理事会纪要〔2026〕2号"))]
    basis: Text<2, 200>,
    /// 协商或选举；仅用于年度执行副会长 / Of consulted or elected vice-presidents alone.
    #[serde(default)]
    method: Option<OfficeMethod>,
    /// 理事会决定 / The council's decision.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0e07"))]
    decision_id: Option<Uuid>,
    /// 本系统启用前所作决定的日期，依据即其文件 / Day of a decision from before, whose document is the basis.
    #[serde(default)]
    #[schema(examples("2025-12-20"))]
    decided_on: Option<NaiveDate>,
}

impl From<OfficeGrant> for NewTenure {
    fn from(new: OfficeGrant) -> Self {
        Self {
            kind: new.kind,
            body: new.body_id.map(BodyId),
            post: new.post_id.map(PostId),
            person: new.person_id.map(PersonId),
            unit: new.unit_id.map(UnitId),
            since: new.since,
            until: new.until,
            basis: new.basis,
            method: new.method,
            decision: new.decision_id.map(DecisionId),
            decided_on: new.decided_on,
        }
    }
}

/// 职务终止 / The end of an office.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeEnd {
    /// 终止之日（当日不再担任）；省略为今天 / The first day after; today where it is absent.
    #[serde(default)]
    #[schema(examples("2026-11-20"))]
    pub(super) until: Option<NaiveDate>,
    /// 终止依据 / What it rests on.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("理事会纪要〔2026〕3号"))]
    pub(super) basis: Text<2, 200>,
}

/// 更正：原记录保留可查 / A correction: what was believed stays known.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeCorrect {
    /// 系误登，撤销 / It never was.
    #[serde(default)]
    annulled: bool,
    /// 起始之日 / First day.
    #[serde(default)]
    #[schema(examples("2026-01-08"))]
    since: Option<NaiveDate>,
    /// 终止之日（当日不再担任）/ The first day after.
    #[serde(default)]
    #[schema(examples("2026-11-20"))]
    until: Option<NaiveDate>,
    /// 无终止之日 / It has no end; `until` is absent then.
    #[serde(default)]
    open_ended: bool,
    /// 更正理由 / Why it is corrected.
    #[schema(value_type = String, min_length = 2, max_length = 200, pattern = r"^[^\u0000-\u001F\u202A-\u202E\u2066-\u2069]*$", examples("起始日期登记有误。"))]
    reason: Text<2, 200>,
}

impl From<OfficeCorrect> for Revision {
    fn from(given: OfficeCorrect) -> Self {
        let OfficeCorrect { annulled, since, until, open_ended, reason } = given;
        Self { annulled, since, until: if open_ended { Some(None) } else { until.map(Some) }, reason }
    }
}

/// 职务变更备案 / The filing of a change of office.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeFiling {
    /// 继任人员；省略为最早一项未备案的变更 / The successor; the earliest change that is not filed where it is absent.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04"))]
    pub(super) person_id: Option<Uuid>,
}

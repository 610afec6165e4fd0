//! Exchange events and sign-ups in requests.

use chrono::{DateTime, NaiveDate, Utc};
use gongjian_committees::committee::exchange::commands::{NewExchange, Outcome};
use gongjian_committees::committee::exchange::{
    ExchangeFilter, ExchangeKind, ExchangeStatus, SignUpFilter, SignUpStatus,
};
use gongjian_kernel::Text;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::extract::AnyOf;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExchangeEventQuery {
    /// 专委会 / The committee.
    #[param(example = "01980000-0000-7000-8000-000000001702")]
    committee_id: Option<Uuid>,
    /// 类别，逗号分隔 / Kind, any of.
    #[param(style = Form, explode = false, example = json!(["experience_exchange"]))]
    kind: Option<AnyOf<ExchangeKind>>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["announced"]))]
    status: Option<AnyOf<ExchangeStatus>>,
}

impl From<&ExchangeEventQuery> for ExchangeFilter {
    fn from(query: &ExchangeEventQuery) -> Self {
        Self {
            committee_id: query.committee_id,
            kind: query.kind.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExchangeSignUpQuery {
    /// 交流活动 / The event.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1751")]
    exchange_event_id: Option<Uuid>,
    /// 报名单位 / The unit.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 状态，逗号分隔 / Status, any of.
    #[param(style = Form, explode = false, example = json!(["signed_up"]))]
    status: Option<AnyOf<SignUpStatus>>,
}

impl From<&ExchangeSignUpQuery> for SignUpFilter {
    fn from(query: &ExchangeSignUpQuery) -> Self {
        Self {
            exchange_event_id: query.exchange_event_id,
            unit_id: query.unit_id,
            status: query.status.as_ref().map(|any| any.0.clone()).unwrap_or_default(),
        }
    }
}

/// 交流活动 / An exchange event to be announced.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExchangeEventCreate {
    /// 类别 / Kind.
    kind: ExchangeKind,
    /// 名称 / Title.
    #[schema(examples("科研院所党建经验交流会"))]
    title: Text<2, 200>,
    /// 内容 / What it is about.
    #[schema(examples("三家院所介绍支部建在课题组上的做法。"))]
    detail: Text<2, 2000>,
    /// 开始时间，须在此刻之后 / When it starts, after now.
    #[schema(examples("2026-12-10T01:00:00Z"))]
    starts_at: DateTime<Utc>,
    /// 地点 / Where.
    #[schema(examples("区委党校报告厅"))]
    place: Text<1, 200>,
    /// 报名截止日期，含当日；不填则至活动开始 / Last day for signing up, included; to its beginning where absent.
    #[serde(default)]
    #[schema(examples("2026-12-08"))]
    sign_up_until: Option<NaiveDate>,
    /// 名额；不填则不限 / How many units can take part; any number where absent.
    #[serde(default)]
    #[validate(range(min = 1, max = 10_000, code = "out_of_range", message = "应为 1 至 10000。 / Give 1 to 10000."))]
    #[schema(minimum = 1, maximum = 10_000, examples(30))]
    capacity: Option<i32>,
}

impl From<ExchangeEventCreate> for NewExchange {
    fn from(new: ExchangeEventCreate) -> Self {
        let ExchangeEventCreate { kind, title, detail, starts_at, place, sign_up_until, capacity } = new;
        Self { kind, title, detail, starts_at, place, sign_up_until, capacity }
    }
}

/// 活动成果 / What came of an event.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExchangeEventOutcome {
    /// 成果 / What came of it.
    #[schema(examples("形成可推广做法四条，两家单位达成共建意向。"))]
    outcome: Text<2, 2000>,
    /// 参加人数 / How many people came.
    #[validate(range(
        min = 0,
        max = 100_000,
        code = "out_of_range",
        message = "应为 0 至 100000。 / Give 0 to 100000."
    ))]
    #[schema(minimum = 0, maximum = 100_000, examples(56))]
    attendance_count: i32,
}

impl From<ExchangeEventOutcome> for Outcome {
    fn from(given: ExchangeEventOutcome) -> Self {
        Self { outcome: given.outcome, attendance_count: given.attendance_count }
    }
}

/// 报名 / A sign-up.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct ExchangeSignUpCreate {
    /// 报名单位；只代表一个单位的可省略 / The unit; may be absent for one who acts for a single one.
    #[serde(default)]
    #[schema(examples("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01"))]
    pub(super) unit_id: Option<Uuid>,
}

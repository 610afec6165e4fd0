//! The rates and figures of the ledger.

use std::collections::HashMap;

use actix_web::get;
use chrono::NaiveDate;
use gongjian_ledger::issue::statistics::{GroupBy, Period, Rates, Tally, tally};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::all_names;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::view::UnitRef;
use crate::document::tag;
use crate::extract::{Caller, Query};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_issue_statistics);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatisticsQuery {
    /// 分组 / Broken down by.
    #[param(inline, example = "month")]
    #[serde(default = "total")]
    group_by: GroupBy,
    /// 登记日期不早于 / Registered on or after.
    #[param(example = "2026-01-01")]
    registered_on_gte: Option<NaiveDate>,
    /// 登记日期不晚于 / Registered on or before.
    #[param(example = "2026-12-31")]
    registered_on_lte: Option<NaiveDate>,
}

fn total() -> GroupBy {
    GroupBy::Total
}

/// 台账统计 / Statistics of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatisticsView {
    /// 分组方式 / What the figures are broken down by.
    group_by: GroupBy,
    /// 各组数据 / The groups.
    #[schema(max_items = 1000)]
    groups: Vec<GroupView>,
}

/// 一组数据 / One group.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GroupView {
    /// 组名：月份、分类、类别或街道；合计与按部门时为空 / Key of the group; null for the total and for departments.
    #[schema(max_length = 60, pattern = r"^[^\x00]*$", examples("2026-03"))]
    key: Option<String>,
    /// 承办部门 / The department.
    department: Option<UnitRef>,
    counts: CountsView,
    rates: RatesView,
}

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// 件数；并单事项随主事项计一件 / Numbers of issues; a merged one counts with its master.
        #[derive(Debug, Serialize, ToSchema)]
        pub(crate) struct CountsView {
            $($(#[$doc])* #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(20))] $name: i64,)*
        }
        impl From<&Tally> for CountsView {
            fn from(tally: &Tally) -> Self {
                Self { $($name: tally.$name,)* }
            }
        }
    };
}

counts! {
    /// 编号登记 / Registered.
    registered,
    /// 在办 / Open.
    open,
    /// 挂账 / Suspended.
    suspended,
    /// 销号 / Cancelled from the ledger.
    closed,
    /// 撤回 / Withdrawn.
    withdrawn,
    /// 超期未答复 / Overdue and unanswered.
    overdue,
    /// 交办 / Dispatched.
    dispatched,
    /// 退回过 / Returned at least once.
    returned,
    /// 重办过 / Reopened at least once.
    reopened,
    /// 催办过 / Urged at least once.
    urged,
    /// 督办过（三级以上）/ Supervised at level 3 or 4.
    supervised,
    /// 已签收或已到签收期限 / Signed for, or due to be.
    sign_due,
    /// 已签收 / Signed for.
    signed,
    /// 按时签收 / Signed for in time.
    signed_in_time,
    /// 已答复或已到时限 / Answered, or due without an answer.
    reply_due,
    /// 已答复 / Answered.
    replied,
    /// 按时答复 / Answered in time.
    replied_in_time,
    /// 逾期自动确认 / Confirmed by silence.
    auto_confirmed,
    /// 回访剔除 / Feedback excluded.
    excluded,
    /// 有效回访 / Valid feedback.
    valid,
    /// 已联系 / Contacted.
    contacted,
    /// 已解决 / Solved.
    solved,
    /// 满意 / Satisfied.
    satisfied,
    /// 基本满意 / Basically satisfied.
    basically_satisfied,
}

/// 比率（百分数，两位小数）；分母为零时为空 / Percentages with two decimals; null where there is nothing to divide by.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RatesView {
    /// 响应率＝联系数÷有效回访 / Contacted of valid.
    #[schema(minimum = 0, maximum = 100, examples(95.0))]
    response_rate: Option<f64>,
    /// 解决率＝解决数÷有效回访 / Solved of valid.
    #[schema(minimum = 0, maximum = 100, examples(95.0))]
    solution_rate: Option<f64>,
    /// 满意率＝(满意＋折算×基本满意)÷有效回访 / Satisfied, and basically satisfied at its weight, of valid.
    #[schema(minimum = 0, maximum = 100, examples(93.5))]
    satisfaction_rate: Option<f64>,
    /// 综合得分 / Weighted score.
    #[schema(minimum = 0, maximum = 100, examples(94.4))]
    score: Option<f64>,
    /// 按时签收率＝按时签收÷(已签收或已到期限) / Signed for in time of those signed for or due.
    #[schema(minimum = 0, maximum = 100, examples(100.0))]
    sign_in_time_rate: Option<f64>,
    /// 按时办结率＝按时答复÷(已答复或已到时限) / Answered in time of those answered or due.
    #[schema(minimum = 0, maximum = 100, examples(96.0))]
    reply_in_time_rate: Option<f64>,
    /// 销号率＝销号÷登记 / Cancelled of registered.
    #[schema(minimum = 0, maximum = 100, examples(74.07))]
    cancellation_rate: Option<f64>,
    /// 退单率 / Returned of dispatched.
    #[schema(minimum = 0, maximum = 100, examples(3.7))]
    return_rate: Option<f64>,
    /// 重办率 / Reopened of registered.
    #[schema(minimum = 0, maximum = 100, examples(3.7))]
    reopening_rate: Option<f64>,
    /// 平均办理工作日，自本轮起算日至答复，挂账期间不计 / Average working days from the start of the round to the reply, suspensions excluded.
    #[schema(minimum = 0, maximum = 100_000, examples(8.65))]
    average_workdays: Option<f64>,
}

impl From<Rates> for RatesView {
    fn from(rates: Rates) -> Self {
        Self {
            response_rate: rates.response,
            solution_rate: rates.solution,
            satisfaction_rate: rates.satisfaction,
            score: rates.score,
            sign_in_time_rate: rates.sign_in_time,
            reply_in_time_rate: rates.reply_in_time,
            cancellation_rate: rates.cancelled,
            return_rate: rates.returned,
            reopening_rate: rates.reopened,
            average_workdays: rates.average_workdays,
        }
    }
}

impl GroupView {
    fn of((tally, rates): (Tally, Rates), names: &HashMap<UnitId, String>) -> Self {
        Self {
            counts: CountsView::from(&tally),
            rates: rates.into(),
            department: tally.unit.map(|id| UnitRef::of(UnitId(id), names)),
            key: tally.group,
        }
    }
}

#[utoipa::path(
    operation_id = "getIssueStatistics",
    tag = tag::LEDGER,
    summary = "台账统计 / Statistics of the ledger",
    description = "响应率、解决率、满意率以有效回访为分母；按登记日期统计 / The three rates over valid feedback, and the other figures, by day of registration.",
    params(StatisticsQuery),
    responses((status = 200, body = StatisticsView, description = "统计 / The figures")),
)]
#[get("/v1/statistics/issues")]
pub(crate) async fn get_issue_statistics(caller: Caller, query: Query<StatisticsQuery>) -> Answer {
    let names = all_names(caller.store()).await?;
    let period = Period { from: query.0.registered_on_gte, until: query.0.registered_on_lte };
    let rows = tally(caller.store(), &caller.act.actor, period, query.0.group_by).await?;
    let groups = rows.into_iter().map(|row| GroupView::of(row, &names)).collect();
    Ok(Reply::ok(&StatisticsView { group_by: query.0.group_by, groups })?)
}

//! The figures of a year (Articles 9(2) and 11(2)): composed here, from the crates that keep the facts. A further
//! source is a further part of [`AnnualFigures`].

use actix_web::get;
use chrono::NaiveDate;
use gongjian_governance::figures::{self, OfGovernance};
use gongjian_governance::plan::Figure;
use gongjian_governance::plan::action::FIGURES_READ;
use gongjian_governance::plan::report::{FigureSource, FigureUnit};
use gongjian_kernel::actor::Association;
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{Actor, FieldFault, Refusal, Result, Say, Store};
use gongjian_ledger::issue::statistics::{GroupBy, Period, tally};
use gongjian_membership::statistics::{self, OfMembership};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::document::tag;
use crate::extract::{Caller, Query};
use crate::faults::INVALID_PARAMETER;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_annual_figures);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct FiguresQuery {
    /// 年度，省略时为今年 / The year; this year where it is absent.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    year: Option<i32>,
}

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident from $part:ident ($zh:literal, $en:literal),)*) => {
        /// 本会年度数据；本年度的截至今日 / The association's figures of a year; of this year until today.
        #[derive(Debug, Serialize, ToSchema)]
        pub(crate) struct AnnualFigures {
            /// 年度 / The year.
            #[schema(minimum = 2000, maximum = 2100, examples(2026))]
            year: i32,
            /// 截至 / The last day that is counted.
            #[schema(examples("2026-12-31"))]
            as_of: NaiveDate,
            $($(#[$doc])* #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(60))] $name: i64,)*
        }

        impl AnnualFigures {
            fn of(year: i32, as_of: NaiveDate, membership: OfMembership, governance: OfGovernance) -> Self {
                Self { year, as_of, $($name: figures!(@ $part membership governance).$name,)* }
            }

            /// As a report shows them, each with the request that answers it.
            fn listed(&self) -> Vec<Figure> {
                let query = format!("year={}", self.year);
                vec![$(Figure {
                    key: stringify!($name).to_owned(),
                    label_zh: $zh.to_owned(),
                    label_en: $en.to_owned(),
                    value: Some(self.$name as f64),
                    unit: FigureUnit::Count,
                    as_of: self.as_of,
                    source: FigureSource {
                        path: "/v1/statistics/association".to_owned(),
                        query: query.clone(),
                        pointer: concat!("/", stringify!($name)).to_owned(),
                    },
                },)*]
            }
        }
    };
    (@ membership $membership:ident $governance:ident) => { $membership };
    (@ governance $membership:ident $governance:ident) => { $governance };
}

figures! {
    /// 会员单位 / Member units at its end.
    members_at_end from membership ("会员单位", "Member units"),
    /// 入会 / Units that joined.
    joined from membership ("入会单位", "Units that joined"),
    /// 退会或终止 / Memberships that ended.
    left from membership ("退会或终止单位", "Memberships that ended"),
    /// 备案 / Filings made.
    filings from membership ("备案", "Filings made"),
    /// 逾期备案 / Filings made late.
    filings_late from membership ("逾期备案", "Filings made late"),
    /// 收到贡献 / Contributions received.
    contributions from membership ("收到会员贡献", "Contributions received"),
    /// 会员大会 / General meetings held.
    general_meetings from governance ("召开会员大会", "General meetings held"),
    /// 理事会会议 / Council meetings held.
    council_meetings from governance ("召开理事会", "Council meetings held"),
    /// 决议 / Decisions issued.
    decisions from governance ("印发决议", "Decisions issued"),
}

/// The last day that figures of the year count: its last one, or today.
fn until(store: &Store, year: i32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX);
    last.min(store.today())
}

async fn of_year(store: &Store, year: i32) -> Result<AnnualFigures> {
    let as_of = until(store, year);
    let db = store.db.reader();
    let membership = statistics::of_year(db, year, as_of).await?;
    Ok(AnnualFigures::of(year, as_of, membership, figures::of_year(db, year, as_of).await?))
}

/// All figures of a work report, live: those of the association, and those of the issue ledger.
pub(super) async fn live(store: &Store, actor: &Actor, year: i32) -> Result<Vec<Figure>> {
    let mut figures = of_year(store, year).await?.listed();
    figures.extend(of_ledger(store, actor, year).await?);
    Ok(figures)
}

/// Article 23: issues registered in the year, and what became of them.
async fn of_ledger(store: &Store, actor: &Actor, year: i32) -> Result<Vec<Figure>> {
    let as_of = until(store, year);
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    let period = Period { from: first, until: Some(as_of) };
    let rows = tally(store, actor, period, GroupBy::Total).await?;
    let Some((counts, rates)) = rows.into_iter().next() else { return Ok(Vec::new()) };
    let query = format!("registered_on_gte={year}-01-01&registered_on_lte={as_of}");
    let figure = |key: &str, zh: &str, en: &str, value: Option<f64>, unit, pointer: &str| Figure {
        key: key.to_owned(),
        label_zh: zh.to_owned(),
        label_en: en.to_owned(),
        value,
        unit,
        as_of,
        source: FigureSource {
            path: "/v1/statistics/issues".to_owned(),
            query: query.clone(),
            pointer: format!("/groups/0/{pointer}"),
        },
    };
    let count =
        |key, zh, en, value: i64, pointer: &str| figure(key, zh, en, Some(value as f64), FigureUnit::Count, pointer);
    let rate = |key, zh, en, value, pointer: &str| figure(key, zh, en, value, FigureUnit::Percent, pointer);
    Ok(vec![
        count("issues_registered", "登记意见", "Issues registered", counts.registered, "counts/registered"),
        count("issues_closed", "销号意见", "Issues cancelled from the ledger", counts.closed, "counts/closed"),
        rate("solution_rate", "解决率", "Solution rate", rates.solution, "rates/solution_rate"),
        rate("satisfaction_rate", "满意率", "Satisfaction rate", rates.satisfaction, "rates/satisfaction_rate"),
    ])
}

#[utoipa::path(
    operation_id = "getAnnualFigures",
    tag = tag::CHARTER,
    summary = "本会年度数据 / The association's figures of a year",
    description = "会员、备案、贡献、会议与决议的年度数据，工作报告由此预填；意见台账数据见台账统计 / Members, filings, contributions, meetings and decisions of a year, which a work report is filled from; the issue ledger has statistics of its own.",
    params(FiguresQuery),
    responses((status = 200, body = AnnualFigures, description = "年度数据 / The figures")),
)]
#[get("/v1/statistics/association")]
pub(crate) async fn get_annual_figures(caller: Caller, query: Query<FiguresQuery>) -> Answer {
    use chrono::Datelike as _;
    caller.authorize(&FIGURES_READ, &Association)?;
    let year = query.0.year.unwrap_or_else(|| caller.store().today().year());
    if !(2000..=2100).contains(&year) {
        let detail = Say::fixed("年度应为 2000 至 2100。", "Give a year from 2000 to 2100.");
        let fault = FieldFault { at: Locator::Parameter("year".to_owned()), code: "out_of_range", detail };
        return Err(Refusal { fields: vec![fault], ..Refusal::of(&INVALID_PARAMETER) }.into());
    }
    Ok(Reply::ok(&of_year(caller.store(), year).await?)?)
}

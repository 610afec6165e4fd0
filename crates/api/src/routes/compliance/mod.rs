//! What the charter still asks for: the calendar, the reasons of breaches, feeds for other calendars.

mod explanations;
mod feeds;
mod ics;
mod input;
mod view;

use actix_web::get;
use gongjian_governance::compliance::{obligations, queries};
use utoipa_actix_web::service_config::ServiceConfig;

use self::input::{DutyQuery, SummaryQuery};
pub(crate) use self::view::ObligationView;
use self::view::{ComplianceSummaryView, DutyView};
use crate::document::tag;
use crate::extract::{Caller, Filter, NoFilter, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(crate) use feeds::without_secret;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_obligations)
        .service(get_summary)
        .service(list_duties)
        .configure(explanations::configure)
        .configure(feeds::configure);
}

#[utoipa::path(
    operation_id = "listDuties",
    tag = tag::COMPLIANCE,
    summary = "合规日历 / The compliance calendar",
    description = "章程要求的事项，按到期日排列；是否履行只看已记录的事实（facts）。省略 year 时为今年及此前仍未履行的。本会公开事项人人可见（第九条第二项），单位、分会只见与本单位、本分会有关的，理事会见全部 / What the charter asks for, by the day on which it is due; recorded facts alone meet it. Without `year`: this year, and what is open from before. The association's own are for everybody in it (Article 9(2)); a unit or branch sees what concerns it, the council all.",
    params(Paging, DutyQuery),
    responses((status = 200, body = PageOf<DutyView>, description = "一页 / One page")),
)]
#[get("/v1/compliance")]
pub(crate) async fn list_duties(caller: Caller, query: Filter<DutyQuery>) -> Answer {
    let filter = query.by.filter(caller.store().today())?;
    let actor = &caller.act.actor;
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let today = caller.store().today();
    Ok(query.reply(&PageOf::of(page, |duty| DutyView::of(actor, duty, today, caller.lang)))?)
}

#[utoipa::path(
    operation_id = "getComplianceSummary",
    tag = tag::COMPLIANCE,
    summary = "合规概况 / The calendar in figures",
    description = "按状态、按条款计数；条件与合规日历相同 / Counts by state and by article, with the filters of the calendar.",
    params(SummaryQuery),
    responses((status = 200, body = ComplianceSummaryView, description = "概况 / The figures")),
)]
#[get("/v1/compliance/summary")]
pub(crate) async fn get_summary(caller: Caller, query: Query<SummaryQuery>) -> Answer {
    let today = caller.store().today();
    let filter = query.0.filter(today)?;
    let summary = queries::summary(caller.store(), &caller.act.actor, &filter).await?;
    Ok(Reply::ok(&ComplianceSummaryView::of(&summary, &filter, today))?)
}

#[utoipa::path(
    operation_id = "listObligations",
    tag = tag::COMPLIANCE,
    summary = "章程要求的事项 / What the charter asks for",
    description = "各项义务的条款、强度与周期 / Each obligation with its article, strength and cadence.",
    params(Paging),
    responses((status = 200, body = PageOf<ObligationView>, description = "一页 / One page")),
)]
#[get("/v1/compliance/obligations")]
pub(crate) async fn list_obligations(caller: Caller, query: Filter<NoFilter>) -> Answer {
    let keys = &caller.store().keys;
    let after: Option<u64> = match query.page.cursor.as_deref() {
        Some(cursor) => Some(gongjian_kernel::page::open(keys, "obligations", cursor)?),
        None => None,
    };
    let rest = (0..).zip(obligations()).filter(|(at, _)| after.is_none_or(|after| *at > after));
    let page = gongjian_kernel::page::Page::cut(rest.collect(), query.page.limit, keys, "obligations", |(at, _)| *at)?;
    Ok(query.reply(&PageOf::of(page, |(_, known)| ObligationView::of(known, caller.lang)))?)
}

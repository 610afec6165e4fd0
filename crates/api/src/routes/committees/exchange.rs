//! Exchange of experience and joint activities of a committee (Article 17(1)).

mod input;
pub(super) mod sign_ups;
mod view;

use actix_web::{get, post, web};
use gongjian_committees::committee::action::{EXCHANGE_HOST, EXCHANGE_READ};
use gongjian_committees::committee::exchange::{ExchangeEventId, ExchangeFilter, commands, queries};
use gongjian_committees::committee::queries as committees;
use gongjian_governance::body::BodyId;
use gongjian_kernel::{Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{ExchangeEventCreate, ExchangeEventOutcome, ExchangeEventQuery};
use self::view::ExchangeEventView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_exchange_events)
        .service(announce_exchange_event)
        .service(get_exchange_event)
        .service(hold_exchange_event)
        .service(cancel_exchange_event)
        .configure(sign_ups::configure);
}

#[utoipa::path(
    operation_id = "listExchangeEvents",
    tag = tag::COMMITTEES,
    summary = "交流活动列表 / List exchange events",
    description = "第十七条：党建经验交流及共建联建活动，最近的在前；会员均可查看 / Article 17: exchange of experience and joint activities, the latest first; every member may see them.",
    params(Paging, ExchangeEventQuery),
    responses((status = 200, body = PageOf<ExchangeEventView>, description = "一页 / One page")),
)]
#[get("/v1/exchange-events")]
pub(crate) async fn list_exchange_events(caller: Caller, query: Filter<ExchangeEventQuery>) -> Answer {
    let filter = ExchangeFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let now = store.now();
    Ok(query.reply(&PageOf::of(page, |found| ExchangeEventView::of(actor, found, now)))?)
}

#[utoipa::path(
    operation_id = "announceExchangeEvent",
    tag = tag::COMMITTEES,
    summary = "发布交流活动 / Announce an exchange event",
    description = "第十七条第（一）项：由专委会主任或牵头单位的固定代表、联络人发布；可设报名截止日期和名额 / Article 17(1): by a director or by the lead unit's representative or liaison; with a last day for signing up and a number of places, if any.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001702")),
    request_body = ExchangeEventCreate,
    responses((status = 201, body = ExchangeEventView, description = "已发布 / Announced")),
)]
#[post("/v1/committees/{committee_id}/exchange-events")]
pub(crate) async fn announce_exchange_event(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<ExchangeEventCreate>,
) -> Answer {
    let id = BodyId(path.into_inner());
    let allowed = committees::may(caller.store(), &caller.act.actor, id, &EXCHANGE_HOST, None);
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::announce(work, id, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/exchange-events/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getExchangeEvent",
    tag = tag::COMMITTEES,
    summary = "查看交流活动 / Read an exchange event",
    description = "第十七条：时间地点、名额及报名情况；举办后的成果，或取消的理由 / Article 17: time, place, places and sign-ups; what came of it, or why it was cancelled.",
    params(("exchange_event_id" = Uuid, Path, description = "活动标识 / Id of the event", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1751")),
    responses((status = 200, body = ExchangeEventView, description = "活动 / The event")),
)]
#[get("/v1/exchange-events/{exchange_event_id}")]
pub(crate) async fn get_exchange_event(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::check(store, actor, ExchangeEventId(path.into_inner()), &EXCHANGE_READ).await?;
    let version = found.event.version;
    Ok(Reply::ok(&ExchangeEventView::of(actor, found, store.now()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "holdExchangeEvent",
    tag = tag::COMMITTEES,
    summary = "登记活动成果 / Enter the outcome of an event",
    description = "第十七条第（一）项：活动开始后由主任或牵头单位登记成果和参加人数 / Article 17(1): once it has begun, a director or the lead unit enters what came of it and how many came.",
    params(("exchange_event_id" = Uuid, Path, description = "活动标识 / Id of the event", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1751"), IfMatch),
    request_body = ExchangeEventOutcome,
    responses((status = 200, body = ExchangeEventView, description = "已举办 / Held")),
)]
#[post("/v1/exchange-events/{exchange_event_id}/hold")]
pub(crate) async fn hold_exchange_event(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ExchangeEventOutcome>,
) -> Answer {
    let id = ExchangeEventId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, given| {
            commands::hold(work, target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "cancelExchangeEvent",
    tag = tag::COMMITTEES,
    summary = "取消交流活动 / Cancel an exchange event",
    description = "第十七条第（一）项：由主任或牵头单位取消，说明理由 / Article 17(1): by a director or the lead unit, with a reason.",
    params(("exchange_event_id" = Uuid, Path, description = "活动标识 / Id of the event", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1751"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ExchangeEventView, description = "已取消 / Cancelled")),
)]
#[post("/v1/exchange-events/{exchange_event_id}/cancel")]
pub(crate) async fn cancel_exchange_event(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ExchangeEventId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, given| {
            commands::cancel(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: ExchangeEventId) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, &EXCHANGE_HOST).await.map(drop)
}

/// The event as it is after a command.
async fn after(work: &Work<'_>, id: ExchangeEventId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, work.today()).await?;
    let version = found.event.version;
    Ok(Reply::ok(&ExchangeEventView::of(work.actor(), found, work.now()))?.etag_of_view(version))
}

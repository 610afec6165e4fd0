//! Signing up for exchange events (Article 17(1)).

use actix_web::{get, post, web};
use gongjian_committees::committee::action::{EXCHANGE_READ, EXCHANGE_SIGN_UP};
use gongjian_committees::committee::exchange::{ExchangeEventId, SignUpFilter, SignUpId, commands, queries};
use gongjian_kernel::{Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{ExchangeSignUpCreate, ExchangeSignUpQuery};
use super::view::ExchangeSignUpView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_exchange_sign_ups)
        .service(sign_up_for_exchange_event)
        .service(get_exchange_sign_up)
        .service(withdraw_exchange_sign_up);
}

#[utoipa::path(
    operation_id = "listExchangeSignUps",
    tag = tag::COMMITTEES,
    summary = "交流活动报名列表 / List sign-ups for exchange events",
    description = "第十七条：各单位的报名，最近的在前；会员均可查看 / Article 17: who has signed up, the latest first; every member may see them.",
    params(Paging, ExchangeSignUpQuery),
    responses((status = 200, body = PageOf<ExchangeSignUpView>, description = "一页 / One page")),
)]
#[get("/v1/exchange-sign-ups")]
pub(crate) async fn list_exchange_sign_ups(caller: Caller, query: Filter<ExchangeSignUpQuery>) -> Answer {
    let filter = SignUpFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list_sign_ups(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let (names, today) = (all_names(store).await?, store.today());
    Ok(query.reply(&PageOf::of(page, |found| ExchangeSignUpView::of(actor, found, &names, today)))?)
}

#[utoipa::path(
    operation_id = "signUpForExchangeEvent",
    tag = tag::COMMITTEES,
    summary = "报名交流活动 / Sign up for an exchange event",
    description = "第十七条第（一）项：在会单位由固定代表或联络人报名，一个单位报名一次；名额满、已截止的不再接受 / Article 17(1): a member unit signs up once, by its representative or liaison, while there is a place and time.",
    params(("exchange_event_id" = Uuid, Path, description = "活动标识 / Id of the event", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1751")),
    request_body = ExchangeSignUpCreate,
    responses((status = 201, body = ExchangeSignUpView, description = "已报名 / Signed up")),
)]
#[post("/v1/exchange-events/{exchange_event_id}/sign-ups")]
pub(crate) async fn sign_up_for_exchange_event(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<ExchangeSignUpCreate>,
) -> Answer {
    let id = ExchangeEventId(path.into_inner());
    let allowed = queries::may_sign_up(caller.store(), &caller.act.actor, id);
    caller
        .command(body, allowed, async |work, given| {
            let made = commands::sign_up(work, id, given.unit_id.map(UnitId)).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/exchange-sign-ups/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getExchangeSignUp",
    tag = tag::COMMITTEES,
    summary = "查看交流活动报名 / Read a sign-up",
    description = "第十七条：报名单位、活动和状态 / Article 17: the unit, the event, and where it stands.",
    params(("sign_up_id" = Uuid, Path, description = "报名标识 / Id of the sign-up", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1752")),
    responses((status = 200, body = ExchangeSignUpView, description = "报名 / The sign-up")),
)]
#[get("/v1/exchange-sign-ups/{sign_up_id}")]
pub(crate) async fn get_exchange_sign_up(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::check_sign_up(store, actor, SignUpId(path.into_inner()), &EXCHANGE_READ).await?;
    let (version, names) = (found.sign_up.version, all_names(store).await?);
    Ok(Reply::ok(&ExchangeSignUpView::of(actor, found, &names, store.today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "withdrawExchangeSignUp",
    tag = tag::COMMITTEES,
    summary = "取消报名 / Take back a sign-up",
    description = "第十七条第（一）项：活动举办或取消前，由报名单位取消；名额退回，可再次报名 / Article 17(1): by the unit, until the event is held or cancelled; its place is free, and it may sign up again.",
    params(("sign_up_id" = Uuid, Path, description = "报名标识 / Id of the sign-up", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1752"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ExchangeSignUpView, description = "已取消 / Taken back")),
)]
#[post("/v1/exchange-sign-ups/{sign_up_id}/withdraw")]
pub(crate) async fn withdraw_exchange_sign_up(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = SignUpId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, _| {
            commands::withdraw(work, target).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: SignUpId) -> Result<()> {
    queries::check_sign_up(caller.store(), &caller.act.actor, id, &EXCHANGE_SIGN_UP).await.map(drop)
}

/// The sign-up as it is after a command.
async fn after(work: &Work<'_>, id: SignUpId) -> Result<Reply> {
    let found = queries::find_sign_up(work.tx(), id).await?;
    let (version, names) = (found.sign_up.version, all_names_within(work).await?);
    Ok(Reply::ok(&ExchangeSignUpView::of(work.actor(), found, &names, work.today()))?.etag_of_view(version))
}

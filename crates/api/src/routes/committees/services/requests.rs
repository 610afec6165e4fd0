//! Asking for services of committees, and what becomes of it (Article 17(2)).

use actix_web::{get, post, web};
use gongjian_committees::committee::action::{SERVICE_ANSWER, SERVICE_REQUEST, SERVICE_REQUEST_READ};
use gongjian_committees::committee::service::{
    CommitteeServiceId, ServiceRequestFilter, ServiceRequestId, queries, requests,
};
use gongjian_kernel::{Permission, Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{ServiceRequestCreate, ServiceRequestOutcome, ServiceRequestQuery};
use super::view::ServiceRequestView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_service_requests)
        .service(request_committee_service)
        .service(get_service_request)
        .service(accept_service_request)
        .service(decline_service_request)
        .service(finish_service_request)
        .service(withdraw_service_request);
}

#[utoipa::path(
    operation_id = "listServiceRequests",
    tag = tag::COMMITTEES,
    summary = "服务申请列表 / List requests for services",
    description = "第十七条：最近的在前；申请单位见本单位的，主任、牵头单位见本专委会的，秘书处和会长、副会长见全部 / Article 17: the latest first; units see their own, directors and lead units those of their committee, the secretariat and officers all.",
    params(Paging, ServiceRequestQuery),
    responses((status = 200, body = PageOf<ServiceRequestView>, description = "一页 / One page")),
)]
#[get("/v1/service-requests")]
pub(crate) async fn list_service_requests(caller: Caller, query: Filter<ServiceRequestQuery>) -> Answer {
    let filter = ServiceRequestFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list_requests(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let (names, today) = (all_names(store).await?, store.today());
    Ok(query.reply(&PageOf::of(page, |found| ServiceRequestView::of(actor, found, &names, today)))?)
}

#[utoipa::path(
    operation_id = "requestCommitteeService",
    tag = tag::COMMITTEES,
    summary = "申请专委会服务 / Ask for a service of a committee",
    description = "第十七条第（二）项：在会单位由固定代表或联络人提出；服务已终止或过有效期的不再接受 / Article 17(2): a member unit asks by its representative or liaison, while the service is offered.",
    params(("committee_service_id" = Uuid, Path, description = "服务标识 / Id of the service", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1761")),
    request_body = ServiceRequestCreate,
    responses((status = 201, body = ServiceRequestView, description = "已申请 / Asked for")),
)]
#[post("/v1/committee-services/{committee_service_id}/requests")]
pub(crate) async fn request_committee_service(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<ServiceRequestCreate>,
) -> Answer {
    let id = CommitteeServiceId(path.into_inner());
    let allowed = queries::may_ask(caller.store(), &caller.act.actor, id);
    caller
        .command(body, allowed, async |work, given| {
            let made = requests::ask(work, id, given.unit_id.map(UnitId), given.question.clone()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/service-requests/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getServiceRequest",
    tag = tag::COMMITTEES,
    summary = "查看服务申请 / Read a request for a service",
    description = "第十七条：申请内容、办理结果或未受理的理由 / Article 17: what was asked, what came of it, or why it was declined.",
    params(("service_request_id" = Uuid, Path, description = "申请标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1762")),
    responses((status = 200, body = ServiceRequestView, description = "申请 / The request")),
)]
#[get("/v1/service-requests/{service_request_id}")]
pub(crate) async fn get_service_request(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let id = ServiceRequestId(path.into_inner());
    let found = queries::check_request(store, actor, id, &SERVICE_REQUEST_READ).await?;
    let (version, names) = (found.request.version, all_names(store).await?);
    Ok(Reply::ok(&ServiceRequestView::of(actor, found, &names, store.today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "acceptServiceRequest",
    tag = tag::COMMITTEES,
    summary = "受理服务申请 / Accept a request for a service",
    description = "第十七条第（二）项：由主任或牵头单位受理 / Article 17(2): by a director or the lead unit.",
    params(("service_request_id" = Uuid, Path, description = "申请标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1762"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ServiceRequestView, description = "已受理 / Accepted")),
)]
#[post("/v1/service-requests/{service_request_id}/accept")]
pub(crate) async fn accept_service_request(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ServiceRequestId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &SERVICE_ANSWER), async |work, target, _| {
            requests::accept(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineServiceRequest",
    tag = tag::COMMITTEES,
    summary = "不予受理服务申请 / Decline a request for a service",
    description = "第十七条第（二）项：由主任或牵头单位说明理由 / Article 17(2): by a director or the lead unit, with a reason.",
    params(("service_request_id" = Uuid, Path, description = "申请标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1762"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ServiceRequestView, description = "未受理 / Declined")),
)]
#[post("/v1/service-requests/{service_request_id}/decline")]
pub(crate) async fn decline_service_request(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ServiceRequestId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &SERVICE_ANSWER), async |work, target, given| {
            requests::decline(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "finishServiceRequest",
    tag = tag::COMMITTEES,
    summary = "办结服务申请 / Finish a request for a service",
    description = "第十七条第（二）项：受理后由主任或牵头单位登记结果 / Article 17(2): once accepted, a director or the lead unit enters what came of it.",
    params(("service_request_id" = Uuid, Path, description = "申请标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1762"), IfMatch),
    request_body = ServiceRequestOutcome,
    responses((status = 200, body = ServiceRequestView, description = "已办结 / Done")),
)]
#[post("/v1/service-requests/{service_request_id}/finish")]
pub(crate) async fn finish_service_request(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ServiceRequestOutcome>,
) -> Answer {
    let id = ServiceRequestId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &SERVICE_ANSWER), async |work, target, given| {
            requests::finish(work, target, given.outcome.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawServiceRequest",
    tag = tag::COMMITTEES,
    summary = "撤回服务申请 / Take back a request for a service",
    description = "第十七条第（二）项：办结前由申请单位撤回 / Article 17(2): by the unit, before it is done.",
    params(("service_request_id" = Uuid, Path, description = "申请标识 / Id of the request", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1762"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ServiceRequestView, description = "已撤回 / Taken back")),
)]
#[post("/v1/service-requests/{service_request_id}/withdraw")]
pub(crate) async fn withdraw_service_request(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ServiceRequestId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &SERVICE_REQUEST), async |work, target, _| {
            requests::withdraw(work, target).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: ServiceRequestId, wanted: &Permission) -> Result<()> {
    queries::check_request(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The request as it is after a command.
async fn after(work: &Work<'_>, id: ServiceRequestId) -> Result<Reply> {
    let found = queries::find_request(work.tx(), id, work.today()).await?;
    let (version, names) = (found.request.version, all_names_within(work).await?);
    Ok(Reply::ok(&ServiceRequestView::of(work.actor(), found, &names, work.today()))?.etag_of_view(version))
}

//! Consulting and information services of a committee (Article 17(2)).

mod input;
pub(super) mod requests;
mod view;

use actix_web::{get, post, web};
use gongjian_committees::committee::action::{SERVICE_OFFER, SERVICE_READ};
use gongjian_committees::committee::queries as committees;
use gongjian_committees::committee::service::{CommitteeServiceId, ServiceFilter, commands, queries};
use gongjian_governance::body::BodyId;
use gongjian_kernel::{Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{CommitteeServiceCreate, CommitteeServiceQuery};
use self::view::CommitteeServiceView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_committee_services)
        .service(offer_committee_service)
        .service(get_committee_service)
        .service(end_committee_service)
        .configure(requests::configure);
}

#[utoipa::path(
    operation_id = "listCommitteeServices",
    tag = tag::COMMITTEES,
    summary = "专委会服务列表 / List services of committees",
    description = "第十七条第（二）项：专业咨询、信息服务，最近的在前；会员均可查看 / Article 17(2): consulting and information services, the latest first; every member may see them.",
    params(Paging, CommitteeServiceQuery),
    responses((status = 200, body = PageOf<CommitteeServiceView>, description = "一页 / One page")),
)]
#[get("/v1/committee-services")]
pub(crate) async fn list_committee_services(caller: Caller, query: Filter<CommitteeServiceQuery>) -> Answer {
    let filter = ServiceFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let today = store.today();
    Ok(query.reply(&PageOf::of(page, |found| CommitteeServiceView::of(actor, found, today)))?)
}

#[utoipa::path(
    operation_id = "offerCommitteeService",
    tag = tag::COMMITTEES,
    summary = "发布专委会服务 / Offer a service of a committee",
    description = "第十七条第（二）项：由专委会主任或牵头单位的固定代表、联络人发布；可设有效期 / Article 17(2): by a director or by the lead unit's representative or liaison; with a last day, if any.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001702")),
    request_body = CommitteeServiceCreate,
    responses((status = 201, body = CommitteeServiceView, description = "已发布 / Offered")),
)]
#[post("/v1/committees/{committee_id}/services")]
pub(crate) async fn offer_committee_service(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<CommitteeServiceCreate>,
) -> Answer {
    let id = BodyId(path.into_inner());
    let allowed = committees::may(caller.store(), &caller.act.actor, id, &SERVICE_OFFER, None);
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::offer(work, id, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/committee-services/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getCommitteeService",
    tag = tag::COMMITTEES,
    summary = "查看专委会服务 / Read a service of a committee",
    description = "第十七条：服务内容、有效期和状态 / Article 17: what it is, its last day, and where it stands.",
    params(("committee_service_id" = Uuid, Path, description = "服务标识 / Id of the service", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1761")),
    responses((status = 200, body = CommitteeServiceView, description = "服务 / The service")),
)]
#[get("/v1/committee-services/{committee_service_id}")]
pub(crate) async fn get_committee_service(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::check(store, actor, CommitteeServiceId(path.into_inner()), &SERVICE_READ).await?;
    let version = found.service.version;
    Ok(Reply::ok(&CommitteeServiceView::of(actor, found, store.today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "endCommitteeService",
    tag = tag::COMMITTEES,
    summary = "终止专委会服务 / End a service of a committee",
    description = "第十七条第（二）项：由主任或牵头单位终止；已提出的申请继续办理 / Article 17(2): by a director or the lead unit; what was asked for is still answered.",
    params(("committee_service_id" = Uuid, Path, description = "服务标识 / Id of the service", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1761"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = CommitteeServiceView, description = "已终止 / Ended")),
)]
#[post("/v1/committee-services/{committee_service_id}/end")]
pub(crate) async fn end_committee_service(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = CommitteeServiceId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, _| {
            commands::end(work, target).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: CommitteeServiceId) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, &SERVICE_OFFER).await.map(drop)
}

/// The service as it is after a command.
async fn after(work: &Work<'_>, id: CommitteeServiceId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, work.today()).await?;
    let version = found.service.version;
    Ok(Reply::ok(&CommitteeServiceView::of(work.actor(), found, work.today()))?.etag_of_view(version))
}

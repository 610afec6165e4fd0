//! The bodies of the association, and who has a seat in them (Articles 11, 13, 15–18).

mod view;

use actix_web::{get, post, web};
use gongjian_governance::body::action::BODY_ESTABLISH;
use gongjian_governance::body::{BodyFilter, BodyId, commands, queries, roster};
use gongjian_kernel::actor::Association;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::view::{BodyCreate, BodyQuery, BodyView, RosterQuery, RosterView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::posts::moment::moment;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_bodies).service(establish_body).service(get_body).service(get_roster);
}

#[utoipa::path(
    operation_id = "listBodies",
    tag = tag::BODIES,
    summary = "机构列表 / List bodies",
    description = "会员大会、理事会、专家咨询委员会、专业研究委员会、街道分会 / The general meeting, the council, the expert committee, the committees and branches.",
    params(Paging, BodyQuery),
    responses((status = 200, body = PageOf<BodyView>, description = "一页 / One page")),
)]
#[get("/v1/bodies")]
pub(crate) async fn list_bodies(caller: Caller, query: Filter<BodyQuery>) -> Answer {
    let filter = BodyFilter::from(&query.by);
    let cursor = query.page.cursor.as_deref();
    let page = queries::list(caller.store(), &caller.act.actor, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, BodyView::from))?)
}

#[utoipa::path(
    operation_id = "establishBody",
    tag = tag::BODIES,
    summary = "设立分会或专委会 / Establish a branch or committee",
    description = "第十八条：一个街道一个分会，会长为街道党工委书记；第十七条：专委会及其牵头单位，须经理事会研究同意 / Article 18: a branch for each street, whose party secretary is its president. Article 17: a committee with its lead unit, to which the council agrees.",
    request_body = BodyCreate,
    responses((status = 201, body = BodyView, description = "已设立 / Established")),
)]
#[post("/v1/bodies")]
pub(crate) async fn establish_body(caller: Caller, body: Body<BodyCreate>) -> Answer {
    let allowed = async { caller.authorize(&BODY_ESTABLISH, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let body = commands::establish(work, caller.identity(), new.clone().into()).await?;
            let (id, version) = (body.id, body.version);
            Ok(Reply::ok(&BodyView::from(body))?.created(format!("/v1/bodies/{id}")).etag_of_view(version))
        })
        .await
}

#[utoipa::path(
    operation_id = "getBody",
    tag = tag::BODIES,
    summary = "查看机构 / Read a body",
    description = "机构及其设立依据 / The body, and what it rests on.",
    params(("body_id" = Uuid, Path, description = "机构标识 / Id of the body", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17")),
    responses((status = 200, body = BodyView, description = "机构 / The body")),
)]
#[get("/v1/bodies/{body_id}")]
pub(crate) async fn get_body(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let body = queries::read(caller.store(), &caller.act.actor, BodyId(path.into_inner())).await?;
    let version = body.version;
    Ok(Reply::ok(&BodyView::from(body))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "getRoster",
    tag = tag::BODIES,
    summary = "机构名册 / The roster of a body",
    description = "第十三条：理事会由六类来源推算，某日、按某一时刻所知；每席说明来源，一人数席只计一人 / Article 13: the council is computed from its six sources, for a day, as known at an instant; every seat says why it is one, and whoever has several counts once.",
    params(("body_id" = Uuid, Path, description = "机构标识 / Id of the body", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a17"), RosterQuery),
    responses((status = 200, body = RosterView, description = "名册 / The roster")),
)]
#[get("/v1/bodies/{body_id}/roster")]
pub(crate) async fn get_roster(caller: Caller, path: web::Path<Uuid>, query: Query<RosterQuery>) -> Answer {
    let at = moment(caller.store(), query.0.as_of, query.0.known_at);
    let found = roster(caller.store(), &caller.act.actor, BodyId(path.into_inner()), at).await?;
    Ok(Reply::ok(&RosterView::from(found))?)
}

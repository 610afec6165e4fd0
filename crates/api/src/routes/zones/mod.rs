//! Functional zones (Article 19).

mod view;

use actix_web::{get, patch, post, web};
use gongjian_committees::zone::action::{ZONE_FILE, ZONE_READ};
use gongjian_committees::zone::{ZoneFilter, ZoneId, commands, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub(super) use self::view::ZoneView;
use self::view::{ZoneCreate, ZoneQuery, ZoneUpdate};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_zones).service(file_zone).service(get_zone).service(revise_zone);
}

#[utoipa::path(
    operation_id = "listZones",
    tag = tag::BODIES,
    summary = "功能区列表 / List functional zones",
    description = "第十九条：功能区及其街道、召集单位，先登记的在前 / Article 19: the zones with their streets and the unit that convenes, in the order in which they were filed.",
    params(Paging, ZoneQuery),
    responses((status = 200, body = PageOf<ZoneView>, description = "一页 / One page")),
)]
#[get("/v1/zones")]
pub(crate) async fn list_zones(caller: Caller, query: Filter<ZoneQuery>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let filter = ZoneFilter::from(&query.by);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let (names, today) = (all_names(store).await?, store.today());
    Ok(query.reply(&PageOf::of(page, |found| ZoneView::of(found, &names, today)))?)
}

#[utoipa::path(
    operation_id = "fileZone",
    tag = tag::BODIES,
    summary = "登记功能区 / File a functional zone",
    description = "第十九条：秘书处登记功能区的街道和召集单位；一个街道可以属于几个功能区 / Article 19: the secretariat files a zone with its streets and the unit that convenes; a street may lie in several.",
    request_body = ZoneCreate,
    responses((status = 201, body = ZoneView, description = "已登记 / Filed")),
)]
#[post("/v1/zones")]
pub(crate) async fn file_zone(caller: Caller, body: Body<ZoneCreate>) -> Answer {
    let allowed = async { caller.authorize(&ZONE_FILE, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::file(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/zones/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getZone",
    tag = tag::BODIES,
    summary = "查看功能区 / Read a functional zone",
    description = "街道、召集单位、共性问题所在 / Its streets, the unit that convenes, and what the streets have in common.",
    params(("zone_id" = Uuid, Path, description = "功能区标识 / Id of the zone", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1901")),
    responses((status = 200, body = ZoneView, description = "功能区 / The zone")),
)]
#[get("/v1/zones/{zone_id}")]
pub(crate) async fn get_zone(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let store = caller.store();
    let found = queries::get(store, &caller.act.actor, ZoneId(path.into_inner())).await?;
    let (names, version) = (all_names(store).await?, found.zone.version);
    Ok(Reply::ok(&ZoneView::of(found, &names, store.today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "reviseZone",
    tag = tag::BODIES,
    summary = "调整功能区 / Revise a functional zone",
    description = "变更所给的成员，其余不变；街道整体替换，valid_until 为撤销之日 / Changes the members given and leaves the others; streets are replaced as a whole, `valid_until` ends the zone.",
    params(("zone_id" = Uuid, Path, description = "功能区标识 / Id of the zone", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1901"), IfMatch),
    request_body(content = ZoneUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = ZoneView, description = "调整后 / The zone as it is now")),
)]
#[patch("/v1/zones/{zone_id}")]
pub(crate) async fn revise_zone(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ZoneUpdate>,
) -> Answer {
    let id = ZoneId(path.into_inner());
    let allowed = async {
        authorize(&caller.act.actor, &ZONE_FILE, &ZONE_READ, &Association)?;
        queries::find(caller.store().db.reader(), id).await.map(drop)
    };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, edit| {
            commands::revise(work, target, edit.clone().into()).await?;
            after(work, id).await
        })
        .await
}

/// The zone as it is after a command.
async fn after(work: &Work<'_>, id: ZoneId) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?;
    let (names, version) = (all_names_within(work).await?, found.zone.version);
    Ok(Reply::ok(&ZoneView::of(found, &names, work.today()))?.etag_of_view(version))
}

//! Key projects of the year and their claims (Article 14(3)).

mod claims;
mod input;
mod view;

use actix_web::{get, patch, post, web};
use chrono::Datelike as _;
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Result, Work};
use gongjian_projects::key_project::action::KEY_PROJECT_PUBLISH;
use gongjian_projects::key_project::{KeyProjectFilter, KeyProjectId, commands, queries};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{KeyProjectCreate, KeyProjectQuery, KeyProjectUpdate, YearQuery};
use self::view::{CouncilUnitClaims, KeyProjectView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_key_projects)
        .service(publish_key_project)
        .service(get_key_project)
        .service(update_key_project)
        .service(list_council_unit_claims)
        .configure(claims::configure);
}

#[utoipa::path(
    operation_id = "listKeyProjects",
    tag = tag::PROJECTS,
    summary = "重点项目列表 / List key projects",
    description = "第九条、第十四条：最近发布的在前，含已认领和剩余份额 / Articles 9 and 14: the latest first, with the shares that are taken and left.",
    params(Paging, KeyProjectQuery),
    responses((status = 200, body = PageOf<KeyProjectView>, description = "一页 / One page")),
)]
#[get("/v1/key-projects")]
pub(crate) async fn list_key_projects(caller: Caller, query: Filter<KeyProjectQuery>) -> Answer {
    let filter = KeyProjectFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let today = store.today();
    Ok(query.reply(&PageOf::of(page, |found| KeyProjectView::of(found, today)))?)
}

#[utoipa::path(
    operation_id = "publishKeyProject",
    tag = tag::PROJECTS,
    summary = "发布重点项目 / Publish a key project",
    description = "第十一条第（三）项、第十七条：会员大会通过的年度计划中标明重点的项目，发布一次，写明份额和认领起止日期 / Articles 11(3) and 17: an item that the adopted annual plan marks as key is published once, with its shares and the days on which it can be claimed.",
    request_body = KeyProjectCreate,
    responses((status = 201, body = KeyProjectView, description = "已发布 / Published")),
)]
#[post("/v1/key-projects")]
pub(crate) async fn publish_key_project(caller: Caller, body: Body<KeyProjectCreate>) -> Answer {
    let allowed = async { caller.authorize(&KEY_PROJECT_PUBLISH, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::publish(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/key-projects/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getKeyProject",
    tag = tag::PROJECTS,
    summary = "查看重点项目 / Read a key project",
    description = "份额、认领起止日期和要求 / Its shares, the days on which it can be claimed, what it asks for.",
    params(("key_project_id" = Uuid, Path, description = "重点项目标识 / Id of the key project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2201")),
    responses((status = 200, body = KeyProjectView, description = "重点项目 / The key project")),
)]
#[get("/v1/key-projects/{key_project_id}")]
pub(crate) async fn get_key_project(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, KeyProjectId(path.into_inner())).await?;
    let version = found.project.version;
    Ok(Reply::ok(&KeyProjectView::of(found, caller.store().today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateKeyProject",
    tag = tag::PROJECTS,
    summary = "调整重点项目 / Revise a key project",
    description = "变更所给的成员，其余不变；份额不少于已认领的 / Changes the members given and leaves the others; no fewer shares than are taken.",
    params(("key_project_id" = Uuid, Path, description = "重点项目标识 / Id of the key project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2201"), IfMatch),
    request_body(content = KeyProjectUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = KeyProjectView, description = "调整后 / The key project as it is now")),
)]
#[patch("/v1/key-projects/{key_project_id}")]
pub(crate) async fn update_key_project(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<KeyProjectUpdate>,
) -> Answer {
    let id = KeyProjectId(path.into_inner());
    let allowed = queries::check(caller.store(), &caller.act.actor, id, &KEY_PROJECT_PUBLISH);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, edit| {
            commands::revise(work, target, edit.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listCouncilUnitClaims",
    tag = tag::PROJECTS,
    summary = "理事单位认领情况 / What council units have taken on",
    description = "第十四条第（三）项：今日各理事单位当年的认领数，未认领的在前；仅作统计 / Article 14(3): the council units of today with their claims of the year, those with none first. Statistics, nothing follows from it.",
    params(YearQuery),
    responses((status = 200, body = CouncilUnitClaims, description = "认领情况 / Claims by unit")),
)]
#[get("/v1/council-unit-claims")]
pub(crate) async fn list_council_unit_claims(caller: Caller, query: Query<YearQuery>) -> Answer {
    let store = caller.store();
    let today = store.today();
    let year = query.0.year.unwrap_or_else(|| today.year());
    let claimers = queries::claimers(store, &caller.act.actor, year, today).await?;
    Ok(Reply::ok(&CouncilUnitClaims::of(year, claimers))?)
}

/// The key project as it is after a command.
async fn after(work: &Work<'_>, id: KeyProjectId) -> Result<Reply> {
    let found = queries::within(work, id).await?;
    let version = found.project.version;
    Ok(Reply::ok(&KeyProjectView::of(found, work.today()))?.etag_of_view(version))
}

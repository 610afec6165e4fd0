//! Projects of member units: the declaration (Article 21).

mod input;
mod review;
mod view;

use actix_web::{get, post, put, web};
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Permission, Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use gongjian_projects::project::action::PROJECT_DECLARE;
use gongjian_projects::project::{Declaration, Project, ProjectFilter, ProjectId, commands, queries};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::{ProjectCreate, ProjectQuery};
use self::view::{ProjectRevisionView, ProjectSummary, ProjectView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_projects)
        .service(draft_project)
        .service(get_project)
        .service(save_declaration)
        .service(list_project_revisions)
        .service(submit_project)
        .service(withdraw_project)
        .configure(review::configure);
}

#[utoipa::path(
    operation_id = "listProjects",
    tag = tag::PROJECTS,
    summary = "项目列表 / List projects",
    description = "第二十、二十一条：最近的在前；单位见本单位和参与的，公示和立项的会员均可见，草稿只有本单位可见 / Articles 20 and 21: the latest first; a unit sees its own and those that it takes part in, every member what is made public or approved; drafts are their unit's alone.",
    params(Paging, ProjectQuery),
    responses((status = 200, body = PageOf<ProjectSummary>, description = "一页 / One page")),
)]
#[get("/v1/projects")]
pub(crate) async fn list_projects(caller: Caller, query: Filter<ProjectQuery>) -> Answer {
    let filter = ProjectFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| ProjectSummary::of(found, &names)))?)
}

#[utoipa::path(
    operation_id = "draftProject",
    tag = tag::PROJECTS,
    summary = "起草申报书 / Draft a declaration",
    description = "第二十一条：由会员单位的固定代表或联络人起草；草稿可以不全 / Article 21: by a unit's representative or liaison; a draft may have gaps.",
    request_body = ProjectCreate,
    responses((status = 201, body = ProjectView, description = "草稿 / The draft")),
)]
#[post("/v1/projects")]
pub(crate) async fn draft_project(caller: Caller, body: Body<ProjectCreate>) -> Answer {
    let allowed = async {
        match caller.act.actor.has_some(&PROJECT_DECLARE) {
            true => Ok(()),
            false => caller.authorize(&PROJECT_DECLARE, &Association),
        }
    };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::declare(work, new.clone().into()).await?;
            let path = format!("/v1/projects/{}", made.id);
            Ok(after(work, made).await?.created(path))
        })
        .await
}

#[utoipa::path(
    operation_id = "getProject",
    tag = tag::PROJECTS,
    summary = "查看项目 / Read a project",
    description = "状态、期限、公示与现行申报书 / Where it stands, its deadlines and publicity, the declaration as it is now.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211")),
    responses((status = 200, body = ProjectView, description = "项目 / The project")),
)]
#[get("/v1/projects/{project_id}")]
pub(crate) async fn get_project(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::get(store, actor, ProjectId(path.into_inner())).await?;
    let version = found.sight.project.version;
    Ok(Reply::ok(&ProjectView::of(actor, found, &*all_names(store).await?))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "saveDeclaration",
    tag = tag::PROJECTS,
    summary = "保存申报书 / Save the declaration",
    description = "草稿或退回补正时整体保存为新版；此前各版留存 / While it is a draft or returned, as a whole and as a new revision; those before stay.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"), IfMatch),
    request_body = Declaration,
    responses((status = 200, body = ProjectView, description = "保存后 / The project as it is now")),
)]
#[put("/v1/projects/{project_id}/declaration")]
pub(crate) async fn save_declaration(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Declaration>,
) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &PROJECT_DECLARE), async |work, target, declaration| {
            let now = commands::edit(work, target, declaration.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listProjectRevisions",
    tag = tag::PROJECTS,
    summary = "申报书各版 / Revisions of the declaration",
    description = "最近的在前；立项时的一版为任务书 / The latest first; the one that was approved is the task book.",
    params(Paging, ("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211")),
    responses((status = 200, body = PageOf<ProjectRevisionView>, description = "一页 / One page")),
)]
#[get("/v1/projects/{project_id}/revisions")]
pub(crate) async fn list_project_revisions(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (store, actor, id) = (caller.store(), &caller.act.actor, ProjectId(path.into_inner()));
    let page = queries::revisions(store, actor, id, query.page.limit, query.page.cursor.as_deref()).await?;
    let rows = page.rows.into_iter().map(ProjectRevisionView::of).collect::<Result<Vec<_>>>()?;
    let page = gongjian_kernel::page::Page { rows, next_cursor: page.next_cursor };
    Ok(query.reply(&PageOf::of(page, |view| view))?)
}

#[utoipa::path(
    operation_id = "submitProject",
    tag = tag::PROJECTS,
    summary = "申报项目 / Declare a project",
    description = "申报书须完整、预算须与合计相等；此后在期限内作形式审查 / Nothing is missing and the budget adds up; the form is checked within the limit.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ProjectView, description = "已申报 / Declared")),
)]
#[post("/v1/projects/{project_id}/submit")]
pub(crate) async fn submit_project(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &PROJECT_DECLARE), async |work, target, _| {
            let now = commands::submit(work, target).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawProject",
    tag = tag::PROJECTS,
    summary = "撤回项目 / Withdraw a project",
    description = "立项前由申报单位说明理由后撤回 / By the unit with a reason, before it is approved.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ProjectView, description = "已撤回 / Withdrawn")),
)]
#[post("/v1/projects/{project_id}/withdraw")]
pub(crate) async fn withdraw_project(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &PROJECT_DECLARE), async |work, target, given| {
            let now = commands::withdraw(work, target, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

pub(super) async fn may(caller: &Caller, id: ProjectId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await
}

/// The project as it is after a command.
pub(super) async fn after(work: &Work<'_>, now: Project) -> Result<Reply> {
    let found = queries::within(work, now).await?;
    let names = all_names_within(work).await?;
    let version = found.sight.project.version;
    Ok(Reply::ok(&ProjectView::of(work.actor(), found, &names))?.etag_of_view(version))
}

//! Projects: the check of form, publicity, objections, approval (Article 20).

use actix_web::{get, post, web};
use gongjian_governance::decision::DecisionId;
use gongjian_membership::unit::queries::{all_names, all_names_within};
use gongjian_projects::project::action::{PROJECT_APPROVE, PROJECT_CHECK, PROJECT_OBJECT};
use gongjian_projects::project::{ObjectionId, ProjectId, commands, queries};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{ObjectionAnswer, ObjectionCreate, ProjectPublicise};
use super::view::{ProjectObjectionView, ProjectView};
use super::{after, may};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(return_project)
        .service(pass_project)
        .service(reject_project)
        .service(publicise_project)
        .service(approve_project)
        .service(list_project_objections)
        .service(object_to_project)
        .service(get_objection)
        .service(answer_objection);
}

#[utoipa::path(
    operation_id = "returnProject",
    tag = tag::PROJECTS,
    summary = "退回补正 / Return for correction",
    description = "形式审查不合格的，写明补正内容退回；次数和期限按配置 / What is to be corrected; how often and until when is the policy's.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ProjectView, description = "已退回 / Returned")),
)]
#[post("/v1/projects/{project_id}/return")]
pub(crate) async fn return_project(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &PROJECT_CHECK), async |work, target, given| {
            let now = commands::send_back(work, target, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "passProject",
    tag = tag::PROJECTS,
    summary = "形式审查通过 / Pass the check of form",
    description = "此后由理事会研究核准（第二十条）/ The council may decide on it (Article 20).",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ProjectView, description = "已通过 / Passed")),
)]
#[post("/v1/projects/{project_id}/pass")]
pub(crate) async fn pass_project(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &PROJECT_CHECK), async |work, target, _| {
            let now = commands::pass(work, target).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "rejectProject",
    tag = tag::PROJECTS,
    summary = "不予立项 / Do not approve",
    description = "说明理由，告知申报单位 / With the reason, which the unit is told.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ProjectView, description = "未予立项 / Not approved")),
)]
#[post("/v1/projects/{project_id}/reject")]
pub(crate) async fn reject_project(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &PROJECT_CHECK), async |work, target, given| {
            let now = commands::reject(work, target, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "publiciseProject",
    tag = tag::PROJECTS,
    summary = "核准并公示 / Decide and make public",
    description = "第二十条：依据已生效的理事会决定（事项 council_other）核准并公示，公示期不少于配置的工作日，当日不计 / Article 20: by an effective decision of the council on council_other; made public for no fewer working days than the policy has, today not counted.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"), IfMatch),
    request_body = ProjectPublicise,
    responses((status = 200, body = ProjectView, description = "公示中 / Made public")),
)]
#[post("/v1/projects/{project_id}/publicise")]
pub(crate) async fn publicise_project(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ProjectPublicise>,
) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &PROJECT_APPROVE), async |work, target, given| {
            let now = {
                let decision = DecisionId(given.decision_id);
                commands::publicise(work, target, decision, given.workdays).await?
            };
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "approveProject",
    tag = tag::PROJECTS,
    summary = "立项 / Approve",
    description = "公示期满且异议均已答复、无成立的，予以编号立项；现行申报书成为任务书 / When publicity is over, every objection answered and none upheld: it has a number, and its declaration is the task book.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ProjectView, description = "已立项 / Approved")),
)]
#[post("/v1/projects/{project_id}/approve")]
pub(crate) async fn approve_project(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &PROJECT_APPROVE), async |work, target, _| {
            let now = commands::approve(work, target).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listProjectObjections",
    tag = tag::PROJECTS,
    summary = "异议列表 / List objections",
    description = "最近的在前，含答复 / The latest first, with the answers.",
    params(Paging, ("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211")),
    responses((status = 200, body = PageOf<ProjectObjectionView>, description = "一页 / One page")),
)]
#[get("/v1/projects/{project_id}/objections")]
pub(crate) async fn list_project_objections(caller: Caller, path: web::Path<Uuid>, query: Filter<NoFilter>) -> Answer {
    let (store, actor, id) = (caller.store(), &caller.act.actor, ProjectId(path.into_inner()));
    let page = queries::objections(store, actor, id, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| ProjectObjectionView::of(found, &names)))?)
}

#[utoipa::path(
    operation_id = "objectToProject",
    tag = tag::PROJECTS,
    summary = "提出异议 / Object to a project",
    description = "公示期内由会员单位具名提出 / By a member unit under its name, while it is made public.",
    params(("project_id" = Uuid, Path, description = "项目标识 / Id of the project", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2211")),
    request_body = ObjectionCreate,
    responses((status = 201, body = ProjectObjectionView, description = "已提出 / On file")),
)]
#[post("/v1/projects/{project_id}/objections")]
pub(crate) async fn object_to_project(caller: Caller, path: web::Path<Uuid>, body: Body<ObjectionCreate>) -> Answer {
    let id = ProjectId(path.into_inner());
    caller
        .command(body, may(&caller, id, &PROJECT_OBJECT), async |work, new| {
            let made = commands::object(work, id, new.clone().into()).await?;
            let names = all_names_within(work).await?;
            let (path, version) = (format!("/v1/project-objections/{}", made.id), made.version);
            Ok(Reply::ok(&ProjectObjectionView::of(made, &names))?.created(path).etag_of_view(version))
        })
        .await
}

#[utoipa::path(
    operation_id = "getProjectObjection",
    tag = tag::PROJECTS,
    summary = "查看异议 / Read an objection",
    description = "能查看项目的均可查看 / For whoever may read the project.",
    params(("objection_id" = Uuid, Path, description = "异议标识 / Id of the objection", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2212")),
    responses((status = 200, body = ProjectObjectionView, description = "异议 / The objection")),
)]
#[get("/v1/project-objections/{objection_id}")]
pub(crate) async fn get_objection(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::get_objection(store, actor, ObjectionId(path.into_inner())).await?;
    let version = found.version;
    Ok(Reply::ok(&ProjectObjectionView::of(found, &*all_names(store).await?))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "answerProjectObjection",
    tag = tag::PROJECTS,
    summary = "答复异议 / Answer an objection",
    description = "秘书处逐条答复，并认定是否成立；成立的不予立项 / By the secretariat, each of them; a project with one upheld is not approved.",
    params(("objection_id" = Uuid, Path, description = "异议标识 / Id of the objection", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2212"), IfMatch),
    request_body = ObjectionAnswer,
    responses((status = 200, body = ProjectObjectionView, description = "已答复 / Answered")),
)]
#[post("/v1/project-objections/{objection_id}/answer")]
pub(crate) async fn answer_objection(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ObjectionAnswer>,
) -> Answer {
    let id = ObjectionId(path.into_inner());
    let allowed =
        async { queries::check_objection(caller.store(), &caller.act.actor, id, &PROJECT_APPROVE).await.map(drop) };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, given| {
            let now = commands::answer(work, target, given.clone().into()).await?;
            let version = now.version;
            let names = all_names_within(work).await?;
            Ok(Reply::ok(&ProjectObjectionView::of(now, &names))?.etag_of_view(version))
        })
        .await
}

//! The yearly work of branches by their eight duties (Article 18(1)–(8)).

use actix_web::{get, patch, post, web};
use gongjian_committees::branch::action::{BRANCH_READ, BRANCH_WORK_KEEP};
use gongjian_committees::branch::work_item::{self, WorkItemFilter, WorkItemId, queries};
use gongjian_governance::body::BodyId;
use gongjian_kernel::{Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{BranchWorkCreate, BranchWorkEvidence, BranchWorkQuery, BranchWorkUpdate};
use super::view::BranchWorkView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_branch_work)
        .service(plan_branch_work)
        .service(get_branch_work)
        .service(update_branch_work)
        .service(complete_branch_work)
        .service(drop_branch_work);
}

#[utoipa::path(
    operation_id = "listBranchWork",
    tag = tag::BRANCHES,
    summary = "分会年度工作列表 / List the yearly work of branches",
    description = "第十八条第（一）至（八）项：各分会按职责安排的年度工作及佐证，最近的在前 / Article 18(1) to (8): the year's work by duty with its evidence, the latest first.",
    params(Paging, BranchWorkQuery),
    responses((status = 200, body = PageOf<BranchWorkView>, description = "一页 / One page")),
)]
#[get("/v1/branch-work-items")]
pub(crate) async fn list_branch_work(caller: Caller, query: Filter<BranchWorkQuery>) -> Answer {
    let filter = WorkItemFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let today = store.today();
    Ok(query.reply(&PageOf::of(page, |found| BranchWorkView::of(actor, found, today)))?)
}

#[utoipa::path(
    operation_id = "planBranchWork",
    tag = tag::BRANCHES,
    summary = "列入年度工作 / Plan a branch's work",
    description = "分会会长或工作人员按职责列入 / By whoever presides over the branch or works for it, under one of its duties.",
    params(("branch_id" = Uuid, Path, description = "分会标识 / Id of the branch", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801")),
    request_body = BranchWorkCreate,
    responses((status = 201, body = BranchWorkView, description = "已列入 / Planned")),
)]
#[post("/v1/branches/{branch_id}/work-items")]
pub(crate) async fn plan_branch_work(caller: Caller, path: web::Path<Uuid>, body: Body<BranchWorkCreate>) -> Answer {
    let id = BodyId(path.into_inner());
    let allowed = gongjian_committees::branch::queries::may(caller.store(), &caller.act.actor, id, &BRANCH_WORK_KEEP);
    caller
        .command(body, allowed, async |work, new| {
            let made = work_item::plan(work, id, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/branch-work-items/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getBranchWork",
    tag = tag::BRANCHES,
    summary = "查看年度工作 / Read an item of a branch's work",
    description = "职责、事项、期限、佐证 / Duty, title, due day, evidence.",
    params(("work_item_id" = Uuid, Path, description = "工作标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1811")),
    responses((status = 200, body = BranchWorkView, description = "年度工作 / The item")),
)]
#[get("/v1/branch-work-items/{work_item_id}")]
pub(crate) async fn get_branch_work(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::check(store, actor, WorkItemId(path.into_inner()), &BRANCH_READ).await?;
    let version = found.item.version;
    Ok(Reply::ok(&BranchWorkView::of(actor, found, store.today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateBranchWork",
    tag = tag::BRANCHES,
    summary = "调整年度工作 / Revise planned work",
    description = "变更所给的成员，其余不变 / Changes the members given and leaves the others.",
    params(("work_item_id" = Uuid, Path, description = "工作标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1811"), IfMatch),
    request_body(content = BranchWorkUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = BranchWorkView, description = "调整后 / The item as it is now")),
)]
#[patch("/v1/branch-work-items/{work_item_id}")]
pub(crate) async fn update_branch_work(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<BranchWorkUpdate>,
) -> Answer {
    let id = WorkItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, given| {
            work_item::revise(work, target, given.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "completeBranchWork",
    tag = tag::BRANCHES,
    summary = "登记完成 / Say that planned work was done",
    description = "须有佐证 / With what shows it.",
    params(("work_item_id" = Uuid, Path, description = "工作标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1811"), IfMatch),
    request_body = BranchWorkEvidence,
    responses((status = 200, body = BranchWorkView, description = "已完成 / The item as it is now")),
)]
#[post("/v1/branch-work-items/{work_item_id}/complete")]
pub(crate) async fn complete_branch_work(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<BranchWorkEvidence>,
) -> Answer {
    let id = WorkItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, given| {
            work_item::complete(work, target, given.evidence.clone(), given.done_on).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "dropBranchWork",
    tag = tag::BRANCHES,
    summary = "取消年度工作 / Drop planned work",
    description = "说明理由 / With a reason.",
    params(("work_item_id" = Uuid, Path, description = "工作标识 / Id of the item", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1811"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = BranchWorkView, description = "已取消 / The item as it is now")),
)]
#[post("/v1/branch-work-items/{work_item_id}/drop")]
pub(crate) async fn drop_branch_work(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = WorkItemId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id), async |work, target, given| {
            work_item::drop_item(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: WorkItemId) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, &BRANCH_WORK_KEEP).await.map(drop)
}

/// The item as it is after a command.
async fn after(work: &Work<'_>, id: WorkItemId) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?;
    let version = found.item.version;
    Ok(Reply::ok(&BranchWorkView::of(work.actor(), found, work.today()))?.etag_of_view(version))
}

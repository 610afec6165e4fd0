//! What members of branches need (Article 18(4)).

use actix_web::{get, post, web};
use gongjian_committees::branch::action::{NEED_HANDLE, NEED_READ, NEED_REPORT};
use gongjian_committees::branch::need::{self, NeedFilter, NeedId, queries};
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Permission, Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{BranchNeedCreate, BranchNeedQuery, BranchNeedResult};
use super::view::BranchNeedView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_branch_needs)
        .service(report_branch_need)
        .service(get_branch_need)
        .service(accept_branch_need)
        .service(meet_branch_need)
        .service(decline_branch_need)
        .service(withdraw_branch_need);
}

#[utoipa::path(
    operation_id = "listBranchNeeds",
    tag = tag::BRANCHES,
    summary = "会员需求列表 / List members' needs",
    description = "第十八条第（四）项：单位看本单位的，分会看本分会的，秘书处看全部；最近的在前 / Article 18(4): a unit sees its own, a branch its members', the secretariat all; the latest first.",
    params(Paging, BranchNeedQuery),
    responses((status = 200, body = PageOf<BranchNeedView>, description = "一页 / One page")),
)]
#[get("/v1/branch-needs")]
pub(crate) async fn list_branch_needs(caller: Caller, query: Filter<BranchNeedQuery>) -> Answer {
    let filter = NeedFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| BranchNeedView::of(actor, found, &names)))?)
}

#[utoipa::path(
    operation_id = "reportBranchNeed",
    tag = tag::BRANCHES,
    summary = "反映需求 / Tell the branch what one needs",
    description = "由单位的固定代表或联络人向所在街道的分会反映 / By the unit's representative or liaison, to the branch of its street.",
    request_body = BranchNeedCreate,
    responses((status = 201, body = BranchNeedView, description = "已反映 / Reported")),
)]
#[post("/v1/branch-needs")]
pub(crate) async fn report_branch_need(caller: Caller, body: Body<BranchNeedCreate>) -> Answer {
    let allowed = async {
        match caller.act.actor.has_some(&NEED_REPORT) {
            true => Ok(()),
            false => caller.authorize(&NEED_REPORT, &Association),
        }
    };
    caller
        .command(body, allowed, async |work, new| {
            let made = need::report(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/branch-needs/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getBranchNeed",
    tag = tag::BRANCHES,
    summary = "查看需求 / Read a member's need",
    description = "内容、办理情况和结果 / What is needed, and what became of it.",
    params(("need_id" = Uuid, Path, description = "需求标识 / Id of the need", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1812")),
    responses((status = 200, body = BranchNeedView, description = "需求 / The need")),
)]
#[get("/v1/branch-needs/{need_id}")]
pub(crate) async fn get_branch_need(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::check(store, actor, NeedId(path.into_inner()), &NEED_READ).await?;
    let version = found.need.version;
    Ok(Reply::ok(&BranchNeedView::of(actor, found, &*all_names(store).await?))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "acceptBranchNeed",
    tag = tag::BRANCHES,
    summary = "受理需求 / Take up a member's need",
    description = "由分会受理 / The branch sees to it.",
    params(("need_id" = Uuid, Path, description = "需求标识 / Id of the need", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1812"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = BranchNeedView, description = "办理后 / The need as it is now")),
)]
#[post("/v1/branch-needs/{need_id}/accept")]
pub(crate) async fn accept_branch_need(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = NeedId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &NEED_HANDLE), async |work, target, _| {
            need::accept(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "meetBranchNeed",
    tag = tag::BRANCHES,
    summary = "登记需求办理结果 / Say how a need was met",
    description = "由分会登记结果 / By the branch, with the result.",
    params(("need_id" = Uuid, Path, description = "需求标识 / Id of the need", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1812"), IfMatch),
    request_body = BranchNeedResult,
    responses((status = 200, body = BranchNeedView, description = "办理后 / The need as it is now")),
)]
#[post("/v1/branch-needs/{need_id}/meet")]
pub(crate) async fn meet_branch_need(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<BranchNeedResult>,
) -> Answer {
    let id = NeedId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &NEED_HANDLE), async |work, target, given| {
            need::meet(work, target, given.result.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineBranchNeed",
    tag = tag::BRANCHES,
    summary = "不予受理需求 / Decline a member's need",
    description = "由分会说明理由 / By the branch, with a reason.",
    params(("need_id" = Uuid, Path, description = "需求标识 / Id of the need", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1812"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = BranchNeedView, description = "办理后 / The need as it is now")),
)]
#[post("/v1/branch-needs/{need_id}/decline")]
pub(crate) async fn decline_branch_need(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = NeedId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &NEED_HANDLE), async |work, target, given| {
            need::decline(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawBranchNeed",
    tag = tag::BRANCHES,
    summary = "撤回需求 / Take a need back",
    description = "由反映的单位在结束前撤回 / By the unit, until it has ended.",
    params(("need_id" = Uuid, Path, description = "需求标识 / Id of the need", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1812"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = BranchNeedView, description = "办理后 / The need as it is now")),
)]
#[post("/v1/branch-needs/{need_id}/withdraw")]
pub(crate) async fn withdraw_branch_need(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = NeedId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &NEED_REPORT), async |work, target, _| {
            need::withdraw(work, target).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: NeedId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The need as it is after a command.
async fn after(work: &Work<'_>, id: NeedId) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?;
    let version = found.need.version;
    let names = all_names_within(work).await?;
    Ok(Reply::ok(&BranchNeedView::of(work.actor(), found, &names))?.etag_of_view(version))
}

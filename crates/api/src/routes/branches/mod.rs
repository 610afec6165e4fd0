//! Street branches (Articles 16 and 18).

mod input;
mod mass;
mod needs;
mod rotation;
mod terms;
mod view;
mod work_items;

use actix_web::{get, post, web};
use gongjian_committees::branch::action::BRANCH_LEAD;
use gongjian_committees::branch::{leadership, queries};
use gongjian_governance::body::BodyId;
use gongjian_kernel::{Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::input::BranchLeadershipSet;
pub(super) use self::view::BranchView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFilter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_branches)
        .service(get_branch)
        .service(set_branch_leadership)
        .configure(terms::configure)
        .configure(rotation::configure)
        .configure(work_items::configure)
        .configure(needs::configure)
        .configure(mass::configure);
}

#[utoipa::path(
    operation_id = "listBranches",
    tag = tag::BRANCHES,
    summary = "街道分会列表 / List street branches",
    description = "第十八条：各街道分会今日的会长、会长制、会员数，先设立的在前 / Article 18: the branches with who presides today, how, and the number of members, in the order in which they were established.",
    params(Paging),
    responses((status = 200, body = PageOf<BranchView>, description = "一页 / One page")),
)]
#[get("/v1/branches")]
pub(crate) async fn list_branches(caller: Caller, query: Filter<NoFilter>) -> Answer {
    let store = caller.store();
    let page = queries::list(store, &caller.act.actor, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| BranchView::of(found, &names)))?)
}

#[utoipa::path(
    operation_id = "getBranch",
    tag = tag::BRANCHES,
    summary = "查看街道分会 / Read a street branch",
    description = "今日的会长、会长制及其依据、会员数 / Who presides today, on what basis, and the number of members.",
    params(("branch_id" = Uuid, Path, description = "分会标识 / Id of the branch", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801")),
    responses((status = 200, body = BranchView, description = "街道分会 / The branch")),
)]
#[get("/v1/branches/{branch_id}")]
pub(crate) async fn get_branch(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let store = caller.store();
    let found = queries::get(store, &caller.act.actor, BodyId(path.into_inner())).await?;
    let (names, version) = (all_names(store).await?, found.body.version);
    Ok(Reply::ok(&BranchView::of(found, &names))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "setBranchLeadership",
    tag = tag::BRANCHES,
    summary = "确定会长制 / Set who presides over a branch",
    description = "第十八条：经分会会员协商一致，实行单会长、双会长或双会长轮值；轮值以双会长为前提，只由本街道会员单位轮流，任期相接、不重叠。本系统启用前的安排由秘书处依据文件登记 / Article 18: by consensus of its members a branch has one president, two, or two of whom one changes in turn; only two can take turns, only members of the street do, and terms follow each other. What was agreed on before there was a system the secretariat enters from its document.",
    params(("branch_id" = Uuid, Path, description = "分会标识 / Id of the branch", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1801"), IfMatch),
    request_body = BranchLeadershipSet,
    responses((status = 200, body = BranchView, description = "确定后 / The branch as it is now")),
)]
#[post("/v1/branches/{branch_id}/leadership")]
pub(crate) async fn set_branch_leadership(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<BranchLeadershipSet>,
) -> Answer {
    let id = BodyId(path.into_inner());
    let identity = caller.identity().clone();
    let allowed = queries::may(caller.store(), &caller.act.actor, id, &BRANCH_LEAD);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, new| {
            leadership::commands::set(work, &identity, target, new.clone().try_into()?).await?;
            after(work, id).await
        })
        .await
}

/// The branch as it is after a command.
async fn after(work: &Work<'_>, id: BodyId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, work.today()).await?;
    let (names, version) = (all_names_within(work).await?, found.body.version);
    Ok(Reply::ok(&BranchView::of(found, &names))?.etag_of_view(version))
}

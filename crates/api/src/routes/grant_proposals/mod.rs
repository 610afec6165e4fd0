//! Two persons make an administrator, and two end his time (三员分立).

mod view;

use actix_web::{get, post, web};
use gongjian_identity::administrator::{
    ADMINISTRATOR_CONFIRM, ADMINISTRATOR_PROPOSE, ADMINISTRATOR_READ, NewProposal, ProposalFilter, ProposalId,
    commands, find, get as get_proposal, list,
};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Refusal, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use view::{GrantProposalCreate, GrantProposalEnd, GrantProposalQuery, GrantProposalView};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_grant_proposals)
        .service(propose_grant)
        .service(get_grant_proposal)
        .service(confirm_grant_proposal)
        .service(decline_grant_proposal)
        .service(withdraw_grant_proposal);
}

#[utoipa::path(
    operation_id = "listGrantProposals",
    tag = tag::ADMINISTRATION,
    summary = "管理员授权列表 / List proposals for administrators",
    description = "授予和终止管理员权限的全部提议及其结果，最新在前 / Every proposal to make or end an administrator and what became of it, newest first.",
    params(Paging, GrantProposalQuery),
    responses((status = 200, body = PageOf<GrantProposalView>, description = "一页 / One page")),
)]
#[get("/v1/grant-proposals")]
pub(crate) async fn list_grant_proposals(caller: Caller, query: Filter<GrantProposalQuery>) -> Answer {
    let filter = ProposalFilter::from(&query.by);
    let cursor = query.page.cursor.as_deref();
    let page = list(caller.store(), &caller.act.actor, &filter, query.page.limit, cursor).await?;
    let now = caller.store().now();
    Ok(query.reply(&PageOf::of(page, |found| GrantProposalView::of(&found, now)))?)
}

#[utoipa::path(
    operation_id = "proposeGrant",
    tag = tag::ADMINISTRATION,
    summary = "提出管理员授权 / Propose an administrator",
    description = "由系统管理员或安全保密管理员提出，另一方确认后生效；三类管理员互斥且不得兼任业务职务，不能为本人提出 / Proposed by the system or the security administrator, in force once the other one confirms; the three exclude each other and every business office; nobody proposes himself.",
    request_body = GrantProposalCreate,
    responses((status = 201, body = GrantProposalView, description = "已提出 / Proposed")),
)]
#[post("/v1/grant-proposals")]
pub(crate) async fn propose_grant(caller: Caller, body: Body<GrantProposalCreate>) -> Answer {
    let allowed = async { authorize(&caller.act.actor, &ADMINISTRATOR_PROPOSE, &ADMINISTRATOR_READ, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let proposal = commands::propose(work, caller.identity(), NewProposal::from(new)).await?;
            Ok(after(work, proposal.id).await?.created(format!("/v1/grant-proposals/{}", proposal.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getGrantProposal",
    tag = tag::ADMINISTRATION,
    summary = "查看管理员授权 / Read a proposal for an administrator",
    description = "提议、提出人、期限与结果 / The proposal, who made it, its term and what became of it.",
    params(("grant_proposal_id" = Uuid, Path, description = "授权标识 / Id of the proposal", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09")),
    responses((status = 200, body = GrantProposalView, description = "管理员授权 / The proposal")),
)]
#[get("/v1/grant-proposals/{grant_proposal_id}")]
pub(crate) async fn get_grant_proposal(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = get_proposal(caller.store(), &caller.act.actor, ProposalId(path.into_inner())).await?;
    let view = GrantProposalView::of(&found, caller.store().now());
    Ok(Reply::ok(&view)?.etag_of_view(found.proposal.version))
}

#[utoipa::path(
    operation_id = "confirmGrantProposal",
    tag = tag::ADMINISTRATION,
    summary = "确认管理员授权 / Confirm an administrator",
    description = "由另一方的另一人确认，即刻生效；提出人须仍在任，最后一名系统管理员和安全保密管理员不能终止 / Confirmed by another person on the other side, in force at once; whoever proposed it must still be in office, and the last system or security administrator stays.",
    params(("grant_proposal_id" = Uuid, Path, description = "授权标识 / Id of the proposal", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = GrantProposalView, description = "已确认 / Confirmed")),
)]
#[post("/v1/grant-proposals/{grant_proposal_id}/confirm")]
pub(crate) async fn confirm_grant_proposal(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = ProposalId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ADMINISTRATOR_CONFIRM), async |work, target, _| {
            commands::confirm(work, caller.identity(), target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineGrantProposal",
    tag = tag::ADMINISTRATION,
    summary = "否决管理员授权 / Decline an administrator",
    description = "由有权确认的一方否决并说明理由 / Whoever could confirm it declines it, with the reason.",
    params(("grant_proposal_id" = Uuid, Path, description = "授权标识 / Id of the proposal", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09"), IfMatch),
    request_body = GrantProposalEnd,
    responses((status = 200, body = GrantProposalView, description = "已否决 / Declined")),
)]
#[post("/v1/grant-proposals/{grant_proposal_id}/decline")]
pub(crate) async fn decline_grant_proposal(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<GrantProposalEnd>,
) -> Answer {
    let id = ProposalId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ADMINISTRATOR_CONFIRM), async |work, target, end| {
            commands::decline(work, target, end.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawGrantProposal",
    tag = tag::ADMINISTRATION,
    summary = "撤回管理员授权 / Withdraw a proposal",
    description = "由提出人在确认前撤回并说明理由 / Whoever proposed it takes it back before it is confirmed, with the reason.",
    params(("grant_proposal_id" = Uuid, Path, description = "授权标识 / Id of the proposal", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a09"), IfMatch),
    request_body = GrantProposalEnd,
    responses((status = 200, body = GrantProposalView, description = "已撤回 / Withdrawn")),
)]
#[post("/v1/grant-proposals/{grant_proposal_id}/withdraw")]
pub(crate) async fn withdraw_grant_proposal(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<GrantProposalEnd>,
) -> Answer {
    let id = ProposalId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &ADMINISTRATOR_PROPOSE), async |work, target, end| {
            commands::withdraw(work, target, end.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

/// May the caller do this to the proposal, as far as office goes?
async fn may(caller: &Caller, id: ProposalId, wanted: &Permission) -> Result<()> {
    let found = get_proposal(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, wanted, &ADMINISTRATOR_READ, &found.proposal)
}

/// The proposal as it is after a command.
async fn after(work: &Work<'_>, id: ProposalId) -> Result<Reply> {
    let found = find(work.tx(), id).await?.ok_or_else(|| Refusal::internal("a proposal went away"))?;
    Ok(Reply::ok(&GrantProposalView::of(&found, work.now()))?.etag_of_view(found.proposal.version))
}

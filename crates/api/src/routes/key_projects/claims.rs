//! Claims to shares of key projects (Article 14(3)).

use actix_web::{get, post, web};
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Permission, Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use gongjian_projects::key_project::action::{CLAIM_CONFIRM, CLAIM_MAKE, CLAIM_RELEASE};
use gongjian_projects::key_project::{Claim, ClaimFilter, ClaimId, commands, queries};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{ProjectClaimConfirm, ProjectClaimCreate, ProjectClaimQuery};
use super::view::ProjectClaimView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_project_claims)
        .service(claim_key_project)
        .service(get_project_claim)
        .service(confirm_project_claim)
        .service(decline_project_claim)
        .service(withdraw_project_claim)
        .service(release_project_claim);
}

#[utoipa::path(
    operation_id = "listProjectClaims",
    tag = tag::PROJECTS,
    summary = "认领列表 / List claims",
    description = "第九条第（二）项：最近的在前，会员均可查看 / Article 9(2): the latest first; every member may see them.",
    params(Paging, ProjectClaimQuery),
    responses((status = 200, body = PageOf<ProjectClaimView>, description = "一页 / One page")),
)]
#[get("/v1/project-claims")]
pub(crate) async fn list_project_claims(caller: Caller, query: Filter<ProjectClaimQuery>) -> Answer {
    let filter = ClaimFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::list_claims(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| ProjectClaimView::of(actor, found, &names)))?)
}

#[utoipa::path(
    operation_id = "claimKeyProject",
    tag = tag::PROJECTS,
    summary = "认领重点项目 / Claim a key project",
    description = "第十四条第（三）项：理事单位在认领期内主动认领若干份额，不超过剩余份额；经秘书处依据协议确认 / Article 14(3): a council unit takes shares on within the days for it, no more than are left; the secretariat confirms on an agreement.",
    request_body = ProjectClaimCreate,
    responses((status = 201, body = ProjectClaimView, description = "已认领，待确认 / Claimed, to be confirmed")),
)]
#[post("/v1/project-claims")]
pub(crate) async fn claim_key_project(caller: Caller, body: Body<ProjectClaimCreate>) -> Answer {
    let allowed = async {
        match caller.act.actor.has_some(&CLAIM_MAKE) {
            true => Ok(()),
            false => caller.authorize(&CLAIM_MAKE, &Association),
        }
    };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::claim(work, new.clone().into()).await?;
            let path = format!("/v1/project-claims/{}", made.id);
            Ok(after(work, made).await?.created(path))
        })
        .await
}

#[utoipa::path(
    operation_id = "getProjectClaim",
    tag = tag::PROJECTS,
    summary = "查看认领 / Read a claim",
    description = "份额、承诺、确认所依据的协议 / Its shares, what the unit undertakes, the agreement that it was confirmed on.",
    params(("claim_id" = Uuid, Path, description = "认领标识 / Id of the claim", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2202")),
    responses((status = 200, body = ProjectClaimView, description = "认领 / The claim")),
)]
#[get("/v1/project-claims/{claim_id}")]
pub(crate) async fn get_project_claim(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = queries::get_claim(store, actor, ClaimId(path.into_inner())).await?;
    let version = found.claim.version;
    Ok(Reply::ok(&ProjectClaimView::of(actor, found, &*all_names(store).await?))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "confirmProjectClaim",
    tag = tag::PROJECTS,
    summary = "确认认领 / Confirm a claim",
    description = "秘书处依据认领协议确认；计入该单位履职记录 / By the secretariat, on the agreement with the unit; its passbook tells of it.",
    params(("claim_id" = Uuid, Path, description = "认领标识 / Id of the claim", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2202"), IfMatch),
    request_body = ProjectClaimConfirm,
    responses((status = 200, body = ProjectClaimView, description = "已确认 / Confirmed")),
)]
#[post("/v1/project-claims/{claim_id}/confirm")]
pub(crate) async fn confirm_project_claim(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ProjectClaimConfirm>,
) -> Answer {
    let id = ClaimId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CLAIM_CONFIRM), async |work, target, on| {
            let now = commands::confirm(work, target, on.clone().into()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineProjectClaim",
    tag = tag::PROJECTS,
    summary = "不予确认认领 / Decline a claim",
    description = "秘书处说明理由；份额退回 / By the secretariat, with a reason; the shares are free again.",
    params(("claim_id" = Uuid, Path, description = "认领标识 / Id of the claim", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2202"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ProjectClaimView, description = "未予确认 / Declined")),
)]
#[post("/v1/project-claims/{claim_id}/decline")]
pub(crate) async fn decline_project_claim(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ClaimId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CLAIM_CONFIRM), async |work, target, given| {
            let now = commands::decline(work, target, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawProjectClaim",
    tag = tag::PROJECTS,
    summary = "撤回认领 / Withdraw a claim",
    description = "确认前由认领单位撤回；份额退回 / By the unit, before it is confirmed; the shares are free again.",
    params(("claim_id" = Uuid, Path, description = "认领标识 / Id of the claim", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2202"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ProjectClaimView, description = "已撤回 / Withdrawn")),
)]
#[post("/v1/project-claims/{claim_id}/withdraw")]
pub(crate) async fn withdraw_project_claim(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ClaimId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CLAIM_MAKE), async |work, target, given| {
            let now = commands::withdraw(work, target, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

#[utoipa::path(
    operation_id = "releaseProjectClaim",
    tag = tag::PROJECTS,
    summary = "解除认领 / Release a claim",
    description = "已确认的认领由秘书处或认领单位的固定代表说明理由后解除；份额退回，履职记录撤销 / A confirmed claim is ended by the secretariat or the unit's representative, with a reason; the shares are free again, the line of the passbook goes.",
    params(("claim_id" = Uuid, Path, description = "认领标识 / Id of the claim", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c2202"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = ProjectClaimView, description = "已解除 / Released")),
)]
#[post("/v1/project-claims/{claim_id}/release")]
pub(crate) async fn release_project_claim(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = ClaimId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CLAIM_RELEASE), async |work, target, given| {
            let now = commands::release(work, target, given.reason.clone()).await?;
            after(work, now).await
        })
        .await
}

async fn may(caller: &Caller, id: ClaimId, wanted: &Permission) -> Result<()> {
    queries::check_claim(caller.store(), &caller.act.actor, id, wanted).await
}

/// The claim as it is after a command.
async fn after(work: &Work<'_>, now: Claim) -> Result<Reply> {
    let found = queries::claim_within(work, now).await?;
    let names = all_names_within(work).await?;
    let version = found.claim.version;
    Ok(Reply::ok(&ProjectClaimView::of(work.actor(), found, &names))?.etag_of_view(version))
}

//! Changes of a rotation: skipping a turn, swapping two (Article 18).

use actix_web::{get, post, web};
use gongjian_committees::branch::action::ROTATION_CHANGE;
use gongjian_committees::branch::leadership::{ChangeFilter, RotationChangeId, TermId, changes, queries};
use gongjian_kernel::{Result, Work};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{RotationChangeQuery, TermSkip, TermSwap};
use super::view::RotationChangeView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use crate::routes::briefings::Reason;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_rotation_changes)
        .service(get_rotation_change)
        .service(skip_branch_term)
        .service(swap_branch_terms)
        .service(consent_to_rotation_change)
        .service(decline_rotation_change);
}

#[utoipa::path(
    operation_id = "listRotationChanges",
    tag = tag::BRANCHES,
    summary = "轮值调整列表 / List changes of rotations",
    description = "让过、对调的提议及各方同意情况，最近的在前 / Proposals to skip or swap turns with who has consented, the latest first.",
    params(Paging, RotationChangeQuery),
    responses((status = 200, body = PageOf<RotationChangeView>, description = "一页 / One page")),
)]
#[get("/v1/rotation-changes")]
pub(crate) async fn list_rotation_changes(caller: Caller, query: Filter<RotationChangeQuery>) -> Answer {
    let filter = ChangeFilter::from(&query.by);
    let (store, actor) = (caller.store(), &caller.act.actor);
    let page = queries::changes(store, actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| RotationChangeView::of(found, &names)))?)
}

#[utoipa::path(
    operation_id = "getRotationChange",
    tag = tag::BRANCHES,
    summary = "查看轮值调整 / Read a change of a rotation",
    description = "须同意的各方、已同意的和结果 / Who must consent, who has, and what came of it.",
    params(("rotation_change_id" = Uuid, Path, description = "轮值调整标识 / Id of the change", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1804")),
    responses((status = 200, body = RotationChangeView, description = "轮值调整 / The change")),
)]
#[get("/v1/rotation-changes/{rotation_change_id}")]
pub(crate) async fn get_rotation_change(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let store = caller.store();
    let found = queries::get_change(store, &caller.act.actor, RotationChangeId(path.into_inner())).await?;
    let version = found.change.version;
    Ok(Reply::ok(&RotationChangeView::of(found, &*all_names(store).await?))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "skipBranchTerm",
    tag = tag::BRANCHES,
    summary = "提出让过轮值 / Propose to skip a turn",
    description = "由街道党工委书记或该单位提出，经双方同意后其后各期依次提前，任期仍相接 / By the secretary or the unit; with the consent of both the later turns move up, and no gap is left.",
    params(("term_id" = Uuid, Path, description = "任期标识 / Id of the term", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1802")),
    request_body = TermSkip,
    responses((status = 201, body = RotationChangeView, description = "已提出 / Proposed")),
)]
#[post("/v1/branch-terms/{term_id}/skip")]
pub(crate) async fn skip_branch_term(caller: Caller, path: web::Path<Uuid>, body: Body<TermSkip>) -> Answer {
    let id = TermId(path.into_inner());
    let identity = caller.identity().clone();
    let allowed =
        async { queries::check_term(caller.store(), &caller.act.actor, id, &ROTATION_CHANGE).await.map(drop) };
    caller
        .command(body, allowed, async |work, given| {
            let made = changes::propose(work, &identity, id, None, given.reason.clone()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/rotation-changes/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "swapBranchTerms",
    tag = tag::BRANCHES,
    summary = "提出对调轮值 / Propose to swap two turns",
    description = "由街道党工委书记或有关单位提出，经书记和两个单位同意后生效 / By the secretary or a unit concerned; it takes effect with the consent of the secretary and both units.",
    params(("term_id" = Uuid, Path, description = "任期标识 / Id of the term", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1802")),
    request_body = TermSwap,
    responses((status = 201, body = RotationChangeView, description = "已提出 / Proposed")),
)]
#[post("/v1/branch-terms/{term_id}/swap")]
pub(crate) async fn swap_branch_terms(caller: Caller, path: web::Path<Uuid>, body: Body<TermSwap>) -> Answer {
    let id = TermId(path.into_inner());
    let identity = caller.identity().clone();
    let allowed =
        async { queries::check_term(caller.store(), &caller.act.actor, id, &ROTATION_CHANGE).await.map(drop) };
    caller
        .command(body, allowed, async |work, given| {
            let made =
                changes::propose(work, &identity, id, Some(TermId(given.other_term_id)), given.reason.clone()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/rotation-changes/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "consentToRotationChange",
    tag = tag::BRANCHES,
    summary = "同意轮值调整 / Consent to a change of a rotation",
    description = "书记、有关单位各自同意；最后一方同意即生效，重复同意视为一次 / The secretary and each unit for themselves; with the last it takes effect, and the same again is the same.",
    params(("rotation_change_id" = Uuid, Path, description = "轮值调整标识 / Id of the change", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1804")),
    request_body = NoFields,
    responses((status = 200, body = RotationChangeView, description = "已同意 / The change as it is now")),
)]
#[post("/v1/rotation-changes/{rotation_change_id}/consent")]
pub(crate) async fn consent_to_rotation_change(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    let id = RotationChangeId(path.into_inner());
    let identity = caller.identity().clone();
    caller
        .command(body, queries::check_change(caller.store(), &caller.act.actor, id), async |work, _| {
            changes::consent(work, &identity, id).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineRotationChange",
    tag = tag::BRANCHES,
    summary = "不同意轮值调整 / Decline a change of a rotation",
    description = "任何一方说明理由后即不生效 / Any of them, with a reason; it does not take effect.",
    params(("rotation_change_id" = Uuid, Path, description = "轮值调整标识 / Id of the change", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1804"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = RotationChangeView, description = "未获同意 / The change as it is now")),
)]
#[post("/v1/rotation-changes/{rotation_change_id}/decline")]
pub(crate) async fn decline_rotation_change(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = RotationChangeId(path.into_inner());
    let allowed = queries::check_change(caller.store(), &caller.act.actor, id);
    caller
        .act_on(id, if_match, body, allowed, async |work, target, given| {
            changes::decline(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

/// The change as it is after a command.
async fn after(work: &Work<'_>, id: RotationChangeId) -> Result<Reply> {
    let found = queries::find_change(work.tx(), id).await?;
    let version = found.change.version;
    Ok(Reply::ok(&RotationChangeView::of(found, &*all_names_within(work).await?))?.etag_of_view(version))
}

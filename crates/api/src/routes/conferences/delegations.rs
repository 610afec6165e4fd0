//! Approval of street conferences in the secretariat's place (Article 22).

use actix_web::{get, post, web};
use gongjian_kernel::actor::Association;
use gongjian_kernel::{Result, Text, Work};
use gongjian_ledger::conference::DelegationId;
use gongjian_ledger::conference::action::{DELEGATION_GRANT, DELEGATION_READ};
use gongjian_ledger::conference::delegation;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{ConferenceDelegationCreate, ConferenceDelegationQuery};
use super::view::ConferenceDelegationView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_conference_delegations)
        .service(grant_conference_delegation)
        .service(get_conference_delegation)
        .service(revoke_conference_delegation);
}

#[utoipa::path(
    operation_id = "listConferenceDelegations",
    tag = tag::CONFERENCES,
    summary = "批准权委托列表 / List delegations of approval",
    description = "街道级联席会批准权的委托，最近的在前；分会看本街道的 / The latest first; a branch sees those of its street.",
    params(Paging, ConferenceDelegationQuery),
    responses((status = 200, body = PageOf<ConferenceDelegationView>, description = "一页 / One page")),
)]
#[get("/v1/conference-delegations")]
pub(crate) async fn list_conference_delegations(caller: Caller, query: Filter<ConferenceDelegationQuery>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let street = query.by.street_code.as_ref().map(Text::as_str);
    let page = delegation::list(store, actor, street, query.page.limit, query.page.cursor.as_deref()).await?;
    let today = store.today();
    Ok(query.reply(&PageOf::of(page, |found| ConferenceDelegationView::of(actor, found, today)))?)
}

#[utoipa::path(
    operation_id = "grantConferenceDelegation",
    tag = tag::CONFERENCES,
    summary = "委托街道级批准权 / Delegate approval for a street",
    description = "第二十二条：秘书长将街道级联席会的批准权委托给该街道分会会长，留痕，可收回 / Article 22: the secretary-general lets the president of the branch approve its street conferences, on record; it can be revoked.",
    request_body = ConferenceDelegationCreate,
    responses((status = 201, body = ConferenceDelegationView, description = "已委托 / Delegated")),
)]
#[post("/v1/conference-delegations")]
pub(crate) async fn grant_conference_delegation(caller: Caller, body: Body<ConferenceDelegationCreate>) -> Answer {
    let allowed = async { caller.authorize(&DELEGATION_GRANT, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let made = delegation::grant(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/conference-delegations/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getConferenceDelegation",
    tag = tag::CONFERENCES,
    summary = "查看批准权委托 / Read a delegation",
    description = "街道、起止日期、依据 / Its street, its days, what it rests on.",
    params(("delegation_id" = Uuid, Path, description = "委托标识 / Id of the delegation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1912")),
    responses((status = 200, body = ConferenceDelegationView, description = "委托 / The delegation")),
)]
#[get("/v1/conference-delegations/{delegation_id}")]
pub(crate) async fn get_conference_delegation(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let (store, actor) = (caller.store(), &caller.act.actor);
    let found = delegation::check(store, actor, DelegationId(path.into_inner()), &DELEGATION_READ).await?;
    let version = found.version;
    Ok(Reply::ok(&ConferenceDelegationView::of(actor, found, store.today()))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "revokeConferenceDelegation",
    tag = tag::CONFERENCES,
    summary = "收回批准权委托 / Revoke a delegation",
    description = "自今日起由秘书处批准 / From today on the secretariat approves itself.",
    params(("delegation_id" = Uuid, Path, description = "委托标识 / Id of the delegation", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1912"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = ConferenceDelegationView, description = "已收回 / Revoked")),
)]
#[post("/v1/conference-delegations/{delegation_id}/revoke")]
pub(crate) async fn revoke_conference_delegation(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = DelegationId(path.into_inner());
    let allowed = async { delegation::check(caller.store(), &caller.act.actor, id, &DELEGATION_GRANT).await.map(drop) };
    caller
        .act_on(id, if_match, body, allowed, async |work, target, _| {
            delegation::revoke(work, target).await?;
            after(work, id).await
        })
        .await
}

/// The delegation as it is after a command.
async fn after(work: &Work<'_>, id: DelegationId) -> Result<Reply> {
    let found = delegation::find(work.tx(), id).await?;
    let version = found.version;
    Ok(Reply::ok(&ConferenceDelegationView::of(work.actor(), found, work.today()))?.etag_of_view(version))
}

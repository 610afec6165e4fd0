//! What units give to the association (Article 10(3)).

mod view;

use actix_web::{get, post, web};
use gongjian_kernel::actor::authorize;
use gongjian_kernel::{Permission, Refusal, Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::contribution::action::{CONTRIBUTION_ACKNOWLEDGE, CONTRIBUTION_READ, CONTRIBUTION_SUBMIT};
use gongjian_membership::contribution::fault::CONTRIBUTION_NOT_FOUND;
use gongjian_membership::contribution::{ContributionFilter, ContributionId, commands, queries};
use gongjian_membership::unit::queries::{all_names, all_names_within};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::view::{Acknowledgement, ContributionCreate, ContributionQuery, ContributionView, Retraction};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_contributions)
        .service(submit_contribution)
        .service(get_contribution)
        .service(acknowledge_contribution)
        .service(withdraw_contribution);
}

#[utoipa::path(
    operation_id = "listContributions",
    tag = tag::STANDING,
    summary = "贡献列表 / List contributions",
    description = "第十条：会员单位提供的信息资料、研究成果、可共享资源和建议，最近的在前；单位只见本单位的 / Article 10: information, research results, resources and suggestions that units gave, the latest first; a unit sees its own.",
    params(Paging, ContributionQuery),
    responses((status = 200, body = PageOf<ContributionView>, description = "一页 / One page")),
)]
#[get("/v1/contributions")]
pub(crate) async fn list_contributions(caller: Caller, query: Filter<ContributionQuery>) -> Answer {
    let filter = ContributionFilter::from(&query.by);
    let actor = &caller.act.actor;
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = all_names(caller.store()).await?;
    Ok(query.reply(&PageOf::of(page, |found| ContributionView::of(actor, found, &names)))?)
}

#[utoipa::path(
    operation_id = "submitContribution",
    tag = tag::STANDING,
    summary = "提交贡献 / Contribute",
    description = "第十条第三项：由固定代表或联络人为本单位提交，记入履职记录 / Article 10(3): the representative or liaison contributes for the unit; it enters the passbook.",
    request_body = ContributionCreate,
    responses((status = 201, body = ContributionView, description = "已提交 / On file")),
)]
#[post("/v1/contributions")]
pub(crate) async fn submit_contribution(caller: Caller, body: Body<ContributionCreate>) -> Answer {
    let allowed = async { if caller.act.actor.has_some(&CONTRIBUTION_SUBMIT) { Ok(()) } else { refuse(&caller) } };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::submit(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/contributions/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getContribution",
    tag = tag::STANDING,
    summary = "查看贡献 / Read a contribution",
    description = "贡献及秘书处的确认 / The contribution and the secretariat's acknowledgement.",
    params(("contribution_id" = Uuid, Path, description = "贡献标识 / Id of the contribution", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f01")),
    responses((status = 200, body = ContributionView, description = "贡献 / The contribution")),
)]
#[get("/v1/contributions/{contribution_id}")]
pub(crate) async fn get_contribution(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, ContributionId(path.into_inner())).await?;
    let names = all_names(caller.store()).await?;
    let version = found.contribution.version;
    Ok(Reply::ok(&ContributionView::of(&caller.act.actor, found, &names))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "acknowledgeContribution",
    tag = tag::STANDING,
    summary = "确认收悉贡献 / Acknowledge a contribution",
    description = "第十条：秘书处确认收悉，可附说明 / Article 10: the secretariat has taken note of it, with a remark if it likes.",
    params(("contribution_id" = Uuid, Path, description = "贡献标识 / Id of the contribution", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f01"), IfMatch),
    request_body = Acknowledgement,
    responses((status = 200, body = ContributionView, description = "确认后的贡献 / The contribution as it is now")),
)]
#[post("/v1/contributions/{contribution_id}/acknowledge")]
pub(crate) async fn acknowledge_contribution(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Acknowledgement>,
) -> Answer {
    let id = ContributionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONTRIBUTION_ACKNOWLEDGE), async |work, target, given| {
            commands::acknowledge(work, target, given.note.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawContribution",
    tag = tag::STANDING,
    summary = "撤回贡献 / Withdraw a contribution",
    description = "第十条：单位撤回所提交的贡献，履职记录中的相应一条随之撤销 / Article 10: the unit takes it back, and the line in its passbook is withdrawn with it.",
    params(("contribution_id" = Uuid, Path, description = "贡献标识 / Id of the contribution", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0f01"), IfMatch),
    request_body = Retraction,
    responses((status = 200, body = ContributionView, description = "撤回后的贡献 / The contribution as it is now")),
)]
#[post("/v1/contributions/{contribution_id}/withdraw")]
pub(crate) async fn withdraw_contribution(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Retraction>,
) -> Answer {
    let id = ContributionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONTRIBUTION_SUBMIT), async |work, target, given| {
            commands::retract(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

/// Nobody who speaks for no unit contributes.
fn refuse(caller: &Caller) -> Result<()> {
    commands::giver(&caller.act.actor, None::<UnitId>).map(drop)
}

async fn may(caller: &Caller, id: ContributionId, wanted: &Permission) -> Result<()> {
    let found = queries::get(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, wanted, &CONTRIBUTION_READ, &found.contribution)
}

/// The contribution as it is after a command.
async fn after(work: &Work<'_>, id: ContributionId) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?.ok_or_else(|| Refusal::of(&CONTRIBUTION_NOT_FOUND))?;
    let names = all_names_within(work).await?;
    let version = found.contribution.version;
    Ok(Reply::ok(&ContributionView::of(work.actor(), found, &names))?.etag_of_view(version))
}

//! Applying to a committee (Articles 9(3) and 17).

mod view;

use actix_web::{get, post, web};
use gongjian_committees::committee::action::{
    COMMITTEE_APPLICATION_READ, COMMITTEE_APPLY, COMMITTEE_CHECK, COMMITTEE_DECIDE,
};
use gongjian_committees::committee::application::{
    CommitteeApplicationFilter, CommitteeApplicationId, commands, queries,
};
use gongjian_committees::committee::queries as committees;
use gongjian_governance::body::BodyId;
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::view::{
    CommitteeApplicationCheck, CommitteeApplicationCreate, CommitteeApplicationQuery, CommitteeApplicationReason,
    CommitteeApplicationView,
};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_committee_applications)
        .service(apply_to_committee)
        .service(get_committee_application)
        .service(check_committee_application)
        .service(agree_to_committee_application)
        .service(decline_committee_application)
        .service(withdraw_committee_application);
}

#[utoipa::path(
    operation_id = "listCommitteeApplications",
    tag = tag::COMMITTEES,
    summary = "加入专委会的申请列表 / List applications to committees",
    description = "最近的在前；单位见本单位的，牵头单位、主任见本专委会的 / The latest first; units see their own, lead units and directors those of their committee.",
    params(Paging, CommitteeApplicationQuery),
    responses((status = 200, body = PageOf<CommitteeApplicationView>, description = "一页 / One page")),
)]
#[get("/v1/committee-applications")]
pub(crate) async fn list_committee_applications(caller: Caller, query: Filter<CommitteeApplicationQuery>) -> Answer {
    let filter = CommitteeApplicationFilter::from(&query.by);
    let (actor, cursor) = (&caller.act.actor, query.page.cursor.as_deref());
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |found| CommitteeApplicationView::of(actor, found)))?)
}

#[utoipa::path(
    operation_id = "applyToCommittee",
    tag = tag::COMMITTEES,
    summary = "申请加入专委会 / Apply to a committee",
    description = "第九条：在会单位由固定代表申请，可加入多个专委会，同一专委会同时只有一件在办申请 / Article 9: a member applies by its representative, to several committees if it likes, to each once at a time.",
    params(("committee_id" = Uuid, Path, description = "专委会标识 / Id of the committee", example = "01980000-0000-7000-8000-000000001702")),
    request_body = CommitteeApplicationCreate,
    responses((status = 201, body = CommitteeApplicationView, description = "已申请 / Applied")),
)]
#[post("/v1/committees/{committee_id}/applications")]
pub(crate) async fn apply_to_committee(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<CommitteeApplicationCreate>,
) -> Answer {
    let id = BodyId(path.into_inner());
    let allowed = async {
        let actor = &caller.act.actor;
        committees::find(caller.store().db.reader(), id, caller.store().today()).await?;
        if actor.has_some(&COMMITTEE_APPLY) {
            return Ok(());
        }
        authorize(actor, &COMMITTEE_APPLY, &COMMITTEE_APPLY, &Association)
    };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::apply(work, id, new.unit_id.into(), new.reason.clone()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/committee-applications/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getCommitteeApplication",
    tag = tag::COMMITTEES,
    summary = "查看加入专委会的申请 / Read an application to a committee",
    description = "申请、牵头单位审核意见、两名主任的意见 / The application, what the lead unit found, what both directors say.",
    params(("committee_application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721")),
    responses((status = 200, body = CommitteeApplicationView, description = "申请 / The application")),
)]
#[get("/v1/committee-applications/{committee_application_id}")]
pub(crate) async fn get_committee_application(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = CommitteeApplicationId(path.into_inner());
    let found = queries::check(caller.store(), &caller.act.actor, id, &COMMITTEE_APPLICATION_READ).await?;
    let version = found.application.version;
    Ok(Reply::ok(&CommitteeApplicationView::of(&caller.act.actor, found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "checkCommitteeApplication",
    tag = tag::COMMITTEES,
    summary = "审核加入专委会的申请 / Check an application to a committee",
    description = "第十七条：由牵头单位的固定代表或联络人审核并附意见 / Article 17: by the representative or liaison of the lead unit, with a remark.",
    params(("committee_application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721"), IfMatch),
    request_body = CommitteeApplicationCheck,
    responses((status = 200, body = CommitteeApplicationView, description = "审核后 / The application as it is now")),
)]
#[post("/v1/committee-applications/{committee_application_id}/check")]
pub(crate) async fn check_committee_application(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CommitteeApplicationCheck>,
) -> Answer {
    let id = CommitteeApplicationId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_CHECK), async |work, target, given| {
            commands::check(work, target, given.remark.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "agreeToCommitteeApplication",
    tag = tag::COMMITTEES,
    summary = "同意加入 / Agree to an application",
    description = "第十七条：两名主任各自表明意见，均同意即加入；缺任一人不能办理 / Article 17: each director decides for himself, and with both the unit is a member; blocked while one is missing.",
    params(("committee_application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721")),
    request_body = NoFields,
    responses((status = 200, body = CommitteeApplicationView, description = "表明意见后 / The application as it is now")),
)]
#[post("/v1/committee-applications/{committee_application_id}/agree")]
pub(crate) async fn agree_to_committee_application(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<NoFields>,
) -> Answer {
    let id = CommitteeApplicationId(path.into_inner());
    caller
        .command(body, may(&caller, id, &COMMITTEE_DECIDE), async |work, _| {
            commands::decide(work, id, None).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineCommitteeApplication",
    tag = tag::COMMITTEES,
    summary = "不同意加入 / Decline an application",
    description = "第十七条：任一主任可以说明理由不同意，申请即告结束 / Article 17: either director may decline with a reason; that ends it.",
    params(("committee_application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721")),
    request_body = CommitteeApplicationReason,
    responses((status = 200, body = CommitteeApplicationView, description = "表明意见后 / The application as it is now")),
)]
#[post("/v1/committee-applications/{committee_application_id}/decline")]
pub(crate) async fn decline_committee_application(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<CommitteeApplicationReason>,
) -> Answer {
    let id = CommitteeApplicationId(path.into_inner());
    caller
        .command(body, may(&caller, id, &COMMITTEE_DECIDE), async |work, given| {
            commands::decide(work, id, Some(given.reason.clone())).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawCommitteeApplication",
    tag = tag::COMMITTEES,
    summary = "撤回申请 / Take an application back",
    description = "由申请单位在两名主任均表明意见前撤回 / By the unit, until both directors have decided.",
    params(("committee_application_id" = Uuid, Path, description = "申请标识 / Id of the application", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1721"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = CommitteeApplicationView, description = "撤回后 / The application as it is now")),
)]
#[post("/v1/committee-applications/{committee_application_id}/withdraw")]
pub(crate) async fn withdraw_committee_application(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = CommitteeApplicationId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &COMMITTEE_APPLY), async |work, target, _| {
            commands::withdraw(work, target).await?;
            after(work, id).await
        })
        .await
}

async fn may(caller: &Caller, id: CommitteeApplicationId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The application as it is after a command.
async fn after(work: &Work<'_>, id: CommitteeApplicationId) -> Result<Reply> {
    let found = queries::find(work.tx(), id, work.today()).await?;
    let version = found.application.version;
    Ok(Reply::ok(&CommitteeApplicationView::of(work.actor(), found))?.etag_of_view(version))
}

//! Two-key consent (Articles 17 and 18).

mod view;

use actix_web::{get, post, web};
use gongjian_governance::consent::action::{CONSENT_OPEN, CONSENT_READ, CONSENT_SIGN};
use gongjian_governance::consent::{ConsentFilter, ConsentId, commands, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Actor, Permission, Result, Work};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::view::{JointConsentCreate, JointConsentQuery, JointConsentReason, JointConsentView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_joint_consents)
        .service(open_joint_consent)
        .service(get_joint_consent)
        .service(sign_joint_consent)
        .service(decline_joint_consent)
        .service(withdraw_joint_consent);
}

#[utoipa::path(
    operation_id = "listJointConsents",
    tag = tag::DECISIONS,
    summary = "双签事项列表 / List consents of both keys",
    description = "最近发起的在前；主任、会长见本机构的，理事见逾期转理事会的 / The latest first; directors and presidents see those of their body, the council's members what was escalated to it.",
    params(Paging, JointConsentQuery),
    responses((status = 200, body = PageOf<JointConsentView>, description = "一页 / One page")),
)]
#[get("/v1/joint-consents")]
pub(crate) async fn list_joint_consents(caller: Caller, query: Filter<JointConsentQuery>) -> Answer {
    let filter = ConsentFilter::from(&query.by);
    let (actor, today) = (&caller.act.actor, caller.store().today());
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, |found| JointConsentView::of(actor, found, today)))?)
}

#[utoipa::path(
    operation_id = "openJointConsent",
    tag = tag::DECISIONS,
    summary = "发起双签 / Ask for the consent of both keys",
    description = "第十七、十八条：须双主任、双会长协商一致的事项；缺任一人即不能发起 / Articles 17 and 18: what both directors or presidents must agree on; refused while one of them is missing.",
    request_body = JointConsentCreate,
    responses((status = 201, body = JointConsentView, description = "已发起 / Opened")),
)]
#[post("/v1/joint-consents")]
pub(crate) async fn open_joint_consent(caller: Caller, body: Body<JointConsentCreate>) -> Answer {
    let allowed = async { may_open(&caller.act.actor) };
    caller
        .command(body, allowed, async |work, new| {
            may_open(work.actor())?;
            let made = commands::open(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/joint-consents/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getJointConsent",
    tag = tag::DECISIONS,
    summary = "查看双签事项 / Read a consent of both keys",
    description = "内容、期限与双方签署意见 / The text, its time and what both have said.",
    params(("joint_consent_id" = Uuid, Path, description = "双签标识 / Id of the consent", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1103")),
    responses((status = 200, body = JointConsentView, description = "双签事项 / The consent")),
)]
#[get("/v1/joint-consents/{joint_consent_id}")]
pub(crate) async fn get_joint_consent(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let id = ConsentId(path.into_inner());
    let found = queries::check(caller.store(), &caller.act.actor, id, &CONSENT_READ).await?;
    let version = found.consent.version;
    let view = JointConsentView::of(&caller.act.actor, found, caller.store().today());
    Ok(Reply::ok(&view)?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "signJointConsent",
    tag = tag::DECISIONS,
    summary = "签署同意 / Sign",
    description = "由此刻任职的主任、会长本人签署，一职一签；双方均签署即协商一致；重复签署视为一次 / By whoever holds the key at this instant, once for each office; with both keys the two agree. The same again is the same.",
    params(("joint_consent_id" = Uuid, Path, description = "双签标识 / Id of the consent", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1103")),
    request_body = NoFields,
    responses((status = 200, body = JointConsentView, description = "签署后 / The consent as it is now")),
)]
#[post("/v1/joint-consents/{joint_consent_id}/sign")]
pub(crate) async fn sign_joint_consent(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    let id = ConsentId(path.into_inner());
    caller
        .command(body, may(&caller, id, &CONSENT_SIGN), async |work, _| {
            commands::sign(work, id).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "declineJointConsent",
    tag = tag::DECISIONS,
    summary = "不同意 / Decline",
    description = "任一方可以说明理由不同意，事项即告结束 / Either may decline with a reason; that ends it.",
    params(("joint_consent_id" = Uuid, Path, description = "双签标识 / Id of the consent", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1103")),
    request_body = JointConsentReason,
    responses((status = 200, body = JointConsentView, description = "不同意后 / The consent as it is now")),
)]
#[post("/v1/joint-consents/{joint_consent_id}/decline")]
pub(crate) async fn decline_joint_consent(
    caller: Caller,
    path: web::Path<Uuid>,
    body: Body<JointConsentReason>,
) -> Answer {
    let id = ConsentId(path.into_inner());
    caller
        .command(body, may(&caller, id, &CONSENT_SIGN), async |work, given| {
            commands::decline(work, id, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawJointConsent",
    tag = tag::DECISIONS,
    summary = "撤回双签事项 / Take a consent back",
    description = "由主任、会长撤回尚未双签的事项 / What both have not signed is taken back by a director or president.",
    params(("joint_consent_id" = Uuid, Path, description = "双签标识 / Id of the consent", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1103"), IfMatch),
    request_body = JointConsentReason,
    responses((status = 200, body = JointConsentView, description = "撤回后 / The consent as it is now")),
)]
#[post("/v1/joint-consents/{joint_consent_id}/withdraw")]
pub(crate) async fn withdraw_joint_consent(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<JointConsentReason>,
) -> Answer {
    let id = ConsentId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CONSENT_OPEN), async |work, target, given| {
            commands::withdraw(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

/// Nobody without a key asks for a consent.
fn may_open(actor: &Actor) -> Result<()> {
    if actor.has_some(&CONSENT_OPEN) {
        return Ok(());
    }
    authorize(actor, &CONSENT_OPEN, &CONSENT_OPEN, &Association)
}

async fn may(caller: &Caller, id: ConsentId, wanted: &Permission) -> Result<()> {
    queries::check(caller.store(), &caller.act.actor, id, wanted).await.map(drop)
}

/// The consent as it is after a command.
async fn after(work: &Work<'_>, id: ConsentId) -> Result<Reply> {
    let found = queries::find(work.tx(), id).await?;
    let version = found.consent.version;
    Ok(Reply::ok(&JointConsentView::of(work.actor(), found, work.today()))?.etag_of_view(version))
}

//! Briefings (通报): what the council tells members (Article 2).

mod calls;
mod calls_view;
mod input;
mod opinions;
mod opinions_view;
mod view;

use actix_web::{get, patch, post, web};
use gongjian_governance::briefing::action::{BRIEFING_DRAFT, BRIEFING_ISSUE, BRIEFING_READ, BRIEFING_SIGN, Told};
use gongjian_governance::briefing::fault::BRIEFING_NOT_FOUND;
use gongjian_governance::briefing::{BriefingFilter, BriefingId, commands, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Refusal, Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries::all_names;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub(super) use self::input::Reason;
use self::input::{BriefingCreate, BriefingQuery, BriefingUpdate, ReaderQuery, Signature};
use self::view::{BriefingSummary, BriefingView, ReaderView, SignatureView};
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, IfMatch, NoFields, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_briefings)
        .service(draft_briefing)
        .service(get_briefing)
        .service(update_briefing)
        .service(issue_briefing)
        .service(sign_briefing)
        .service(withdraw_briefing)
        .service(discard_briefing)
        .service(list_briefing_readers)
        .configure(calls::configure)
        .configure(opinions::configure);
}

#[utoipa::path(
    operation_id = "listBriefings",
    tag = tag::BRIEFINGS,
    summary = "通报列表 / List briefings",
    description = "第二条：最近的在前；会员单位只见发给本单位的 / Article 2: the latest first; a unit sees what is told to it.",
    params(Paging, BriefingQuery),
    responses((status = 200, body = PageOf<BriefingSummary>, description = "一页 / One page")),
)]
#[get("/v1/briefings")]
pub(crate) async fn list_briefings(caller: Caller, query: Filter<BriefingQuery>) -> Answer {
    let filter = BriefingFilter::from(&query.by);
    let actor = &caller.act.actor;
    let page = queries::list(caller.store(), actor, &filter, query.page.limit, query.page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, BriefingSummary::from))?)
}

#[utoipa::path(
    operation_id = "draftBriefing",
    tag = tag::BRIEFINGS,
    summary = "起草通报 / Draft a briefing",
    description = "第二条：秘书处起草理事会向会员的通报；未填期间的，按配置的通报间隔取今日所在的一期。更正稿以 replaces_id 指明已撤回的原通报 / Article 2: the secretariat drafts what the council tells members; without a period, the interval of the policy that today lies in. A correction names the withdrawn briefing in replaces_id.",
    request_body = BriefingCreate,
    responses((status = 201, body = BriefingView, description = "草稿 / The draft")),
)]
#[post("/v1/briefings")]
pub(crate) async fn draft_briefing(caller: Caller, body: Body<BriefingCreate>) -> Answer {
    let allowed = async { caller.authorize(&BRIEFING_DRAFT, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::draft(work, new.clone().into()).await?;
            Ok(after(work, made.id).await?.created(format!("/v1/briefings/{}", made.id)))
        })
        .await
}

#[utoipa::path(
    operation_id = "getBriefing",
    tag = tag::BRIEFINGS,
    summary = "查看通报 / Read a briefing",
    description = "查看不等于签阅；签阅另行办理。已撤回的通报，会员单位只见撤回理由和更正稿 / Reading it here is no receipt. Of a withdrawn one, units see why it was withdrawn and what corrects it.",
    params(("briefing_id" = Uuid, Path, description = "通报标识 / Id of the briefing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701")),
    responses((status = 200, body = BriefingView, description = "通报 / The briefing")),
)]
#[get("/v1/briefings/{briefing_id}")]
pub(crate) async fn get_briefing(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let found = queries::get(caller.store(), &caller.act.actor, BriefingId(path.into_inner())).await?;
    let version = found.briefing.version;
    Ok(Reply::ok(&BriefingView::of(&caller.act.actor, found))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "updateBriefing",
    tag = tag::BRIEFINGS,
    summary = "修改通报草稿 / Edit a draft",
    description = "变更所给的成员，其余不变；签发后不能修改 / Changes the members given; nothing changes once it is issued.",
    params(("briefing_id" = Uuid, Path, description = "通报标识 / Id of the briefing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"), IfMatch),
    request_body(content = BriefingUpdate, content_type = "application/merge-patch+json"),
    responses((status = 200, body = BriefingView, description = "修改后的草稿 / The draft as it is now")),
)]
#[patch("/v1/briefings/{briefing_id}")]
pub(crate) async fn update_briefing(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<BriefingUpdate>,
) -> Answer {
    let id = BriefingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BRIEFING_DRAFT), async |work, target, edit| {
            commands::edit(work, target, edit.clone().into()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "issueBriefing",
    tag = tag::BRIEFINGS,
    summary = "签发通报 / Issue a briefing",
    description = "第二条：由秘书长签发；编号、发送对象的单位名单自此固定 / Article 2: by order of the secretary-general; its number and the list of units that are expected to read stay as they are from now on.",
    params(("briefing_id" = Uuid, Path, description = "通报标识 / Id of the briefing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = BriefingView, description = "已签发 / The briefing as it is now")),
)]
#[post("/v1/briefings/{briefing_id}/issue")]
pub(crate) async fn issue_briefing(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = BriefingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BRIEFING_ISSUE), async |work, target, _| {
            commands::issue(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "signBriefing",
    tag = tag::BRIEFINGS,
    summary = "签阅通报 / Sign a briefing as read",
    description = "第二条：由固定代表或联络人为本单位签阅，以首次为准，重复签阅返回首次的回执 / Article 2: the representative or liaison signs for the unit; the first reading counts, and a repetition returns it.",
    params(("briefing_id" = Uuid, Path, description = "通报标识 / Id of the briefing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701")),
    request_body = Signature,
    responses((status = 200, body = SignatureView, description = "回执 / The receipt")),
)]
#[post("/v1/briefings/{briefing_id}/sign")]
pub(crate) async fn sign_briefing(caller: Caller, path: web::Path<Uuid>, body: Body<Signature>) -> Answer {
    let id = BriefingId(path.into_inner());
    caller
        .command(body, may(&caller, id, &BRIEFING_SIGN), async |work, sent| {
            let read = commands::sign(work, id, sent.unit_id.map(UnitId)).await?;
            Reply::ok(&SignatureView::from(read))
        })
        .await
}

#[utoipa::path(
    operation_id = "withdrawBriefing",
    tag = tag::BRIEFINGS,
    summary = "撤回通报 / Withdraw a briefing",
    description = "由秘书长撤回并说明理由；编号不再使用，签阅记录保留 / By the secretary-general, who says why; its number is not used again, its receipts stay.",
    params(("briefing_id" = Uuid, Path, description = "通报标识 / Id of the briefing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"), IfMatch),
    request_body = Reason,
    responses((status = 200, body = BriefingView, description = "已撤回 / The briefing as it is now")),
)]
#[post("/v1/briefings/{briefing_id}/withdraw")]
pub(crate) async fn withdraw_briefing(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<Reason>,
) -> Answer {
    let id = BriefingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BRIEFING_ISSUE), async |work, target, given| {
            commands::withdraw(work, target, given.reason.clone()).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "discardBriefing",
    tag = tag::BRIEFINGS,
    summary = "作废通报草稿 / Discard a draft",
    description = "草稿不占编号 / A draft never had a number.",
    params(("briefing_id" = Uuid, Path, description = "通报标识 / Id of the briefing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"), IfMatch),
    request_body = NoFields,
    responses((status = 200, body = BriefingView, description = "已作废 / The draft as it is now")),
)]
#[post("/v1/briefings/{briefing_id}/discard")]
pub(crate) async fn discard_briefing(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<NoFields>,
) -> Answer {
    let id = BriefingId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &BRIEFING_DRAFT), async |work, target, _| {
            commands::discard(work, target).await?;
            after(work, id).await
        })
        .await
}

#[utoipa::path(
    operation_id = "listBriefingReaders",
    tag = tag::BRIEFINGS,
    summary = "签阅情况 / Who has read a briefing",
    description = "发送对象中已签阅和未签阅的单位，及后入会单位的签阅 / The units that were expected to read, those that have and have not, and units that joined later and have.",
    params(("briefing_id" = Uuid, Path, description = "通报标识 / Id of the briefing", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c1701"), Paging, ReaderQuery),
    responses((status = 200, body = PageOf<ReaderView>, description = "一页 / One page")),
)]
#[get("/v1/briefings/{briefing_id}/readers")]
pub(crate) async fn list_briefing_readers(caller: Caller, path: web::Path<Uuid>, query: Filter<ReaderQuery>) -> Answer {
    let (store, id) = (caller.store(), BriefingId(path.into_inner()));
    let (limit, cursor) = (query.page.limit, query.page.cursor.as_deref());
    let page = queries::readers(store, &caller.act.actor, id, query.by.read, limit, cursor).await?;
    let names = all_names(store).await?;
    Ok(query.reply(&PageOf::of(page, |found| ReaderView::of(found, &names)))?)
}

async fn may(caller: &Caller, id: BriefingId, wanted: &Permission) -> Result<()> {
    let actor = &caller.act.actor;
    let found = queries::get(caller.store(), actor, id).await?;
    authorize(actor, wanted, &BRIEFING_READ, &Told { briefing: &found.briefing, units: &found.addressed })
}

/// The briefing as it is after a command.
async fn after(work: &Work<'_>, id: BriefingId) -> Result<Reply> {
    let found = queries::find(work.tx(), work.actor(), id).await?;
    let found = found.ok_or_else(|| Refusal::of(&BRIEFING_NOT_FOUND))?;
    let version = found.briefing.version;
    Ok(Reply::ok(&BriefingView::of(work.actor(), found))?.etag_of_view(version))
}

//! Amending the charter (Article 11(1)): the secretariat drafts, the general meeting decides.

use actix_web::{post, put, web};
use gongjian_governance::charter::action::{CHARTER_DRAFT, CHARTER_ENACT, CHARTER_READ};
use gongjian_governance::charter::{CharterVersion, CharterVersionId, commands, loading, queries};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Permission, Result, Work, policy};
use gongjian_membership::AssociationPolicy;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::input::{
    ArticleInput, ArticlesInput, CharterDraftCreate, CharterEnactment, CharterReason, CharterSubmission,
};
use super::text::CharterTextLoad;
use super::view::CharterView;
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(draft_version)
        .service(rewrite_articles)
        .service(write_article)
        .service(load_text)
        .service(submit_version)
        .service(return_version)
        .service(discard_version)
        .service(enact_version);
}

#[utoipa::path(
    operation_id = "draftCharterVersion",
    tag = tag::CHARTER,
    summary = "起草章程修订 / Draft an amendment of the charter",
    description = "第十三条第三款第一项：秘书处以现行版本为基础起草 / Article 13: the secretariat drafts from the version in force.",
    request_body = CharterDraftCreate,
    responses((status = 201, body = CharterView, description = "已起草 / Drafted")),
)]
#[post("/v1/charter/versions")]
pub(crate) async fn draft_version(caller: Caller, body: Body<CharterDraftCreate>) -> Answer {
    let allowed = async { caller.authorize(&CHARTER_DRAFT, &Association) };
    caller
        .command(body, allowed, async |work, new| {
            let made = commands::draft(work, new.clone().into()).await?;
            let location = format!("/v1/charter/versions/{}", made.id);
            Ok(after(work, made).await?.created(location))
        })
        .await
}

#[utoipa::path(
    operation_id = "rewriteCharterArticles",
    tag = tag::CHARTER,
    summary = "重写草案各条 / Write all articles of a draft anew",
    description = "以所给各条取代草案的全部各条，用于增删和调整条序；条、款、项须依次排列 / The articles given take the place of those of the draft: for inserting, moving and removing; articles, paragraphs and items are in order.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), IfMatch),
    request_body = ArticlesInput,
    responses((status = 200, body = CharterView, description = "修改后的草案 / The draft as it is now")),
)]
#[put("/v1/charter/versions/{charter_version_id}/articles")]
pub(crate) async fn rewrite_articles(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ArticlesInput>,
) -> Answer {
    let id = CharterVersionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CHARTER_DRAFT), async |work, target, given| {
            let articles = given.articles.iter().cloned().map(Into::into).collect();
            let version = commands::rewrite(work, target, articles).await?;
            after(work, version).await
        })
        .await
}

#[utoipa::path(
    operation_id = "writeCharterArticle",
    tag = tag::CHARTER,
    summary = "写入草案的一条 / Write an article of a draft",
    description = "取代草案中同一条号的条，或接在最后 / In the place of the article with its number, or at the end.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), IfMatch),
    request_body = ArticleInput,
    responses((status = 200, body = CharterView, description = "修改后的草案 / The draft as it is now")),
)]
#[post("/v1/charter/versions/{charter_version_id}/articles")]
pub(crate) async fn write_article(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<ArticleInput>,
) -> Answer {
    let id = CharterVersionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CHARTER_DRAFT), async |work, target, given| {
            let version = commands::write_article(work, target, given.clone().into()).await?;
            after(work, version).await
        })
        .await
}

#[utoipa::path(
    operation_id = "loadCharterText",
    tag = tag::CHARTER,
    summary = "载入章程正文 / Load the official text",
    description = "草案可多次载入；本系统启用前已施行的版本只载入一次，摘要不变 / Into a draft as often as needed; into the version that was brought along once; digests stay.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), IfMatch),
    request_body = CharterTextLoad,
    responses((status = 200, body = CharterView, description = "载入后的版本 / The version as it is now")),
)]
#[post("/v1/charter/versions/{charter_version_id}/load-text")]
pub(crate) async fn load_text(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CharterTextLoad>,
) -> Answer {
    let id = CharterVersionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CHARTER_DRAFT), async |work, target, given| {
            let version = loading::load_text(work, target, given.clone().into()).await?;
            after(work, version).await
        })
        .await
}

#[utoipa::path(
    operation_id = "submitCharterVersion",
    tag = tag::CHARTER,
    summary = "草案提交审议 / Submit a draft of the charter",
    description = "提交会员大会；此后草案不再改动，退回后方可修改 / It lies before the general meeting and does not change until it is returned.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), IfMatch),
    request_body = CharterSubmission,
    responses((status = 200, body = CharterView, description = "已提交 / Submitted")),
)]
#[post("/v1/charter/versions/{charter_version_id}/submit")]
pub(crate) async fn submit_version(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CharterSubmission>,
) -> Answer {
    let id = CharterVersionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CHARTER_DRAFT), async |work, target, given| {
            let version = commands::submit(work, target, given.clone().into()).await?;
            after(work, version).await
        })
        .await
}

#[utoipa::path(
    operation_id = "returnCharterVersion",
    tag = tag::CHARTER,
    summary = "退回草案修改 / Return a draft of the charter",
    description = "会议要求修改的，退回起草 / Where the meeting wants it otherwise, it is a draft again.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), IfMatch),
    request_body = CharterReason,
    responses((status = 200, body = CharterView, description = "已退回 / Returned")),
)]
#[post("/v1/charter/versions/{charter_version_id}/return")]
pub(crate) async fn return_version(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CharterReason>,
) -> Answer {
    let id = CharterVersionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CHARTER_DRAFT), async |work, target, given| {
            let version = commands::send_back(work, target, given.reason.clone()).await?;
            after(work, version).await
        })
        .await
}

#[utoipa::path(
    operation_id = "discardCharterVersion",
    tag = tag::CHARTER,
    summary = "撤销草案 / Discard a draft of the charter",
    description = "不再修订的草案；记录保留 / Nothing comes of it; the record stays.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), IfMatch),
    request_body = CharterReason,
    responses((status = 200, body = CharterView, description = "已撤销 / Discarded")),
)]
#[post("/v1/charter/versions/{charter_version_id}/discard")]
pub(crate) async fn discard_version(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CharterReason>,
) -> Answer {
    let id = CharterVersionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CHARTER_DRAFT), async |work, target, given| {
            let version = commands::discard(work, target, given.reason.clone()).await?;
            after(work, version).await
        })
        .await
}

#[utoipa::path(
    operation_id = "enactCharterVersion",
    tag = tag::CHARTER,
    summary = "章程修订通过施行 / Put an adopted charter into force",
    description = "第十一条第一项：只凭会员大会就章程修订作出的有效决议；自施行日期起为现行版本，一项决议只用一次 / Article 11(1): by an effective decision of the general meeting on the charter alone, good once; it is in force from its day on.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), IfMatch),
    request_body = CharterEnactment,
    responses((status = 200, body = CharterView, description = "已通过 / Adopted")),
)]
#[post("/v1/charter/versions/{charter_version_id}/enact")]
pub(crate) async fn enact_version(
    caller: Caller,
    path: web::Path<Uuid>,
    if_match: IfMatch,
    body: Body<CharterEnactment>,
) -> Answer {
    let id = CharterVersionId(path.into_inner());
    caller
        .act_on(id, if_match, body, may(&caller, id, &CHARTER_ENACT), async |work, target, given| {
            let version = commands::enact(work, target, given.clone().into()).await?;
            after(work, version).await
        })
        .await
}

async fn may(caller: &Caller, id: CharterVersionId, wanted: &Permission) -> Result<()> {
    let found = queries::find(caller.store(), &caller.act.actor, id).await?;
    authorize(&caller.act.actor, wanted, &CHARTER_READ, &found)
}

/// The version as it is after a command.
async fn after(work: &Work<'_>, version: CharterVersion) -> Result<Reply> {
    let number = version.version;
    let found = queries::on_file(work.tx(), version, work.today()).await?;
    let names = policy::within::<AssociationPolicy>(work).await?;
    Ok(Reply::ok(&CharterView::of(work.actor(), found, &names.value))?.etag_of_view(number))
}

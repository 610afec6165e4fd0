//! The charter as versioned data (Article 11(1)): reading it, and what rests on each article.

mod basis;
mod drafting;
mod input;
mod text;
mod view;

use std::sync::Arc;

use actix_web::{get, web};
use gongjian_governance::charter::fault::CHARTER_ARTICLE_NOT_FOUND;
use gongjian_governance::charter::queries::CharterOnFile;
use gongjian_governance::charter::{CharterVersionId, queries};
use gongjian_kernel::policy::{self, InForce};
use gongjian_kernel::{Refusal, Result, Text};
use gongjian_membership::AssociationPolicy;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use self::basis::ArticleBasisView;
use self::input::{ArticleQuery, DifferenceQuery, OnDay, VersionQuery};
use self::view::{ArticleView, CharterView, DifferenceView, DifferencesView};
use crate::document::tag;
use crate::extract::{Caller, Filter, Paging, Query};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_charter)
        .service(search_articles)
        .service(get_article)
        .service(list_versions)
        .service(get_version)
        .service(get_differences)
        .configure(drafting::configure);
}

#[utoipa::path(
    operation_id = "getCharter",
    tag = tag::CHARTER,
    summary = "查看章程 / Read the charter",
    description = "该日施行的章程：各条摘要，及本会载入的正文；登录者均可查阅 / The charter in force on that day: a digest of each article, and the official text where the association has loaded it; for whoever is signed in.",
    params(OnDay),
    responses((status = 200, body = CharterView, description = "章程 / The charter")),
)]
#[get("/v1/charter")]
pub(crate) async fn get_charter(caller: Caller, query: Query<OnDay>) -> Answer {
    let day = query.0.as_of.unwrap_or_else(|| caller.store().today());
    let found = queries::charter(caller.store(), day).await?;
    let names = names(&caller).await?;
    Ok(Reply::ok(&CharterView::of(&caller.act.actor, found, &names.value))?)
}

#[utoipa::path(
    operation_id = "searchCharterArticles",
    tag = tag::CHARTER,
    summary = "检索章程条文 / Search the articles of the charter",
    description = "该日施行的章程中含有所查字词的各条，依条号排列 / The articles in force on that day that hold all the words, in order.",
    params(Paging, ArticleQuery),
    responses((status = 200, body = PageOf<ArticleView>, description = "一页 / One page")),
)]
#[get("/v1/charter/articles")]
pub(crate) async fn search_articles(caller: Caller, query: Filter<ArticleQuery>) -> Answer {
    let day = query.by.as_of.unwrap_or_else(|| caller.store().today());
    let q = query.by.q.as_ref().map(Text::as_str);
    let page = queries::search(caller.store(), day, q, query.page.limit, query.page.cursor.as_deref()).await?;
    let names = names(&caller).await?;
    Ok(query.reply(&PageOf::of(page, |article| ArticleView::of(article, &names.value)))?)
}

#[utoipa::path(
    operation_id = "getCharterArticle",
    tag = tag::CHARTER,
    summary = "凭什么：查看章程的一条 / Read an article and what rests on it",
    description = "该日施行的一条，及以其为依据的权限、操作、事件和拒绝 / The article in force on that day, and the permissions, operations, events and refusals that rest on it.",
    params(("number" = i32, Path, description = "条号 / Number of the article", minimum = 1, maximum = 200, example = 11), OnDay),
    responses((status = 200, body = ArticleBasisView, description = "该条及其所支撑的事项 / The article, and what rests on it")),
)]
#[get("/v1/charter/articles/{number}")]
pub(crate) async fn get_article(caller: Caller, path: web::Path<String>, query: Query<OnDay>) -> Answer {
    let number = path.parse().map_err(|_| Refusal::of(&CHARTER_ARTICLE_NOT_FOUND))?;
    let day = query.0.as_of.unwrap_or_else(|| caller.store().today());
    let (charter, article) = queries::article(caller.store(), day, number).await?;
    let founding = article.founding;
    let article = ArticleView::of(article, &names(&caller).await?.value);
    let view = ArticleBasisView::of(charter.id.0, article, founding, caller.lang);
    Ok(Reply::ok(&view)?.etag_of_view(charter.version))
}

#[utoipa::path(
    operation_id = "listCharterVersions",
    tag = tag::CHARTER,
    summary = "章程版本列表 / List versions of the charter",
    description = "已通过的各版本，登录者均可查阅；草案限秘书处，提交审议后会长、副会长和理事可见 / Adopted versions, for whoever is signed in; drafts for the secretariat, and for the president, vice-presidents and council members once submitted.",
    params(Paging, VersionQuery),
    responses((status = 200, body = PageOf<CharterView>, description = "一页 / One page")),
)]
#[get("/v1/charter/versions")]
pub(crate) async fn list_versions(caller: Caller, query: Filter<VersionQuery>) -> Answer {
    let status = query.by.status.as_ref().map(|any| any.0.clone()).unwrap_or_default();
    let actor = &caller.act.actor;
    let page = queries::list(caller.store(), actor, &status, query.page.limit, query.page.cursor.as_deref()).await?;
    Ok(query.reply(&PageOf::of(page, |found: CharterOnFile| CharterView::summary(actor, &found)))?)
}

#[utoipa::path(
    operation_id = "getCharterVersion",
    tag = tag::CHARTER,
    summary = "查看章程版本 / Read a version of the charter",
    description = "一个版本的全部内容；旧版本一直可以查阅 / A version with all that it says; old ones stay readable.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01")),
    responses((status = 200, body = CharterView, description = "章程版本 / The version")),
)]
#[get("/v1/charter/versions/{charter_version_id}")]
pub(crate) async fn get_version(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let actor = &caller.act.actor;
    let found = queries::get(caller.store(), actor, CharterVersionId(path.into_inner())).await?;
    let version = found.charter.version;
    Ok(Reply::ok(&CharterView::of(actor, found, &names(&caller).await?.value))?.etag_of_view(version))
}

#[utoipa::path(
    operation_id = "getCharterDifferences",
    tag = tag::CHARTER,
    summary = "章程版本差异 / How two versions of the charter differ",
    description = "逐条列出新增、修改、删除，并列修订前后的内容 / What was added, changed and removed, article by article, as it was and as it is.",
    params(("charter_version_id" = Uuid, Path, description = "版本标识 / Id of the version", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0c01"), DifferenceQuery),
    responses((status = 200, body = DifferencesView, description = "差异 / The differences")),
)]
#[get("/v1/charter/versions/{charter_version_id}/differences")]
pub(crate) async fn get_differences(caller: Caller, path: web::Path<Uuid>, query: Query<DifferenceQuery>) -> Answer {
    let id = CharterVersionId(path.into_inner());
    let from = query.0.from.map(CharterVersionId);
    let (after, before, found) = queries::differences(caller.store(), &caller.act.actor, id, from).await?;
    let names = names(&caller).await?;
    let articles = found.into_iter().map(|it| DifferenceView::of(it, &names.value)).collect();
    let view = DifferencesView { from_version_id: before.map(|it| it.id.0), to_version_id: after.id.0, articles };
    Ok(Reply::ok(&view)?)
}

/// What stands in the places of `{association}` and `{district}`.
async fn names(caller: &Caller) -> Result<Arc<InForce<AssociationPolicy>>> {
    policy::current::<AssociationPolicy>(caller.store()).await
}

//! Calendar feeds. Programs that keep calendars send no token: the address itself is the proof.

use std::borrow::Cow;

use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use gongjian_governance::compliance::action::COMPLIANCE_READ;
use gongjian_governance::compliance::feed::{FeedSecret, commands, queries};
use gongjian_governance::compliance::{DutyFilter, FeedId, queries as calendar};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::{Refusal, Result};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::ics;
use super::input::FeedCreate;
use super::view::ComplianceFeedView;
use crate::document::tag;
use crate::extract::{Body, Caller, Filter, NoFields, NoFilter, Paging, Visitor};
use crate::page::PageOf;
use crate::problem::{Answer, Problem};
use crate::reply::Reply;
use crate::routes::shown_once::{WithCode, shown_once};

const FEEDS: &str = "/v1/compliance-feeds";
const FILE: &str = "calendar";

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_feeds).service(create_feed).service(revoke_feed).service(read_feed);
}

/// The path as it may be told to the log: whoever reads that does not read calendars.
pub(crate) fn without_secret(path: &str) -> Cow<'_, str> {
    let rest = path.strip_prefix(FEEDS).and_then(|rest| rest.strip_prefix('/'));
    match rest {
        // `…/{feed_id}/revoke` names no secret.
        Some(rest) if !rest.ends_with("/revoke") => format!("{FEEDS}/***").into(),
        Some(_) | None => path.into(),
    }
}

/// 日历订阅及其地址 / A feed with its address.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FeedWithAddress {
    /// 订阅 / The feed.
    feed: ComplianceFeedView,
    /// 订阅地址，仅此一次显示，勿转给他人；重发的请求为空 / The address, shown this once and for its owner alone; null for a request that was sent again.
    #[schema(
        format = "password",
        max_length = 300,
        examples("https://gongjian.example/v1/compliance-feeds/m9n0yA1bC2dE3fG4hI5jK6lM7nO/calendar")
    )]
    url: Option<String>,
    /// 本服务的地址 / Where this server is.
    #[serde(skip)]
    base_url: String,
}

impl WithCode<FeedSecret> for FeedWithAddress {
    fn show(&mut self, secret: &FeedSecret) {
        self.url = Some(format!("{}{FEEDS}/{}/{FILE}", self.base_url, secret.text()));
    }

    fn reply(&self) -> Result<Reply> {
        Ok(Reply::ok(self)?.created(FEEDS).etag_of_view(1))
    }
}

#[utoipa::path(
    operation_id = "listComplianceFeeds",
    tag = tag::COMPLIANCE,
    summary = "本人的日历订阅 / List one's feeds",
    description = "最近的在前，含已撤销的；地址只在建立时显示 / The latest first, revoked ones among them; addresses are shown when they are made.",
    params(Paging),
    responses((status = 200, body = PageOf<ComplianceFeedView>, description = "一页 / One page")),
)]
#[get("/v1/compliance-feeds")]
pub(crate) async fn list_feeds(caller: Caller, query: Filter<NoFilter>) -> Answer {
    let (limit, cursor) = (query.page.limit, query.page.cursor.as_deref());
    let page = queries::list(caller.store(), &caller.act.actor, limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, ComplianceFeedView::from))?)
}

#[utoipa::path(
    operation_id = "createComplianceFeed",
    tag = tag::COMPLIANCE,
    summary = "建立日历订阅 / Make a feed",
    description = "得到一个只有本人知道的 iCalendar 地址，供日历程序读取；随时显示本人当时的职务可见的事项 / An iCalendar address that only its owner knows, for programs that keep calendars; it tells what the owner's offices of that moment let him see.",
    request_body = FeedCreate,
    responses((status = 201, body = FeedWithAddress, description = "已建立 / Made")),
)]
#[post("/v1/compliance-feeds")]
pub(crate) async fn create_feed(caller: Caller, body: Body<FeedCreate>) -> Answer {
    let digest = body.digest().to_owned();
    let actor = &caller.act.actor;
    if !actor.has_some(&COMPLIANCE_READ) {
        authorize(actor, &COMPLIANCE_READ, &COMPLIANCE_READ, &Association)?;
    }
    let new = body.valid()?;
    let base_url = caller.settings().public_base_url.trim_end_matches('/');
    shown_once(&caller, &digest, async |work| {
        let (feed, secret) = commands::create(work, new.name.clone()).await?;
        Ok((FeedWithAddress { feed: feed.into(), url: None, base_url: base_url.to_owned() }, secret))
    })
    .await
}

#[utoipa::path(
    operation_id = "revokeComplianceFeed",
    tag = tag::COMPLIANCE,
    summary = "撤销日历订阅 / Revoke a feed",
    description = "其地址随即失效；限本人 / Its address leads nowhere from now on; for its owner.",
    params(("feed_id" = Uuid, Path, description = "订阅标识 / Id of the feed", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01")),
    request_body = NoFields,
    responses((status = 200, body = ComplianceFeedView, description = "已撤销 / Revoked")),
)]
#[post("/v1/compliance-feeds/{feed_id}/revoke")]
pub(crate) async fn revoke_feed(caller: Caller, path: web::Path<Uuid>, body: Body<NoFields>) -> Answer {
    let id = FeedId(path.into_inner());
    let allowed = async { Ok::<(), Refusal>(()) };
    caller
        .command(body, allowed, async |work, _| Reply::ok(&ComplianceFeedView::from(commands::revoke(work, id).await?)))
        .await
}

#[utoipa::path(
    operation_id = "readComplianceFeed",
    tag = tag::COMPLIANCE,
    summary = "读取日历订阅 / Read a feed",
    description = "iCalendar（RFC 5545）：地址即凭证，无须登录。订阅撤销、账号停用或本人不再任职后为 404 / iCalendar (RFC 5545): the address is the proof. 404 once it is revoked, the account is disabled, or its owner holds no office any more.",
    params(("feed_key" = String, Path, description = "订阅地址中的密钥 / The secret of the address", max_length = 40, pattern = "^[A-Za-z0-9_-]+$", example = "m9n0yA1bC2dE3fG4hI5jK6lM7nO")),
    security(()),
    responses((status = 200, body = String, content_type = "text/calendar", description = "日历 / The calendar")),
)]
#[get("/v1/compliance-feeds/{feed_key}/calendar")]
pub(crate) async fn read_feed(visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let (store, lang) = (visitor.store(), visitor.lang);
    let reader = queries::reader(store, visitor.identity(), &path.into_inner()).await?;
    let duties = calendar::calendar(store, &reader, &DutyFilter::default()).await?;
    let text = ics::write(&duties, store.now(), lang, visitor.settings().public_base_url.trim_end_matches('/'));
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/calendar; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, "inline; filename=\"compliance.ics\""))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_does_not_tell_addresses() {
        let address = "/v1/compliance-feeds/m9n0yA1bC2dE3fG4hI5jK6lM7nO/calendar";
        assert_eq!(without_secret(address), "/v1/compliance-feeds/***");
        assert_eq!(without_secret("/v1/compliance-feeds/m9n0yA1bC2dE3fG4hI5jK6lM7nO"), "/v1/compliance-feeds/***");
        for told in ["/v1/compliance-feeds", "/v1/compliance", "/v1/compliance-feeds/0198/revoke"] {
            assert_eq!(without_secret(told), told);
        }
    }
}

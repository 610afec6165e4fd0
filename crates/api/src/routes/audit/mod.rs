//! The audit trail, for the audit administrator. There is no operation that changes or deletes a row.

mod export;
mod filter;
mod verification;
mod view;

use actix_web::{get, web};
use gongjian_identity::trail;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::document::tag;
use crate::extract::{Caller, Filter, Paging};
use crate::page::PageOf;
use crate::problem::Answer;
use crate::reply::Reply;
use filter::AuditQuery;
use view::AuditEventView;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_audit_events)
        .configure(export::configure)
        .service(get_audit_event)
        .configure(verification::configure);
}

#[utoipa::path(
    operation_id = "listAuditEvents",
    tag = tag::ADMINISTRATION,
    summary = "查阅审计日志 / Read the audit trail",
    description = "仅限安全审计员，最新在前，全部条件同时成立；每次查阅本身留痕；业务内容隐去，不含密码和凭证 / For the audit administrator alone, newest first; all conditions hold. Each reading is itself on record. What business says is masked; no row holds a secret.",
    params(Paging, AuditQuery),
    responses((status = 200, body = PageOf<AuditEventView>, description = "一页 / One page")),
)]
#[get("/v1/audit-events")]
pub(crate) async fn list_audit_events(caller: Caller, query: Filter<AuditQuery>) -> Answer {
    caller.authorize(&trail::TRAIL_READ, &gongjian_kernel::actor::Association)?;
    let wanted = query.by.wanted()?;
    let cursor = query.page.cursor.as_deref();
    let page = trail::list(caller.store(), &caller.act, wanted, query.page.limit, cursor).await?;
    Ok(query.reply(&PageOf::of(page, |row| AuditEventView::of(row, caller.lang)))?)
}

#[utoipa::path(
    operation_id = "getAuditEvent",
    tag = tag::ADMINISTRATION,
    summary = "查看审计记录 / Read one row of the audit trail",
    description = "仅限安全审计员；查看本身留痕 / For the audit administrator alone; the reading is itself on record.",
    params(("audit_event_id" = Uuid, Path, description = "记录标识 / Id of the row", example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0d01")),
    responses((status = 200, body = AuditEventView, description = "审计记录 / The row")),
)]
#[get("/v1/audit-events/{audit_event_id}")]
pub(crate) async fn get_audit_event(caller: Caller, path: web::Path<Uuid>) -> Answer {
    let row = trail::get(caller.store(), &caller.act, path.into_inner()).await?;
    Ok(Reply::ok(&AuditEventView::of(row, caller.lang))?.etag(1))
}

//! The audit trail as CSV: streamed row by row, bounded, a few at a time.

use std::time::Duration;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, get};
use futures_util::stream::unfold;
use gongjian_identity::trail;
use gongjian_kernel::actor::Association;
use gongjian_kernel::audit::{HistoryRow, TrailFilter, batch};
use gongjian_kernel::{Lang, Store};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::filter::AuditQuery;
use super::view::AuditEventView;
use crate::document::tag;
use crate::extract::{Caller, Query};
use crate::problem::Problem;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(export_audit_events);
}

/// 逗号分隔值文件 / A file of comma-separated values.
pub(super) struct AuditCsv;

impl PartialSchema for AuditCsv {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(268_435_456))
            .pattern(Some(r"^[^\x00]*$"))
            .description(Some("逗号分隔值文件，UTF-8 / Comma-separated values in UTF-8."))
            .examples(["\u{feff}\"seq\",\"id\",\"at\",\"kind\"\r\n"])
            .into()
    }
}

impl ToSchema for AuditCsv {}

const ROWS_AT_ONCE: u64 = 1000;
/// A reader who is slower than this gets half a file, and notices.
const LONGEST: Duration = Duration::from_secs(600);

struct Running {
    store: Store,
    filter: TrailFilter,
    lang: Lang,
    after: Option<(chrono::DateTime<chrono::Utc>, i64)>,
    ended: bool,
    until: Instant,
    /// Others wait for it.
    _turn: OwnedSemaphorePermit,
}

#[utoipa::path(
    operation_id = "exportAuditEvents",
    tag = tag::ADMINISTRATION,
    summary = "导出审计日志 / Export the audit trail",
    description = "仅限安全审计员；条件同查阅，最新在前，每次至多 100000 条；导出本身留痕；以公式符号开头的内容前加单引号 / For the audit administrator alone, filtered like the list, newest first, 100,000 rows at most; the export is itself on record; what begins like a formula is led by an apostrophe.",
    params(AuditQuery),
    responses((status = 200, body = AuditCsv, content_type = "text/csv", description = "文件 / The file")),
)]
#[get("/v1/audit-events/export")]
pub(crate) async fn export_audit_events(caller: Caller, query: Query<AuditQuery>) -> Result<HttpResponse, Problem> {
    caller.authorize(&trail::TRAIL_EXPORT, &Association)?;
    let wanted = query.0.wanted()?;
    let turn = caller.long_read()?;
    let filter = trail::export(caller.store(), &caller.act, wanted).await?;
    let name = format!("audit-events-{}.csv", caller.store().now().format("%Y%m%dT%H%M%SZ"));
    let running = Running {
        store: caller.store().clone(),
        filter,
        lang: caller.lang,
        after: None,
        ended: false,
        until: Instant::now() + LONGEST,
        _turn: turn,
    };
    let rows = unfold(running, async |mut running| {
        if running.ended {
            return None;
        }
        Some((running.next().await, running))
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(Box::pin(rows)))
}

impl Running {
    /// The next rows; after an error the file breaks off, and the client notices.
    async fn next(&mut self) -> std::io::Result<Bytes> {
        let first = self.after.is_none();
        let in_time = Instant::now() <= self.until;
        self.ended = true;
        if !in_time {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        let rows = batch(self.store.db.reader(), &self.filter, self.after, ROWS_AT_ONCE).await;
        let rows = rows.map_err(|refusal| std::io::Error::other(refusal.entry.code))?;
        self.ended = (rows.len() as u64) < ROWS_AT_ONCE;
        self.after = rows.last().map(|row| (row.at, row.seq));
        let mut text = String::new();
        if first {
            text.push('\u{feff}');
            line(&mut text, &COLUMNS.map(str::to_owned));
        }
        for row in rows {
            line(&mut text, &cells(row, self.lang));
        }
        Ok(text.into())
    }
}

const COLUMNS: [&str; 17] = [
    "seq",
    "id",
    "at",
    "kind",
    "label",
    "subject_type",
    "subject_id",
    "actor_id",
    "actor_name",
    "actor_unit_id",
    "actor_roles",
    "ip",
    "user_agent",
    "request_id",
    "succeeded",
    "data",
    "hash",
];

fn cells(row: HistoryRow, lang: Lang) -> [String; 17] {
    let view = AuditEventView::of(row, lang);
    let roles: Vec<&str> = view.actor_roles.iter().map(|role| role.as_str()).collect();
    let id = |id: Option<uuid::Uuid>| id.map_or_else(String::new, |id| id.to_string());
    [
        view.seq.to_string(),
        view.id.to_string(),
        view.at,
        view.kind,
        view.label,
        view.subject_type,
        view.subject_id.to_string(),
        id(view.actor_id),
        view.actor_name,
        id(view.actor_unit_id),
        roles.join(" "),
        view.ip.unwrap_or_default(),
        view.user_agent.unwrap_or_default(),
        view.request_id.to_string(),
        view.succeeded.to_string(),
        view.data.to_string(),
        view.hash,
    ]
}

/// RFC 4180, every cell quoted. A spreadsheet would run what begins like a formula.
fn line(text: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        text.push_str(if at == 0 { "\"" } else { ",\"" });
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_and_never_a_formula() {
        let mut text = String::new();
        line(&mut text, &["=1+1", "a\"b", "@x", "-2", "＝A1", "ok"].map(str::to_owned));
        assert_eq!(text, "\"'=1+1\",\"a\"\"b\",\"'@x\",\"'-2\",\"'＝A1\",\"ok\"\r\n");
    }
}

//! The directory as files: many units put on file at once (Article 8), the list taken away.

mod input;
mod view;

use actix_web::http::header;
use actix_web::{HttpResponse, get, post};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::keys::sha256;
use gongjian_kernel::{Permission, Refusal};
use gongjian_membership::action::{UNIT_EXPORT, UNIT_IMPORT, UNIT_READ};
use gongjian_membership::unit::import::{self, COLUMNS, File, Line};
use gongjian_membership::unit::{UnitFilter, export};
use tokio::sync::OwnedSemaphorePermit;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::document::tag;
use crate::extract::{Caller, FileBody, Query};
use crate::problem::{Answer, Problem};
use crate::reply::Reply;
use crate::table::{self, Bounds, FileFormat};
use input::{ExportQuery, ImportMode, ImportQuery, TemplateQuery};
use view::ImportReportView;

/// Takes bodies that are files.
pub(crate) const IMPORTS: &str = "/v1/units/imports";
/// Answer with files, whatever `Accept` says.
pub(crate) const FILES: [&str; 2] = ["/v1/units/export", "/v1/units/import-template"];

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_import_template).service(import_units).service(export_units);
}

fn allowed(caller: &Caller, permission: &Permission) -> Result<(), Refusal> {
    authorize(&caller.act.actor, permission, &UNIT_READ, &Association)
}

#[utoipa::path(
    operation_id = "getImportTemplate",
    tag = tag::UNITS,
    summary = "导入模板 / Template for an import",
    description = "表头为各列名称；XLSX 另附填写说明 / The header names the columns; the workbook has a second sheet with notes.",
    params(TemplateQuery),
    responses((status = 200, description = "模板文件 / The file", content((String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv")))),
)]
#[get("/v1/units/import-template")]
pub(crate) async fn get_import_template(caller: Caller, query: Query<TemplateQuery>) -> Result<HttpResponse, Problem> {
    allowed(&caller, &UNIT_IMPORT)?;
    let format = query.0.format.unwrap_or(FileFormat::Xlsx);
    let header: Vec<String> =
        COLUMNS.iter().map(|column| format!("{}{}", column.header, if column.required { "*" } else { "" })).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let bytes = match format {
        FileFormat::Csv => table::write(format, &header, &[])?,
        FileFormat::Xlsx => {
            let notes = COLUMNS.iter().map(|column| {
                let required = if column.required { "必填" } else { "选填" };
                vec![
                    column.header.to_owned(),
                    required.to_owned(),
                    column.note.zh.to_string(),
                    column.note.en.to_string(),
                ]
            });
            let notes: Vec<_> = notes.collect();
            table::write_sheets(&[
                ("会员单位", &header, &[]),
                ("填写说明", &["列", "是否必填", "说明", "Note"], &notes),
            ])?
        }
    };
    Ok(attachment(format, "会员单位导入模板", "unit-import-template", bytes))
}

#[utoipa::path(
    operation_id = "importUnits",
    tag = tag::UNITS,
    summary = "批量导入单位 / Import units",
    description = "第八条：请求体即文件（XLSX，或 UTF-8、GB18030 的 CSV，按内容识别；也接受各自的 Content-Type），至多 5000 行、4 MiB。mode=preview 列出全部错误而不写入；mode=commit 全部导入或全不导入。已入册的单位不变；同一文件重复导入不再新增 / Article 8: the body is the file itself, XLSX or CSV in UTF-8 or GB18030, told by its contents (their own content types are taken too), 5,000 rows and 4 MiB at most. mode=preview lists all faults and writes nothing; mode=commit imports all or nothing. Units on file stay as they are; the same file adds nothing again.",
    params(ImportQuery),
    request_body(content = String, content_type = "application/octet-stream", description = "文件内容 / The bytes of the file"),
    responses((status = 200, body = ImportReportView, description = "预览或导入的结果 / What would be, or has been, imported")),
)]
#[post("/v1/units/imports")]
pub(crate) async fn import_units(caller: Caller, query: Query<ImportQuery>, body: FileBody) -> Answer {
    allowed(&caller, &UNIT_IMPORT)?;
    let bytes = body.bytes().await?;
    let (file, _working) = read(caller.files()?, bytes).await?;
    match query.0.mode.unwrap_or(ImportMode::Preview) {
        ImportMode::Preview => {
            let report = import::preview(caller.store(), &caller.act.actor, &file).await?;
            Ok(Reply::ok(&ImportReportView::of(ImportMode::Preview, report, caller.lang))?)
        }
        ImportMode::Commit => {
            let commit = async |work: &mut gongjian_kernel::Work<'_>| {
                let report = import::commit(work, &file).await?;
                Reply::ok(&ImportReportView::of(ImportMode::Commit, report, caller.lang))
            };
            caller.write(&file.digest, commit).await
        }
    }
}

const BOUNDS: Bounds =
    Bounds { rows: import::ROWS_AT_MOST, columns: import::COLUMNS_AT_MOST, cell: import::CELL_AT_MOST };

/// Off the event loop: inflating and parsing may take a second.
async fn read(working: OwnedSemaphorePermit, bytes: Vec<u8>) -> Result<(File, OwnedSemaphorePermit), Refusal> {
    let reading = tokio::task::spawn_blocking(move || {
        let mut rows = table::read(&bytes, BOUNDS)?.0.into_iter();
        let (_, header) = rows.next().unwrap_or_default();
        let lines = rows.map(|(row, cells)| Line { row, cells }).collect();
        Ok((File { digest: sha256(&[&bytes]), header, lines }, working))
    });
    reading.await.map_err(Refusal::internal)?
}

#[utoipa::path(
    operation_id = "exportUnits",
    tag = tag::UNITS,
    summary = "导出单位名册 / Export units",
    description = "按会员编号排列，条件与单位列表相同；电话号码隐去中段；单元格一律为文本。导出留痕 / By member number, with the filters of the list; phone numbers are masked, every cell is a text. Each export is on record.",
    params(ExportQuery),
    responses((status = 200, description = "名册文件 / The file", content((String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv")))),
)]
#[get("/v1/units/export")]
pub(crate) async fn export_units(caller: Caller, query: Query<ExportQuery>) -> Result<HttpResponse, Problem> {
    allowed(&caller, &UNIT_EXPORT)?;
    let working = caller.files()?;
    let format = query.0.format.unwrap_or(FileFormat::Xlsx);
    let filter = UnitFilter::from(&query.0);
    let rows = export::rows(caller.store(), &caller.act.actor, &filter).await?;
    let row_count = rows.len();
    let writing = tokio::task::spawn_blocking(move || {
        let bytes = table::write(format, &export::HEADER, &rows);
        drop(working);
        bytes
    });
    let bytes = writing.await.map_err(Refusal::internal)??;
    export::record(caller.store(), &caller.act, &filter, format.as_str(), row_count).await?;
    Ok(attachment(format, "会员单位名册", "units", bytes))
}

/// RFC 6266: a name in ASCII for old clients, the proper one beside it.
fn attachment(format: FileFormat, name: &str, ascii: &str, bytes: Vec<u8>) -> HttpResponse {
    use std::fmt::Write as _;
    let mut encoded = String::new();
    for byte in name.bytes() {
        let _ = write!(encoded, "%{byte:02X}");
    }
    let extension = format.as_str();
    let disposition = format!("attachment; filename=\"{ascii}.{extension}\"; filename*=UTF-8''{encoded}.{extension}");
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes)
}

//! What clients see of an import.

use gongjian_kernel::Lang;
use gongjian_membership::unit::import::{Report, RowFault};
use serde::Serialize;
use utoipa::ToSchema;

use super::input::ImportMode;

/// 导入结果 / What an import would do, or has done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportReportView {
    /// 导入方式 / What was asked for.
    mode: ImportMode,
    /// 数据行数 / Rows of data.
    #[schema(minimum = 0, maximum = 5000, examples(120))]
    row_count: usize,
    /// 新增单位数；有错误时为 0 / Units added; none where there are faults.
    #[schema(minimum = 0, maximum = 5000, examples(118))]
    added_count: usize,
    /// 已入册、保持不变的单位数 / Units on file already.
    #[schema(minimum = 0, maximum = 5000, examples(2))]
    unchanged_count: usize,
    /// 已入册单位所在的行号 / The rows of these.
    #[schema(max_items = 5000, examples(7))]
    unchanged_rows: Vec<u32>,
    /// 错误总数 / Faults in all.
    #[schema(minimum = 0, maximum = 1_000_000, examples(0))]
    fault_count: usize,
    /// 错误，至多列出 1000 处 / The first 1000 faults.
    #[schema(max_items = 1000)]
    faults: Vec<ImportFaultView>,
    /// 同一文件此前已导入 / The very same file was imported before.
    #[schema(examples(false))]
    imported_before: bool,
}

/// 一处错误 / What is wrong with one cell or row.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportFaultView {
    /// 行号，表头为第 1 行 / Row; the header is row 1.
    #[schema(minimum = 1, maximum = 2_147_483_647, examples(7))]
    row: u32,
    /// 列名；整行错误为 null / Column; null where the whole row is meant.
    #[schema(max_length = 40, pattern = r"^[^\x00]*$", examples("统一社会信用代码"))]
    column: Option<&'static str>,
    /// 错误代码 / What is wrong, for programs.
    #[schema(max_length = 60, pattern = "^[a-z][a-z0-9_]*$", examples("credit_code_check_digit"))]
    code: &'static str,
    /// 说明 / What is wrong, in words.
    #[schema(max_length = 1000, pattern = r"^[^\x00]*$", examples("校验码不符。"))]
    detail: String,
}

const FAULTS_SHOWN: usize = 1000;

impl ImportReportView {
    pub(super) fn of(mode: ImportMode, report: Report, lang: Lang) -> Self {
        let faults = report.faults.iter().take(FAULTS_SHOWN).map(|fault| ImportFaultView::of(fault, lang));
        Self {
            mode,
            row_count: report.row_count,
            added_count: report.added_count,
            unchanged_count: report.unchanged_rows.len(),
            faults: faults.collect(),
            fault_count: report.faults.len(),
            unchanged_rows: report.unchanged_rows,
            imported_before: report.imported_before,
        }
    }
}

impl ImportFaultView {
    fn of(fault: &RowFault, lang: Lang) -> Self {
        Self {
            row: fault.row,
            column: fault.column.map(|column| column.header),
            code: fault.code,
            detail: fault.detail.in_lang(lang).to_owned(),
        }
    }
}

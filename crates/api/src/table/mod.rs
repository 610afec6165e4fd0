//! Tables in files: XLSX and CSV, read within bounds and written so that no cell becomes a formula.

mod archive;
mod comma;
mod sheet;

use gongjian_kernel::{Refusal, Say};

use crate::faults::FILE_REFUSED;

/// How much of a file is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) cell: usize,
}

/// The rows of a file that have any cell, each with its number as spreadsheets count.
#[derive(Debug)]
pub(crate) struct Table(pub(crate) Vec<(u32, Vec<String>)>);

/// A file in one of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileFormat {
    Xlsx,
    Csv,
}

impl FileFormat {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => XLSX,
            Self::Csv => CSV,
        }
    }
}

pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub(crate) const CSV: &str = "text/csv; charset=utf-8";

const ZIP: &[u8] = b"PK\x03\x04";
/// Of encrypted workbooks and of those before 2007.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads a file by what it is, not by what it is called. It may take a second: off the event loop.
pub(crate) fn read(bytes: &[u8], bounds: Bounds) -> Result<Table, Refusal> {
    if bytes.starts_with(COMPOUND) {
        return Err(refused(
            "文件已加密，或是旧版 .xls；请去除密码并另存为 .xlsx。",
            "The file is encrypted or an old .xls; save it as .xlsx without a password.",
        ));
    }
    if bytes.starts_with(ZIP) { sheet::read(bytes, bounds) } else { comma::read(bytes, bounds) }
}

/// Writes a header and rows.
pub(crate) fn write(format: FileFormat, header: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, Refusal> {
    match format {
        FileFormat::Xlsx => sheet::write(&[("名册", header, rows)]),
        FileFormat::Csv => comma::write(header, rows),
    }
}

pub(crate) use sheet::write as write_sheets;

fn refused(zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::new(&FILE_REFUSED, Say::new(zh.into(), en.into()))
}

/// Takes one row after another and knows when it is too much.
struct Gathered {
    rows: Vec<(u32, Vec<String>)>,
    bounds: Bounds,
}

impl Gathered {
    fn new(bounds: Bounds) -> Self {
        Self { rows: Vec::new(), bounds }
    }

    /// A cell, `column` from zero; cells come row by row.
    fn add(&mut self, row: u32, column: usize, cell: String) -> Result<(), Refusal> {
        let Bounds { rows, columns, cell: longest } = self.bounds;
        if cell.trim().is_empty() {
            return Ok(());
        }
        if column >= columns {
            return Err(refused(format!("至多 {columns} 列。"), format!("A file has at most {columns} columns.")));
        }
        if cell.chars().count() > longest {
            return Err(refused(
                format!("第 {row} 行有单元格超过 {longest} 个字符。"),
                format!("Row {row} has a cell of more than {longest} characters."),
            ));
        }
        if self.rows.last().is_none_or(|(last, _)| *last != row) {
            // The header is one row more.
            if self.rows.len() > rows {
                return Err(refused(format!("至多 {rows} 行。"), format!("A file has at most {rows} rows.")));
            }
            self.rows.push((row, Vec::new()));
        }
        if let Some((_, cells)) = self.rows.last_mut() {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(place) = cells.get_mut(column) {
                *place = cell;
            }
        }
        Ok(())
    }

    fn table(self) -> Result<Table, Refusal> {
        if self.rows.is_empty() {
            return Err(refused("文件中没有数据。", "The file is empty."));
        }
        Ok(Table(self.rows))
    }
}

#[cfg(test)]
mod tests;

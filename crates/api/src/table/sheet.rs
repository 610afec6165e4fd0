//! XLSX: the first sheet, cell by cell; a range of all cells would be as large as the farthest of them.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};
use gongjian_kernel::Refusal;
use rust_xlsxwriter::{Format, Workbook};

use super::{Bounds, Gathered, Table, archive, refused};

/// Empty cells with a format count too.
const CELLS_AT_MOST: usize = 1_000_000;

pub(super) fn read(bytes: &[u8], bounds: Bounds) -> Result<Table, Refusal> {
    archive::check(bytes)?;
    let unreadable = |_| refused("XLSX 无法解析。", "The XLSX cannot be read.");
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let first = workbook.sheet_names().first().cloned();
    let first = first.ok_or_else(|| refused("文件中没有工作表。", "The file has no sheet."))?;
    let mut cells = workbook.worksheet_cells_reader(&first).map_err(unreadable)?;
    let mut gathered = Gathered::new(bounds);
    let (mut count, mut last) = (0, 0);
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        count += 1;
        let (row, column) = cell.get_position();
        if count > CELLS_AT_MOST || row < last {
            return Err(refused(
                "工作表单元格过多或次序错乱。",
                "The sheet has too many cells, or they are out of order.",
            ));
        }
        last = row;
        gathered.add(row.saturating_add(1), column as usize, shown(cell.get_value()))?;
    }
    gathered.table()
}

/// A cell as the spreadsheet shows it: whole numbers without a fraction, days as days.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "是" } else { "否" }.to_owned(),
        DataRef::DateTime(instant) => {
            let (year, month, day, ..) = instant.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// The name of a sheet, its header, its rows.
pub(crate) type Sheet<'a> = (&'a str, &'a [&'a str], &'a [Vec<String>]);

/// Every cell is a text, which no spreadsheet takes for a formula.
pub(crate) fn write(sheets: &[Sheet<'_>]) -> Result<Vec<u8>, Refusal> {
    let mut workbook = Workbook::new();
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    for (name, header, rows) in sheets {
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(Refusal::internal)?;
        sheet.set_name(*name).map_err(Refusal::internal)?;
        for (column, cell) in (0..).zip(*header) {
            sheet.set_column_format(column, &text).map_err(Refusal::internal)?;
            sheet.write_string_with_format(0, column, *cell, &bold).map_err(Refusal::internal)?;
        }
        for (row, cells) in (1..).zip(*rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).map_err(Refusal::internal)?;
            }
        }
    }
    workbook.save_to_buffer().map_err(Refusal::internal)
}

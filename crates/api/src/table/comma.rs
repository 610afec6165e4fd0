//! CSV: UTF-8 with or without its mark, or GB18030, which Chinese spreadsheets save.

use std::borrow::Cow;

use csv::{ReaderBuilder, Terminator, WriterBuilder};
use encoding_rs::GB18030;
use gongjian_kernel::Refusal;

use super::{Bounds, Gathered, Table, refused};

const MARK: &str = "\u{FEFF}";

fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text.trim_start_matches(MARK)));
    }
    let (text, wrong) = GB18030.decode_without_bom_handling(bytes);
    if wrong {
        return Err(refused(
            "不是 XLSX，也不是 UTF-8 或 GB18030 编码的 CSV。",
            "It is neither XLSX nor CSV in UTF-8 or GB18030.",
        ));
    }
    Ok(text)
}

pub(super) fn read(bytes: &[u8], bounds: Bounds) -> Result<Table, Refusal> {
    let text = text(bytes)?;
    if text.contains('\0') {
        return Err(refused("文件不是文本。", "The file is no text."));
    }
    let mut gathered = Gathered::new(bounds);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|_| refused("CSV 无法解析。", "The CSV cannot be read."))?;
        let row = u32::try_from(at + 1).unwrap_or(u32::MAX);
        for (column, cell) in record.iter().enumerate() {
            gathered.add(row, column, cell.to_owned())?;
        }
    }
    gathered.table()
}

pub(super) fn write(header: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, Refusal> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    writer.write_record(header).map_err(Refusal::internal)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).map_err(Refusal::internal)?;
    }
    writer.into_inner().map_err(|error| Refusal::internal(error.to_string()))
}

/// Spreadsheets take a cell that begins like this for a formula (CWE-1236), whatever its width.
fn harmless(cell: &str) -> Cow<'_, str> {
    let first = cell.trim_start_matches([' ', '\u{3000}']).chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            Cow::Owned(format!("'{cell}"))
        }
        Some(_) | None => Cow::Borrowed(cell),
    }
}

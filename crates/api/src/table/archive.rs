//! What is inside a workbook, before a parser believes it: every part is inflated once and its real bytes
//! are counted, within a small buffer.

use std::io::{Cursor, Read as _};

use gongjian_kernel::Refusal;
use zip::{CompressionMethod, ZipArchive};

use super::{ZIP, refused};

const PARTS_AT_MOST: usize = 200;
/// Sheets are read cell by cell and never held.
const SHEET_AT_MOST: u64 = 24 << 20;
/// Held as a list of texts.
const TEXTS_AT_MOST: u64 = 6 << 20;
/// Styles, themes, relations: held as structures, each larger than its text.
const OTHER_AT_MOST: u64 = 1 << 20;
const ALL_AT_MOST: u64 = 32 << 20;

fn unreadable() -> Refusal {
    refused("文件已损坏或不是 XLSX。", "The file is damaged or no XLSX.")
}

fn too_large() -> Refusal {
    refused("文件解压后过大。", "The file is too large when inflated.")
}

/// Refuses what no list of units has: too much of anything, macros, encryption, archives in archives, parts
/// that are not as long as they say.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if archive.len() > PARTS_AT_MOST {
        return Err(too_large());
    }
    let (mut all, mut is_workbook) = (0, false);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|_| unreadable())?;
        let name = part.name().map_err(|_| unreadable())?.to_ascii_lowercase();
        if part.encrypted() {
            return Err(refused("文件已加密。", "The file is encrypted."));
        }
        if !matches!(part.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(unreadable());
        }
        if name.contains("vbaproject") || name.starts_with("xl/macrosheets/") || name.contains("activex") {
            return Err(refused("文件含有宏，请另存为不含宏的 .xlsx。", "The file has macros; save it without them."));
        }
        is_workbook |= name == "xl/workbook.xml";
        let most = if name.starts_with("xl/worksheets/") {
            SHEET_AT_MOST
        } else if name == "xl/sharedstrings.xml" {
            TEXTS_AT_MOST
        } else {
            OTHER_AT_MOST
        };
        let (mut read, mut buffer) = (0, [0; 16 * 1024]);
        loop {
            let n = part.read(&mut buffer).map_err(|_| unreadable())?;
            if n == 0 {
                break;
            }
            if read == 0 && buffer.starts_with(ZIP) {
                return Err(refused("文件中含有压缩包。", "The file holds another archive."));
            }
            read += n as u64;
            all += n as u64;
            if read > most || all > ALL_AT_MOST {
                return Err(too_large());
            }
        }
        if read != part.size() {
            return Err(unreadable());
        }
    }
    if is_workbook { Ok(()) } else { Err(unreadable()) }
}

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

const BOUNDS: Bounds = Bounds { rows: 5, columns: 4, cell: 10 };

fn cells(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
    read(bytes, BOUNDS).unwrap().0
}

fn why(bytes: &[u8]) -> String {
    read(bytes, BOUNDS).unwrap_err().detail.en.into_owned()
}

fn rows(of: &[&[&str]]) -> Vec<Vec<String>> {
    of.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
fn what_is_written_is_read() {
    let rows = rows(&[&["青禾", "a,b"], &["引\"号", "x"]]);
    for format in [FileFormat::Xlsx, FileFormat::Csv] {
        let read = cells(&write(format, &["名称", "备注"], &rows).unwrap());
        assert_eq!(read[0], (1, vec!["名称".to_owned(), "备注".to_owned()]), "{format:?}");
        assert_eq!(read[1..], [(2, rows[0].clone()), (3, rows[1].clone())], "{format:?}");
    }
}

#[test]
fn csv_is_read_in_the_encodings_that_spreadsheets_write() {
    let text = "名称,备注\r\n\"青\n禾\",x\r\n,\r\n乙,y\r\n";
    let marked = format!("\u{FEFF}{text}");
    let national = encoding_rs::GB18030.encode(text).0;
    for bytes in [text.as_bytes(), marked.as_bytes(), &national] {
        let read = cells(bytes);
        assert_eq!(read.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 2, 4]);
        assert_eq!((read[0].1[0].as_str(), read[1].1[0].as_str()), ("名称", "青\n禾"));
    }
    assert!(
        why(b"\xFF\xFE\x00a").contains("neither") && why(b"").contains("empty") && why(b"a\0b").contains("no text")
    );
}

#[test]
fn no_cell_of_a_csv_begins_like_a_formula() {
    for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", " =1", "\u{3000}=1"] {
        let written = String::from_utf8(write(FileFormat::Csv, &["x"], &rows(&[&[evil]])).unwrap()).unwrap();
        let cell = written.split_once("\r\n").unwrap().1.trim_start_matches('"');
        assert!(cell.starts_with('\''), "{evil:?} is written as {cell:?}");
    }
    let harmless = String::from_utf8(write(FileFormat::Csv, &["x"], &rows(&[&["青禾=1"]])).unwrap()).unwrap();
    assert!(harmless.contains("\r\n青禾=1\r\n"));
}

#[test]
fn no_cell_of_a_workbook_is_a_formula() {
    let book = write(FileFormat::Xlsx, &["x"], &rows(&[&["=cmd|' /C calc'!A0"], &["＝1"], &["+1"]])).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(!sheet.contains("<f>") && sheet.contains("=cmd|"), "{sheet}");
}

#[test]
fn bounds_hold_in_both_forms() {
    let many = rows(&[["x"].as_slice(); 6]);
    let wide = rows(&[&["x"; 5]]);
    let long = rows(&[&["十一个字符的单元格啊啊啊"]]);
    for format in [FileFormat::Xlsx, FileFormat::Csv] {
        assert!(why(&write(format, &["a"], &many).unwrap()).contains("5 rows"));
        assert!(why(&write(format, &["a"; 5], &wide).unwrap()).contains("4 columns"));
        assert!(why(&write(format, &["a"], &long).unwrap()).contains("10 characters"));
        assert_eq!(cells(&write(format, &["a"], &many[..5]).unwrap()).len(), 6);
    }
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A small workbook with one part in the place of another, or beside them.
fn workbook(name: &str, contents: &[u8], method: CompressionMethod) -> Vec<u8> {
    let plain = write(FileFormat::Xlsx, &["a"], &[]).unwrap();
    let mut from = zip::ZipArchive::new(Cursor::new(plain)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let part = from.by_index_raw(at).unwrap();
        if part.name().unwrap() != name {
            to.raw_copy_file(part).unwrap();
        }
    }
    to.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
    to.write_all(contents).unwrap();
    to.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    let xml = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    workbook(SHEET, xml.as_bytes(), CompressionMethod::Deflated)
}

#[test]
fn hostile_workbooks_are_refused_at_once() {
    let bomb = workbook(SHEET, &vec![b' '; 48 << 20], CompressionMethod::Deflated);
    let inflated = std::time::Instant::now();
    assert!(why(&bomb).contains("too large"));
    let texts = workbook("xl/sharedStrings.xml", &vec![b' '; 7 << 20], CompressionMethod::Deflated);
    assert!(why(&texts).contains("too large"));
    let far = sheet(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    assert!(why(&far).contains("columns"));
    let million: String =
        (1..=20_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#)).collect();
    assert!(why(&sheet(&million)).contains("5 rows"));
    let empty: String = (1..=1_100_000).map(|_| "<c/>").collect();
    assert!(why(&sheet(&format!("<row>{empty}</row>"))).contains("too many"));
    let inner = write(FileFormat::Xlsx, &["a"], &[]).unwrap();
    assert!(why(&workbook("xl/embeddings/a.bin", &inner, CompressionMethod::Stored)).contains("another archive"));
    let macros = workbook("xl/vbaProject.bin", b"x", CompressionMethod::Stored);
    assert!(why(&macros).contains("macros"));
    let mut other = ZipWriter::new(Cursor::new(Vec::new()));
    other.start_file("content.xml", SimpleFileOptions::default()).unwrap();
    let open_document = other.finish().unwrap().into_inner();
    assert!(why(&open_document).contains("no XLSX"));
    assert!(why(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest").contains("encrypted"));
    assert!(why(b"PK\x03\x04 and nothing more").contains("damaged"));
    let entities = workbook(SHEET, br#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>"#, CompressionMethod::Deflated);
    assert!(read(&entities, BOUNDS).is_err());
    assert!(inflated.elapsed().as_secs() < 20);
}

#[test]
fn a_part_is_as_long_as_it_says() {
    let plain = workbook("xl/media/x.bin", &[b'x'; 5_000], CompressionMethod::Deflated);
    let (size, lie) = (5_000_u32.to_le_bytes(), 50_u32.to_le_bytes());
    let mut lying = plain.clone();
    let at: Vec<usize> = (0..plain.len() - 4).filter(|at| plain[*at..*at + 4] == size).collect();
    assert!(!at.is_empty());
    for at in at {
        lying[at..at + 4].copy_from_slice(&lie);
    }
    assert!(why(&lying).contains("damaged"));
}

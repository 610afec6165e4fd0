//! Documents to print: A4 pages in PDF with the font embedded (Articles 11 and 13 want lists and minutes that can be
//! signed and kept).

mod pages;
mod text;

use std::fmt::Write as _;

use actix_web::HttpResponse;
use actix_web::http::header;
use gongjian_kernel::{Refusal, Result};

pub(crate) use pages::Paper;

/// The font, with its licence beside it.
const FONT: &[u8] = include_bytes!("font/NotoSansCJKsc-Regular.subset.otf");

/// RFC 6266: a name in ASCII for old clients, the proper one beside it.
pub(crate) fn attachment(name: &str, ascii: &str, bytes: Vec<u8>) -> HttpResponse {
    let mut encoded = String::new();
    for byte in name.bytes() {
        let _ = write!(encoded, "%{byte:02X}");
    }
    let disposition = format!("attachment; filename=\"{ascii}.pdf\"; filename*=UTF-8''{encoded}.pdf");
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes)
}

fn broken(what: &'static str) -> Refusal {
    Refusal::internal(what)
}

/// The bytes of a finished document.
fn bytes(document: krilla::Document) -> Result<Vec<u8>> {
    document.finish().map_err(|error| Refusal::internal(format!("a document could not be written: {error:?}")))
}

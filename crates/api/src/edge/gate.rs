//! What a request must pass before anything of its body is read.

use actix_web::dev::ServiceRequest;
use actix_web::http::header;
use gongjian_kernel::{FieldFault, Refusal, Say, fault::Locator};

use crate::faults::{CONTENT_TOO_LARGE, HEADERS_TOO_LARGE, INVALID_PARAMETER, NOT_ACCEPTABLE};
use crate::state::ApiSettings;

pub(super) fn check(request: &ServiceRequest, settings: &ApiSettings) -> Result<(), Refusal> {
    let head_bytes: usize = request.uri().to_string().len()
        + request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>();
    if head_bytes > settings.header_limit_bytes {
        return Err(Refusal::of(&HEADERS_TOO_LARGE));
    }
    let limit = settings.body_limit_of(request.path());
    if let Some(length) = request.headers().get(header::CONTENT_LENGTH) {
        match length.to_str().ok().and_then(|length| length.parse::<u64>().ok()) {
            Some(length) if length > limit as u64 => return Err(too_large(limit)),
            Some(_) => {}
            None => return Err(bad_header("Content-Length")),
        }
    }
    if request.path().starts_with("/v1/") && !crate::routes::FILES.contains(&request.path()) && !accepts_json(request) {
        return Err(Refusal::of(&NOT_ACCEPTABLE));
    }
    Ok(())
}

pub(crate) fn too_large(limit_bytes: usize) -> Refusal {
    let limit = limit_bytes / 1024;
    let detail = Say::new(format!("请求体不得超过 {limit} KiB。"), format!("A body has at most {limit} KiB."));
    Refusal::new(&CONTENT_TOO_LARGE, detail)
}

pub(crate) fn bad_header(name: &'static str) -> Refusal {
    let detail = Say::new(format!("请求头 {name} 的值无效。"), format!("The header {name} is not valid."));
    let fault = FieldFault { at: Locator::Header(name.to_owned()), code: "invalid_value", detail: detail.clone() };
    Refusal { fields: vec![fault], ..Refusal::new(&INVALID_PARAMETER, detail) }
}

/// Whether `Accept` leaves room for JSON; a caller that sends none takes anything.
fn accepts_json(request: &ServiceRequest) -> bool {
    let mut ranges = request
        .headers()
        .get_all(header::ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|range| range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
        .filter(|range| !range.is_empty())
        .peekable();
    ranges.peek().is_none()
        || ranges.any(|range| {
            // What is exported is a file, its refusals are JSON all the same.
            let as_file = request.path().ends_with("/export") && matches!(range.as_str(), "text/csv" | "text/*");
            let as_calendar =
                request.path().ends_with("/calendar") && matches!(range.as_str(), "text/calendar" | "text/*");
            let printed = crate::routes::PRINTED.iter().any(|document| request.path().ends_with(document));
            as_file
                || as_calendar
                || (printed && range == "application/pdf")
                || matches!(range.as_str(), "*/*" | "application/*" | "application/json" | "application/problem+json")
        })
}

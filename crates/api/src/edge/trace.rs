//! W3C Trace Context: the caller's trace goes on.

use actix_web::http::header::HeaderMap;

/// The trace id of a valid `traceparent`.
pub(super) fn continued(headers: &HeaderMap) -> Option<String> {
    let mut parts = headers.get("traceparent")?.to_str().ok()?.trim().split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let known_form = version != "00" || parts.next().is_none();
    let valid = version.len() == 2
        && version != "ff"
        && flags.len() == 2
        && is_id(trace, 32)
        && is_id(span, 16)
        && [version, flags].iter().all(|part| part.bytes().all(is_hex));
    (valid && known_form).then(|| trace.to_owned())
}

fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

fn is_id(part: &str, length: usize) -> bool {
    part.len() == length && part.bytes().all(is_hex) && part.bytes().any(|byte| byte != b'0')
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_a_valid_trace_is_continued() {
        let trace = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(HeaderName::from_static("traceparent"), HeaderValue::from_static(value));
            continued(&headers)
        };
        let id = "4bf92f3577b34da6a3ce929d0e0e4736";
        assert_eq!(trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").as_deref(), Some(id));
        for bad in [
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "junk",
        ] {
            assert_eq!(trace(bad), None, "{bad}");
        }
    }
}

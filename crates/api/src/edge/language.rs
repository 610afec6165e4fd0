//! `Accept-Language` (RFC 9110 §12.5.4) picks the words for people, never the data.

use actix_web::http::header::{self, HeaderMap};
use gongjian_kernel::Lang;

pub(super) fn preferred(headers: &HeaderMap, default: Lang) -> Lang {
    let Some(list) = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else { return default };
    let mut best: Option<(Lang, f32)> = None;
    for range in list.split(',').take(20) {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse::<f32>().ok());
        let tag = tag.trim().to_ascii_lowercase();
        let lang = match tag.split('-').next() {
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            Some("*") => default,
            Some(_) | None => continue,
        };
        if let Some(weight) = weight
            && weight > best.map_or(0.0, |(_, known)| known)
        {
            best = Some((lang, weight));
        }
    }
    best.map_or(default, |(lang, _)| lang)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn the_heaviest_language_that_we_speak_wins() {
        for (accept, lang) in [
            ("en", Lang::En),
            ("zh-TW, en;q=0.5", Lang::Zh),
            ("de, en;q=0.3, zh;q=0.2", Lang::En),
            ("en;q=0, zh;q=0.1", Lang::Zh),
            ("de", Lang::Zh),
            ("*", Lang::Zh),
            ("en;q=x", Lang::Zh),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            assert_eq!(preferred(&headers, Lang::Zh), lang, "{accept}");
        }
    }
}

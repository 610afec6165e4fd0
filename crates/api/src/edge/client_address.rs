//! Where a request comes from. `X-Forwarded-For` is believed only as far as it was written by proxies
//! that the settings name, so it is read from right to left; actix would believe anyone.

use std::net::IpAddr;

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;

pub(super) fn of(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_trusted = |ip: &IpAddr| trusted.iter().any(|net| net.contains(ip));
    let mut client = peer?.to_canonical();
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .collect();
    for hop in hops.into_iter().rev() {
        if !is_trusted(&client) {
            break;
        }
        match hop.parse::<IpAddr>() {
            Ok(ip) => client = ip.to_canonical(),
            Err(_) => break,
        }
    }
    Some(client)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
        let client = |peer: &str, forwarded: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(HeaderName::from_static("x-forwarded-for"), HeaderValue::from_static(forwarded));
            of(Some(peer.parse().unwrap()), &headers, &trusted).unwrap().to_string()
        };
        assert_eq!(client("203.0.113.9", "1.1.1.1"), "203.0.113.9");
        assert_eq!(client("10.0.0.1", "1.1.1.1, 198.51.100.7"), "198.51.100.7");
        assert_eq!(client("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.2.2.2"), "198.51.100.7");
        assert_eq!(client("10.0.0.1", "junk"), "10.0.0.1");
        assert_eq!(client("::ffff:10.0.0.1", "198.51.100.7"), "198.51.100.7");
    }
}

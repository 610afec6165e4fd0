//! Values of settings: parsed once, so that nothing later has to check them.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use actix_web::http::uri::Authority;
use serde::Deserialize;

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// An address to listen on; empty means: do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Address(pub Option<SocketAddr>);

impl TryFrom<String> for Address {
    type Error = std::net::AddrParseError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        if raw.trim().is_empty() { Ok(Self(None)) } else { raw.trim().parse().map(Some).map(Self) }
    }
}

/// The address of the service as its users write it, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl(String);

impl TryFrom<String> for BaseUrl {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        let url = raw.trim().trim_end_matches('/');
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c == '?' || c == '#') => {
                Ok(Self(url.to_owned()))
            }
            Some(_) | None => Err("a base URL must start with https:// or http:// and name a host"),
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A list in an environment variable: items between commas.
pub(super) fn list<T: FromStr>(raw: &str) -> Result<Vec<T>, T::Err> {
    raw.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::parse).collect()
}

/// Origins as browsers write them: a scheme, a host, a port where it is not the usual one.
#[expect(clippy::ptr_arg, reason = "confique hands the field over as it is declared")]
pub(super) fn origins(all: &Vec<String>) -> Result<(), String> {
    match all.iter().find(|origin| !is_origin(origin)) {
        Some(bad) => {
            Err(format!("{bad:?} is no origin such as \"https://portal.example.org\" or \"http://localhost:5173\""))
        }
        None => Ok(()),
    }
}

fn is_origin(origin: &str) -> bool {
    let Some(host) = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) else { return false };
    let plain = host.bytes().all(|byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b':' | b'[' | b']')
    });
    let sound = |parsed: Authority| {
        !parsed.host().is_empty() && (parsed.host().len() == host.len() || parsed.port_u16().is_some())
    };
    plain && host.parse().is_ok_and(sound)
}

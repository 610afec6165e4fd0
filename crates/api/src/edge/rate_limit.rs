//! A quota for each account, or for each address without one, and before both a wide one for each
//! address, whatever it asks for. Per process: limits that must hold over instances (logins) live in the
//! database.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use uuid::Uuid;

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>;

const WINDOW_SECONDS: u32 = 60;
/// An office with many accounts goes out by one address.
const ACCOUNTS_OF_AN_ADDRESS: u32 = 5;
/// Keys that have their whole quota back are forgotten this often.
const SWEEP_EVERY: u32 = 4096;

/// What the quota of a caller was after this request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub quota: u32,
    pub remaining: u32,
    pub reset_seconds: u64,
    /// Set where the request is refused.
    pub retry_after_seconds: Option<u64>,
}

impl Standing {
    /// `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
    pub(super) fn policy(&self) -> String {
        format!("\"default\";q={};w={WINDOW_SECONDS}", self.quota)
    }

    /// `RateLimit`.
    pub(super) fn state(&self) -> String {
        format!("\"default\";r={};t={}", self.remaining, self.reset_seconds)
    }
}

#[derive(Debug)]
pub(crate) struct RateLimits {
    accounts: Option<(NonZeroU32, Limiter<Uuid>)>,
    strangers: Option<(NonZeroU32, Limiter<IpAddr>)>,
    addresses: Option<(NonZeroU32, Limiter<IpAddr>)>,
    taken: AtomicU32,
}

impl RateLimits {
    pub(crate) fn new(per_account: u32, per_stranger: u32) -> Self {
        let per_address = match (per_account, per_stranger) {
            (0, _) | (_, 0) => 0,
            (account, stranger) => account.saturating_mul(ACCOUNTS_OF_AN_ADDRESS).max(stranger),
        };
        Self {
            accounts: limiter(per_account),
            strangers: limiter(per_stranger),
            addresses: limiter(per_address),
            taken: AtomicU32::new(0),
        }
    }

    /// Takes one request from the quota that an address has for everything; `None` where there is none.
    pub(crate) fn take_address(&self, ip: Option<IpAddr>) -> Option<Standing> {
        if self.taken.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.sweep();
        }
        let (quota, limiter) = self.addresses.as_ref()?;
        Some(take(*quota, limiter, &network(ip?)))
    }

    /// Takes one request from the caller's quota; `None` where there is none.
    pub(crate) fn take(&self, account: Option<Uuid>, ip: Option<IpAddr>) -> Option<Standing> {
        match (account, ip) {
            (Some(account), _) => self.accounts.as_ref().map(|(quota, limiter)| take(*quota, limiter, &account)),
            (None, Some(ip)) => self.strangers.as_ref().map(|(quota, limiter)| take(*quota, limiter, &network(ip))),
            (None, None) => None,
        }
    }

    fn sweep(&self) {
        if let Some((_, accounts)) = &self.accounts {
            accounts.retain_recent();
        }
        for (_, networks) in [&self.strangers, &self.addresses].into_iter().flatten() {
            networks.retain_recent();
        }
    }
}

fn limiter<K: std::hash::Hash + Eq + Clone>(per_minute: u32) -> Option<(NonZeroU32, Limiter<K>)> {
    let per_minute = NonZeroU32::new(per_minute)?;
    let limiter = RateLimiter::dashmap(Quota::per_minute(per_minute)).with_middleware::<StateInformationMiddleware>();
    Some((per_minute, limiter))
}

fn take<K: std::hash::Hash + Eq + Clone>(quota: NonZeroU32, limiter: &Limiter<K>, key: &K) -> Standing {
    let quota = quota.get();
    let until_full = |remaining: u32| u64::from((quota - remaining.min(quota)) * WINDOW_SECONDS).div_ceil(quota.into());
    match limiter.check_key(key) {
        Ok(state) => {
            let remaining = state.remaining_burst_capacity();
            Standing { quota, remaining, reset_seconds: until_full(remaining), retry_after_seconds: None }
        }
        Err(refused) => {
            let wait = refused.wait_time_from(DefaultClock::default().now());
            let retry = wait.as_secs() + 1;
            Standing { quota, remaining: 0, reset_seconds: retry, retry_after_seconds: Some(retry) }
        }
    }
}

/// A household has a whole /64 of IPv6.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quota_of_an_address_runs_out_and_that_of_another_does_not() {
        let limits = RateLimits::new(0, 2);
        let here: Option<IpAddr> = Some("2001:db8::1".parse().unwrap());
        let neighbour: Option<IpAddr> = Some("2001:db8::2".parse().unwrap());
        let elsewhere: Option<IpAddr> = Some("192.0.2.1".parse().unwrap());
        assert_eq!(limits.take(None, here).unwrap().remaining, 1);
        assert_eq!(limits.take(None, neighbour).unwrap().state(), "\"default\";r=0;t=60");
        assert!(limits.take(None, here).unwrap().retry_after_seconds.is_some_and(|wait| (29..=31).contains(&wait)));
        assert_eq!(limits.take(None, elsewhere).unwrap().policy(), "\"default\";q=2;w=60");
        assert_eq!(limits.take(Some(Uuid::nil()), here), None);
    }

    #[test]
    fn an_address_has_a_wide_quota_whatever_it_asks_for() {
        let limits = RateLimits::new(2, 3);
        let here: Option<IpAddr> = Some("192.0.2.1".parse().unwrap());
        for _ in 0..10 {
            assert_eq!(limits.take_address(here).unwrap().retry_after_seconds, None);
        }
        assert!(limits.take_address(here).unwrap().retry_after_seconds.is_some());
        assert_eq!(RateLimits::new(0, 3).take_address(here), None);
    }
}

//! Counted attempts at passwords, in the database: the limits hold over instances. A name is counted
//! whether it exists or not, so that the answers tell nothing. An attempt is counted *before* its
//! password is looked at, in a transaction of its own: parallel guesses cannot pass the limit.
//!
//! Three counters: the name at the address, which locks soon; the name, which locks later, so that nobody
//! locks another out from one place; the address, which bounds guesses over many names.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use gongjian_kernel::keys::sha256;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

use crate::fault::TOO_MANY_ATTEMPTS;
use crate::settings::IdentitySettings;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "login_throttle")]
    pub(crate) struct Model {
        /// Hashed: people type passwords into the field for the name.
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub window_started_at: DateTimeUtc,
        pub failures: i32,
        pub locked_until: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How many attempts within what time; as long is what follows locked.
#[derive(Debug, Clone, Copy)]
struct Limit {
    attempts: u32,
    window: Duration,
}

/// The counters that one attempt goes through, in the order in which their rows are locked.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    here: (String, Limit),
    name: (String, Limit),
    address: Option<(String, Limit)>,
}

/// What counting an attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Go on. If `last` and it fails, a counter is locked.
    Admitted {
        last: bool,
    },
    Locked {
        seconds: u64,
    },
}

pub(crate) fn refusal(seconds: u64) -> Refusal {
    Refusal::of(&TOO_MANY_ATTEMPTS).after(seconds)
}

/// Within an IPv6 /64 an attacker chooses addresses freely.
fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// 128 bits of the hash: with a network behind it the key has 70 characters at most.
fn name_key(username_key: &str) -> String {
    let digest = sha256(&[username_key.as_bytes()]);
    let digest = digest.trim_start_matches("sha256:");
    format!("name:{}", digest.get(..32).unwrap_or(digest))
}

impl row::Model {
    fn wait(&self, now: DateTime<Utc>) -> Option<u64> {
        let left = self.locked_until? - now;
        let seconds = (left.num_milliseconds() + 999) / 1000;
        u64::try_from(seconds).ok().filter(|seconds| *seconds > 0)
    }

    /// The counter with one attempt more; a window or a lock that has passed counts from one again.
    fn counted(self, limit: Limit, now: DateTime<Utc>) -> Self {
        let fresh = self.locked_until.is_some() || self.window_started_at + limit.window <= now;
        let (window_started_at, before) = if fresh { (now, 0) } else { (self.window_started_at, self.failures) };
        let failures = before.saturating_add(1);
        let full = u32::try_from(failures).is_ok_and(|failures| failures >= limit.attempts);
        Self { window_started_at, failures, locked_until: full.then(|| now + limit.window), ..self }
    }
}

impl Gate {
    pub(crate) fn new(settings: &IdentitySettings, username_key: &str, ip: Option<IpAddr>) -> Self {
        let limit = |attempts: u32, minutes: u32| Limit { attempts, window: Duration::minutes(minutes.into()) };
        let name = name_key(username_key);
        let address = ip.map(network);
        let here = format!("{name}@{}", address.as_deref().unwrap_or_default());
        let of_here = limit(settings.lock_after, settings.lock_minutes);
        let of_name = limit(settings.lock_after.saturating_mul(settings.name_lock_factor), settings.lock_minutes);
        let of_address = limit(settings.address_limit, settings.address_window_minutes);
        Self {
            here: (here, of_here),
            name: (name, of_name),
            address: address.map(|address| (format!("address:{address}"), of_address)),
        }
    }

    fn counters(&self) -> impl Iterator<Item = &(String, Limit)> {
        [&self.here, &self.name].into_iter().chain(&self.address)
    }

    /// How long the name or the address is locked, without counting: the cheap answer to a flood.
    pub(crate) async fn wait(&self, db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<u64>> {
        let keys = self.counters().map(|(key, _)| key.as_str());
        let rows = row::Entity::find().filter(row::Column::Key.is_in(keys)).all(db).await?;
        Ok(rows.iter().filter_map(|row| row.wait(now)).max())
    }

    /// Counts an attempt, unless one of the counters is locked.
    pub(crate) async fn count(&self, work: &Work<'_>) -> Result<Admission> {
        let now = work.now();
        let mut counted = Vec::new();
        for (key, limit) in self.counters() {
            let row = lock(work, key).await?;
            if let Some(seconds) = row.wait(now) {
                return Ok(Admission::Locked { seconds });
            }
            counted.push(row.counted(*limit, now));
        }
        let last = counted.iter().any(|row| row.locked_until.is_some());
        for row in counted {
            row::Entity::update_many()
                .col_expr(row::Column::WindowStartedAt, Expr::val(row.window_started_at))
                .col_expr(row::Column::Failures, Expr::val(row.failures))
                .col_expr(row::Column::LockedUntil, Expr::val(row.locked_until))
                .filter(row::Column::Key.eq(row.key))
                .exec(work.tx())
                .await?;
        }
        Ok(Admission::Admitted { last })
    }

    /// The attempt was good: the name starts anew here; the name elsewhere and the address have their
    /// attempt back, no more: others may be guessing there.
    pub(crate) async fn give_back(&self, work: &Work<'_>) -> Result<()> {
        row::Entity::delete_by_id(self.here.0.clone()).exec(work.tx()).await?;
        for (key, _) in std::iter::once(&self.name).chain(&self.address) {
            row::Entity::update_many()
                .col_expr(row::Column::Failures, Expr::col(row::Column::Failures).sub(1))
                .col_expr(row::Column::LockedUntil, Expr::val(None::<DateTime<Utc>>))
                .filter(row::Column::Key.eq(key))
                .filter(row::Column::Failures.gt(0))
                .exec(work.tx())
                .await?;
        }
        Ok(())
    }
}

/// Lifts the locks of a name at every address.
pub(crate) async fn open_name(work: &Work<'_>, username_key: &str) -> Result<()> {
    let name = name_key(username_key);
    row::Entity::delete_many().filter(row::Column::Key.starts_with(format!("{name}@"))).exec(work.tx()).await?;
    row::Entity::delete_by_id(name).exec(work.tx()).await?;
    Ok(())
}

/// The counter, locked to the end of the transaction; made if it is not there.
async fn lock(work: &Work<'_>, key: &str) -> Result<row::Model> {
    let first = row::ActiveModel {
        key: Set(key.to_owned()),
        window_started_at: Set(work.now()),
        failures: Set(0),
        locked_until: Set(None),
    };
    // Writing the key over itself locks the row that is there, in one statement: it cannot vanish between.
    let locked = OnConflict::column(row::Column::Key).update_column(row::Column::Key).to_owned();
    Ok(row::Entity::insert(first).on_conflict(locked).exec_with_returning(work.tx()).await?)
}

/// Forgets counters that have run out.
pub(crate) async fn sweep(work: &Work<'_>) -> Result<u64> {
    let (now, day_ago) = (work.now(), work.now() - Duration::days(1));
    let done = row::Entity::delete_many()
        .filter(row::Column::WindowStartedAt.lt(day_ago))
        .filter(row::Column::LockedUntil.is_null().or(row::Column::LockedUntil.lt(now)))
        .exec(work.tx())
        .await?;
    Ok(done.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_failure_locks_and_the_lock_ends() {
        let limit = Limit { attempts: 5, window: Duration::minutes(15) };
        let now = DateTime::<Utc>::default();
        let mut row = row::Model { key: String::new(), window_started_at: now, failures: 0, locked_until: None };
        for failures in 1..=5 {
            assert_eq!(row.wait(now), None);
            row = row.counted(limit, now);
            assert_eq!(row.failures, failures);
        }
        assert_eq!(row.wait(now), Some(900));
        assert_eq!(row.wait(now + Duration::minutes(15)), None);
        let row = row.counted(limit, now + Duration::minutes(15));
        assert_eq!((row.failures, row.locked_until), (1, None));
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let key = |ip: &str| network(ip.parse().unwrap());
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }
}

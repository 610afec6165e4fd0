//! Public applications counted in the database, so that the limits hold over instances: by address, and by
//! credit code, so that nobody asks again and again whether a unit is a member. An attempt is counted before
//! anything is looked at, in a transaction of its own.

use std::net::IpAddr;

use chrono::Duration;
use gongjian_kernel::keys::sha256;
use gongjian_kernel::{Refusal, Result, Store, Work};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::fault::TOO_MANY_APPLICATIONS;
use super::policy::JoiningPolicy;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_throttle")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub window_started_at: DateTimeUtc,
        pub attempts: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

fn window() -> Duration {
    Duration::days(1)
}

/// Counts one application of a stranger, unless one of its counters is full.
pub async fn count(work: &Work<'_>, policy: &JoiningPolicy, ip: Option<IpAddr>, code: Option<&str>) -> Result<()> {
    let address = ip.map(|ip| (key("address", &network(ip)), policy.applications_per_address));
    let code = code.map(|code| (key("code", &code.trim().to_uppercase()), policy.applications_per_code));
    for (key, limit) in address.into_iter().chain(code) {
        let row = lock(work, &key).await?;
        let ends = row.window_started_at + window();
        let fresh = ends <= work.now();
        if !fresh && u32::try_from(row.attempts).is_ok_and(|attempts| attempts >= limit) {
            let seconds = (ends - work.now()).num_seconds().max(1);
            return Err(Refusal::of(&TOO_MANY_APPLICATIONS).after(u64::try_from(seconds).unwrap_or(1)));
        }
        row::Entity::update_many()
            .col_expr(row::Column::WindowStartedAt, Expr::val(if fresh { work.now() } else { row.window_started_at }))
            .col_expr(row::Column::Attempts, Expr::val(if fresh { 1 } else { row.attempts.saturating_add(1) }))
            .filter(row::Column::Key.eq(key))
            .exec(work.tx())
            .await?;
    }
    Ok(())
}

fn key(kind: &str, value: &str) -> String {
    sha256(&[kind.as_bytes(), b":", value.as_bytes()])
}

/// Within an IPv6 /64 addresses are chosen freely.
fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => v6.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
    }
}

/// The counter, locked to the end of the transaction; made if it is not there.
async fn lock(work: &Work<'_>, key: &str) -> Result<row::Model> {
    let first = row::ActiveModel { key: Set(key.to_owned()), window_started_at: Set(work.now()), attempts: Set(0) };
    let locked = OnConflict::column(row::Column::Key).update_column(row::Column::Key).to_owned();
    Ok(row::Entity::insert(first).on_conflict(locked).exec_with_returning(work.tx()).await?)
}

/// Forgets counters whose day is over.
pub async fn sweep(store: &Store) -> Result<u64> {
    let over = row::Column::WindowStartedAt.lt(store.now() - window());
    let done = row::Entity::delete_many().filter(over).exec(store.db.writer()).await?;
    Ok(done.rows_affected)
}

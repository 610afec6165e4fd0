//! Codes that people try are counted in the database before they are looked at, in a transaction of its own, so
//! that guesses at once pass no limit (Article 10(2): who was there, was there).

use chrono::Duration;
use gongjian_kernel::keys::sha256;
use gongjian_kernel::{Refusal, Result, Store, Work};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::fault::TOO_MANY_CODES;
use super::{MeetingId, MeetingPolicy};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "check_in_throttle")]
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

fn key(work: &Work<'_>, meeting: MeetingId) -> String {
    let account = work.actor().account.unwrap_or_default();
    sha256(&[meeting.0.as_bytes(), account.as_bytes()])
}

/// Counts one attempt of the actor at the code of this meeting, unless he has used up his own.
pub(super) async fn count(work: &Work<'_>, policy: &MeetingPolicy, meeting: MeetingId) -> Result<()> {
    let key = key(work, meeting);
    let row = lock(work, &key).await?;
    let ends = row.window_started_at + Duration::minutes(policy.refused_minutes.into());
    let fresh = ends <= work.now();
    if !fresh && u32::try_from(row.attempts).is_ok_and(|attempts| attempts >= policy.wrong_codes) {
        let seconds = (ends - work.now()).num_seconds().max(1);
        return Err(Refusal::of(&TOO_MANY_CODES).after(u64::try_from(seconds).unwrap_or(1)));
    }
    let attempts = if fresh { 1 } else { row.attempts.saturating_add(1) };
    row::Entity::update_many()
        .col_expr(row::Column::WindowStartedAt, Expr::val(work.now()))
        .col_expr(row::Column::Attempts, Expr::val(attempts))
        .filter(row::Column::Key.eq(key))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// The code was right.
pub(super) async fn forget(work: &Work<'_>, meeting: MeetingId) -> Result<()> {
    row::Entity::delete_by_id(key(work, meeting)).exec(work.tx()).await?;
    Ok(())
}

/// The counter, locked to the end of the transaction; made if it is not there.
async fn lock(work: &Work<'_>, key: &str) -> Result<row::Model> {
    let first = row::ActiveModel { key: Set(key.to_owned()), window_started_at: Set(work.now()), attempts: Set(0) };
    let locked = OnConflict::column(row::Column::Key).update_column(row::Column::Key).to_owned();
    Ok(row::Entity::insert(first).on_conflict(locked).exec_with_returning(work.tx()).await?)
}

/// Forgets counters of yesterday.
pub async fn sweep(store: &Store) -> Result<u64> {
    let over = row::Column::WindowStartedAt.lt(store.now() - Duration::days(1));
    let done = row::Entity::delete_many().filter(over).exec(store.db.writer()).await?;
    Ok(done.rows_affected)
}

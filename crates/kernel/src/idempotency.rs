//! `Idempotency-Key`: the key is stored in the transaction of its effect, with the answer. Rolled back
//! means nothing stored; a twin in flight waits for the first one's commit and then gets its answer.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Serialize, de::DeserializeOwned};

use crate::fault::{IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED, Refusal, Result};
use crate::work::{Act, Store, Work, write};

pub mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_key")]
    pub struct Model {
        /// Who, method, path and key, hashed.
        #[sea_orm(primary_key, auto_increment = false)]
        pub scope: String,
        pub fingerprint: String,
        #[sea_orm(column_type = "Text")]
        pub answer: String,
        pub created_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A key as the caller sent it, bound to who sent it where, and to what.
#[derive(Debug, Clone)]
pub struct Key {
    pub scope: String,
    pub fingerprint: String,
}

/// The effect happened now, or it had happened before and this was its answer.
#[derive(Debug)]
pub enum Once<T> {
    Done(T),
    Replayed(T),
}

/// Runs a command at most once for a key.
pub async fn write_once<T, F>(store: &Store, act: &Act, key: Option<&Key>, run: F) -> Result<Once<T>>
where
    T: Serialize + DeserializeOwned,
    F: AsyncFn(&mut Work<'_>) -> Result<T>,
{
    write(store, act, async |work| {
        let Some(key) = key else {
            return run(work).await.map(Once::Done);
        };
        if let Some(answer) = claim(work, key).await? {
            return Ok(Once::Replayed(answer));
        }
        let done = run(work).await?;
        row::Entity::update_many()
            .col_expr(row::Column::Answer, Expr::val(serde_json::to_string(&done)?))
            .filter(row::Column::Scope.eq(&key.scope))
            .exec(work.tx())
            .await?;
        Ok(Once::Done(done))
    })
    .await
}

async fn claim<T: DeserializeOwned>(work: &Work<'_>, key: &Key) -> Result<Option<T>> {
    let fresh = row::ActiveModel {
        scope: Set(key.scope.clone()),
        fingerprint: Set(key.fingerprint.clone()),
        answer: Set(String::new()),
        created_at: Set(work.now()),
    };
    let ours = row::Entity::insert(fresh)
        .on_conflict(OnConflict::column(row::Column::Scope).do_nothing().to_owned())
        .exec_without_returning(work.tx())
        .await;
    match ours {
        Ok(1..) => return Ok(None),
        Ok(0) | Err(DbErr::RecordNotInserted) => {}
        Err(error) => return Err(error.into()),
    }
    let known = row::Entity::find_by_id(key.scope.clone()).one(work.tx()).await?;
    match known {
        Some(known) if known.fingerprint != key.fingerprint => Err(Refusal::of(&IDEMPOTENCY_KEY_REUSED)),
        Some(known) if !known.answer.is_empty() => Ok(Some(serde_json::from_str(&known.answer)?)),
        Some(_) | None => Err(Refusal::of(&IDEMPOTENCY_IN_PROGRESS).after(1)),
    }
}

const KEPT_HOURS: i64 = 24;

/// Forgets keys that are older than a day.
pub async fn sweep(store: &Store) -> Result<u64> {
    let before = store.now() - chrono::Duration::hours(KEPT_HOURS);
    let done = row::Entity::delete_many().filter(row::Column::CreatedAt.lt(before)).exec(store.db.writer()).await?;
    Ok(done.rows_affected)
}

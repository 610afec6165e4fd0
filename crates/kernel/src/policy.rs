//! Policy documents: values that the charter leaves open, kept as versioned data with a default. An
//! administrator reads and changes them through the API; every change is on record.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};
use serde::{Serialize, de::DeserializeOwned};

use crate::audit::{Event, EventEntry};
use crate::fault::{Refusal, Result, VERSION_MISMATCH};
use crate::work::{Store, Target, Work};

pub mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "policy")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub version: i32,
        #[sea_orm(column_type = "Text")]
        pub value: String,
        pub changed_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A document of policy with its default.
pub trait Policy: Serialize + DeserializeOwned + Default + Send + Sync + 'static {
    const NAME: &'static str;
    /// What must hold between its values, beyond the types.
    fn check(&self) -> Result<()>;
}

/// A policy as it is in force.
#[derive(Debug, Clone)]
pub struct InForce<P> {
    pub value: P,
    /// 0 = nobody has changed the default.
    pub version: i32,
    pub changed_at: Option<DateTime<Utc>>,
}

async fn load<P: Policy>(db: &impl ConnectionTrait) -> Result<InForce<P>> {
    match row::Entity::find_by_id(P::NAME.to_owned()).one(db).await? {
        Some(row) => Ok(InForce {
            value: serde_json::from_str(&row.value)?,
            version: row.version,
            changed_at: Some(row.changed_at),
        }),
        None => Ok(InForce { value: P::default(), version: 0, changed_at: None }),
    }
}

/// The policy, at most a second old.
pub async fn current<P: Policy>(store: &Store) -> Result<Arc<InForce<P>>> {
    store.document(P::NAME, async || load::<P>(store.db.reader()).await).await
}

/// The policy, at most a second old, read on the connection of the unit of work where it is not at hand:
/// a transaction that waited for a second connection could starve the pool.
pub async fn within<P: Policy>(work: &Work<'_>) -> Result<Arc<InForce<P>>> {
    work.document(P::NAME, async || load::<P>(work.tx()).await).await
}

/// The policy as the database has it now.
pub async fn fresh<P: Policy>(store: &Store) -> Result<InForce<P>> {
    load(store.db.reader()).await
}

pub static POLICY_CHANGED: EventEntry =
    EventEntry::new("policy.changed", "policy", None, "配置已变更", "a policy was changed");

/// Puts a new version into force, made from the one in force. The caller has been authorized.
pub async fn change<P: Policy>(
    work: &mut Work<'_>,
    target: Target<()>,
    change: impl FnOnce(&P) -> Result<P>,
) -> Result<InForce<P>> {
    let before = load::<P>(work.tx()).await?;
    target.is_current(before.version)?;
    let value = change(&before.value)?;
    value.check()?;
    let version = before.version + 1;
    let row = row::ActiveModel {
        name: Set(P::NAME.to_owned()),
        version: Set(version),
        value: Set(serde_json::to_string(&value)?),
        changed_at: Set(work.now()),
    };
    // Of two changes at once, the second finds the version gone.
    let replace = OnConflict::column(row::Column::Name)
        .update_columns([row::Column::Version, row::Column::Value, row::Column::ChangedAt])
        .action_and_where(row::Column::Version.eq(before.version))
        .to_owned();
    let written = row::Entity::insert(row).on_conflict(replace).exec_without_returning(work.tx()).await;
    only_one(written)?;
    work.record(Event::new(
        &POLICY_CHANGED,
        Uuid::nil(),
        serde_json::json!({ "policy": P::NAME, "version": version, "before": before.value, "after": value }),
    ));
    work.forget_document(P::NAME);
    Ok(InForce { value, version, changed_at: Some(work.now()) })
}

/// Refuses where another change came first.
pub(crate) fn only_one(written: std::result::Result<u64, DbErr>) -> Result<()> {
    match written {
        Ok(1..) => Ok(()),
        Ok(0) | Err(DbErr::RecordNotInserted) => Err(Refusal::of(&VERSION_MISMATCH)),
        Err(error) => Err(error.into()),
    }
}

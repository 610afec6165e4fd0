//! Feeds in the database.

use gongjian_identity::AccountId;
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, PaginatorTrait as _, QuerySelect as _, entity::prelude::*};

use super::{Feed, FeedId};
use crate::compliance::fault::FEED_NOT_FOUND;

pub(crate) mod row {
    use gongjian_identity::AccountId;
    use sea_orm::entity::prelude::*;

    use crate::compliance::FeedId;

    /// A calendar feed of an account.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "compliance_feed")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FeedId,
        pub account_id: AccountId,
        /// What its owner calls it: the calendar that reads it.
        pub name: String,
        pub secret_hash: String,
        pub created_at: DateTimeUtc,
        pub revoked_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for row::Entity {
    fn id_column() -> row::Column {
        row::Column::Id
    }
    fn version_column() -> row::Column {
        row::Column::Version
    }
}

pub(super) async fn insert(work: &Work<'_>, feed: &Feed) -> Result<()> {
    let active: row::ActiveModel = feed.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The feed of that account, held until the transaction ends. To others there is no such feed.
pub(super) async fn lock(work: &Work<'_>, owner: AccountId, id: FeedId) -> Result<Feed> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.filter(|feed| feed.account_id == owner).ok_or_else(|| Refusal::of(&FEED_NOT_FOUND))
}

/// How many of the account's feeds are good.
pub(super) async fn count(db: &impl ConnectionTrait, owner: AccountId) -> Result<u64> {
    let good = row::Entity::find().filter(row::Column::AccountId.eq(owner)).filter(row::Column::RevokedAt.is_null());
    Ok(good.count(db).await?)
}

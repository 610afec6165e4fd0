//! The execution book in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{Entry, Item, ItemId};
use crate::decision::fault::ITEM_NOT_FOUND;

pub(crate) mod row {
    use gongjian_identity::{PersonId, Role};
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::body::BodyId;
    use crate::decision::DecisionId;
    use crate::decision::book::{ItemId, ItemStatus, OwnerKind};

    /// Something that a decision asks somebody to do.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "execution_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ItemId,
        pub decision_id: DecisionId,
        /// Of the decision.
        pub body_id: BodyId,
        pub task: String,
        pub owner_kind: OwnerKind,
        pub unit_id: Option<UnitId>,
        pub person_id: Option<PersonId>,
        pub office: Option<Role>,
        pub due_on: Date,
        /// The versions of the calendar that the deadline rests on.
        pub calendar_basis: String,
        pub status: ItemStatus,
        pub done_on: Option<Date>,
        pub assigned_at: DateTimeUtc,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod entry {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::decision::book::{EntryId, ItemAction, ItemId};

    /// What was reported of an item, or done with it.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "execution_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EntryId,
        pub item_id: ItemId,
        pub kind: ItemAction,
        pub text: Option<String>,
        /// A reference to what proves it.
        pub evidence: Option<String>,
        /// The deadline from then on, where it was extended.
        pub due_on: Option<Date>,
        pub entered_by: Option<PersonId>,
        pub entered_at: DateTimeUtc,
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

pub(super) async fn insert(work: &Work<'_>, item: &Item) -> Result<()> {
    let active: row::ActiveModel = item.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn insert_entry(work: &Work<'_>, entry: Entry) -> Result<()> {
    let active: entry::ActiveModel = entry.into();
    entry::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The item, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ItemId) -> Result<Item> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&ITEM_NOT_FOUND))
}

/// What was reported and done, oldest first.
pub(super) async fn entries(db: &impl ConnectionTrait, id: ItemId) -> Result<Vec<Entry>> {
    let found = entry::Entity::find().filter(entry::Column::ItemId.eq(id)).order_by_asc(entry::Column::Id);
    Ok(found.all(db).await?)
}

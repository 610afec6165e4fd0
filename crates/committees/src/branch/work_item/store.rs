//! The yearly work of branches in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::{WorkItem, WorkItemId};
use crate::branch::fault::WORK_ITEM_NOT_FOUND;

pub mod row {
    use gongjian_governance::body::BodyId;
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::branch::work_item::{BranchDuty, WorkItemId, WorkItemStatus};

    /// Something that a branch does in a year, under one of its duties.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "branch_work_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: WorkItemId,
        pub body_id: BodyId,
        pub year: i32,
        pub duty: BranchDuty,
        pub title: String,
        pub detail: Option<String>,
        pub due_on: Option<Date>,
        pub status: WorkItemStatus,
        /// What shows that it was done.
        pub evidence: Option<String>,
        pub done_on: Option<Date>,
        pub reason: Option<String>,
        pub planned_by: Option<PersonId>,
        pub planned_at: DateTimeUtc,
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

pub(super) async fn insert(work: &Work<'_>, item: &WorkItem) -> Result<()> {
    let active: row::ActiveModel = item.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The item, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: WorkItemId) -> Result<WorkItem> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&WORK_ITEM_NOT_FOUND))
}

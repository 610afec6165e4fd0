//! What members of branches need, in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::{Need, NeedId};
use crate::branch::fault::NEED_NOT_FOUND;

pub mod row {
    use gongjian_governance::body::BodyId;
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::branch::need::{NeedId, NeedStatus};

    /// A unit tells the branch of its street what it needs.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "branch_need")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NeedId,
        pub body_id: BodyId,
        pub unit_id: UnitId,
        pub category: String,
        pub title: String,
        pub detail: String,
        pub status: NeedStatus,
        /// How it was met.
        pub result: Option<String>,
        pub reason: Option<String>,
        pub reported_by: Option<PersonId>,
        pub reported_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
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

pub(super) async fn insert(work: &Work<'_>, need: &Need) -> Result<()> {
    let active: row::ActiveModel = need.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The need, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: NeedId) -> Result<Need> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&NEED_NOT_FOUND))
}

//! Contributions in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::fault::CONTRIBUTION_NOT_FOUND;
use super::{Contribution, ContributionId};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::contribution::{ContributionId, ContributionKind, ContributionStatus};
    use crate::unit::UnitId;

    /// Something that a unit has given.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contribution")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ContributionId,
        pub unit_id: UnitId,
        pub kind: ContributionKind,
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub detail: String,
        pub contributed_on: Date,
        pub status: ContributionStatus,
        pub submitted_by: Option<PersonId>,
        pub submitted_at: DateTimeUtc,
        pub acknowledged_by: Option<PersonId>,
        pub acknowledged_at: Option<DateTimeUtc>,
        pub acknowledgement: Option<String>,
        pub retract_reason: Option<String>,
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

pub(super) async fn insert(work: &Work<'_>, contribution: &Contribution) -> Result<()> {
    let active: row::ActiveModel = contribution.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The contribution, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ContributionId) -> Result<Contribution> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&CONTRIBUTION_NOT_FOUND))
}

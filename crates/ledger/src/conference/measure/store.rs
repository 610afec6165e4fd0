//! Measures in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::Measure;
use crate::conference::MeasureId;
use crate::conference::fault::MEASURE_NOT_FOUND;

pub mod row {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use super::super::MeasureStatus;
    use crate::conference::{ConferenceId, MeasureId};
    use crate::issue::IssueId;

    /// What a conference has agreed on.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "measure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MeasureId,
        pub conference_id: ConferenceId,
        /// The issue that it solves, or helps to.
        pub issue_id: Option<IssueId>,
        pub task: String,
        pub owner_unit_id: UnitId,
        pub due_on: Date,
        pub status: MeasureStatus,
        /// What shows that it was done.
        pub evidence: Option<String>,
        pub done_on: Option<Date>,
        /// Why it was sent back, postponed or dropped last.
        pub reason: Option<String>,
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

/// The measure, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: MeasureId) -> Result<Measure> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&MEASURE_NOT_FOUND))
}

//! Filings in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::fault::FILING_NOT_FOUND;
use super::{Filing, FilingId, FilingKind, FilingStatus};
use crate::unit::UnitId;
use gongjian_identity::PersonId;

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::filing::{FilingId, FilingKind, FilingStatus};
    use crate::unit::UnitId;

    /// Something that was reported to the secretariat, with the number of its receipt.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "filing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FilingId,
        pub receipt_no: String,
        pub kind: FilingKind,
        pub unit_id: Option<UnitId>,
        /// Whom it is about.
        pub person_id: Option<PersonId>,
        /// Whom the person takes over from.
        pub predecessor_id: Option<PersonId>,
        /// The record that took effect with it.
        pub subject_kind: String,
        pub subject_id: Uuid,
        /// None where a rule of the association filed it.
        pub submitted_by: Option<PersonId>,
        pub submitted_at: DateTimeUtc,
        /// The day of what it reports.
        pub event_on: Date,
        /// The day on which the secretariat received it.
        pub filed_on: Date,
        pub due_on: Date,
        pub late_workdays: i32,
        pub status: FilingStatus,
        pub checked_by: Option<PersonId>,
        pub checked_at: Option<DateTimeUtc>,
        pub return_reason: Option<String>,
        /// The returned filing that this one puts right.
        pub corrects_id: Option<FilingId>,
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

pub(super) async fn insert(work: &Work<'_>, filing: &Filing) -> Result<()> {
    let active: row::ActiveModel = filing.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The filing, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: FilingId) -> Result<Filing> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&FILING_NOT_FOUND))
}

/// The last filing about the same thing, where it was returned for correction.
pub(super) async fn returned_before(
    work: &Work<'_>,
    kind: FilingKind,
    unit: Option<UnitId>,
    person: Option<PersonId>,
) -> Result<Option<FilingId>> {
    let mut query = row::Entity::find().filter(row::Column::Kind.eq(kind)).order_by_desc(row::Column::Id);
    query = match unit {
        Some(unit) => query.filter(row::Column::UnitId.eq(unit)),
        None => query.filter(row::Column::UnitId.is_null()),
    };
    // A unit has one representative and one liaison, but many of the other kinds.
    if !matches!(kind, FilingKind::Representative | FilingKind::Liaison) {
        query = query.filter(row::Column::PersonId.eq(person));
    }
    let last = query.one(work.tx()).await?;
    Ok(last.filter(|last| last.status == FilingStatus::ReturnedForCorrection).map(|last| last.id))
}

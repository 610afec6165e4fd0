//! Briefings and their readers in the database.

use std::fmt;
use std::str::FromStr;

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::fault::BRIEFING_NOT_FOUND;
use super::{Briefing, BriefingId, Reader};

/// A part of a briefing: the area's development, priority work, economic and social facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub heading: String,
    pub text: String,
}

/// The parts in their order; JSON in the database.
#[derive(Debug, Clone, PartialEq, Eq, Default, sea_orm::DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Sections(pub Vec<Section>);

impl fmt::Display for Sections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Sections {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> std::result::Result<Self, serde_json::Error> {
        serde_json::from_str(json).map(Self)
    }
}

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use gongjian_membership::unit::UnitType;
    use sea_orm::entity::prelude::*;

    use super::Sections;
    use crate::briefing::{AudienceKind, BriefingId, BriefingStatus};

    /// What the council tells members about a period.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "briefing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BriefingId,
        /// Gapless in its year, from the day on which it is issued.
        pub number: Option<String>,
        pub period_from: Date,
        pub period_to: Date,
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub sections: Sections,
        pub audience_kind: AudienceKind,
        pub audience_street: Option<String>,
        pub audience_unit_type: Option<UnitType>,
        pub status: BriefingStatus,
        /// The withdrawn briefing that this one corrects.
        pub replaces_id: Option<BriefingId>,
        pub drafted_by: Option<PersonId>,
        pub drafted_at: DateTimeUtc,
        pub issued_by: Option<PersonId>,
        pub issued_at: Option<DateTimeUtc>,
        pub withdrawn_by: Option<PersonId>,
        pub withdrawn_at: Option<DateTimeUtc>,
        pub withdraw_reason: Option<String>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod reader {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::briefing::BriefingId;

    /// A unit that is expected to read, or has read.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "briefing_reader")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub briefing_id: BriefingId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        pub is_expected: bool,
        pub read_by: Option<PersonId>,
        pub read_at: Option<DateTimeUtc>,
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

pub(super) async fn insert(work: &Work<'_>, briefing: &Briefing) -> Result<()> {
    let active: row::ActiveModel = briefing.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The briefing, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: BriefingId) -> Result<Briefing> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&BRIEFING_NOT_FOUND))
}

/// Rows of one statement; each takes a handful of parameters.
const AT_ONCE: usize = 500;

/// Freezes who is expected to read.
pub(super) async fn expect(work: &Work<'_>, briefing: BriefingId, units: &[UnitId]) -> Result<()> {
    for units in units.chunks(AT_ONCE) {
        let rows = units.iter().map(|unit| {
            let row = Reader { briefing_id: briefing, unit_id: *unit, is_expected: true, read_by: None, read_at: None };
            reader::ActiveModel::from(row).reset_all()
        });
        reader::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    }
    Ok(())
}

/// Which of these units a briefing is addressed to by name.
pub(super) async fn addressed(
    db: &impl ConnectionTrait,
    briefing: BriefingId,
    units: impl IntoIterator<Item = UnitId>,
) -> Result<Vec<UnitId>> {
    let rows = reader::Entity::find()
        .filter(reader::Column::BriefingId.eq(briefing))
        .filter(reader::Column::UnitId.is_in(units))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.unit_id).collect())
}

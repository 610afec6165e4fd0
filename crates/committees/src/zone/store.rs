//! Functional zones in the database.

use std::collections::BTreeSet;

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::fault::{ZONE_EXISTS, ZONE_NOT_FOUND};
use super::{Zone, ZoneId};

pub(crate) mod row {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::zone::ZoneId;

    /// A functional zone.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "zone")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ZoneId,
        /// What documents and units call it: `Z1`.
        pub code: String,
        pub name: String,
        /// What its streets have in common.
        pub focus: String,
        /// It convenes the zone.
        pub lead_unit_id: UnitId,
        pub valid_from: Date,
        /// The first day on which it is no more.
        pub valid_until: Option<Date>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod street {
    use sea_orm::entity::prelude::*;

    use crate::zone::ZoneId;

    /// A street that lies in a zone, as a whole or in part; it may lie in several.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "zone_street")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub zone_id: ZoneId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub street_code: String,
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

pub(super) async fn insert(work: &Work<'_>, zone: &Zone) -> Result<()> {
    let active: row::ActiveModel = zone.clone().into();
    let inserted = row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map(drop).map_err(|error| Refusal::unless_taken(error, &ZONE_EXISTS))
}

/// The zone, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ZoneId) -> Result<Zone> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&ZONE_NOT_FOUND))
}

/// Puts these streets in the place of those before.
pub(super) async fn set_streets(work: &Work<'_>, zone: ZoneId, streets: &BTreeSet<String>) -> Result<()> {
    street::Entity::delete_many().filter(street::Column::ZoneId.eq(zone)).exec(work.tx()).await?;
    let rows = streets.iter().map(|code| {
        let row = street::Model { zone_id: zone, street_code: code.clone() };
        street::ActiveModel::from(row).reset_all()
    });
    street::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    Ok(())
}

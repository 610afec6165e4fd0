//! Experts in the database.

use gongjian_identity::PersonId;
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::fault::{EXPERT_EXISTS, EXPERT_NOT_FOUND};
use super::{Expert, ExpertId, Tie, UnitTie};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::expert::ExpertId;

    /// What an expert knows, and where he works.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "expert")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ExpertId,
        pub person_id: PersonId,
        /// Where the employer is a member.
        pub employer_unit_id: Option<UnitId>,
        pub employer_name: String,
        #[sea_orm(column_type = "Text")]
        pub biography: String,
        pub is_available: bool,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod field {
    use sea_orm::entity::prelude::*;

    use crate::expert::ExpertId;

    /// A field that an expert is asked about.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "expert_field")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub expert_id: ExpertId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub field: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod unit {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::expert::{ExpertId, Tie};

    /// A unit that he is or was with, or has an interest in.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "expert_unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub expert_id: ExpertId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        pub tie: Tie,
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

pub(super) async fn insert(work: &Work<'_>, expert: &Expert) -> Result<()> {
    let active: row::ActiveModel = expert.clone().into();
    let inserted = row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map(drop).map_err(|error| Refusal::unless_taken(error, &EXPERT_EXISTS))
}

/// The expert, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ExpertId) -> Result<Expert> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&EXPERT_NOT_FOUND))
}

/// The profile of that person, if he has one.
pub(super) async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Expert>> {
    Ok(row::Entity::find().filter(row::Column::PersonId.eq(person)).one(db).await?)
}

/// Puts these fields in the place of those before.
pub(super) async fn set_fields(work: &Work<'_>, expert: ExpertId, fields: &[String]) -> Result<()> {
    field::Entity::delete_many().filter(field::Column::ExpertId.eq(expert)).exec(work.tx()).await?;
    let rows = fields.iter().map(|field| {
        let row = field::Model { expert_id: expert, field: field.clone() };
        field::ActiveModel::from(row).reset_all()
    });
    field::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// Enters a tie. One that is there already changes its name alone: none is ever taken away.
pub(super) async fn tie(work: &Work<'_>, expert: ExpertId, unit: UnitId, tie: Tie) -> Result<()> {
    let row = UnitTie { expert_id: expert, unit_id: unit, tie, entered_at: work.now() };
    let named =
        OnConflict::columns([unit::Column::ExpertId, unit::Column::UnitId]).update_column(unit::Column::Tie).to_owned();
    let active: unit::ActiveModel = row.into();
    unit::Entity::insert(active.reset_all()).on_conflict(named).exec_without_returning(work.tx()).await?;
    Ok(())
}

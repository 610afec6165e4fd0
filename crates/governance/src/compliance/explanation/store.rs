//! Reasons and their wordings in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::ExplanationId;
use crate::compliance::fault::{EXPLAINED_ALREADY, EXPLANATION_NOT_FOUND};

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::compliance::ExplanationId;

    /// What a reason is for.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "compliance_explanation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ExplanationId,
        pub obligation_key: String,
        pub period: String,
        /// The year that the period begins in.
        pub year: i32,
        /// Nil for the association itself: a unique index takes no two nulls for the same.
        pub subject_id: Uuid,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod wording {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::compliance::ExplanationId;

    /// A reason as it was worded once.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "compliance_explanation_wording")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub explanation_id: ExplanationId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        pub reason: String,
        pub given_by: Option<PersonId>,
        pub given_at: DateTimeUtc,
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

/// Of two at once, the index refuses the second.
pub(super) async fn insert(work: &Work<'_>, explanation: &row::Model) -> Result<()> {
    let active: row::ActiveModel = explanation.clone().into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &EXPLAINED_ALREADY))?;
    Ok(())
}

pub(super) async fn word(work: &Work<'_>, wording: wording::Model) -> Result<()> {
    let active: wording::ActiveModel = wording.into();
    wording::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The reason, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: ExplanationId) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&EXPLANATION_NOT_FOUND))
}

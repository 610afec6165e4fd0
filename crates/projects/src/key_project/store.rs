//! Key projects and claims in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::fault::{CLAIM_NOT_FOUND, CLAIMED_ALREADY, KEY_PROJECT_EXISTS, KEY_PROJECT_NOT_FOUND};
use super::{Claim, ClaimId, KeyProject, KeyProjectId};

pub(crate) mod row {
    use gongjian_governance::plan::{Goal, PlanItemId};
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::key_project::KeyProjectId;

    /// An item of a plan as it was published. What the plan says later does not change it.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "key_project")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: KeyProjectId,
        pub plan_item_id: PlanItemId,
        pub year: i32,
        pub title: String,
        pub goal: Goal,
        pub requirements: Option<String>,
        pub shares_total: i32,
        /// The first and the last day on which it can be claimed.
        pub claim_from: Date,
        pub claim_until: Date,
        pub published_by: Option<PersonId>,
        pub published_at: DateTimeUtc,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod claim {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::key_project::{ClaimId, ClaimStatus, KeyProjectId};

    /// A unit takes shares of a key project on.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "project_claim")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ClaimId,
        pub key_project_id: KeyProjectId,
        pub unit_id: UnitId,
        pub shares: i32,
        /// What the unit will do.
        pub undertaking: String,
        pub status: ClaimStatus,
        pub claimed_by: Option<PersonId>,
        pub claimed_at: DateTimeUtc,
        pub decided_at: Option<DateTimeUtc>,
        /// The agreement that a confirmed claim rests on.
        pub agreement_ref: Option<String>,
        pub agreed_on: Option<Date>,
        /// Why it was declined, withdrawn or released.
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

impl Versioned for claim::Entity {
    fn id_column() -> claim::Column {
        claim::Column::Id
    }
    fn version_column() -> claim::Column {
        claim::Column::Version
    }
}

pub(super) async fn insert(work: &Work<'_>, project: &KeyProject) -> Result<()> {
    let active: row::ActiveModel = project.clone().into();
    let inserted = row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map(drop).map_err(|error| Refusal::unless_taken(error, &KEY_PROJECT_EXISTS))
}

/// The key project, held until the transaction ends: its shares are given out one claim after the other.
pub(super) async fn lock(work: &Work<'_>, id: KeyProjectId) -> Result<KeyProject> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&KEY_PROJECT_NOT_FOUND))
}

pub(super) async fn insert_claim(work: &Work<'_>, claim: &Claim) -> Result<()> {
    let active: claim::ActiveModel = claim.clone().into();
    let inserted = claim::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map(drop).map_err(|error| Refusal::unless_taken(error, &CLAIMED_ALREADY))
}

pub(super) async fn lock_claim(work: &Work<'_>, id: ClaimId) -> Result<Claim> {
    let row = claim::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&CLAIM_NOT_FOUND))
}

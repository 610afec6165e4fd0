//! Bodies in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::BodyId;
use super::fault::BODY_NOT_FOUND;
use row::Model as Body;

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::body::{BodyId, BodyKind};
    use crate::decision::DecisionId;

    /// A body. Branches name their street, committees their code.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "body")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BodyId,
        pub kind: BodyKind,
        /// What documents call it: `GM`, `COUNCIL`, `C1`, the code of the street.
        pub code: String,
        pub name: String,
        pub street_code: Option<String>,
        pub founded_on: Option<Date>,
        pub dissolved_on: Option<Date>,
        /// The document or decision that it rests on.
        pub basis: Option<String>,
        pub decision_id: Option<DecisionId>,
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

/// The body with this id.
pub async fn get(db: &impl ConnectionTrait, id: BodyId) -> Result<Body> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&BODY_NOT_FOUND))
}

/// Every body, by its code.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Body>> {
    Ok(row::Entity::find().order_by_asc(row::Column::Code).all(db).await?)
}

/// The branch of the street, if it has been established.
pub async fn branch_of(db: &impl ConnectionTrait, street: &str) -> Result<Option<Body>> {
    Ok(row::Entity::find().filter(row::Column::StreetCode.eq(street)).one(db).await?)
}

/// The body, held until the transaction ends.
pub async fn lock(work: &Work<'_>, id: BodyId) -> Result<Body> {
    let body = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    body.ok_or_else(|| Refusal::of(&BODY_NOT_FOUND))
}

pub(super) async fn insert(work: &Work<'_>, body: &Body) -> Result<()> {
    let active: row::ActiveModel = body.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

//! Posts and their holders in the database.

use gongjian_kernel::fault::VERSION_MISMATCH;
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::fault::POST_NOT_FOUND;
use super::{Holding, Post, PostId};

pub(crate) mod row {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::post::{PostId, PostKind};

    /// A public post: the head of a unit, the party secretary of a street, or one of the district.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "post")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PostId,
        pub kind: PostKind,
        pub name: String,
        pub unit_id: Option<UnitId>,
        pub street_code: Option<String>,
        pub established_on: Option<Date>,
        pub recorded_at: DateTimeUtc,
        pub recorded_by: Option<Uuid>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod holding {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::post::{HoldingId, PostId};

    /// A person's time in a post, as it was known from `recorded_at` to `superseded_at`.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "post_holding")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: HoldingId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        pub post_id: PostId,
        pub person_id: PersonId,
        /// He was there before this was kept: no change of office, so nothing to file.
        pub brought_along: bool,
        pub valid_from: Date,
        /// The first day on which he does not hold it any more.
        pub valid_until: Option<Date>,
        pub basis: String,
        pub recorded_at: DateTimeUtc,
        pub recorded_by: Option<Uuid>,
        pub superseded_at: Option<DateTimeUtc>,
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

/// The post, held until the transaction ends: who holds it is decided one after the other.
pub(super) async fn lock(work: &Work<'_>, id: PostId) -> Result<Post> {
    let post = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    post.ok_or_else(|| Refusal::of(&POST_NOT_FOUND))
}

pub(super) async fn insert(work: &Work<'_>, post: &Post) -> Result<()> {
    let active: row::ActiveModel = post.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// Who holds, held and will hold the post, by what is known now, first to last.
pub(super) async fn known_of(db: &impl ConnectionTrait, post: PostId) -> Result<Vec<Holding>> {
    Ok(holding::Entity::find()
        .filter(holding::Column::PostId.eq(post))
        .filter(holding::Column::SupersededAt.is_null())
        .order_by_asc(holding::Column::ValidFrom)
        .all(db)
        .await?)
}

pub(super) async fn put(work: &Work<'_>, holding: &Holding) -> Result<()> {
    let active: holding::ActiveModel = holding.clone().into();
    holding::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// From now on it is known to have been wrong.
pub(super) async fn supersede(work: &Work<'_>, holding: &Holding) -> Result<()> {
    let done = holding::Entity::update_many()
        .col_expr(holding::Column::SupersededAt, Expr::val(work.now()))
        .filter(holding::Column::Id.eq(holding.id))
        .filter(holding::Column::Version.eq(holding.version))
        .filter(holding::Column::SupersededAt.is_null())
        .exec(work.tx())
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Refusal::of(&VERSION_MISMATCH)) }
}

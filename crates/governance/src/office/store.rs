//! Tenures in the database.

use chrono::NaiveDate;
use gongjian_kernel::fault::VERSION_MISMATCH;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, entity::prelude::*};

use super::fault::OFFICE_NOT_FOUND;
use super::{Tenure, TenureId};
use crate::body::BodyId;

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::body::BodyId;
    use crate::decision::DecisionId;
    use crate::office::{OfficeKind, OfficeMethod, TenureId};
    use crate::post::PostId;

    /// An office over a body, held by a post or a person, as it was known from `recorded_at` to `superseded_at`.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "office_tenure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TenureId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        pub kind: OfficeKind,
        pub body_id: BodyId,
        /// Whoever holds this post holds the office.
        pub post_id: Option<PostId>,
        pub person_id: Option<PersonId>,
        /// It is held for this unit, as long as it is a member.
        pub unit_id: Option<UnitId>,
        /// What can be held once at a time.
        pub slot: String,
        pub method: Option<OfficeMethod>,
        pub decided_on: Option<Date>,
        pub decision_id: Option<DecisionId>,
        pub valid_from: Date,
        /// The first day on which it is not held any more.
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

/// The tenure as it is known now. Its body is held until the transaction ends: offices of one body are filled,
/// ended, corrected and filed one after the other.
pub(super) async fn lock(work: &Work<'_>, id: TenureId) -> Result<Tenure> {
    let body = known(work, id).await?.body_id;
    crate::body::lock(work, body).await?;
    known(work, id).await
}

async fn known(work: &Work<'_>, id: TenureId) -> Result<Tenure> {
    let known = row::Entity::find().filter(row::Column::Id.eq(id)).filter(row::Column::SupersededAt.is_null());
    known.one(work.tx()).await?.ok_or_else(|| Refusal::of(&OFFICE_NOT_FOUND))
}

pub(super) async fn put(work: &Work<'_>, tenure: &Tenure) -> Result<()> {
    let active: row::ActiveModel = tenure.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// From now on it is known to have been wrong.
pub(super) async fn supersede(work: &Work<'_>, tenure: &Tenure) -> Result<()> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::SupersededAt, Expr::val(work.now()))
        .filter(row::Column::Id.eq(tenure.id))
        .filter(row::Column::Version.eq(tenure.version))
        .filter(row::Column::SupersededAt.is_null())
        .exec(work.tx())
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Refusal::of(&VERSION_MISMATCH)) }
}

/// What is known now of the tenures of a slot, first to last.
pub(super) async fn of_slot(db: &impl ConnectionTrait, slot: &str) -> Result<Vec<Tenure>> {
    Ok(row::Entity::find()
        .filter(row::Column::Slot.eq(slot))
        .filter(row::Column::SupersededAt.is_null())
        .order_by_asc(row::Column::ValidFrom)
        .all(db)
        .await?)
}

/// The tenures of the body that have not ended by that day.
pub(super) async fn living(db: &impl ConnectionTrait, body: BodyId, day: NaiveDate) -> Result<Vec<Tenure>> {
    Ok(row::Entity::find()
        .filter(row::Column::BodyId.eq(body))
        .filter(row::Column::SupersededAt.is_null())
        .filter(row::Column::ValidUntil.is_null().or(row::Column::ValidUntil.gt(day)))
        .order_by_asc(row::Column::Id)
        .all(db)
        .await?)
}

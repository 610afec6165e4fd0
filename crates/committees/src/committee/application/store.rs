//! Applications to committees in the database.

use gongjian_governance::body::BodyId;
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{CommitteeApplication, CommitteeApplicationId, CommitteeApplicationStatus, DirectorOpinion};
use crate::committee::fault::{ALREADY_APPLIED, APPLICATION_NOT_FOUND, OPINION_GIVEN};

pub mod row {
    use gongjian_governance::body::BodyId;
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::committee::application::{CommitteeApplicationId, CommitteeApplicationStatus};

    /// A unit wants to belong to a committee.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_application")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CommitteeApplicationId,
        pub body_id: BodyId,
        pub unit_id: UnitId,
        pub reason: String,
        pub status: CommitteeApplicationStatus,
        pub applied_by: Option<PersonId>,
        pub applied_at: DateTimeUtc,
        pub checked_by: Option<PersonId>,
        pub checked_at: Option<DateTimeUtc>,
        /// What the lead unit has found.
        pub remark: Option<String>,
        pub ended_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod opinion {
    use gongjian_governance::office::OfficeKind;
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::committee::application::CommitteeApplicationId;

    /// What one of the two directors says of an application.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_opinion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application_id: CommitteeApplicationId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub office: OfficeKind,
        pub person_id: PersonId,
        pub name: String,
        pub agrees: bool,
        pub reason: Option<String>,
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

const OPEN: [CommitteeApplicationStatus; 2] =
    [CommitteeApplicationStatus::Applied, CommitteeApplicationStatus::Checked];

/// The index decides between two applications at once.
pub(super) async fn insert(work: &Work<'_>, application: &CommitteeApplication) -> Result<()> {
    let active: row::ActiveModel = application.clone().into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &ALREADY_APPLIED))?;
    Ok(())
}

pub(super) async fn get(db: &impl ConnectionTrait, id: CommitteeApplicationId) -> Result<CommitteeApplication> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&APPLICATION_NOT_FOUND))
}

/// The application, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: CommitteeApplicationId) -> Result<CommitteeApplication> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&APPLICATION_NOT_FOUND))
}

pub(super) async fn opine(work: &Work<'_>, opinion: DirectorOpinion) -> Result<()> {
    let active: opinion::ActiveModel = opinion.into();
    opinion::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &OPINION_GIVEN))?;
    Ok(())
}

pub(super) async fn opinions(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = CommitteeApplicationId>,
) -> Result<Vec<DirectorOpinion>> {
    let found = opinion::Entity::find().filter(opinion::Column::ApplicationId.is_in(ids));
    Ok(found.order_by_asc(opinion::Column::GivenAt).all(db).await?)
}

/// With the committee ends what was asked of it; part of a command that has authorized.
pub(in crate::committee) async fn lapse(work: &Work<'_>, body: BodyId) -> Result<()> {
    row::Entity::update_many()
        .col_expr(row::Column::Status, Expr::val(CommitteeApplicationStatus::Lapsed.as_str()))
        .col_expr(row::Column::EndedAt, Expr::val(work.now()))
        .col_expr(row::Column::Version, Expr::col(row::Column::Version).add(1))
        .filter(row::Column::BodyId.eq(body))
        .filter(row::Column::Status.is_in(OPEN))
        .exec(work.tx())
        .await?;
    Ok(())
}

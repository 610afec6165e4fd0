//! Decisions in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::fault::{DECISION_NOT_FOUND, RESULT_USED};
use super::{Decision, DecisionId, DecisionStatus};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::body::BodyId;
    use crate::decision::{DecisionId, DecisionStatus, Matter, MethodKind};

    /// A decision. Whether it is effective on a day follows from its columns.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "decision")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DecisionId,
        pub body_id: BodyId,
        pub matter: Matter,
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub method: MethodKind,
        pub ballot_id: Option<Uuid>,
        pub consultation_id: Option<Uuid>,
        pub consent_id: Option<Uuid>,
        pub document_ref: Option<String>,
        /// How the result was counted, as JSON.
        #[sea_orm(column_type = "Text", nullable)]
        pub arithmetic: Option<String>,
        pub adopted_on: Date,
        /// When the vote, consultation or consent was over; a document tells its day alone.
        pub concluded_at: Option<DateTimeUtc>,
        pub issued_on: Option<Date>,
        /// Before it is issued: the day wished for, if one is.
        pub effective_from: Option<Date>,
        pub number_year: Option<i32>,
        pub number_seq: Option<i64>,
        pub number: Option<String>,
        /// Adopted, issued or withdrawn.
        pub status: DecisionStatus,
        /// Superseded or revoked, from a day on.
        pub ended_as: Option<DecisionStatus>,
        pub ended_by_id: Option<DecisionId>,
        pub ended_from: Option<Date>,
        pub withdraw_reason: Option<String>,
        pub entered_by: Option<PersonId>,
        pub entered_at: DateTimeUtc,
        pub issued_by: Option<PersonId>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a decision replaces or revokes.
pub(crate) mod ending {
    use sea_orm::entity::prelude::*;

    use crate::decision::{DecisionId, DecisionStatus};

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "decision_ending")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub decision_id: DecisionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub target_id: DecisionId,
        pub ends_as: DecisionStatus,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was done on the strength of a decision.
pub(crate) mod used {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::decision::DecisionId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "decision_use")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub decision_id: DecisionId,
        /// The same for every use of a decision that is good for one act.
        pub use_key: String,
        pub subject_kind: String,
        pub subject_id: Uuid,
        pub used_by: Option<PersonId>,
        pub used_at: DateTimeUtc,
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

/// The unique index catches the twin that names the same vote, consultation or consent.
pub(super) async fn insert(work: &Work<'_>, decision: &Decision) -> Result<()> {
    let active: row::ActiveModel = decision.clone().into();
    row::Entity::insert(active.reset_all())
        .exec_without_returning(work.tx())
        .await
        .map_err(|error| Refusal::unless_taken(error, &RESULT_USED))?;
    Ok(())
}

/// The decision, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: DecisionId) -> Result<Decision> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&DECISION_NOT_FOUND))
}

/// The decision, which nobody ends until the transaction does.
pub(super) async fn hold(work: &Work<'_>, id: DecisionId) -> Result<Option<Decision>> {
    Ok(row::Entity::find_by_id(id).lock_shared().one(work.tx()).await?)
}

/// These decisions in the order of their ids, held until the transaction ends.
pub(super) async fn lock_all(work: &Work<'_>, ids: impl IntoIterator<Item = DecisionId>) -> Result<Vec<Decision>> {
    let found = row::Entity::find().filter(row::Column::Id.is_in(ids)).order_by_asc(row::Column::Id);
    Ok(found.lock_exclusive().all(work.tx()).await?)
}

/// What these decisions replace and revoke.
pub(super) async fn endings(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = DecisionId>,
) -> Result<Vec<ending::Model>> {
    let found = ending::Entity::find().filter(ending::Column::DecisionId.is_in(ids));
    Ok(found.order_by_asc(ending::Column::TargetId).all(db).await?)
}

/// Replaces what the decision is to end.
pub(super) async fn set_endings(
    work: &Work<'_>,
    id: DecisionId,
    endings: &[(DecisionId, DecisionStatus)],
) -> Result<()> {
    ending::Entity::delete_many().filter(ending::Column::DecisionId.eq(id)).exec(work.tx()).await?;
    if endings.is_empty() {
        return Ok(());
    }
    let rows = endings.iter().map(|(target_id, ends_as)| {
        let row = ending::Model { decision_id: id, target_id: *target_id, ends_as: *ends_as };
        ending::ActiveModel::from(row).reset_all()
    });
    ending::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// What was done on the strength of it.
pub(super) async fn uses(db: &impl ConnectionTrait, id: DecisionId) -> Result<Vec<used::Model>> {
    let found = used::Entity::find().filter(used::Column::DecisionId.eq(id)).order_by_asc(used::Column::Id);
    Ok(found.all(db).await?)
}

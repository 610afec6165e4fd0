//! Who presides over branches, in the database.

use chrono::NaiveDate;
use gongjian_governance::body::BodyId;
use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{Leadership, RotationChange, RotationChangeId, RotationChangeStatus, RotationConsent, Term, TermId};
use crate::branch::fault::{CONSENSUS_USED, ROTATION_CHANGE_NOT_FOUND, TERM_NOT_FOUND};

pub mod row {
    use gongjian_governance::body::BodyId;
    use gongjian_governance::consultation::ConsultationId;
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::branch::leadership::{LeadershipId, LeadershipMode};

    /// What a branch has agreed on, from a day on; the latest is in force, the others are its history.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "branch_leadership")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LeadershipId,
        pub body_id: BodyId,
        pub mode: LeadershipMode,
        pub valid_from: Date,
        /// Of a rotation.
        pub period_months: Option<i32>,
        /// The units in the order of their turns; JSON in the database.
        pub unit_order: String,
        pub basis: String,
        pub consultation_id: Option<ConsultationId>,
        pub set_by: Option<PersonId>,
        pub set_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod term {
    use gongjian_governance::body::BodyId;
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::branch::leadership::{LeadershipId, TermId};

    /// A unit presides from one day (included) to another (excluded).
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "branch_term")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TermId,
        pub leadership_id: LeadershipId,
        pub body_id: BodyId,
        /// The place in the agreed order that the turn stands for.
        pub position: i32,
        pub unit_id: UnitId,
        pub valid_from: Date,
        pub valid_until: Option<Date>,
        /// What is handed over to the next.
        pub report: Option<String>,
        pub reported_by: Option<PersonId>,
        pub reported_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod change {
    use gongjian_governance::body::BodyId;
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::branch::leadership::{RotationChangeId, RotationChangeKind, RotationChangeStatus, TermId};

    /// Somebody proposes that a turn is skipped, or that two are swapped.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "branch_rotation_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RotationChangeId,
        pub body_id: BodyId,
        pub kind: RotationChangeKind,
        pub term_id: TermId,
        pub other_term_id: Option<TermId>,
        pub unit_id: UnitId,
        pub other_unit_id: Option<UnitId>,
        pub reason: String,
        pub status: RotationChangeStatus,
        pub decline_reason: Option<String>,
        pub proposed_by: Option<PersonId>,
        pub proposed_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod consent {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::branch::leadership::RotationChangeId;

    /// The secretary, or a unit concerned, consents to a change.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "branch_rotation_consent")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub change_id: RotationChangeId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub party: String,
        pub given_by: Option<PersonId>,
        pub given_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for term::Entity {
    fn id_column() -> term::Column {
        term::Column::Id
    }
    fn version_column() -> term::Column {
        term::Column::Version
    }
}

impl Versioned for change::Entity {
    fn id_column() -> change::Column {
        change::Column::Id
    }
    fn version_column() -> change::Column {
        change::Column::Version
    }
}

impl Leadership {
    /// The units in the order of their turns.
    pub fn order(&self) -> Result<Vec<UnitId>> {
        Ok(serde_json::from_str(&self.unit_order)?)
    }
}

pub(super) async fn insert(work: &Work<'_>, leadership: &Leadership) -> Result<()> {
    let active: row::ActiveModel = leadership.clone().into();
    let inserted = row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map(drop).map_err(|error| Refusal::unless_taken(error, &CONSENSUS_USED))
}

/// What was agreed on last, in force or to come.
pub(super) async fn latest(db: &impl ConnectionTrait, body: BodyId) -> Result<Option<Leadership>> {
    let known = row::Entity::find().filter(row::Column::BodyId.eq(body));
    Ok(known.order_by_desc(row::Column::ValidFrom).order_by_desc(row::Column::Id).one(db).await?)
}

/// What is in force on that day in each of these branches, the latest last.
pub(crate) async fn in_force(
    db: &impl ConnectionTrait,
    bodies: impl IntoIterator<Item = BodyId>,
    day: NaiveDate,
) -> Result<Vec<Leadership>> {
    let known = row::Entity::find().filter(row::Column::BodyId.is_in(bodies)).filter(row::Column::ValidFrom.lte(day));
    Ok(known.order_by_asc(row::Column::ValidFrom).order_by_asc(row::Column::Id).all(db).await?)
}

pub(super) async fn insert_term(work: &Work<'_>, term: &Term) -> Result<()> {
    let active: term::ActiveModel = term.clone().into();
    term::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// From that day on there are no terms; one that runs ends.
pub(super) async fn cut(work: &Work<'_>, body: BodyId, from: NaiveDate) -> Result<()> {
    term::Entity::delete_many()
        .filter(term::Column::BodyId.eq(body))
        .filter(term::Column::ValidFrom.gte(from))
        .exec(work.tx())
        .await?;
    term::Entity::update_many()
        .col_expr(term::Column::ValidUntil, Expr::val(from))
        .filter(term::Column::BodyId.eq(body))
        .filter(term::Column::ValidUntil.is_null().or(term::Column::ValidUntil.gt(from)))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// The terms of the branch that have not ended by that day, in their order.
pub(super) async fn living(db: &impl ConnectionTrait, body: BodyId, day: NaiveDate) -> Result<Vec<Term>> {
    Ok(term::Entity::find()
        .filter(term::Column::BodyId.eq(body))
        .filter(term::Column::ValidUntil.is_null().or(term::Column::ValidUntil.gt(day)))
        .order_by_asc(term::Column::ValidFrom)
        .all(db)
        .await?)
}

pub(super) async fn find_term(db: &impl ConnectionTrait, id: TermId) -> Result<Term> {
    term::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&TERM_NOT_FOUND))
}

/// The term, held until the transaction ends.
pub(super) async fn lock_term(work: &Work<'_>, id: TermId) -> Result<Term> {
    let row = term::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&TERM_NOT_FOUND))
}

pub(super) async fn insert_change(work: &Work<'_>, change: &RotationChange) -> Result<()> {
    let active: change::ActiveModel = change.clone().into();
    change::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn find_change(db: &impl ConnectionTrait, id: RotationChangeId) -> Result<RotationChange> {
    change::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&ROTATION_CHANGE_NOT_FOUND))
}

pub(super) async fn insert_consent(work: &Work<'_>, consent: RotationConsent) -> Result<()> {
    let active: consent::ActiveModel = consent.into();
    consent::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn consents(
    db: &impl ConnectionTrait,
    changes: impl IntoIterator<Item = RotationChangeId>,
) -> Result<Vec<RotationConsent>> {
    let given = consent::Entity::find().filter(consent::Column::ChangeId.is_in(changes));
    Ok(given.order_by_asc(consent::Column::GivenAt).order_by_asc(consent::Column::Party).all(db).await?)
}

/// Proposals about terms that are there no more, or have begun.
pub(super) async fn lapse(work: &Work<'_>, body: BodyId) -> Result<()> {
    let to_come = || {
        Query::select()
            .column(term::Column::Id)
            .from(term::Entity)
            .and_where(term::Column::BodyId.eq(body))
            .and_where(term::Column::ValidFrom.gt(work.today()))
            .to_owned()
    };
    let other = change::Column::OtherTermId;
    let gone =
        change::Column::TermId.not_in_subquery(to_come()).or(other.is_not_null().and(other.not_in_subquery(to_come())));
    change::Entity::update_many()
        .col_expr(change::Column::Status, Expr::val(RotationChangeStatus::Lapsed))
        .col_expr(change::Column::EndedAt, Expr::val(work.now()))
        .col_expr(change::Column::Version, Expr::col(change::Column::Version).add(1))
        .filter(change::Column::BodyId.eq(body))
        .filter(change::Column::Status.eq(RotationChangeStatus::Open))
        .filter(gone)
        .exec(work.tx())
        .await?;
    Ok(())
}

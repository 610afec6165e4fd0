//! Calls, opinions and their points in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use gongjian_membership::UnitId;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{Call, CallId, Opinion, OpinionId, Point, Revision};
use crate::briefing::fault::{OPINION_CALL_NOT_FOUND, OPINION_EXISTS, OPINION_NOT_FOUND};

pub(crate) mod call {
    use gongjian_identity::PersonId;
    use gongjian_membership::unit::UnitType;
    use sea_orm::entity::prelude::*;

    use crate::briefing::AudienceKind;
    use crate::briefing::opinion::{CallId, CallStatus};
    use crate::decision::Matter;

    /// A question that the council asks units.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opinion_call")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CallId,
        pub number: Option<String>,
        pub title: String,
        pub question: String,
        #[sea_orm(column_type = "Text")]
        pub background: String,
        /// What it serves: the draft of a plan, of a rule.
        pub serves: String,
        pub matter: Option<Matter>,
        pub audience_kind: AudienceKind,
        pub audience_street: Option<String>,
        pub audience_unit_type: Option<UnitType>,
        pub status: CallStatus,
        pub workdays: i32,
        /// The last day on which units reply.
        pub due_on: Option<Date>,
        pub due_estimated: bool,
        pub calendar_basis: Option<String>,
        pub drafted_by: Option<PersonId>,
        pub drafted_at: DateTimeUtc,
        pub opened_by: Option<PersonId>,
        pub opened_at: Option<DateTimeUtc>,
        pub closed_at: Option<DateTimeUtc>,
        pub answered_by: Option<PersonId>,
        pub answered_at: Option<DateTimeUtc>,
        #[sea_orm(column_type = "Text")]
        pub summary: Option<String>,
        pub cancel_reason: Option<String>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod asked {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::briefing::opinion::CallId;

    /// A unit that is asked.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opinion_call_unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub call_id: CallId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod opinion {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::briefing::opinion::{CallId, OpinionId, OpinionStatus};

    /// What a unit replied.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opinion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OpinionId,
        pub call_id: CallId,
        pub unit_id: UnitId,
        pub status: OpinionStatus,
        pub is_late: bool,
        /// Which wording of its points stands.
        pub revision: i32,
        pub submitted_by: Option<PersonId>,
        pub submitted_at: DateTimeUtc,
        pub changed_at: DateTimeUtc,
        pub withdraw_reason: Option<String>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod point {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::briefing::opinion::{OpinionId, PointResult};

    /// One thing that the unit says, and what becomes of it.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opinion_point")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub opinion_id: OpinionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub text: String,
        pub result: Option<PointResult>,
        pub reason: Option<String>,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::opinion::Entity", from = "Column::OpinionId", to = "super::opinion::Column::Id")]
        Opinion,
    }

    impl Related<super::opinion::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Opinion.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod revision {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::briefing::opinion::OpinionId;

    /// The points as they were worded once; JSON.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opinion_revision")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub opinion_id: OpinionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision: i32,
        #[sea_orm(column_type = "Text")]
        pub points: String,
        pub written_by: Option<PersonId>,
        pub written_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for call::Entity {
    fn id_column() -> call::Column {
        call::Column::Id
    }
    fn version_column() -> call::Column {
        call::Column::Version
    }
}

impl Versioned for opinion::Entity {
    fn id_column() -> opinion::Column {
        opinion::Column::Id
    }
    fn version_column() -> opinion::Column {
        opinion::Column::Version
    }
}

pub(super) async fn insert_call(work: &Work<'_>, call: &Call) -> Result<()> {
    let active: call::ActiveModel = call.clone().into();
    call::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The call, held until the transaction ends: replies and its closing come one after the other.
pub(super) async fn lock_call(work: &Work<'_>, id: CallId) -> Result<Call> {
    let row = call::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&OPINION_CALL_NOT_FOUND))
}

/// Rows of one statement.
const AT_ONCE: usize = 500;

/// Freezes who is asked.
pub(super) async fn ask(work: &Work<'_>, call: CallId, units: &[UnitId]) -> Result<()> {
    for units in units.chunks(AT_ONCE) {
        let rows = units
            .iter()
            .map(|unit| asked::ActiveModel::from(asked::Model { call_id: call, unit_id: *unit }).reset_all());
        asked::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    }
    Ok(())
}

/// Which of these units the call asks.
pub(super) async fn asked_of(
    db: &impl ConnectionTrait,
    call: CallId,
    units: impl IntoIterator<Item = UnitId>,
) -> Result<Vec<UnitId>> {
    let rows = asked::Entity::find()
        .filter(asked::Column::CallId.eq(call))
        .filter(asked::Column::UnitId.is_in(units))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.unit_id).collect())
}

pub(super) async fn insert_opinion(work: &Work<'_>, opinion: &Opinion) -> Result<()> {
    let active: opinion::ActiveModel = opinion.clone().into();
    let inserted = opinion::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await;
    inserted.map(drop).map_err(|error| Refusal::unless_taken(error, &OPINION_EXISTS))
}

/// The opinion, held until the transaction ends. Its call is locked first, see the commands.
pub(super) async fn lock_opinion(work: &Work<'_>, id: OpinionId) -> Result<Opinion> {
    let row = opinion::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&OPINION_NOT_FOUND))
}

/// Puts the wording of now in the place of the one before, which stays on file.
pub(super) async fn word(work: &Work<'_>, opinion: &Opinion, points: &[String], by: Revision) -> Result<()> {
    point::Entity::delete_many().filter(point::Column::OpinionId.eq(opinion.id)).exec(work.tx()).await?;
    let rows = points.iter().zip(1..).map(|(text, number)| {
        let (result, reason, decided_by, decided_at) = (None, None, None, None);
        let text = text.clone();
        let row = Point { opinion_id: opinion.id, number, text, result, reason, decided_by, decided_at };
        point::ActiveModel::from(row).reset_all()
    });
    point::Entity::insert_many(rows).exec_without_returning(work.tx()).await?;
    let active: revision::ActiveModel = by.into();
    revision::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The points of these opinions, in their order.
pub(super) async fn points(db: &impl ConnectionTrait, of: impl IntoIterator<Item = OpinionId>) -> Result<Vec<Point>> {
    Ok(point::Entity::find()
        .filter(point::Column::OpinionId.is_in(of))
        .order_by_asc(point::Column::OpinionId)
        .order_by_asc(point::Column::Number)
        .all(db)
        .await?)
}

//! Lines and disputes in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::fault::STANDING_LINE_NOT_FOUND;
use super::{Dispute, Line, LineId};

pub(crate) mod line {
    use sea_orm::entity::prelude::*;

    use crate::standing::{LineId, LineStatus};
    use crate::unit::UnitId;

    /// A right used or a duty met.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standing_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LineId,
        pub unit_id: UnitId,
        /// Name of its kind.
        pub kind: String,
        /// Of the day, in Asia/Shanghai.
        pub year: i32,
        pub day: Date,
        pub title: String,
        pub quantity: i32,
        pub source_kind: String,
        pub source_id: Uuid,
        pub source_path: String,
        pub status: LineStatus,
        pub entered_at: DateTimeUtc,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod dispute {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::standing::{DisputeId, DisputeOutcome, LineId};

    /// What a unit says against a line, and what it was answered.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standing_dispute")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DisputeId,
        pub line_id: LineId,
        pub reason: String,
        pub raised_by: Option<PersonId>,
        pub raised_at: DateTimeUtc,
        pub outcome: Option<DisputeOutcome>,
        pub answer: Option<String>,
        pub answered_by: Option<PersonId>,
        pub answered_at: Option<DateTimeUtc>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Versioned for line::Entity {
    fn id_column() -> line::Column {
        line::Column::Id
    }
    fn version_column() -> line::Column {
        line::Column::Version
    }
}

/// The line, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: LineId) -> Result<Line> {
    let row = line::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&STANDING_LINE_NOT_FOUND))
}

pub(super) async fn insert_dispute(work: &Work<'_>, dispute: Dispute) -> Result<()> {
    let active: dispute::ActiveModel = dispute.into();
    dispute::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// Answers the open dispute over the line, if there is one.
pub(super) async fn close_dispute(work: &Work<'_>, answered: &Dispute) -> Result<()> {
    use dispute::Column;
    dispute::Entity::update_many()
        .col_expr(Column::Outcome, Column::Outcome.save_as(Expr::val(answered.outcome)))
        .col_expr(Column::Answer, Expr::val(answered.answer.clone()))
        .col_expr(Column::AnsweredBy, Expr::val(answered.answered_by.map(|person| person.0)))
        .col_expr(Column::AnsweredAt, Expr::val(answered.answered_at))
        .filter(Column::Id.eq(answered.id))
        .exec(work.tx())
        .await?;
    Ok(())
}

/// The dispute over the line that nobody has answered yet.
pub(super) async fn open_dispute(work: &Work<'_>, line: LineId) -> Result<Option<Dispute>> {
    let query = dispute::Entity::find().filter(dispute::Column::LineId.eq(line));
    Ok(query.filter(dispute::Column::AnsweredAt.is_null()).one(work.tx()).await?)
}

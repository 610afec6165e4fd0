//! Instruments in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::fault::INSTRUMENT_NOT_FOUND;
use super::{Instrument, InstrumentId};

pub(crate) mod row {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::decision::DecisionId;
    use crate::meeting::{AgendaItemId, MeetingId};
    use crate::plan::{InstrumentId, InstrumentKind, InstrumentStatus};

    /// A plan, a report, an edition of a rule.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "instrument")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: InstrumentId,
        pub kind: InstrumentKind,
        /// Of plans and reports: the year that they are about.
        pub year: Option<i32>,
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub status: InstrumentStatus,
        /// The plan or the edition that this one takes the place of.
        pub amends_id: Option<InstrumentId>,
        pub meeting_id: Option<MeetingId>,
        pub agenda_item_id: Option<AgendaItemId>,
        pub submitted_at: Option<DateTimeUtc>,
        /// Of a report: its figures as JSON, from its submission on.
        #[sea_orm(column_type = "Text")]
        pub figures: Option<String>,
        pub decision_id: Option<DecisionId>,
        pub adopted_at: Option<DateTimeUtc>,
        /// It holds from this day (included) to that (excluded).
        pub effective_from: Option<Date>,
        pub ended_on: Option<Date>,
        /// The decision that abolished it; none where a later edition took its place.
        pub abolished_by: Option<DecisionId>,
        pub published_at: Option<DateTimeUtc>,
        /// Of a rule, from its adoption on: its number, the same for all editions.
        pub rule_year: Option<i32>,
        pub rule_seq: Option<i32>,
        pub edition: Option<i32>,
        /// Why it was returned or discarded last.
        pub reason: Option<String>,
        pub created_by: Option<PersonId>,
        pub created_at: DateTimeUtc,
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

pub(super) async fn insert(work: &Work<'_>, instrument: &Instrument) -> Result<()> {
    let active: row::ActiveModel = instrument.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

/// The instrument, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: InstrumentId) -> Result<Instrument> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&INSTRUMENT_NOT_FOUND))
}

//! Topics of committees in the database.

use gongjian_kernel::work::Versioned;
use gongjian_kernel::{Refusal, Result, Work};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use super::{CommitteeTopic, CommitteeTopicId};
use crate::committee::fault::TOPIC_NOT_FOUND;

pub mod row {
    use gongjian_governance::body::BodyId;
    use gongjian_governance::decision::DecisionId;
    use gongjian_governance::meeting::{AgendaItemId, MeetingId};
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::committee::topic::{CommitteeTopicId, CommitteeTopicStatus};

    /// A topic for the council.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_topic")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CommitteeTopicId,
        pub body_id: BodyId,
        pub title: String,
        pub detail: String,
        pub status: CommitteeTopicStatus,
        pub proposed_by: Option<PersonId>,
        pub proposed_at: DateTimeUtc,
        pub meeting_id: Option<MeetingId>,
        pub agenda_item_id: Option<AgendaItemId>,
        pub decision_id: Option<DecisionId>,
        /// A number, once given, stays.
        pub decision_number: Option<String>,
        pub reason: Option<String>,
        pub ended_at: Option<DateTimeUtc>,
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

pub(super) async fn insert(work: &Work<'_>, topic: &CommitteeTopic) -> Result<()> {
    let active: row::ActiveModel = topic.clone().into();
    row::Entity::insert(active.reset_all()).exec_without_returning(work.tx()).await?;
    Ok(())
}

pub(super) async fn get(db: &impl ConnectionTrait, id: CommitteeTopicId) -> Result<CommitteeTopic> {
    row::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Refusal::of(&TOPIC_NOT_FOUND))
}

/// The topic, held until the transaction ends.
pub(super) async fn lock(work: &Work<'_>, id: CommitteeTopicId) -> Result<CommitteeTopic> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(work.tx()).await?;
    row.ok_or_else(|| Refusal::of(&TOPIC_NOT_FOUND))
}

//! Meetings, what they are about, and what is read before them.

pub mod meeting {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::body::BodyId;
    use crate::decision::DecisionId;
    use crate::meeting::{MeetingId, MeetingKind, MeetingStatus};

    /// A meeting of a body.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MeetingId,
        pub body_id: BodyId,
        /// As the body was called when the meeting was planned.
        pub body_name: String,
        pub title: String,
        pub kind: MeetingKind,
        /// Articles 11 and 13: the year, and the half of it, that the meeting is held for.
        pub year: i32,
        pub half: Option<i32>,
        pub status: MeetingStatus,
        pub starts_at: DateTimeUtc,
        pub place: Option<String>,
        pub online_url: Option<String>,
        pub chair: String,
        /// Until when topics may be proposed; until the call where none is set.
        pub topics_close_at: Option<DateTimeUtc>,
        pub planned_by: Option<PersonId>,
        pub planned_at: DateTimeUtc,
        pub called_at: Option<DateTimeUtc>,
        /// The last day on which the notice would have been in time, and by how much it was not.
        pub notice_due_on: Option<Date>,
        pub late_workdays: Option<i32>,
        /// Agenda and papers as they were when the meeting was called.
        #[sea_orm(column_type = "Text", nullable)]
        pub notice: Option<String>,
        pub opened_at: Option<DateTimeUtc>,
        pub closed_at: Option<DateTimeUtc>,
        /// Who was there, counted at the close.
        #[sea_orm(column_type = "Text", nullable)]
        pub arithmetic: Option<String>,
        pub cancel_reason: Option<String>,
        pub submitted_at: Option<DateTimeUtc>,
        pub approved_at: Option<DateTimeUtc>,
        /// The later meeting that approved the minutes, or the decision that did.
        pub approved_in_id: Option<MeetingId>,
        pub approved_by_decision_id: Option<DecisionId>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod agenda_item {
    use sea_orm::entity::prelude::*;

    use crate::decision::Matter;
    use crate::meeting::{AgendaItemId, AgendaKind, MeetingId};

    /// An item of the agenda, below another one or at the top.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agenda_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AgendaItemId,
        pub meeting_id: MeetingId,
        pub parent_id: Option<AgendaItemId>,
        /// Among those below the same item.
        pub position: i32,
        pub kind: AgendaKind,
        pub title: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub detail: Option<String>,
        pub speaker: Option<String>,
        /// What is to be decided; none where the item only informs.
        pub matter: Option<Matter>,
        /// The meeting whose minutes are to be approved.
        pub approves_meeting_id: Option<MeetingId>,
        pub added_at: DateTimeUtc,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod paper {
    use sea_orm::entity::prelude::*;

    use crate::meeting::{AgendaItemId, MeetingId, PaperId};

    /// A paper: where it is to be found, or its text.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting_paper")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PaperId,
        pub meeting_id: MeetingId,
        pub agenda_item_id: Option<AgendaItemId>,
        pub title: String,
        pub reference: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub content: Option<String>,
        pub listed_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod topic {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::meeting::{AgendaItemId, MeetingId, TopicId, TopicStatus};

    /// A topic that a voice of the body proposes.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "topic")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TopicId,
        pub meeting_id: MeetingId,
        pub elector_key: String,
        pub unit_id: Option<UnitId>,
        pub elector_name: String,
        pub title: String,
        #[sea_orm(column_type = "Text")]
        pub detail: String,
        pub status: TopicStatus,
        pub proposed_by: Option<PersonId>,
        pub proposed_at: DateTimeUtc,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<DateTimeUtc>,
        pub reason: Option<String>,
        pub agenda_item_id: Option<AgendaItemId>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

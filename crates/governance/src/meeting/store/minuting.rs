//! Minutes and what is corrected in them.

pub mod minutes {
    use gongjian_identity::PersonId;
    use sea_orm::entity::prelude::*;

    use crate::meeting::MeetingId;

    /// The minutes of a meeting, beside what they say of each item.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "minutes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub meeting_id: MeetingId,
        #[sea_orm(column_type = "Text")]
        pub summary: String,
        pub drafted_by: Option<PersonId>,
        pub drafted_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod minutes_item {
    use sea_orm::entity::prelude::*;

    use crate::meeting::{AgendaItemId, MeetingId};

    /// What the minutes say of an item of the agenda.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "minutes_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub meeting_id: MeetingId,
        pub agenda_item_id: AgendaItemId,
        #[sea_orm(column_type = "Text")]
        pub content: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod correction {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::meeting::{AgendaItemId, CorrectionId, CorrectionStatus, MeetingId};

    /// What somebody who was there finds wrong in the minutes, and what became of it.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "minutes_correction")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CorrectionId,
        pub meeting_id: MeetingId,
        pub elector_key: String,
        pub unit_id: Option<UnitId>,
        pub elector_name: String,
        /// The item whose text is wrong; the summary where none is named.
        pub agenda_item_id: Option<AgendaItemId>,
        #[sea_orm(column_type = "Text")]
        pub content: String,
        pub status: CorrectionStatus,
        pub proposed_by: Option<PersonId>,
        pub proposed_at: DateTimeUtc,
        pub answer: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub before: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub after: Option<String>,
        pub answered_by: Option<PersonId>,
        pub answered_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

//! Who has read the notice, who was there, who was excused, who spoke for whom.

pub mod receipt {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::meeting::MeetingId;

    /// Somebody has read the notice for a voice.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting_receipt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub meeting_id: MeetingId,
        pub elector_key: String,
        pub unit_id: Option<UnitId>,
        pub elector_name: String,
        pub person_id: PersonId,
        pub read_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod attendance {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::meeting::{AttendanceId, AttendanceSource, Capacity, MeetingId};

    /// A time for which a voice was there; without `until_at` it lasts.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AttendanceId,
        pub meeting_id: MeetingId,
        pub elector_key: String,
        pub unit_id: Option<UnitId>,
        pub elector_name: String,
        pub person_id: Option<PersonId>,
        pub person_name: String,
        pub capacity: Capacity,
        pub source: AttendanceSource,
        pub from_at: DateTimeUtc,
        pub until_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod excuse {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::meeting::MeetingId;

    /// A voice will not be there, and why.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting_excuse")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub meeting_id: MeetingId,
        pub elector_key: String,
        pub unit_id: Option<UnitId>,
        pub elector_name: String,
        pub reason: String,
        pub reported_by: Option<PersonId>,
        pub reported_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod roll {
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::meeting::{MeetingId, Presence};

    /// A voice in the list that the close has frozen.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting_roll")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub meeting_id: MeetingId,
        pub elector_key: String,
        pub unit_id: Option<UnitId>,
        pub elector_name: String,
        pub state: Presence,
        pub person_name: Option<String>,
        pub from_at: Option<DateTimeUtc>,
        pub until_at: Option<DateTimeUtc>,
        pub reason: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod mandate {
    use gongjian_identity::PersonId;
    use gongjian_membership::UnitId;
    use sea_orm::entity::prelude::*;

    use crate::meeting::{MandateId, MandateScope, MandateState, MeetingId};

    /// A voice is given to a substitute, for one meeting, in writing.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mandate")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MandateId,
        pub meeting_id: MeetingId,
        pub elector_key: String,
        pub unit_id: Option<UnitId>,
        pub elector_name: String,
        pub given_by: PersonId,
        pub substitute_id: PersonId,
        pub substitute_name: String,
        pub scope: MandateScope,
        /// The document: its number, its date.
        pub reference: String,
        pub given_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
        pub revoked_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    impl Model {
        #[must_use]
        pub fn state(&self) -> MandateState {
            match (self.revoked_at, self.used_at) {
                (Some(_), _) => MandateState::Revoked,
                (None, Some(_)) => MandateState::Used,
                (None, None) => MandateState::Standing,
            }
        }
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

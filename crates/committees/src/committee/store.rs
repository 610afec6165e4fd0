//! What becomes of committees, in the database.

pub(super) mod former_name {
    use gongjian_governance::body::BodyId;
    use gongjian_governance::decision::DecisionId;
    use sea_orm::entity::prelude::*;

    /// What a committee was called before that day.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_former_name")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub body_id: BodyId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub until: Date,
        pub name: String,
        pub decision_id: DecisionId,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod ending {
    use gongjian_governance::body::BodyId;
    use gongjian_governance::decision::DecisionId;
    use sea_orm::entity::prelude::*;

    /// The decision that ended a committee, and the one that it was merged into.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_ending")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub body_id: BodyId,
        pub successor_id: Option<BodyId>,
        pub decision_id: DecisionId,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod link {
    use gongjian_governance::body::BodyId;
    use sea_orm::entity::prelude::*;

    /// The committee that is the secretariat of the expert advisory committee; its key lets there be one.
    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_expert_secretariat")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub expert_body_id: BodyId,
        pub body_id: BodyId,
        pub set_at: DateTimeUtc,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

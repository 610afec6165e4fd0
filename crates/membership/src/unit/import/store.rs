//! What is kept of an import: which file, and which row of it put a unit on file.

pub(super) mod import {
    use sea_orm::entity::prelude::*;

    use crate::unit::import::ImportId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_import")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ImportId,
        /// One import for each file.
        pub digest: String,
        pub account_id: Option<Uuid>,
        pub imported_at: DateTimeUtc,
        pub row_count: i32,
        pub added_count: i32,
        pub unchanged_count: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod import_row {
    use sea_orm::entity::prelude::*;

    use crate::unit::UnitId;
    use crate::unit::import::ImportId;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_import_row")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        pub import_id: ImportId,
        pub row_number: i32,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

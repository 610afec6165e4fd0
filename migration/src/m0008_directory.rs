//! The directory: units are found by a part of their name, by pinyin initials, by their codes; and whole
//! files of units are put on file at once. The server fills the index when it starts, because SQL knows no
//! pinyin.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        let (own_tree, by_prefix) = if sqlite { (" WITHOUT ROWID", "") } else { ("", " text_pattern_ops") };
        let mut statements = vec![
            "CREATE TABLE unit_search (unit_id uuid NOT NULL PRIMARY KEY REFERENCES unit (id), edition integer NOT NULL, texts text NOT NULL, code text)".to_owned(),
            // Each term with its units in the order of the list: a page is one stretch of this tree.
            format!("CREATE TABLE unit_term (term text NOT NULL, member_no varchar(32) NOT NULL, PRIMARY KEY (term, member_no)){own_tree}"),
            format!("CREATE INDEX ix_unit_credit_code ON unit (credit_code{by_prefix})"),
        ];
        if !sqlite {
            // SQLite compares by bytes, so that the unique index does.
            statements.push(format!("CREATE INDEX ix_unit_member_no_prefix ON unit (member_no{by_prefix})"));
        }
        for statement in statements {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        create_import(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in ["ix_unit_member_no_prefix", "ix_unit_credit_code"] {
            manager.drop_index(Index::drop().name(index).table("unit").if_exists().to_owned()).await?;
        }
        for table in ["unit_import_row", "unit_import", "unit_term", "unit_search"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn create_import(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let import = Table::create()
        .table("unit_import")
        .col(uuid("id").primary_key())
        // The same file adds its units once.
        .col(string_len("digest", 80).unique_key())
        .col(uuid_null("account_id"))
        .col(timestamp_with_time_zone("imported_at"))
        .col(integer("row_count"))
        .col(integer("added_count"))
        .col(integer("unchanged_count"))
        .to_owned();
    manager.create_table(import).await?;
    let row = Table::create()
        .table("unit_import_row")
        .col(uuid("unit_id").primary_key())
        .col(uuid("import_id"))
        .col(integer("row_number"))
        // Preamble: a unit is a member because it wants to be.
        .foreign_key(
            ForeignKey::create().name("fk_unit_import_row_unit").from("unit_import_row", "unit_id").to("unit", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_unit_import_row_import")
                .from("unit_import_row", "import_id")
                .to("unit_import", "id"),
        )
        .to_owned();
    manager.create_table(row).await?;
    let mut index = Index::create();
    index.name("ix_unit_import_row_import").table("unit_import_row").col("import_id");
    manager.create_index(index).await
}

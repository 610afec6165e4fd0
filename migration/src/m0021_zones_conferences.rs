//! Functional zones (Article 19).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(zone()).await?;
        manager.create_table(zone_street()).await?;
        for (table, columns) in [("zone", ["lead_unit_id", "id"]), ("zone_street", ["street_code", "zone_id"])] {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["zone_street", "zone"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Lists are filtered by what stands first and ordered by what follows.
fn index(table: &'static str, columns: [&'static str; 2]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(column);
    }
    index
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

fn zone() -> TableCreateStatement {
    let interval = Expr::col("valid_until").is_null().or(Expr::col("valid_until").gt(Expr::col("valid_from")));
    Table::create()
        .table("zone")
        .col(uuid("id").primary_key())
        .col(string_len("code", 20).unique_key())
        .col(string_len("name", 60))
        .col(string_len("focus", 200))
        .col(uuid("lead_unit_id"))
        .col(date("valid_from"))
        .col(date_null("valid_until"))
        .col(integer("version").check(("ck_zone_version", Expr::col("version").gt(0))))
        .check(("ck_zone_interval", interval))
        .foreign_key(&mut reference("fk_zone_lead_unit", ("zone", "lead_unit_id"), "unit"))
        .to_owned()
}

fn zone_street() -> TableCreateStatement {
    Table::create()
        .table("zone_street")
        .col(uuid("zone_id"))
        .col(string_len("street_code", 9))
        .primary_key(Index::create().col("zone_id").col("street_code"))
        .foreign_key(&mut reference("fk_zone_street_zone", ("zone_street", "zone_id"), "zone"))
        .to_owned()
}

//! What the compliance calendar keeps: reasons, and feeds. All else is what other tables say.

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
        for table in [explanation(), wording(), feed()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(JOINED_ON).table("membership_period").to_owned()).await?;
        for table in ["compliance_feed", "compliance_explanation_wording", "compliance_explanation"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

const JOINED_ON: &str = "ix_membership_period_joined_on";

fn index(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn indexes() -> [IndexCreateStatement; 5] {
    let reason = ["obligation_key", "period", "subject_id"];
    [
        // One reason for an obligation, a period and a subject; nil stands for the association.
        index("ux_compliance_explanation", "compliance_explanation", &reason).unique().to_owned(),
        index("ix_compliance_explanation_year", "compliance_explanation", &["year"]),
        // Who joined when, and who was first.
        index(JOINED_ON, "membership_period", &["joined_on"]),
        index("ux_compliance_feed_secret", "compliance_feed", &["secret_hash"]).unique().to_owned(),
        index("ix_compliance_feed_account", "compliance_feed", &["account_id", "id"]),
    ]
}

fn version(constraint: &'static str) -> ColumnDef {
    let mut column = integer("version");
    column.check((constraint, Expr::col("version").gt(0)));
    column
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

/// Keys of obligations are no closed list here: later articles ask for more.
fn explanation() -> TableCreateStatement {
    Table::create()
        .table("compliance_explanation")
        .col(uuid("id").primary_key())
        .col(string_len("obligation_key", 60))
        .col(string_len("period", 20))
        .col(integer("year"))
        .col(uuid("subject_id"))
        .col(version("ck_compliance_explanation_version"))
        .to_owned()
}

fn wording() -> TableCreateStatement {
    let of = ("compliance_explanation_wording", "explanation_id");
    let by = ("compliance_explanation_wording", "given_by");
    Table::create()
        .table("compliance_explanation_wording")
        .col(uuid("explanation_id"))
        .col(version("ck_compliance_explanation_wording_version"))
        .col(string_len("reason", 500))
        .col(uuid_null("given_by"))
        .col(timestamp_with_time_zone("given_at"))
        .primary_key(Index::create().col("explanation_id").col("version"))
        .foreign_key(&mut reference("fk_compliance_explanation_wording_of", of, "compliance_explanation"))
        .foreign_key(&mut reference("fk_compliance_explanation_wording_by", by, "person"))
        .to_owned()
}

fn feed() -> TableCreateStatement {
    Table::create()
        .table("compliance_feed")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(string_len("name", 50))
        .col(string_len("secret_hash", 80))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(version("ck_compliance_feed_version"))
        .foreign_key(&mut reference("fk_compliance_feed_account", ("compliance_feed", "account_id"), "account"))
        .to_owned()
}

//! Key projects of the year and claims to their shares (Article 14(3)).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const GOALS: [&str; 6] = ["g1", "g2", "g3", "g4", "g5", "g6"];
const STATUSES: [&str; 5] = ["pending", "confirmed", "declined", "withdrawn", "released"];

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: [(&str, &[&str]); 6] = [
    ("key_project", &["year", "id"]),
    ("key_project", &["goal", "id"]),
    ("key_project", &["claim_until", "id"]),
    ("project_claim", &["key_project_id", "id"]),
    ("project_claim", &["unit_id", "id"]),
    ("project_claim", &["status", "id"]),
];

fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

fn positive(name: &'static str, constraint: &'static str) -> ColumnDef {
    let mut column = integer(name);
    column.check((constraint, Expr::col(name).gt(0)));
    column
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

fn key_project() -> TableCreateStatement {
    Table::create()
        .table("key_project")
        .col(uuid("id").primary_key())
        .col(uuid("plan_item_id").unique_key())
        .col(integer("year"))
        .col(string_len("title", 100))
        .col(word("goal", "ck_key_project_goal", &GOALS))
        .col(string_len_null("requirements", 2000))
        .col(positive("shares_total", "ck_key_project_shares"))
        .col(date("claim_from"))
        .col(date("claim_until"))
        .col(uuid_null("published_by"))
        .col(timestamp_with_time_zone("published_at"))
        .col(positive("version", "ck_key_project_version"))
        .check(("ck_key_project_window", Expr::col("claim_from").lte(Expr::col("claim_until"))))
        .foreign_key(&mut reference("fk_key_project_item", ("key_project", "plan_item_id"), "plan_item"))
        .to_owned()
}

fn project_claim() -> TableCreateStatement {
    let agreed = Expr::col("agreement_ref").is_not_null().and(Expr::col("agreed_on").is_not_null());
    Table::create()
        .table("project_claim")
        .col(uuid("id").primary_key())
        .col(uuid("key_project_id"))
        .col(uuid("unit_id"))
        .col(positive("shares", "ck_project_claim_shares"))
        .col(string_len("undertaking", 1000))
        .col(word("status", "ck_project_claim_status", &STATUSES))
        .col(uuid_null("claimed_by"))
        .col(timestamp_with_time_zone("claimed_at"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(string_len_null("agreement_ref", 200))
        .col(date_null("agreed_on"))
        .col(string_len_null("reason", 500))
        .col(positive("version", "ck_project_claim_version"))
        .check(("ck_project_claim_agreement", Expr::col("status").ne("confirmed").or(agreed)))
        .foreign_key(&mut reference("fk_project_claim_project", ("project_claim", "key_project_id"), "key_project"))
        .foreign_key(&mut reference("fk_project_claim_unit", ("project_claim", "unit_id"), "unit"))
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [key_project(), project_claim()] {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        // A unit holds one claim to a project at a time.
        let mut one = Index::create();
        one.name("ux_project_claim_live").table("project_claim").unique().col("key_project_id").col("unit_id");
        one.and_where(Expr::col("status").is_in(["pending", "confirmed"]));
        manager.create_index(one).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["project_claim", "key_project"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

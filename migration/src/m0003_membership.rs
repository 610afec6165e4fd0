//! Units, and the persons who speak for them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A column that takes one of these words.
fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_unit(manager).await?;
        create_unit_contact(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["unit_contact", "unit"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn create_unit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let gone = || Expr::col("status").is_in(["withdrawn", "dissolved"]);
    manager
        .create_table(
            Table::create()
                .table("unit")
                .col(uuid("id").primary_key())
                .col(string_len("member_no", 32))
                .col(string_len("name", 100))
                .col(text("name_key"))
                .col(word(
                    "unit_type",
                    "ck_unit_type",
                    &["party_gov", "institution", "university", "soe", "private", "social_org", "military", "research"],
                ))
                .col(word(
                    "affiliation_level",
                    "ck_unit_affiliation_level",
                    &["central", "provincial", "municipal", "district", "street", "none", "military"],
                ))
                .col(string_len_null("credit_code", 18))
                .col(text_null("credit_code_exempt_reason"))
                .col(string_len("street_code", 9))
                .col(text("zone_codes"))
                .col(string_len("address", 200))
                .col(string_len("party_org_name", 100))
                .col(word(
                    "party_org_kind",
                    "ck_unit_party_org_kind",
                    &[
                        "party_group",
                        "party_committee",
                        "working_committee",
                        "general_branch",
                        "party_branch",
                        "joint_branch",
                    ],
                ))
                .col(
                    integer_null("party_member_count")
                        .check(("ck_unit_party_member_count", Expr::col("party_member_count").gte(0))),
                )
                .col(boolean("handles_issues"))
                .col(word("status", "ck_unit_status", &["applied", "active", "withdrawn", "dissolved"]))
                .col(date_null("applied_on"))
                .col(date_null("joined_on"))
                .col(date_null("withdrawn_on"))
                .col(integer("version").check(("ck_unit_version", Expr::col("version").gt(0))))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                // A code or a reason for having none, never both.
                .check((
                    "ck_unit_credit_code_or_reason",
                    Expr::col("credit_code").is_null().and(Expr::col("credit_code_exempt_reason").is_not_null()).or(
                        Expr::col("credit_code").is_not_null().and(Expr::col("credit_code_exempt_reason").is_null()),
                    ),
                ))
                .check(("ck_unit_joined_on", Expr::col("status").ne("active").or(Expr::col("joined_on").is_not_null())))
                .check(("ck_unit_withdrawn_on", gone().not().or(Expr::col("withdrawn_on").is_not_null())))
                .to_owned(),
        )
        .await?;
    for column in ["member_no", "name_key"] {
        let mut index = Index::create();
        index.name(format!("ux_unit_{column}")).table("unit").col(column).unique();
        manager.create_index(index).await?;
    }
    // Article 8: one living unit for each code. One that has left may come back.
    let mut one_living = Index::create();
    one_living
        .name("ux_unit_credit_code")
        .table("unit")
        .col("credit_code")
        .unique()
        .and_where(Expr::col("status").is_in(["applied", "active"]));
    manager.create_index(one_living).await?;
    // Lists are filtered by one of these and ordered by the member number.
    for column in ["status", "unit_type", "affiliation_level", "street_code", "handles_issues"] {
        let mut index = Index::create();
        index.name(format!("ix_unit_{column}")).table("unit").col(column).col("member_no");
        manager.create_index(index).await?;
    }
    Ok(())
}

async fn create_unit_contact(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("unit_contact")
                .col(uuid("id").primary_key())
                .col(uuid("unit_id"))
                .col(word("kind", "ck_unit_contact_kind", &["representative", "liaison"]))
                .col(uuid("person_id"))
                .col(string_len("post", 50))
                .col(date("filed_on"))
                .col(timestamp_with_time_zone("since"))
                .col(timestamp_with_time_zone_null("until"))
                .check((
                    "ck_unit_contact_until",
                    Expr::col("until").is_null().or(Expr::col("until").gte(Expr::col("since"))),
                ))
                .foreign_key(
                    ForeignKey::create().name("fk_unit_contact_unit").from("unit_contact", "unit_id").to("unit", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_unit_contact_person")
                        .from("unit_contact", "person_id")
                        .to("person", "id"),
                )
                .to_owned(),
        )
        .await?;
    // Article 25: one of each kind at a time.
    let mut one_at_a_time = Index::create();
    one_at_a_time
        .name("ux_unit_contact_present")
        .table("unit_contact")
        .col("unit_id")
        .col("kind")
        .unique()
        .and_where(Expr::col("until").is_null());
    manager.create_index(one_at_a_time).await?;
    for (name, column) in [("ix_unit_contact_unit", "unit_id"), ("ix_unit_contact_person", "person_id")] {
        let mut index = Index::create();
        index.name(name).table("unit_contact").col(column);
        manager.create_index(index).await?;
    }
    Ok(())
}

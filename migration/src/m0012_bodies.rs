//! Posts and who holds them, offices and what they rest on, bodies (Articles 12–18, 25). Until now presidents,
//! vice-presidents, the secretary-general and branch presidents were appointed; what they hold comes along.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

mod brought_along;
mod default;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const BODY_KINDS: [&str; 5] = ["general_meeting", "council", "committee", "branch", "expert_committee"];
const POST_KINDS: [&str; 8] = [
    "party_secretary",
    "government_head",
    "organisation_head",
    "organisation_deputy",
    "standing_committee_member",
    "street_secretary",
    "unit_head",
    "other",
];
/// Those that are granted; the others follow from filings and appointments.
const OFFICE_KINDS: [&str; 14] = [
    "president",
    "standing_vice_president_government",
    "standing_vice_president_organisation",
    "annual_vice_president_designated",
    "annual_vice_president_elected",
    "secretary_general",
    "office_director",
    "committee_director_lead",
    "committee_director_member",
    "committee_lead_unit",
    "branch_president",
    "branch_co_president",
    "council_unit",
    "expert",
];

const INDEXES: [(&str, &[&str]); 13] = [
    ("body", &["kind", "id"]),
    ("post", &["kind", "id"]),
    ("post", &["unit_id", "id"]),
    ("post", &["street_code", "id"]),
    ("post_holding", &["post_id", "valid_from"]),
    ("post_holding", &["person_id"]),
    ("office_tenure", &["kind", "id"]),
    ("office_tenure", &["body_id", "id"]),
    ("office_tenure", &["slot", "valid_from"]),
    ("office_tenure", &["post_id"]),
    ("office_tenure", &["person_id"]),
    ("office_tenure", &["unit_id", "id"]),
    ("office_tenure", &["valid_until"]),
];

fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// "Exactly one", among what is known now.
fn only_one(name: &str, table: &'static str, columns: &[&'static str], open: bool) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table).unique();
    for column in columns {
        index.col(*column);
    }
    let known = Expr::col("superseded_at").is_null();
    index.and_where(if open { known.and(Expr::col("valid_until").is_null()) } else { known });
    index
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

fn bodies() -> TableCreateStatement {
    let branch_has_street = Expr::col("kind").eq("branch").eq(Expr::col("street_code").is_not_null());
    Table::create()
        .table("body")
        .col(uuid("id").primary_key())
        .col(word("kind", "ck_body_kind", &BODY_KINDS))
        .col(string_len("code", 40).unique_key())
        .col(string_len("name", 100))
        .col(string_len_null("street_code", 9).unique_key())
        .col(date_null("founded_on"))
        .col(date_null("dissolved_on"))
        .col(string_len_null("basis", 200))
        .col(uuid_null("decision_id"))
        .col(integer("version").check(("ck_body_version", Expr::col("version").gt(0))))
        .check(("ck_body_branch_street", branch_has_street))
        .to_owned()
}

fn posts() -> TableCreateStatement {
    let of_unit = Expr::col("kind").eq("unit_head").eq(Expr::col("unit_id").is_not_null());
    let of_street = Expr::col("kind").eq("street_secretary").eq(Expr::col("street_code").is_not_null());
    Table::create()
        .table("post")
        .col(uuid("id").primary_key())
        .col(word("kind", "ck_post_kind", &POST_KINDS))
        .col(string_len("name", 130))
        // A unit has one head, a street one party secretary.
        .col(uuid_null("unit_id").unique_key())
        .col(string_len_null("street_code", 9).unique_key())
        .col(date_null("established_on"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(uuid_null("recorded_by"))
        .col(integer("version").check(("ck_post_version", Expr::col("version").gt(0))))
        .check(("ck_post_unit", of_unit))
        .check(("ck_post_street", of_street))
        .foreign_key(&mut reference("fk_post_unit", ("post", "unit_id"), "unit"))
        .to_owned()
}

/// First day included, last day excluded. What is known to have been wrong is superseded, never overwritten.
fn bitemporal(table: &mut TableCreateStatement, constraint: &'static str) -> TableCreateStatement {
    let interval = Expr::col("valid_until").is_null().or(Expr::col("valid_until").gt(Expr::col("valid_from")));
    table
        .col(date("valid_from"))
        .col(date_null("valid_until"))
        .col(string_len("basis", 200))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(uuid_null("recorded_by"))
        .col(timestamp_with_time_zone_null("superseded_at"))
        .check((constraint, interval))
        .primary_key(Index::create().col("id").col("version"))
        .to_owned()
}

fn holdings() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("post_holding")
        .col(uuid("id"))
        .col(integer("version"))
        .col(uuid("post_id"))
        .col(uuid("person_id"))
        .col(boolean("brought_along"))
        .foreign_key(&mut reference("fk_post_holding_post", ("post_holding", "post_id"), "post"))
        .foreign_key(&mut reference("fk_post_holding_person", ("post_holding", "person_id"), "person"));
    bitemporal(&mut table, "ck_post_holding_interval")
}

fn tenures() -> TableCreateStatement {
    let (post, person) = (|| Expr::col("post_id"), || Expr::col("person_id"));
    let rests_on_one = post().is_null().and(person().is_not_null()).or(post().is_not_null().and(person().is_null()));
    let annual = Expr::col("kind")
        .is_not_in(["annual_vice_president_designated", "annual_vice_president_elected"])
        .or(Expr::col("valid_until").is_not_null());
    let mut table = Table::create();
    table
        .table("office_tenure")
        .col(uuid("id"))
        .col(integer("version"))
        .col(word("kind", "ck_office_tenure_kind", &OFFICE_KINDS))
        .col(uuid("body_id"))
        .col(uuid_null("post_id"))
        .col(uuid_null("person_id"))
        .col(uuid_null("unit_id"))
        .col(string_len("slot", 160))
        .col(string_len_null("method", 40))
        .col(date_null("decided_on"))
        .col(uuid_null("decision_id"))
        .check(("ck_office_tenure_rests_on_one", rests_on_one))
        .check(("ck_office_tenure_annual", annual))
        .foreign_key(&mut reference("fk_office_tenure_body", ("office_tenure", "body_id"), "body"))
        .foreign_key(&mut reference("fk_office_tenure_post", ("office_tenure", "post_id"), "post"))
        .foreign_key(&mut reference("fk_office_tenure_person", ("office_tenure", "person_id"), "person"))
        .foreign_key(&mut reference("fk_office_tenure_unit", ("office_tenure", "unit_id"), "unit"));
    bitemporal(&mut table, "ck_office_tenure_interval")
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [bodies(), posts(), holdings(), tenures()] {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            manager.create_index(index(table, columns)).await?;
        }
        for index in [
            only_one("ux_post_holding_known", "post_holding", &["id"], false),
            only_one("ux_post_holding_present", "post_holding", &["post_id"], true),
            only_one("ux_post_holding_from", "post_holding", &["post_id", "valid_from"], false),
            only_one("ux_office_tenure_known", "office_tenure", &["id"], false),
            only_one("ux_office_tenure_present", "office_tenure", &["slot"], true),
            only_one("ux_office_tenure_from", "office_tenure", &["slot", "valid_from"], false),
        ] {
            manager.create_index(index).await?;
        }
        default::seed(manager).await?;
        brought_along::bring(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Whoever was appointed before is appointed again.
        brought_along::give_back(manager).await?;
        for table in ["office_tenure", "post_holding", "post", "body"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

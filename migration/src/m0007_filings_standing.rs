//! Filings with their receipts (Article 25); what units have used and done, and what they have given
//! (Articles 9 and 10).

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
        for table in [filing(), standing_line(), standing_dispute(), contribution()] {
            manager.create_table(table).await?;
        }
        // SQLite adds one column at a time.
        for column in contact_columns() {
            manager.alter_table(Table::alter().table("unit_contact").add_column(column).to_owned()).await?;
        }
        for (table, columns) in INDEXES {
            manager.create_index(index(table, columns)).await?;
        }
        for index in unique_indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["end_reason", "predecessor_id", "filing_id"] {
            manager.alter_table(Table::alter().table("unit_contact").drop_column(column).to_owned()).await?;
        }
        manager
            .drop_index(Index::drop().name("ix_unit_contact_unit_id_since_id").table("unit_contact").to_owned())
            .await?;
        for table in ["contribution", "standing_dispute", "standing_line", "filing"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: &[(&str, &[&str])] = &[
    ("filing", &["status", "id"]),
    ("filing", &["kind", "id"]),
    ("filing", &["unit_id", "id"]),
    ("filing", &["subject_id"]),
    ("standing_line", &["unit_id", "year", "id"]),
    ("standing_line", &["status", "id"]),
    ("standing_line", &["kind", "id"]),
    ("standing_line", &["year", "id"]),
    ("standing_dispute", &["line_id", "id"]),
    ("contribution", &["unit_id", "id"]),
    ("contribution", &["status", "id"]),
    ("contribution", &["kind", "id"]),
    ("unit_contact", &["unit_id", "since", "id"]),
];

fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn unique_indexes() -> Vec<IndexCreateStatement> {
    let unique = |name: &str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create();
        index.name(name).table(table).unique();
        for column in columns {
            index.col(*column);
        }
        index
    };
    let mut late = index("filing", &["id"]);
    late.name("ix_filing_late").and_where(Expr::col("late_workdays").gt(0));
    let mut one_open = unique("ux_standing_dispute_open", "standing_dispute", &["line_id"]);
    one_open.and_where(Expr::col("answered_at").is_null());
    vec![
        late,
        unique("ux_filing_receipt_no", "filing", &["receipt_no"]),
        // What one source has shown of a unit is entered once.
        unique("ux_standing_line_source", "standing_line", &["kind", "unit_id", "source_id"]),
        one_open,
    ]
}

fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

fn version(constraint: &'static str) -> ColumnDef {
    let mut column = integer("version");
    column.check((constraint, Expr::col("version").gt(0)));
    column
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

/// Kinds of filings are no closed list here: later articles file more.
fn filing() -> TableCreateStatement {
    Table::create()
        .table("filing")
        .col(uuid("id").primary_key())
        .col(string_len("receipt_no", 40))
        .col(string_len("kind", 40))
        .col(uuid_null("unit_id"))
        .col(uuid_null("person_id"))
        .col(uuid_null("predecessor_id"))
        .col(string_len("subject_kind", 40))
        .col(uuid("subject_id"))
        .col(uuid_null("submitted_by"))
        .col(timestamp_with_time_zone("submitted_at"))
        .col(date("event_on"))
        .col(date("filed_on"))
        .col(date("due_on"))
        .col(integer("late_workdays").check(("ck_filing_late", Expr::col("late_workdays").gte(0))))
        .col(word("status", "ck_filing_status", &["submitted", "accepted", "returned_for_correction"]))
        .col(uuid_null("checked_by"))
        .col(timestamp_with_time_zone_null("checked_at"))
        .col(string_len_null("return_reason", 500))
        .col(uuid_null("corrects_id"))
        .col(version("ck_filing_version"))
        .check((
            "ck_filing_checked",
            Expr::col("status")
                .eq("submitted")
                .and(Expr::col("checked_at").is_null())
                .or(Expr::col("status").ne("submitted").and(Expr::col("checked_at").is_not_null())),
        ))
        .check((
            "ck_filing_return_reason",
            Expr::col("status").ne("returned_for_correction").or(Expr::col("return_reason").is_not_null()),
        ))
        .foreign_key(&mut reference("fk_filing_unit", ("filing", "unit_id"), "unit"))
        .foreign_key(&mut reference("fk_filing_person", ("filing", "person_id"), "person"))
        .foreign_key(&mut reference("fk_filing_corrects", ("filing", "corrects_id"), "filing"))
        .to_owned()
}

/// Terms that began before there were receipts have none.
fn contact_columns() -> [ColumnDef; 3] {
    [uuid_null("filing_id"), uuid_null("predecessor_id"), string_len_null("end_reason", 200)]
}

/// Kinds of lines are declared by whichever crate enters them.
fn standing_line() -> TableCreateStatement {
    Table::create()
        .table("standing_line")
        .col(uuid("id").primary_key())
        .col(uuid("unit_id"))
        .col(string_len("kind", 40))
        .col(integer("year"))
        .col(date("day"))
        .col(string_len("title", 200))
        .col(integer("quantity").check(("ck_standing_line_quantity", Expr::col("quantity").gt(0))))
        .col(string_len("source_kind", 40))
        .col(uuid("source_id"))
        .col(string_len("source_path", 200))
        .col(word("status", "ck_standing_line_status", &["valid", "disputed", "corrected", "withdrawn"]))
        .col(timestamp_with_time_zone("entered_at"))
        .col(version("ck_standing_line_version"))
        .foreign_key(&mut reference("fk_standing_line_unit", ("standing_line", "unit_id"), "unit"))
        .to_owned()
}

fn standing_dispute() -> TableCreateStatement {
    Table::create()
        .table("standing_dispute")
        .col(uuid("id").primary_key())
        .col(uuid("line_id"))
        .col(string_len("reason", 500))
        .col(uuid_null("raised_by"))
        .col(timestamp_with_time_zone("raised_at"))
        .col(string_len_null("outcome", 40))
        .col(string_len_null("answer", 500))
        .col(uuid_null("answered_by"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .check((
            "ck_standing_dispute_outcome",
            Expr::col("answered_at").is_null().and(Expr::col("outcome").is_null()).or(Expr::col("answered_at")
                .is_not_null()
                .and(Expr::col("outcome").is_in(["explained", "corrected", "struck", "lapsed"]))),
        ))
        .foreign_key(&mut reference("fk_standing_dispute_line", ("standing_dispute", "line_id"), "standing_line"))
        .to_owned()
}

fn contribution() -> TableCreateStatement {
    Table::create()
        .table("contribution")
        .col(uuid("id").primary_key())
        .col(uuid("unit_id"))
        .col(word("kind", "ck_contribution_kind", &["information", "research", "resource", "suggestion"]))
        .col(string_len("title", 100))
        .col(text("detail"))
        .col(date("contributed_on"))
        .col(word("status", "ck_contribution_status", &["submitted", "acknowledged", "withdrawn"]))
        .col(uuid_null("submitted_by"))
        .col(timestamp_with_time_zone("submitted_at"))
        .col(uuid_null("acknowledged_by"))
        .col(timestamp_with_time_zone_null("acknowledged_at"))
        .col(string_len_null("acknowledgement", 500))
        .col(string_len_null("retract_reason", 500))
        .col(version("ck_contribution_version"))
        .foreign_key(&mut reference("fk_contribution_unit", ("contribution", "unit_id"), "unit"))
        .to_owned()
}

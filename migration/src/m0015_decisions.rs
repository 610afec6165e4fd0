//! Decisions, what they end and what they were used for; the execution book (Articles 11 and 13).
//! Consultation (Article 13) and two-key consent (Articles 17 and 18), from which a decision may come.

mod consulting;
mod execution;

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use consulting::{
    consent, consent_signature, consultation, consultation_confirmation, consultation_party, consultation_round,
    consultation_statement,
};
use execution::{execution_entry, execution_item};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Children after what they refer to.
const TABLES: [&str; 11] = [
    "consultation",
    "consultation_party",
    "consultation_round",
    "consultation_statement",
    "consultation_confirmation",
    "joint_consent",
    "joint_consent_signature",
    "decision",
    "decision_ending",
    "decision_use",
    "execution_item",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            consultation(),
            consultation_party(),
            consultation_round(),
            consultation_statement(),
            consultation_confirmation(),
            consent(),
            consent_signature(),
            decision(),
            decision_ending(),
            decision_use(),
            execution_item(),
            execution_entry(),
        ];
        for table in tables {
            manager.create_table(table).await?;
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
        manager.drop_table(Table::drop().table("execution_entry").to_owned()).await?;
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

const MATTERS: [&str; 10] = [
    "charter_amendment",
    "work_report",
    "annual_plan",
    "general_other",
    "internal_rule",
    "annual_vice_president",
    "council_unit",
    "committee_set",
    "council_other",
    "of_body",
];

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: &[(&str, &[&str])] = &[
    ("consultation", &["body_id", "id"]),
    ("consultation", &["status", "id"]),
    ("consultation", &["matter", "id"]),
    ("consultation_party", &["unit_id"]),
    ("joint_consent", &["body_id", "id"]),
    ("joint_consent", &["status", "due_on", "id"]),
    ("decision", &["body_id", "id"]),
    ("decision", &["matter", "id"]),
    ("decision", &["status", "effective_from"]),
    ("decision", &["number_year", "id"]),
    ("decision", &["ended_by_id"]),
    ("decision_ending", &["target_id"]),
    ("execution_item", &["body_id", "status", "due_on"]),
    ("execution_item", &["decision_id", "id"]),
    ("execution_item", &["status", "due_on", "id"]),
    ("execution_item", &["unit_id", "id"]),
    ("execution_item", &["person_id", "id"]),
    ("execution_entry", &["item_id", "id"]),
];

fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn unique(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table).unique();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A result serves for one decision; one that was withdrawn before it was issued gives it back.
fn result_serves_once(name: &str, column: &'static str) -> IndexCreateStatement {
    let mut index = unique(name, "decision", &[column]);
    index.and_where(Expr::col("status").ne("withdrawn"));
    index
}

fn unique_indexes() -> Vec<IndexCreateStatement> {
    vec![
        result_serves_once("ux_decision_ballot", "ballot_id"),
        result_serves_once("ux_decision_consultation", "consultation_id"),
        result_serves_once("ux_decision_consent", "consent_id"),
        unique("ux_decision_number", "decision", &["body_id", "number_year", "number_seq"]),
        unique("ux_decision_use", "decision_use", &["decision_id", "use_key"]),
        unique("ux_consultation_statement", "consultation_statement", &["consultation_id", "round_no", "party_key"]),
        unique("ux_joint_consent_signature_person", "joint_consent_signature", &["consent_id", "person_id"]),
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

/// Whether a decision is effective on a day follows from these columns and is not kept.
fn decision() -> TableCreateStatement {
    let result = |method: &'static str, of: &'static str| {
        Expr::col("method")
            .eq(method)
            .and(Expr::col(of).is_not_null())
            .or(Expr::col("method").ne(method).and(Expr::col(of).is_null()))
    };
    Table::create()
        .table("decision")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(word("matter", "ck_decision_matter", &MATTERS))
        .col(string_len("title", 200))
        .col(text("text"))
        .col(word("method", "ck_decision_method", &["ballot", "consultation", "consent", "document"]))
        .col(uuid_null("ballot_id"))
        .col(uuid_null("consultation_id"))
        .col(uuid_null("consent_id"))
        .col(string_len_null("document_ref", 200))
        .col(text_null("arithmetic"))
        .col(date("adopted_on"))
        .col(timestamp_with_time_zone_null("concluded_at"))
        .col(date_null("issued_on"))
        .col(date_null("effective_from"))
        .col(integer_null("number_year"))
        .col(big_integer_null("number_seq"))
        .col(string_len_null("number", 150))
        .col(word("status", "ck_decision_status", &["adopted", "issued", "withdrawn"]))
        .col(string_len_null("ended_as", 40).check((
            "ck_decision_ended_as",
            Expr::col("ended_as").is_null().or(Expr::col("ended_as").is_in(["superseded", "revoked"])),
        )))
        .col(uuid_null("ended_by_id"))
        .col(date_null("ended_from"))
        .col(string_len_null("withdraw_reason", 500))
        .col(uuid_null("entered_by"))
        .col(timestamp_with_time_zone("entered_at"))
        .col(uuid_null("issued_by"))
        .col(version("ck_decision_version"))
        .check(("ck_decision_ballot", result("ballot", "ballot_id")))
        .check(("ck_decision_consultation", result("consultation", "consultation_id")))
        .check(("ck_decision_consent", result("consent", "consent_id")))
        .check(("ck_decision_document", result("document", "document_ref")))
        .check((
            "ck_decision_issued",
            Expr::col("status").ne("issued").or(Expr::col("number").is_not_null().and(
                Expr::col("number_year")
                    .is_not_null()
                    .and(Expr::col("number_seq").is_not_null())
                    .and(Expr::col("issued_on").is_not_null())
                    .and(Expr::col("effective_from").is_not_null()),
            )),
        ))
        .check((
            "ck_decision_ended",
            Expr::col("ended_as").is_null().and(Expr::col("ended_from").is_null()).or(Expr::col("ended_as")
                .is_not_null()
                .and(Expr::col("ended_by_id").is_not_null())
                .and(Expr::col("ended_from").is_not_null())),
        ))
        .foreign_key(&mut reference("fk_decision_body", ("decision", "body_id"), "body"))
        .foreign_key(&mut reference("fk_decision_consultation", ("decision", "consultation_id"), "consultation"))
        .foreign_key(&mut reference("fk_decision_consent", ("decision", "consent_id"), "joint_consent"))
        .foreign_key(&mut reference("fk_decision_ended_by", ("decision", "ended_by_id"), "decision"))
        .to_owned()
}

/// What a decision replaces or revokes from the day on which it is effective.
fn decision_ending() -> TableCreateStatement {
    Table::create()
        .table("decision_ending")
        .col(uuid("decision_id"))
        .col(uuid("target_id"))
        .col(word("ends_as", "ck_decision_ending_as", &["superseded", "revoked"]))
        .primary_key(Index::create().name("pk_decision_ending").col("decision_id").col("target_id"))
        .check(("ck_decision_ending_other", Expr::col("decision_id").ne(Expr::col("target_id"))))
        .foreign_key(&mut reference("fk_decision_ending", ("decision_ending", "decision_id"), "decision"))
        .foreign_key(&mut reference("fk_decision_ending_target", ("decision_ending", "target_id"), "decision"))
        .to_owned()
}

/// A decision that is good for one act has the same key for every use, so that there is one.
fn decision_use() -> TableCreateStatement {
    Table::create()
        .table("decision_use")
        .col(uuid("id").primary_key())
        .col(uuid("decision_id"))
        .col(string_len("use_key", 100))
        .col(string_len("subject_kind", 40))
        .col(uuid("subject_id"))
        .col(uuid_null("used_by"))
        .col(timestamp_with_time_zone("used_at"))
        .foreign_key(&mut reference("fk_decision_use", ("decision_use", "decision_id"), "decision"))
        .to_owned()
}

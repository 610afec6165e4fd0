//! Experts, whom they may not answer, and what they are asked (Article 15).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::{reference, together, unique, version, word};

pub(super) const NAMES: [&str; 7] =
    ["enquiry_reader", "enquiry_opinion", "enquiry_assignment", "enquiry", "expert_unit", "expert_field", "expert"];

pub(super) const INDEXES: &[(&str, &[&str])] = &[
    ("expert_field", &["field", "expert_id"]),
    ("expert_unit", &["unit_id", "expert_id"]),
    ("enquiry", &["status", "id"]),
    ("enquiry", &["field", "id"]),
    ("enquiry", &["asker_unit_id", "id"]),
    ("enquiry", &["asker_street", "id"]),
    ("enquiry", &["asker_body_id", "id"]),
    ("enquiry", &["status", "due_on", "id"]),
    ("enquiry", &["published_to", "id"]),
    ("enquiry_assignment", &["expert_id", "enquiry_id"]),
    ("enquiry_reader", &["unit_id", "enquiry_id"]),
    ("enquiry_reader", &["person_id", "enquiry_id"]),
];

pub(super) fn tables() -> Vec<TableCreateStatement> {
    vec![expert(), expert_field(), expert_unit(), enquiry(), enquiry_assignment(), enquiry_opinion(), enquiry_reader()]
}

pub(super) fn unique_indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("ux_expert_person", "expert", &["person_id"]),
        unique("ux_enquiry_number", "enquiry", &["number"]),
        unique("ux_enquiry_assignment_expert", "enquiry_assignment", &["enquiry_id", "expert_id"]),
    ]
}

/// The profile. Since when and until when somebody is an expert is his term of office.
fn expert() -> TableCreateStatement {
    Table::create()
        .table("expert")
        .col(uuid("id").primary_key())
        .col(uuid("person_id"))
        .col(uuid_null("employer_unit_id"))
        .col(string_len("employer_name", 100))
        .col(text("biography"))
        .col(boolean("is_available"))
        .col(timestamp_with_time_zone("created_at"))
        .col(version("ck_expert_version"))
        .foreign_key(&mut reference("fk_expert_person", ("expert", "person_id"), "person"))
        .foreign_key(&mut reference("fk_expert_employer", ("expert", "employer_unit_id"), "unit"))
        .to_owned()
}

fn expert_field() -> TableCreateStatement {
    Table::create()
        .table("expert_field")
        .col(uuid("expert_id"))
        .col(string_len("field", 40))
        .primary_key(Index::create().col("expert_id").col("field"))
        .foreign_key(&mut reference("fk_expert_field_expert", ("expert_field", "expert_id"), "expert"))
        .to_owned()
}

/// Units that he is or was with, or has an interest in. None is ever taken away: recusal looks back.
fn expert_unit() -> TableCreateStatement {
    Table::create()
        .table("expert_unit")
        .col(uuid("expert_id"))
        .col(uuid("unit_id"))
        .col(word("tie", "ck_expert_unit_tie", &["employer", "former", "interest"]))
        .col(timestamp_with_time_zone("entered_at"))
        .primary_key(Index::create().col("expert_id").col("unit_id"))
        .foreign_key(&mut reference("fk_expert_unit_expert", ("expert_unit", "expert_id"), "expert"))
        .foreign_key(&mut reference("fk_expert_unit_unit", ("expert_unit", "unit_id"), "unit"))
        .to_owned()
}

const PUBLICITIES: [&str; 3] = ["asker", "body", "members"];

fn enquiry() -> TableCreateStatement {
    let asker = |kind: &'static str, column: &'static str| {
        together(Expr::col("asker_kind").eq(kind), Expr::col(column).is_not_null())
    };
    let is_asked_by =
        asker("unit", "asker_unit_id").and(asker("branch", "asker_street")).and(asker("committee", "asker_body_id"));
    let statuses = ["submitted", "returned", "assigned", "answered", "concluded", "published", "withdrawn"];
    let published = together(Expr::col("published_to").is_not_null(), Expr::col("status").eq("published"));
    let names_body = together(Expr::col("agreed_to").eq("body"), Expr::col("agreed_body_id").is_not_null());
    Table::create()
        .table("enquiry")
        .col(uuid("id").primary_key())
        .col(string_len("number", 40))
        .col(word("asker_kind", "ck_enquiry_asker_kind", &["unit", "branch", "committee", "secretariat"]))
        .col(uuid_null("asker_unit_id"))
        .col(string_len_null("asker_street", 9))
        .col(uuid_null("asker_body_id"))
        .col(uuid_null("asked_by"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(string_len("field", 40))
        .col(string_len("question", 1000))
        .col(string_len("purpose", 500))
        .col(word("agreed_to", "ck_enquiry_agreed_to", &PUBLICITIES))
        .col(uuid_null("agreed_body_id"))
        .col(word("status", "ck_enquiry_status", &statuses))
        .col(date_null("due_on"))
        .col(boolean("due_estimated"))
        .col(string_len_null("calendar_basis", 100))
        .col(string_len_null("remark", 500))
        .col(text_null("conclusion"))
        .col(timestamp_with_time_zone_null("concluded_at"))
        .col(string_len_null("published_to", 40))
        .col(uuid_null("published_body_id"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(version("ck_enquiry_version"))
        .check(("ck_enquiry_asker", is_asked_by))
        .check(("ck_enquiry_agreed_body", names_body))
        .check(("ck_enquiry_published", published))
        .foreign_key(&mut reference("fk_enquiry_asker_unit", ("enquiry", "asker_unit_id"), "unit"))
        .foreign_key(&mut reference("fk_enquiry_asker_body", ("enquiry", "asker_body_id"), "body"))
        .foreign_key(&mut reference("fk_enquiry_agreed_body", ("enquiry", "agreed_body_id"), "body"))
        .foreign_key(&mut reference("fk_enquiry_published_body", ("enquiry", "published_body_id"), "body"))
        .to_owned()
}

fn enquiry_assignment() -> TableCreateStatement {
    let says_why = Expr::col("status").is_in(["assigned", "answered"]).or(Expr::col("reason").is_not_null());
    Table::create()
        .table("enquiry_assignment")
        .col(uuid("enquiry_id"))
        .col(uuid("expert_id"))
        .col(word(
            "status",
            "ck_enquiry_assignment_status",
            &["assigned", "answered", "returned", "declined", "released"],
        ))
        .col(uuid_null("assigned_by"))
        .col(timestamp_with_time_zone("assigned_at"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(string_len_null("ground", 40))
        .col(string_len_null("reason", 500))
        .primary_key(Index::create().col("enquiry_id").col("expert_id"))
        .check(("ck_enquiry_assignment_reason", says_why))
        .foreign_key(&mut reference("fk_enquiry_assignment_enquiry", ("enquiry_assignment", "enquiry_id"), "enquiry"))
        .foreign_key(&mut reference("fk_enquiry_assignment_expert", ("enquiry_assignment", "expert_id"), "expert"))
        .to_owned()
}

/// What experts have said; a clarified opinion stands beside the one before it.
fn enquiry_opinion() -> TableCreateStatement {
    Table::create()
        .table("enquiry_opinion")
        .col(uuid("enquiry_id"))
        .col(uuid("expert_id"))
        .col(integer("revision").check(("ck_enquiry_opinion_revision", Expr::col("revision").gt(0))))
        .col(text("text"))
        .col(timestamp_with_time_zone("given_at"))
        .primary_key(Index::create().col("enquiry_id").col("expert_id").col("revision"))
        .foreign_key(&mut reference("fk_enquiry_opinion_enquiry", ("enquiry_opinion", "enquiry_id"), "enquiry"))
        .foreign_key(&mut reference("fk_enquiry_opinion_expert", ("enquiry_opinion", "expert_id"), "expert"))
        .to_owned()
}

/// Whom a published opinion is told to in a body, frozen when it is published.
fn enquiry_reader() -> TableCreateStatement {
    Table::create()
        .table("enquiry_reader")
        .col(uuid("enquiry_id"))
        .col(string_len("voice", 60))
        .col(uuid_null("unit_id"))
        .col(uuid_null("person_id"))
        .primary_key(Index::create().col("enquiry_id").col("voice"))
        .foreign_key(&mut reference("fk_enquiry_reader_enquiry", ("enquiry_reader", "enquiry_id"), "enquiry"))
        .to_owned()
}

//! The execution book (Articles 10(1) and 13).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::{reference, version, word};

pub(super) fn execution_item() -> TableCreateStatement {
    let owner = |kind: &'static str, of: &'static str| {
        Expr::col("owner_kind")
            .eq(kind)
            .and(Expr::col(of).is_not_null())
            .or(Expr::col("owner_kind").ne(kind).and(Expr::col(of).is_null()))
    };
    Table::create()
        .table("execution_item")
        .col(uuid("id").primary_key())
        .col(uuid("decision_id"))
        .col(uuid("body_id"))
        .col(string_len("task", 200))
        .col(word("owner_kind", "ck_execution_owner_kind", &["unit", "person", "office"]))
        .col(uuid_null("unit_id"))
        .col(uuid_null("person_id"))
        .col(string_len_null("office", 40))
        .col(date("due_on"))
        .col(string_len("calendar_basis", 60))
        .col(word("status", "ck_execution_status", &["open", "done", "verified", "cancelled"]))
        .col(date_null("done_on"))
        .col(timestamp_with_time_zone("assigned_at"))
        .col(version("ck_execution_version"))
        .check(("ck_execution_owner_unit", owner("unit", "unit_id")))
        .check(("ck_execution_owner_person", owner("person", "person_id")))
        .check(("ck_execution_owner_office", owner("office", "office")))
        .check((
            "ck_execution_done",
            Expr::col("status").is_not_in(["done", "verified"]).or(Expr::col("done_on").is_not_null()),
        ))
        .foreign_key(&mut reference("fk_execution_decision", ("execution_item", "decision_id"), "decision"))
        .foreign_key(&mut reference("fk_execution_body", ("execution_item", "body_id"), "body"))
        .foreign_key(&mut reference("fk_execution_unit", ("execution_item", "unit_id"), "unit"))
        .foreign_key(&mut reference("fk_execution_person", ("execution_item", "person_id"), "person"))
        .to_owned()
}

/// What was reported and done, in the order in which it was.
pub(super) fn execution_entry() -> TableCreateStatement {
    Table::create()
        .table("execution_entry")
        .col(uuid("id").primary_key())
        .col(uuid("item_id"))
        .col(word("kind", "ck_execution_entry_kind", &["report", "finish", "verify", "return", "extend", "cancel"]))
        .col(string_len_null("text", 2000))
        .col(string_len_null("evidence", 500))
        .col(date_null("due_on"))
        .col(uuid_null("entered_by"))
        .col(timestamp_with_time_zone("entered_at"))
        .foreign_key(&mut reference("fk_execution_entry", ("execution_entry", "item_id"), "execution_item"))
        .to_owned()
}

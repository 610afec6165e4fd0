//! Projects of member units: declarations with their revisions, objections to what is made public (Articles 20, 21).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const GOALS: [&str; 6] = ["g1", "g2", "g3", "g4", "g5", "g6"];
const STATUSES: [&str; 8] =
    ["draft", "submitted", "returned", "checked", "publicised", "approved", "rejected", "withdrawn"];

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: [(&str, &[&str]); 9] = [
    ("project", &["status", "id"]),
    ("project", &["unit_id", "id"]),
    ("project", &["year", "id"]),
    ("project", &["goal", "id"]),
    ("project", &["committee_code", "id"]),
    ("project", &["street_code", "id"]),
    ("project_joint_unit", &["unit_id", "project_id"]),
    ("project_objection", &["project_id", "id"]),
    ("project_objection", &["unit_id", "id"]),
];

fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

fn at_least(name: &'static str, constraint: &'static str, least: i32) -> ColumnDef {
    let mut column = integer(name);
    column.check((constraint, Expr::col(name).gte(least)));
    column
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

fn all_there(columns: &[&'static str]) -> SimpleExpr {
    columns.iter().fold(Expr::val(1).eq(1), |all, column| all.and(Expr::col(*column).is_not_null()))
}

fn project() -> TableCreateStatement {
    let is_approved = Expr::col("status").eq("approved");
    let has_been_public = Expr::col("status").is_not_in(["publicised", "approved"]);
    Table::create()
        .table("project")
        .col(uuid("id").primary_key())
        .col(string_len_null("number", 40).unique_key())
        .col(word("status", "ck_project_status", &STATUSES))
        .col(uuid("unit_id"))
        .col(string_len("name", 100))
        .col(integer("year"))
        .col(word("goal", "ck_project_goal", &GOALS))
        .col(string_len_null("committee_code", 20))
        .col(string_len_null("street_code", 9))
        .col(big_integer("total_fen").check(("ck_project_total", Expr::col("total_fen").gte(0))))
        .col(at_least("revision", "ck_project_revision", 1))
        .col(integer_null("baseline_revision"))
        .col(at_least("corrections", "ck_project_corrections", 0))
        .col(date_null("due_on"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(uuid_null("decision_id"))
        .col(date_null("publicity_from"))
        .col(date_null("publicity_until"))
        .col(timestamp_with_time_zone_null("approved_at"))
        .col(string_len_null("remark", 500))
        .col(uuid_null("declared_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(at_least("version", "ck_project_version", 1))
        .check((
            "ck_project_numbered",
            is_approved.not().or(all_there(&["number", "baseline_revision", "approved_at"])),
        ))
        .check((
            "ck_project_public",
            has_been_public.or(all_there(&["decision_id", "publicity_from", "publicity_until"])),
        ))
        .foreign_key(&mut reference("fk_project_unit", ("project", "unit_id"), "unit"))
        .foreign_key(&mut reference("fk_project_decision", ("project", "decision_id"), "decision"))
        .to_owned()
}

fn joint_unit() -> TableCreateStatement {
    Table::create()
        .table("project_joint_unit")
        .col(uuid("project_id"))
        .col(uuid("unit_id"))
        .primary_key(Index::create().col("project_id").col("unit_id"))
        .foreign_key(&mut reference("fk_project_joint_unit", ("project_joint_unit", "project_id"), "project"))
        .foreign_key(&mut reference("fk_project_joint_unit_unit", ("project_joint_unit", "unit_id"), "unit"))
        .to_owned()
}

fn revision() -> TableCreateStatement {
    Table::create()
        .table("project_revision")
        .col(uuid("project_id"))
        .col(at_least("revision", "ck_project_revision_revision", 1))
        .col(text("content"))
        .col(uuid_null("saved_by"))
        .col(timestamp_with_time_zone("saved_at"))
        .primary_key(Index::create().col("project_id").col("revision"))
        .foreign_key(&mut reference("fk_project_revision", ("project_revision", "project_id"), "project"))
        .to_owned()
}

fn objection() -> TableCreateStatement {
    let answered = all_there(&["answer", "is_upheld", "answered_at"]);
    let open = ["answer", "is_upheld", "answered_at"]
        .iter()
        .fold(Expr::val(1).eq(1), |all, column| all.and(Expr::col(*column).is_null()));
    Table::create()
        .table("project_objection")
        .col(uuid("id").primary_key())
        .col(uuid("project_id"))
        .col(uuid("unit_id"))
        .col(string_len("text", 1000))
        .col(uuid_null("made_by"))
        .col(timestamp_with_time_zone("made_at"))
        .col(string_len_null("answer", 1000))
        .col(boolean_null("is_upheld"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(at_least("version", "ck_project_objection_version", 1))
        .check(("ck_project_objection_answer", answered.or(open)))
        .foreign_key(&mut reference("fk_project_objection", ("project_objection", "project_id"), "project"))
        .foreign_key(&mut reference("fk_project_objection_unit", ("project_objection", "unit_id"), "unit"))
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [project(), joint_unit(), revision(), objection()] {
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
        // One project of a name for a unit and a year, among those that were declared and are not over.
        let mut one = Index::create();
        one.name("ux_project_declared").table("project").unique().col("unit_id").col("year").col("name");
        one.and_where(Expr::col("status").is_not_in(["draft", "rejected", "withdrawn"]));
        manager.create_index(one).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["project_objection", "project_revision", "project_joint_unit", "project"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

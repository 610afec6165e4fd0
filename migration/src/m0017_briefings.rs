//! Briefings, calls for opinion (Article 2), experts and what they are asked (Article 15).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

mod experts;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let told = [briefing(), briefing_reader(), opinion_call(), opinion_call_unit()];
        let replied = [opinion(), opinion_point(), opinion_revision()];
        for table in told.into_iter().chain(replied).chain(experts::tables()) {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES.iter().chain(experts::INDEXES) {
            manager.create_index(index(table, columns)).await?;
        }
        for index in unique_indexes().into_iter().chain(experts::unique_indexes()) {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ours = ["opinion_revision", "opinion_point", "opinion", "opinion_call_unit", "opinion_call"];
        let told = ["briefing_reader", "briefing"];
        for table in experts::NAMES.iter().chain(&ours).chain(&told) {
            manager.drop_table(Table::drop().table(*table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: &[(&str, &[&str])] = &[
    ("briefing", &["status", "id"]),
    ("briefing", &["audience_kind", "status", "id"]),
    ("briefing", &["issued_at"]),
    ("briefing_reader", &["unit_id", "briefing_id"]),
    ("opinion_call", &["status", "id"]),
    ("opinion_call", &["due_on", "id"]),
    ("opinion_call_unit", &["unit_id", "call_id"]),
    ("opinion", &["call_id", "id"]),
    ("opinion", &["unit_id", "id"]),
    ("opinion_point", &["opinion_id", "number"]),
];

const AUDIENCES: [&str; 4] = ["all_members", "council_units", "street_members", "units_of_type"];

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

fn unique_indexes() -> Vec<IndexCreateStatement> {
    let mut one_correction = unique("ux_briefing_replaces", "briefing", &["replaces_id"]);
    one_correction.and_where(Expr::col("status").ne("discarded"));
    let mut one_opinion = unique("ux_opinion_unit", "opinion", &["call_id", "unit_id"]);
    one_opinion.and_where(Expr::col("status").eq("submitted"));
    vec![
        unique("ux_briefing_number", "briefing", &["number"]),
        unique("ux_opinion_call_number", "opinion_call", &["number"]),
        one_correction,
        one_opinion,
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

/// Both hold, or neither.
fn together(one: SimpleExpr, other: SimpleExpr) -> SimpleExpr {
    one.clone().and(other.clone()).or(one.not().and(other.not()))
}

/// A street where it is told to a street, a type where to a type of units.
fn audience_fits() -> SimpleExpr {
    let fits = |kind: &'static str, column: &'static str| {
        together(Expr::col("audience_kind").eq(kind), Expr::col(column).is_not_null())
    };
    fits("street_members", "audience_street").and(fits("units_of_type", "audience_unit_type"))
}

fn briefing() -> TableCreateStatement {
    let is_numbered = together(Expr::col("number").is_not_null(), Expr::col("status").is_in(["issued", "withdrawn"]));
    let says_why = Expr::col("status").ne("withdrawn").or(Expr::col("withdraw_reason").is_not_null());
    Table::create()
        .table("briefing")
        .col(uuid("id").primary_key())
        .col(string_len_null("number", 40))
        .col(date("period_from"))
        .col(date("period_to"))
        .col(string_len("title", 100))
        .col(text("sections"))
        .col(word("audience_kind", "ck_briefing_audience", &AUDIENCES))
        .col(string_len_null("audience_street", 9))
        .col(string_len_null("audience_unit_type", 40))
        .col(word("status", "ck_briefing_status", &["draft", "issued", "withdrawn", "discarded"]))
        .col(uuid_null("replaces_id"))
        .col(uuid_null("drafted_by"))
        .col(timestamp_with_time_zone("drafted_at"))
        .col(uuid_null("issued_by"))
        .col(timestamp_with_time_zone_null("issued_at"))
        .col(uuid_null("withdrawn_by"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .col(string_len_null("withdraw_reason", 500))
        .col(version("ck_briefing_version"))
        .check(("ck_briefing_period", Expr::col("period_from").lte(Expr::col("period_to"))))
        .check(("ck_briefing_audience_fits", audience_fits()))
        .check(("ck_briefing_numbered", is_numbered))
        .check(("ck_briefing_withdraw_reason", says_why))
        .foreign_key(&mut reference("fk_briefing_replaces", ("briefing", "replaces_id"), "briefing"))
        .to_owned()
}

/// Who is expected to read it, frozen when it is issued; and who has. Units that joined later are not expected.
fn briefing_reader() -> TableCreateStatement {
    Table::create()
        .table("briefing_reader")
        .col(uuid("briefing_id"))
        .col(uuid("unit_id"))
        .col(boolean("is_expected"))
        .col(uuid_null("read_by"))
        .col(timestamp_with_time_zone_null("read_at"))
        .primary_key(Index::create().col("briefing_id").col("unit_id"))
        .check(("ck_briefing_reader", Expr::col("is_expected").or(Expr::col("read_at").is_not_null())))
        .foreign_key(&mut reference("fk_briefing_reader_briefing", ("briefing_reader", "briefing_id"), "briefing"))
        .foreign_key(&mut reference("fk_briefing_reader_unit", ("briefing_reader", "unit_id"), "unit"))
        .to_owned()
}

fn opinion_call() -> TableCreateStatement {
    let is_open = Expr::col("status").is_in(["open", "closed", "answered"]);
    let has_opened = Expr::col("number").is_not_null().and(Expr::col("opened_at").is_not_null());
    Table::create()
        .table("opinion_call")
        .col(uuid("id").primary_key())
        .col(string_len_null("number", 40))
        .col(string_len("title", 100))
        .col(string_len("question", 1000))
        .col(text("background"))
        .col(string_len("serves", 200))
        .col(string_len_null("matter", 40))
        .col(word("audience_kind", "ck_opinion_call_audience", &AUDIENCES))
        .col(string_len_null("audience_street", 9))
        .col(string_len_null("audience_unit_type", 40))
        .col(word("status", "ck_opinion_call_status", &["draft", "open", "closed", "answered", "cancelled"]))
        .col(integer("workdays").check(("ck_opinion_call_workdays", Expr::col("workdays").gt(0))))
        .col(date_null("due_on"))
        .col(boolean("due_estimated"))
        .col(string_len_null("calendar_basis", 100))
        .col(uuid_null("drafted_by"))
        .col(timestamp_with_time_zone("drafted_at"))
        .col(uuid_null("opened_by"))
        .col(timestamp_with_time_zone_null("opened_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(uuid_null("answered_by"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(text_null("summary"))
        .col(string_len_null("cancel_reason", 500))
        .col(version("ck_opinion_call_version"))
        .check(("ck_opinion_call_audience_fits", audience_fits()))
        .check(("ck_opinion_call_opened", is_open.not().or(has_opened.and(Expr::col("due_on").is_not_null()))))
        .check(("ck_opinion_call_answered", Expr::col("status").ne("answered").or(Expr::col("summary").is_not_null())))
        .to_owned()
}

/// Who is asked, frozen when the call opens.
fn opinion_call_unit() -> TableCreateStatement {
    Table::create()
        .table("opinion_call_unit")
        .col(uuid("call_id"))
        .col(uuid("unit_id"))
        .primary_key(Index::create().col("call_id").col("unit_id"))
        .foreign_key(&mut reference("fk_opinion_call_unit_call", ("opinion_call_unit", "call_id"), "opinion_call"))
        .foreign_key(&mut reference("fk_opinion_call_unit_unit", ("opinion_call_unit", "unit_id"), "unit"))
        .to_owned()
}

fn opinion() -> TableCreateStatement {
    Table::create()
        .table("opinion")
        .col(uuid("id").primary_key())
        .col(uuid("call_id"))
        .col(uuid("unit_id"))
        .col(word("status", "ck_opinion_status", &["submitted", "withdrawn"]))
        .col(boolean("is_late"))
        .col(integer("revision").check(("ck_opinion_revision", Expr::col("revision").gt(0))))
        .col(uuid_null("submitted_by"))
        .col(timestamp_with_time_zone("submitted_at"))
        .col(timestamp_with_time_zone("changed_at"))
        .col(string_len_null("withdraw_reason", 500))
        .col(version("ck_opinion_version"))
        .foreign_key(&mut reference("fk_opinion_call", ("opinion", "call_id"), "opinion_call"))
        .foreign_key(&mut reference("fk_opinion_unit", ("opinion", "unit_id"), "unit"))
        .to_owned()
}

/// Article 2: every point gets its result; what is adopted in part or not at all says why.
fn opinion_point() -> TableCreateStatement {
    let says_why = Expr::col("result").is_null().or(Expr::col("result").eq("adopted"));
    let is_decided = together(Expr::col("result").is_null(), Expr::col("decided_at").is_null());
    let words = Expr::col("result").is_null().or(Expr::col("result").is_in(["adopted", "partly", "not_adopted"]));
    Table::create()
        .table("opinion_point")
        .col(uuid("opinion_id"))
        .col(integer("number"))
        .col(string_len("text", 1000))
        .col(string_len_null("result", 40))
        .col(string_len_null("reason", 500))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .primary_key(Index::create().col("opinion_id").col("number"))
        .check(("ck_opinion_point_result", words))
        .check(("ck_opinion_point_reason", says_why.or(Expr::col("reason").is_not_null())))
        .check(("ck_opinion_point_decided", is_decided))
        .foreign_key(&mut reference("fk_opinion_point_opinion", ("opinion_point", "opinion_id"), "opinion"))
        .to_owned()
}

fn opinion_revision() -> TableCreateStatement {
    Table::create()
        .table("opinion_revision")
        .col(uuid("opinion_id"))
        .col(integer("revision"))
        .col(text("points"))
        .col(uuid_null("written_by"))
        .col(timestamp_with_time_zone("written_at"))
        .primary_key(Index::create().col("opinion_id").col("revision"))
        .foreign_key(&mut reference("fk_opinion_revision_opinion", ("opinion_revision", "opinion_id"), "opinion"))
        .to_owned()
}

//! Versions of the charter; plans, reports, internal rules (Articles 11 and 13).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const GOALS: [&str; 6] = ["g1", "g2", "g3", "g4", "g5", "g6"];
const TABLES: [&str; 6] =
    ["instrument_comment", "plan_item", "instrument", "charter_clause", "charter_article", "charter_version"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in
            [charter_version(), charter_article(), charter_clause(), instrument(), plan_item(), instrument_comment()]
        {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            manager.create_index(index(&format!("ix_{table}_{}", columns.join("_")), table, columns)).await?;
        }
        for index in unique_indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: &[(&str, &[&str])] = &[
    ("charter_version", &["status", "id"]),
    ("instrument", &["kind", "id"]),
    ("instrument", &["status", "id"]),
    ("instrument", &["year", "id"]),
    ("instrument", &["effective_from", "ended_on"]),
    ("instrument_comment", &["instrument_id", "id"]),
];

fn index(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// Exactly one: a version takes effect on a day, a year has one plan and one report, a rule has one edition
/// that nothing has followed.
fn unique_indexes() -> Vec<IndexCreateStatement> {
    let unique = |name: &str, table, columns: &[&'static str]| index(name, table, columns).unique().to_owned();
    let lasts = || Expr::col("decision_id").is_not_null().and(Expr::col("ended_on").is_null());
    let mut of_year = unique("ux_instrument_year", "instrument", &["kind", "year"]);
    of_year.and_where(lasts().and(Expr::col("year").is_not_null()));
    let mut of_rule = unique("ux_instrument_rule", "instrument", &["rule_year", "rule_seq"]);
    of_rule.and_where(lasts().and(Expr::col("rule_seq").is_not_null()));
    vec![
        unique("ux_charter_version_number", "charter_version", &["number"]),
        unique("ux_charter_version_day", "charter_version", &["effective_from"]),
        of_year,
        of_rule,
        unique("ux_instrument_edition", "instrument", &["rule_year", "rule_seq", "edition"]),
        unique("ux_plan_item_seq", "plan_item", &["instrument_id", "seq"]),
    ]
}

fn word(mut column: ColumnDef, name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
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

/// All of these columns are there, or none of them is.
fn together(columns: &[&'static str]) -> SimpleExpr {
    let first = columns[0];
    let both = |column: &'static str| {
        let here = Expr::col(first).is_not_null().and(Expr::col(column).is_not_null());
        here.or(Expr::col(first).is_null().and(Expr::col(column).is_null()))
    };
    columns[1..].iter().copied().map(both).reduce(|all, one| all.and(one)).unwrap_or_else(|| Expr::val(true))
}

fn charter_version() -> TableCreateStatement {
    const STATUSES: [&str; 4] = ["draft", "submitted", "adopted", "discarded"];
    let adopted = Expr::col("status").eq("adopted").and(Expr::col("number").is_not_null());
    let open = Expr::col("status").ne("adopted").and(Expr::col("number").is_null());
    let decided = Expr::col("number").is_null().or(Expr::col("brought_along").eq(true));
    let decided = decided.or(Expr::col("decision_id").is_not_null().and(Expr::col("effective_from").is_not_null()));
    Table::create()
        .table("charter_version")
        .col(uuid("id").primary_key())
        .col(integer_null("number"))
        .col(word(string_len("status", 40), "status", "ck_charter_version_status", &STATUSES))
        .col(uuid_null("based_on"))
        .col(string_len("note", 500))
        .col(string_len("preamble_zh", 2000))
        .col(string_len("preamble_en", 2000))
        .col(text_null("preamble_text"))
        .col(boolean("brought_along"))
        .col(string_len_null("text_document", 200))
        .col(timestamp_with_time_zone_null("text_loaded_at"))
        .col(uuid_null("meeting_id"))
        .col(uuid_null("agenda_item_id"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(uuid_null("decision_id"))
        .col(timestamp_with_time_zone_null("adopted_at"))
        .col(date_null("effective_from"))
        .col(string_len_null("reason", 500))
        .col(uuid_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(version("ck_charter_version_version"))
        .check(("ck_charter_version_number", adopted.or(open)))
        .check(("ck_charter_version_decided", decided))
        .check(("ck_charter_version_text", together(&["text_document", "text_loaded_at"])))
        .foreign_key(&mut reference("fk_charter_version_base", ("charter_version", "based_on"), "charter_version"))
        .foreign_key(&mut reference("fk_charter_version_meeting", ("charter_version", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_charter_version_item", ("charter_version", "agenda_item_id"), "agenda_item"))
        .foreign_key(&mut reference("fk_charter_version_decision", ("charter_version", "decision_id"), "decision"))
        .foreign_key(&mut reference("fk_charter_version_person", ("charter_version", "created_by"), "person"))
        .to_owned()
}

fn charter_article() -> TableCreateStatement {
    Table::create()
        .table("charter_article")
        .col(uuid("version_id"))
        .col(integer("number").check(("ck_charter_article_number", Expr::col("number").gt(0))))
        .col(integer_null("founding").check(("ck_charter_article_founding", Expr::col("founding").between(1, 27))))
        .col(integer("chapter").check(("ck_charter_article_chapter", Expr::col("chapter").gt(0))))
        .col(string_len("chapter_zh", 100))
        .col(string_len("chapter_en", 200))
        .col(string_len("title_zh", 100))
        .col(string_len("title_en", 200))
        .col(text("digest_zh"))
        .col(text("digest_en"))
        .col(text_null("text"))
        .primary_key(Index::create().col("version_id").col("number"))
        .foreign_key(&mut reference("fk_charter_article_version", ("charter_article", "version_id"), "charter_version"))
        .to_owned()
}

fn charter_clause() -> TableCreateStatement {
    let article = ForeignKey::create()
        .name("fk_charter_clause_article")
        .from("charter_clause", ("version_id", "article"))
        .to("charter_article", ("version_id", "number"))
        .to_owned();
    Table::create()
        .table("charter_clause")
        .col(uuid("version_id"))
        .col(integer("article"))
        .col(integer("paragraph").check(("ck_charter_clause_paragraph", Expr::col("paragraph").gt(0))))
        .col(integer("item").check(("ck_charter_clause_item", Expr::col("item").gte(0))))
        .col(text("digest_zh"))
        .col(text("digest_en"))
        .col(text_null("text"))
        .primary_key(Index::create().col("version_id").col("article").col("paragraph").col("item"))
        .foreign_key(&mut article.clone())
        .to_owned()
}

fn instrument() -> TableCreateStatement {
    const KINDS: [&str; 3] = ["annual_plan", "work_report", "internal_rule"];
    const STATUSES: [&str; 5] = ["draft", "submitted", "adopted", "published", "discarded"];
    let is_rule = || Expr::col("kind").eq("internal_rule");
    let dated = is_rule().and(Expr::col("year").is_null());
    let dated = dated.or(Expr::col("kind").ne("internal_rule").and(Expr::col("year").is_not_null()));
    let holds = Expr::col("status").is_in(["adopted", "published"]);
    let decided = holds.clone().and(Expr::col("decision_id").is_not_null());
    let decided = decided.or(holds.not().and(Expr::col("decision_id").is_null()));
    let adopted = || Expr::col("decision_id").is_not_null();
    let numbered = is_rule().and(adopted()).and(Expr::col("rule_seq").is_not_null());
    let unnumbered = Expr::col("kind").ne("internal_rule").or(Expr::col("decision_id").is_null());
    let numbered = numbered.or(unnumbered.and(Expr::col("rule_seq").is_null()));
    Table::create()
        .table("instrument")
        .col(uuid("id").primary_key())
        .col(word(string_len("kind", 40), "kind", "ck_instrument_kind", &KINDS))
        .col(integer_null("year"))
        .col(string_len("title", 100))
        .col(text("text"))
        .col(word(string_len("status", 40), "status", "ck_instrument_status", &STATUSES))
        .col(uuid_null("amends_id"))
        .col(uuid_null("meeting_id"))
        .col(uuid_null("agenda_item_id"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(text_null("figures"))
        .col(uuid_null("decision_id"))
        .col(timestamp_with_time_zone_null("adopted_at"))
        .col(date_null("effective_from"))
        .col(date_null("ended_on"))
        .col(uuid_null("abolished_by"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(integer_null("rule_year"))
        .col(integer_null("rule_seq"))
        .col(integer_null("edition"))
        .col(string_len_null("reason", 500))
        .col(uuid_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(version("ck_instrument_version"))
        .check(("ck_instrument_year", dated))
        .check(("ck_instrument_decided", decided))
        .check(("ck_instrument_adopted", together(&["decision_id", "adopted_at", "effective_from"])))
        .check((
            "ck_instrument_interval",
            Expr::col("ended_on").is_null().or(Expr::col("ended_on").gte(Expr::col("effective_from"))),
        ))
        .check(("ck_instrument_rule", together(&["rule_seq", "rule_year", "edition"])))
        .check(("ck_instrument_numbered", numbered))
        .foreign_key(&mut reference("fk_instrument_amends", ("instrument", "amends_id"), "instrument"))
        .foreign_key(&mut reference("fk_instrument_meeting", ("instrument", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_instrument_item", ("instrument", "agenda_item_id"), "agenda_item"))
        .foreign_key(&mut reference("fk_instrument_decision", ("instrument", "decision_id"), "decision"))
        .foreign_key(&mut reference("fk_instrument_person", ("instrument", "created_by"), "person"))
        .to_owned()
}

fn plan_item() -> TableCreateStatement {
    let quarter = Expr::col("quarter").is_null().or(Expr::col("quarter").between(1, 4));
    let unit = Expr::col("unit_id").is_not_null().and(Expr::col("committee_code").is_null());
    let committee = Expr::col("unit_id").is_null().and(Expr::col("committee_code").is_not_null());
    Table::create()
        .table("plan_item")
        .col(uuid("id").primary_key())
        .col(uuid("instrument_id"))
        .col(integer("seq").check(("ck_plan_item_seq", Expr::col("seq").gt(0))))
        .col(string_len("title", 100))
        .col(string_len_null("detail", 1000))
        .col(word(string_len("goal", 40), "goal", "ck_plan_item_goal", &GOALS))
        .col(string_len("methods", 200))
        .col(uuid_null("unit_id"))
        .col(string_len_null("committee_code", 20))
        .col(integer_null("quarter"))
        .col(date_null("due_on"))
        .col(boolean("is_key"))
        .col(string_len_null("budget_note", 200))
        .check(("ck_plan_item_quarter", quarter))
        .check(("ck_plan_item_responsible", unit.or(committee)))
        .foreign_key(&mut reference("fk_plan_item_instrument", ("plan_item", "instrument_id"), "instrument"))
        .foreign_key(&mut reference("fk_plan_item_unit", ("plan_item", "unit_id"), "unit"))
        .to_owned()
}

fn instrument_comment() -> TableCreateStatement {
    const RESULTS: [&str; 3] = ["adopted", "partly_adopted", "not_adopted"];
    Table::create()
        .table("instrument_comment")
        .col(uuid("id").primary_key())
        .col(uuid("instrument_id"))
        .col(uuid_null("unit_id"))
        .col(uuid_null("made_by"))
        .col(timestamp_with_time_zone("made_at"))
        .col(text("text"))
        .col(word(string_len_null("result", 40), "result", "ck_instrument_comment_result", &RESULTS))
        .col(string_len_null("answer", 1000))
        .col(uuid_null("answered_by"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .check(("ck_instrument_comment_answer", together(&["answered_at", "result", "answer"])))
        .foreign_key(&mut reference(
            "fk_instrument_comment_instrument",
            ("instrument_comment", "instrument_id"),
            "instrument",
        ))
        .foreign_key(&mut reference("fk_instrument_comment_unit", ("instrument_comment", "unit_id"), "unit"))
        .foreign_key(&mut reference("fk_instrument_comment_made_by", ("instrument_comment", "made_by"), "person"))
        .foreign_key(&mut reference(
            "fk_instrument_comment_answered_by",
            ("instrument_comment", "answered_by"),
            "person",
        ))
        .to_owned()
}

//! Meetings of every body (Articles 11, 13, 17, 18): agenda, notice, topics, attendance, mandates, minutes.

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
        for table in [
            meeting(),
            agenda_item(),
            meeting_paper(),
            meeting_receipt(),
            topic(),
            attendance(),
            excuse(),
            roll(),
            mandate(),
            minutes(),
            minutes_item(),
            correction(),
            throttle(),
        ] {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            manager.create_index(index(format!("ix_{table}_{}", columns.join("_")), table, columns)).await?;
        }
        for index in unique_indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "check_in_throttle",
            "minutes_correction",
            "minutes_item",
            "minutes",
            "mandate",
            "meeting_roll",
            "meeting_excuse",
            "attendance",
            "topic",
            "meeting_receipt",
            "meeting_paper",
            "agenda_item",
            "meeting",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: &[(&str, &[&str])] = &[
    ("meeting", &["body_id", "starts_at", "id"]),
    ("meeting", &["status", "starts_at", "id"]),
    ("meeting", &["year", "starts_at", "id"]),
    ("meeting", &["starts_at", "id"]),
    ("agenda_item", &["meeting_id", "position"]),
    ("agenda_item", &["approves_meeting_id"]),
    ("meeting_paper", &["meeting_id", "id"]),
    ("topic", &["meeting_id", "id"]),
    ("attendance", &["meeting_id", "elector_key", "from_at"]),
    ("mandate", &["meeting_id", "id"]),
    ("mandate", &["substitute_id", "meeting_id"]),
    ("minutes_correction", &["meeting_id", "id"]),
];

fn index(name: String, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn unique_indexes() -> Vec<IndexCreateStatement> {
    let unique = |name: &str, table: &'static str, columns: &[&'static str]| {
        let mut index = index(name.to_owned(), table, columns);
        index.unique();
        index
    };
    // Whoever is there is there once, and gives his voice to one substitute.
    let mut one_presence = unique("ux_attendance_present", "attendance", &["meeting_id", "elector_key"]);
    one_presence.and_where(Expr::col("until_at").is_null());
    let mut one_mandate = unique("ux_mandate_standing", "mandate", &["meeting_id", "elector_key"]);
    one_mandate.and_where(Expr::col("revoked_at").is_null());
    vec![
        one_presence,
        one_mandate,
        unique("ux_meeting_receipt", "meeting_receipt", &["meeting_id", "elector_key", "person_id"]),
        unique("ux_meeting_excuse", "meeting_excuse", &["meeting_id", "elector_key"]),
        unique("ux_meeting_roll", "meeting_roll", &["meeting_id", "elector_key"]),
        unique("ux_minutes_item", "minutes_item", &["meeting_id", "agenda_item_id"]),
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

const STATUSES: [&str; 7] = ["planned", "called", "open", "closed", "minuted", "approved", "cancelled"];

fn meeting() -> TableCreateStatement {
    let called = Expr::col("status").is_in(["planned", "cancelled"]).or(Expr::col("called_at").is_not_null());
    let opened = Expr::col("status").is_in(["planned", "called", "cancelled"]).or(Expr::col("opened_at").is_not_null());
    Table::create()
        .table("meeting")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(string_len("body_name", 100))
        .col(string_len("title", 100))
        .col(word("kind", "ck_meeting_kind", &["regular", "extraordinary"]))
        .col(integer("year"))
        .col(
            integer_null("half")
                .check(("ck_meeting_half", Expr::col("half").is_null().or(Expr::col("half").is_in([1, 2])))),
        )
        .col(word("status", "ck_meeting_status", &STATUSES))
        .col(timestamp_with_time_zone("starts_at"))
        .col(string_len_null("place", 200))
        .col(string_len_null("online_url", 300))
        .col(string_len("chair", 50))
        .col(timestamp_with_time_zone_null("topics_close_at"))
        .col(uuid_null("planned_by"))
        .col(timestamp_with_time_zone("planned_at"))
        .col(timestamp_with_time_zone_null("called_at"))
        .col(date_null("notice_due_on"))
        .col(integer_null("late_workdays"))
        // What was said when the meeting was called: agenda and papers of that instant.
        .col(text_null("notice"))
        .col(timestamp_with_time_zone_null("opened_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(text_null("arithmetic"))
        .col(string_len_null("cancel_reason", 500))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(timestamp_with_time_zone_null("approved_at"))
        .col(uuid_null("approved_in_id"))
        .col(uuid_null("approved_by_decision_id"))
        .col(version("ck_meeting_version"))
        .check(("ck_meeting_place", Expr::col("place").is_not_null().or(Expr::col("online_url").is_not_null())))
        .check(("ck_meeting_called", called))
        .check(("ck_meeting_opened", opened))
        .check((
            "ck_meeting_closed",
            Expr::col("status")
                .is_in(["planned", "called", "open", "cancelled"])
                .or(Expr::col("closed_at").is_not_null().and(Expr::col("arithmetic").is_not_null())),
        ))
        .check((
            "ck_meeting_approved",
            Expr::col("status").ne("approved").or(Expr::col("approved_at")
                .is_not_null()
                .and(Expr::col("approved_in_id").is_not_null().or(Expr::col("approved_by_decision_id").is_not_null()))),
        ))
        .foreign_key(&mut reference("fk_meeting_body", ("meeting", "body_id"), "body"))
        .foreign_key(&mut reference("fk_meeting_approved_in", ("meeting", "approved_in_id"), "meeting"))
        .to_owned()
}

const AGENDA_KINDS: [&str; 14] = [
    "execution_report",
    "minutes_approval",
    "charter_amendment",
    "work_report",
    "policy_and_plan",
    "general_other",
    "secretariat_report",
    "council_work",
    "member_question",
    "internal_rule",
    "annual_vice_president",
    "council_other",
    "of_body",
    "information",
];

/// What is decided is the business of the code: later articles add matters.
fn agenda_item() -> TableCreateStatement {
    Table::create()
        .table("agenda_item")
        .col(uuid("id").primary_key())
        .col(uuid("meeting_id"))
        .col(uuid_null("parent_id"))
        .col(integer("position"))
        .col(word("kind", "ck_agenda_item_kind", &AGENDA_KINDS))
        .col(string_len("title", 200))
        .col(text_null("detail"))
        .col(string_len_null("speaker", 50))
        .col(string_len_null("matter", 40))
        .col(uuid_null("approves_meeting_id"))
        .col(timestamp_with_time_zone("added_at"))
        .col(version("ck_agenda_item_version"))
        .check((
            "ck_agenda_item_approves",
            Expr::col("kind").eq("minutes_approval").eq(Expr::col("approves_meeting_id").is_not_null()),
        ))
        .foreign_key(&mut reference("fk_agenda_item_meeting", ("agenda_item", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_agenda_item_parent", ("agenda_item", "parent_id"), "agenda_item"))
        .foreign_key(&mut reference("fk_agenda_item_approves", ("agenda_item", "approves_meeting_id"), "meeting"))
        .to_owned()
}

fn meeting_paper() -> TableCreateStatement {
    Table::create()
        .table("meeting_paper")
        .col(uuid("id").primary_key())
        .col(uuid("meeting_id"))
        .col(uuid_null("agenda_item_id"))
        .col(string_len("title", 200))
        .col(string_len_null("reference", 200))
        .col(text_null("content"))
        .col(timestamp_with_time_zone("listed_at"))
        .check((
            "ck_meeting_paper_content",
            Expr::col("reference").is_not_null().or(Expr::col("content").is_not_null()),
        ))
        .foreign_key(&mut reference("fk_meeting_paper_meeting", ("meeting_paper", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_meeting_paper_item", ("meeting_paper", "agenda_item_id"), "agenda_item"))
        .to_owned()
}

/// Of a voice: the key, the unit where it is a unit's, and the name of that day.
fn voice(table: &mut TableCreateStatement) -> &mut TableCreateStatement {
    table.col(string_len("elector_key", 60)).col(uuid_null("unit_id")).col(string_len("elector_name", 100))
}

fn meeting_receipt() -> TableCreateStatement {
    voice(Table::create().table("meeting_receipt").col(uuid("id").primary_key()).col(uuid("meeting_id")))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("read_at"))
        .foreign_key(&mut reference("fk_meeting_receipt_meeting", ("meeting_receipt", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_meeting_receipt_person", ("meeting_receipt", "person_id"), "person"))
        .to_owned()
}

fn topic() -> TableCreateStatement {
    voice(Table::create().table("topic").col(uuid("id").primary_key()).col(uuid("meeting_id")))
        .col(string_len("title", 200))
        .col(text("detail"))
        .col(word("status", "ck_topic_status", &["proposed", "accepted", "declined", "withdrawn"]))
        .col(uuid_null("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(string_len_null("reason", 500))
        .col(uuid_null("agenda_item_id"))
        .col(version("ck_topic_version"))
        .check(("ck_topic_reason", Expr::col("status").ne("declined").or(Expr::col("reason").is_not_null())))
        .check(("ck_topic_item", Expr::col("status").eq("accepted").eq(Expr::col("agenda_item_id").is_not_null())))
        .foreign_key(&mut reference("fk_topic_meeting", ("topic", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_topic_item", ("topic", "agenda_item_id"), "agenda_item"))
        .to_owned()
}

fn attendance() -> TableCreateStatement {
    voice(Table::create().table("attendance").col(uuid("id").primary_key()).col(uuid("meeting_id")))
        .col(uuid_null("person_id"))
        .col(string_len("person_name", 50))
        .col(word("capacity", "ck_attendance_capacity", &["voice", "liaison", "substitute"]))
        .col(word("source", "ck_attendance_source", &["code", "secretariat"]))
        .col(timestamp_with_time_zone("from_at"))
        .col(timestamp_with_time_zone_null("until_at"))
        .col(version("ck_attendance_version"))
        .check((
            "ck_attendance_interval",
            Expr::col("until_at").is_null().or(Expr::col("until_at").gte(Expr::col("from_at"))),
        ))
        .foreign_key(&mut reference("fk_attendance_meeting", ("attendance", "meeting_id"), "meeting"))
        .to_owned()
}

fn excuse() -> TableCreateStatement {
    voice(Table::create().table("meeting_excuse").col(uuid("id").primary_key()).col(uuid("meeting_id")))
        .col(string_len("reason", 500))
        .col(uuid_null("reported_by"))
        .col(timestamp_with_time_zone("reported_at"))
        .foreign_key(&mut reference("fk_meeting_excuse_meeting", ("meeting_excuse", "meeting_id"), "meeting"))
        .to_owned()
}

/// Frozen when the meeting closes.
fn roll() -> TableCreateStatement {
    voice(Table::create().table("meeting_roll").col(uuid("id").primary_key()).col(uuid("meeting_id")))
        .col(word("state", "ck_meeting_roll_state", &["present", "excused", "absent"]))
        .col(string_len_null("person_name", 50))
        .col(timestamp_with_time_zone_null("from_at"))
        .col(timestamp_with_time_zone_null("until_at"))
        .col(string_len_null("reason", 500))
        .foreign_key(&mut reference("fk_meeting_roll_meeting", ("meeting_roll", "meeting_id"), "meeting"))
        .to_owned()
}

fn mandate() -> TableCreateStatement {
    voice(Table::create().table("mandate").col(uuid("id").primary_key()).col(uuid("meeting_id")))
        .col(uuid("given_by"))
        .col(uuid("substitute_id"))
        .col(string_len("substitute_name", 50))
        .col(word("scope", "ck_mandate_scope", &["speak", "vote"]))
        .col(string_len("reference", 200))
        .col(timestamp_with_time_zone("given_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(version("ck_mandate_version"))
        .check(("ck_mandate_other", Expr::col("given_by").ne(Expr::col("substitute_id"))))
        .check(("ck_mandate_used", Expr::col("used_at").is_null().or(Expr::col("revoked_at").is_null())))
        .foreign_key(&mut reference("fk_mandate_meeting", ("mandate", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_mandate_substitute", ("mandate", "substitute_id"), "person"))
        .to_owned()
}

fn minutes() -> TableCreateStatement {
    Table::create()
        .table("minutes")
        .col(uuid("meeting_id").primary_key())
        .col(text("summary"))
        .col(uuid_null("drafted_by"))
        .col(timestamp_with_time_zone("drafted_at"))
        .foreign_key(&mut reference("fk_minutes_meeting", ("minutes", "meeting_id"), "meeting"))
        .to_owned()
}

fn minutes_item() -> TableCreateStatement {
    Table::create()
        .table("minutes_item")
        .col(uuid("id").primary_key())
        .col(uuid("meeting_id"))
        .col(uuid("agenda_item_id"))
        .col(text("content"))
        .foreign_key(&mut reference("fk_minutes_item_meeting", ("minutes_item", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_minutes_item_item", ("minutes_item", "agenda_item_id"), "agenda_item"))
        .to_owned()
}

fn correction() -> TableCreateStatement {
    voice(Table::create().table("minutes_correction").col(uuid("id").primary_key()).col(uuid("meeting_id")))
        .col(uuid_null("agenda_item_id"))
        .col(text("content"))
        .col(word("status", "ck_minutes_correction_status", &["proposed", "adopted", "declined"]))
        .col(uuid_null("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(string_len_null("answer", 500))
        .col(text_null("before"))
        .col(text_null("after"))
        .col(uuid_null("answered_by"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(version("ck_minutes_correction_version"))
        .check((
            "ck_minutes_correction_answered",
            Expr::col("status").eq("proposed").eq(Expr::col("answered_at").is_null()),
        ))
        .foreign_key(&mut reference("fk_minutes_correction_meeting", ("minutes_correction", "meeting_id"), "meeting"))
        .foreign_key(&mut reference(
            "fk_minutes_correction_item",
            ("minutes_correction", "agenda_item_id"),
            "agenda_item",
        ))
        .to_owned()
}

fn throttle() -> TableCreateStatement {
    Table::create()
        .table("check_in_throttle")
        .col(string_len("key", 80).primary_key())
        .col(timestamp_with_time_zone("window_started_at"))
        .col(integer("attempts"))
        .to_owned()
}

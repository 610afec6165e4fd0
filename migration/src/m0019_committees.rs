//! Professional committees (Articles 9(3), 17, 20): the seven that the charter names, who is a member of which, and
//! what becomes of their set. A committee itself is a body.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use uuid::Uuid;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Article 17. Code, field.
const COMMITTEES: [(&str, &str); 7] = [
    ("C1", "经济发展"),
    ("C2", "人才教育"),
    ("C3", "文化产业"),
    ("C4", "医疗卫生"),
    ("C5", "城市建设"),
    ("C6", "民生建设"),
    ("C7", "党建专家"),
];
/// `…1701` to `…1707`.
const FIRST: u128 = 0x0198_0000_0000_7000_8000_0000_0000_1701;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [member(), former_name(), ending(), application(), opinion(), mechanism(), topic(), advice()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        seed(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "committee_expert_secretariat",
            "committee_topic",
            "committee_mechanism",
            "committee_opinion",
            "committee_application",
            "committee_ending",
            "committee_former_name",
            "committee_member",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        // One that has been worked with stays.
        let used = Query::select().column("body_id").from("office_tenure").to_owned();
        let seeded = (0..7).map(|at| Uuid::from_u128(FIRST + at));
        let unused = Query::delete()
            .from_table("body")
            .and_where(Expr::col("id").is_in(seeded))
            .and_where(Expr::col("id").not_in_subquery(used))
            .to_owned();
        manager.execute(unused).await
    }
}

/// A database that had one of them already keeps its own.
async fn seed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let known = Query::select().column("code").from("body").to_owned();
    let rows = manager.get_connection().query_all(&known).await?;
    let known = rows.iter().map(|row| row.try_get::<String>("", "code")).collect::<Result<Vec<_>, _>>()?;
    for (at, (code, field)) in (0_u128..).zip(COMMITTEES) {
        if known.iter().any(|one| one == code) {
            continue;
        }
        let row = Query::insert()
            .into_table("body")
            .columns(["id", "kind", "code", "name", "basis", "version"])
            .values_panic([
                Uuid::from_u128(FIRST + at).into(),
                "committee".into(),
                code.into(),
                format!("{field}专业研究委员会").into(),
                "章程第十七条".into(),
                1.into(),
            ])
            .to_owned();
        manager.execute(row).await?;
    }
    Ok(())
}

fn index(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn indexes() -> [IndexCreateStatement; 11] {
    let unit = ["body_id", "unit_id"];
    let is_open = Expr::col("status").is_in(["applied", "checked"]);
    let is_member = Expr::col("left_on").is_null();
    [
        // A unit is a member of a committee once, and has one application there at a time.
        index("ux_committee_member_present", "committee_member", &unit).unique().and_where(is_member).to_owned(),
        index("ux_committee_application_open", "committee_application", &unit).unique().and_where(is_open).to_owned(),
        index("ix_committee_member_body", "committee_member", &["body_id", "id"]),
        index("ix_committee_member_unit", "committee_member", &["unit_id", "id"]),
        index("ix_committee_application_body", "committee_application", &["body_id", "id"]),
        index("ix_committee_application_unit", "committee_application", &["unit_id", "id"]),
        index("ix_committee_application_status", "committee_application", &["status", "id"]),
        // One person, one opinion, whatever offices he holds.
        index("ux_committee_opinion_person", "committee_opinion", &["application_id", "person_id"]).unique().to_owned(),
        index("ix_committee_mechanism_body", "committee_mechanism", &["body_id", "id"]),
        index("ix_committee_topic_body", "committee_topic", &["body_id", "id"]),
        index("ix_committee_topic_status", "committee_topic", &["status", "id"]),
    ]
}

fn version(constraint: &'static str) -> ColumnDef {
    let mut column = integer("version");
    column.check((constraint, Expr::col("version").gt(0)));
    column
}

fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

/// First day included, last day excluded. That the unit left the association is not kept here.
fn member() -> TableCreateStatement {
    let interval = Expr::col("left_on").is_null().or(Expr::col("left_on").gte(Expr::col("joined_on")));
    Table::create()
        .table("committee_member")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(uuid("unit_id"))
        .col(date("joined_on"))
        .col(date_null("left_on"))
        // The committee that was merged into this one.
        .col(uuid_null("carried_from"))
        .col(version("ck_committee_member_version"))
        .check(("ck_committee_member_interval", interval))
        .foreign_key(&mut reference("fk_committee_member_body", ("committee_member", "body_id"), "body"))
        .foreign_key(&mut reference("fk_committee_member_unit", ("committee_member", "unit_id"), "unit"))
        .foreign_key(&mut reference("fk_committee_member_carried", ("committee_member", "carried_from"), "body"))
        .to_owned()
}

/// What a committee was called before that day.
fn former_name() -> TableCreateStatement {
    Table::create()
        .table("committee_former_name")
        .col(uuid("body_id"))
        .col(date("until"))
        .col(string_len("name", 100))
        .col(uuid("decision_id"))
        .primary_key(Index::create().col("body_id").col("until"))
        .foreign_key(&mut reference("fk_committee_former_name_body", ("committee_former_name", "body_id"), "body"))
        .foreign_key(&mut reference(
            "fk_committee_former_name_by",
            ("committee_former_name", "decision_id"),
            "decision",
        ))
        .to_owned()
}

/// The decision that ended a committee, and the one that it was merged into.
fn ending() -> TableCreateStatement {
    let other = Expr::col("successor_id").is_null().or(Expr::col("successor_id").ne(Expr::col("body_id")));
    Table::create()
        .table("committee_ending")
        .col(uuid("body_id").primary_key())
        .col(uuid_null("successor_id"))
        .col(uuid("decision_id"))
        .check(("ck_committee_ending_other", other))
        .foreign_key(&mut reference("fk_committee_ending_body", ("committee_ending", "body_id"), "body"))
        .foreign_key(&mut reference("fk_committee_ending_successor", ("committee_ending", "successor_id"), "body"))
        .foreign_key(&mut reference("fk_committee_ending_by", ("committee_ending", "decision_id"), "decision"))
        .to_owned()
}

fn application() -> TableCreateStatement {
    let words = ["applied", "checked", "admitted", "refused", "withdrawn", "lapsed"];
    let is_checked = Expr::col("status").is_in(["checked", "admitted", "refused"]);
    Table::create()
        .table("committee_application")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(uuid("unit_id"))
        .col(string_len("reason", 1000))
        .col(word("status", "ck_committee_application_status", &words))
        .col(uuid_null("applied_by"))
        .col(timestamp_with_time_zone("applied_at"))
        .col(uuid_null("checked_by"))
        .col(timestamp_with_time_zone_null("checked_at"))
        .col(string_len_null("remark", 500))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(version("ck_committee_application_version"))
        .check(("ck_committee_application_checked", is_checked.not().or(Expr::col("checked_at").is_not_null())))
        .foreign_key(&mut reference("fk_committee_application_body", ("committee_application", "body_id"), "body"))
        .foreign_key(&mut reference("fk_committee_application_unit", ("committee_application", "unit_id"), "unit"))
        .to_owned()
}

/// What each director says of an application. Who declines says why.
fn opinion() -> TableCreateStatement {
    let says_why = Expr::col("agrees").or(Expr::col("reason").is_not_null());
    let of = ("committee_opinion", "application_id");
    Table::create()
        .table("committee_opinion")
        .col(uuid("application_id"))
        .col(word("office", "ck_committee_opinion_office", &["committee_director_lead", "committee_director_member"]))
        .col(uuid("person_id"))
        .col(string_len("name", 200))
        .col(boolean("agrees"))
        .col(string_len_null("reason", 500))
        .col(timestamp_with_time_zone("given_at"))
        .primary_key(Index::create().col("application_id").col("office"))
        .check(("ck_committee_opinion_reason", says_why))
        .foreign_key(&mut reference("fk_committee_opinion_application", of, "committee_application"))
        .to_owned()
}

/// How a committee works, by the consent of both its directors. The latest is in force.
fn mechanism() -> TableCreateStatement {
    let of = |column| ("committee_mechanism", column);
    Table::create()
        .table("committee_mechanism")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(word("kind", "ck_committee_mechanism_kind", &["embedded", "new"]))
        .col(string_len("name", 100))
        .col(string_len("description", 2000))
        .col(uuid("consent_id").unique_key())
        .col(date("since"))
        .col(uuid_null("set_by"))
        .col(timestamp_with_time_zone("set_at"))
        .foreign_key(&mut reference("fk_committee_mechanism_body", of("body_id"), "body"))
        .foreign_key(&mut reference("fk_committee_mechanism_consent", of("consent_id"), "joint_consent"))
        .to_owned()
}

/// Article 20: what a committee brings before the council, and what becomes of it.
fn topic() -> TableCreateStatement {
    let words = ["proposed", "on_agenda", "decided", "not_taken", "withdrawn"];
    let is = |word: &str| Expr::col("status").ne(word);
    let of = |column| ("committee_topic", column);
    Table::create()
        .table("committee_topic")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(string_len("title", 200))
        .col(string_len("detail", 2000))
        .col(word("status", "ck_committee_topic_status", &words))
        .col(uuid_null("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(uuid_null("meeting_id"))
        .col(uuid_null("agenda_item_id"))
        .col(uuid_null("decision_id"))
        .col(string_len_null("decision_number", 100))
        .col(string_len_null("reason", 500))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(version("ck_committee_topic_version"))
        .check(("ck_committee_topic_agenda", is("on_agenda").or(Expr::col("agenda_item_id").is_not_null())))
        .check(("ck_committee_topic_decided", is("decided").or(Expr::col("decision_id").is_not_null())))
        .check(("ck_committee_topic_reason", is("not_taken").or(Expr::col("reason").is_not_null())))
        .foreign_key(&mut reference("fk_committee_topic_body", of("body_id"), "body"))
        .foreign_key(&mut reference("fk_committee_topic_meeting", of("meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_committee_topic_item", of("agenda_item_id"), "agenda_item"))
        .foreign_key(&mut reference("fk_committee_topic_decision", of("decision_id"), "decision"))
        .to_owned()
}

/// Articles 15 and 17: the committee that is the secretariat of the expert advisory committee; one at most.
fn advice() -> TableCreateStatement {
    let of = |column| ("committee_expert_secretariat", column);
    Table::create()
        .table("committee_expert_secretariat")
        .col(uuid("expert_body_id").primary_key())
        .col(uuid("body_id"))
        .col(timestamp_with_time_zone("set_at"))
        .foreign_key(&mut reference("fk_committee_expert_secretariat_experts", of("expert_body_id"), "body"))
        .foreign_key(&mut reference("fk_committee_expert_secretariat_body", of("body_id"), "body"))
        .to_owned()
}

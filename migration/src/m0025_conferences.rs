//! Joint conferences, zone meetings and their measures (Articles 19, 22); the first look of a branch at issues of its
//! level (Article 18).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::constraint;
use crate::parts::{create_indexes, reference, version, word, word_or_none};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const STATUSES: [&str; 9] =
    ["requested", "approved", "refused", "scheduled", "held", "minuted", "tracking", "closed", "withdrawn"];
const MEASURE_STATUSES: [&str; 4] = ["draft", "open", "done", "dropped"];

/// The statuses of an issue that were known before.
const ISSUE_STATUSES: &str = "'draft', 'submitted', 'registered', 'dispatched', 'returned', 'signed', 'in_progress', \
     'joint_meeting', 'suspended', 'awaiting_confirmation', 'disputed', 'confirmed', 'closed', 'rejected', 'merged', \
     'withdrawn'";
/// Those that have no number of the ledger.
const UNNUMBERED: &str = "'draft', 'submitted', 'rejected', 'withdrawn'";
const OF_BRANCHES: &str = "'branch_review', 'branch_settled'";

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: [(&str, &[&str]); 12] = [
    ("conference", &["status", "id"]),
    ("conference", &["kind", "id"]),
    ("conference", &["level", "id"]),
    ("conference", &["street_code", "id"]),
    ("conference", &["zone_id", "id"]),
    ("conference_invitee", &["unit_id", "conference_id"]),
    ("conference_street", &["street_code", "conference_id"]),
    ("conference_issue", &["issue_id", "conference_id"]),
    ("measure", &["conference_id", "id"]),
    ("measure", &["issue_id", "id"]),
    ("measure", &["owner_unit_id", "id"]),
    ("measure", &["status", "due_on"]),
];

fn conference() -> TableCreateStatement {
    let there = |column: &'static str| Expr::col(column).is_not_null();
    let is_joint = || Expr::col("kind").eq("joint");
    let of_its_kind = is_joint().and(there("level")).and(there("zone_id").not()).or(is_joint()
        .not()
        .and(there("zone_id"))
        .and(there("domain"))
        .and(there("attribute")));
    let of_street = Expr::col("level").is_null().or(Expr::col("level").ne("street")).or(there("street_code"));
    let numbered = Expr::col("status").is_in(["requested", "refused", "withdrawn"]).or(there("number"));
    let approved = is_joint().not().or(Expr::col("status").is_in(["requested", "withdrawn"])).or(there("decided_at"));
    let met = Expr::col("status").is_not_in(["held", "minuted", "tracking", "closed"]).or(there("held_on"));
    let minuted = Expr::col("status").is_not_in(["minuted", "tracking", "closed"]).or(there("minutes"));
    Table::create()
        .table("conference")
        .col(uuid("id").primary_key())
        .col(word("kind", "ck_conference_kind", &["joint", "zone"]))
        .col(word_or_none("level", "ck_conference_level", &["district", "street"]))
        .col(string_len_null("street_code", 9))
        .col(uuid_null("zone_id"))
        .col(word_or_none(
            "domain",
            "ck_conference_domain",
            &["economic_development", "social_management", "livelihood"],
        ))
        .col(word_or_none("attribute", "ck_conference_attribute", &["cross_street", "mobile", "regional"]))
        .col(string_len_null("number", 40).unique_key())
        .col(string_len("title", 200))
        .col(text("purpose"))
        .col(word("status", "ck_conference_status", &STATUSES))
        .col(uuid_null("requested_by"))
        .col(timestamp_with_time_zone("requested_at"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(string_len_null("reason", 500))
        .col(uuid_null("delegation_id"))
        .col(timestamp_with_time_zone_null("starts_at"))
        .col(string_len_null("place", 200))
        .col(string_len_null("chair", 50))
        .col(date_null("held_on"))
        .col(text_null("minutes"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(version("ck_conference_version"))
        .check(("ck_conference_of_its_kind", of_its_kind))
        .check(("ck_conference_street", of_street))
        .check(("ck_conference_numbered", numbered))
        .check(("ck_conference_approved", approved))
        .check(("ck_conference_met", met))
        .check(("ck_conference_minuted", minuted))
        .foreign_key(&mut reference("fk_conference_zone", ("conference", "zone_id"), "zone"))
        .foreign_key(&mut reference(
            "fk_conference_delegation",
            ("conference", "delegation_id"),
            "conference_delegation",
        ))
        .to_owned()
}

fn delegation() -> TableCreateStatement {
    let interval = Expr::col("valid_until").is_null().or(Expr::col("valid_until").gte(Expr::col("valid_from")));
    Table::create()
        .table("conference_delegation")
        .col(uuid("id").primary_key())
        .col(string_len("street_code", 9))
        .col(date("valid_from"))
        .col(date_null("valid_until"))
        .col(string_len("basis", 200))
        .col(uuid_null("granted_by"))
        .col(timestamp_with_time_zone("granted_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(version("ck_conference_delegation_version"))
        .check(("ck_conference_delegation_interval", interval))
        .to_owned()
}

fn invitee() -> TableCreateStatement {
    Table::create()
        .table("conference_invitee")
        .col(uuid("conference_id"))
        .col(uuid("unit_id"))
        .col(boolean_null("attended"))
        .primary_key(Index::create().col("conference_id").col("unit_id"))
        .foreign_key(&mut reference("fk_conference_invitee", ("conference_invitee", "conference_id"), "conference"))
        .foreign_key(&mut reference("fk_conference_invitee_unit", ("conference_invitee", "unit_id"), "unit"))
        .to_owned()
}

fn street() -> TableCreateStatement {
    Table::create()
        .table("conference_street")
        .col(uuid("conference_id"))
        .col(string_len("street_code", 9))
        .primary_key(Index::create().col("conference_id").col("street_code"))
        .foreign_key(&mut reference("fk_conference_street", ("conference_street", "conference_id"), "conference"))
        .to_owned()
}

fn on_agenda() -> TableCreateStatement {
    Table::create()
        .table("conference_issue")
        .col(uuid("conference_id"))
        .col(uuid("issue_id"))
        .col(text_null("conclusion"))
        .primary_key(Index::create().col("conference_id").col("issue_id"))
        .foreign_key(&mut reference("fk_conference_issue", ("conference_issue", "conference_id"), "conference"))
        .foreign_key(&mut reference("fk_conference_issue_issue", ("conference_issue", "issue_id"), "issue"))
        .to_owned()
}

fn measure() -> TableCreateStatement {
    let done =
        Expr::col("status").ne("done").or(Expr::col("evidence").is_not_null().and(Expr::col("done_on").is_not_null()));
    Table::create()
        .table("measure")
        .col(uuid("id").primary_key())
        .col(uuid("conference_id"))
        .col(uuid_null("issue_id"))
        .col(string_len("task", 1000))
        .col(uuid("owner_unit_id"))
        .col(date("due_on"))
        .col(word("status", "ck_measure_status", &MEASURE_STATUSES))
        .col(text_null("evidence"))
        .col(date_null("done_on"))
        .col(string_len_null("reason", 500))
        .col(version("ck_measure_version"))
        .check(("ck_measure_done", done))
        .foreign_key(&mut reference("fk_measure_conference", ("measure", "conference_id"), "conference"))
        .foreign_key(&mut reference("fk_measure_issue", ("measure", "issue_id"), "issue"))
        .foreign_key(&mut reference("fk_measure_owner", ("measure", "owner_unit_id"), "unit"))
        .to_owned()
}

/// Which statuses an issue has, and which of them have no number.
async fn issue_statuses(manager: &SchemaManager<'_>, all: &str, unnumbered: &str) -> Result<(), DbErr> {
    let known = format!("\"status\" IN ({all})");
    constraint::replace(manager, "issue", "ck_issue_status", &known).await?;
    let numbered = format!("\"status\" IN ({unnumbered}) OR \"ledger_no\" IS NOT NULL");
    constraint::replace(manager, "issue", "ck_issue_numbered", &numbered).await
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [uuid_null("conference_id"), integer("open_measures").default(0).to_owned()] {
            manager.alter_table(Table::alter().table("issue").add_column(column).to_owned()).await?;
        }
        let all = format!("{ISSUE_STATUSES}, {OF_BRANCHES}");
        issue_statuses(manager, &all, &format!("{UNNUMBERED}, {OF_BRANCHES}")).await?;
        for table in [delegation(), conference(), invitee(), street(), on_agenda(), measure()] {
            manager.create_table(table).await?;
        }
        create_indexes(manager, &INDEXES).await?;
        let mut index = Index::create();
        index.name("ix_conference_delegation_street").table("conference_delegation").col("street_code").col("id");
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "measure",
            "conference_issue",
            "conference_street",
            "conference_invitee",
            "conference",
            "conference_delegation",
        ];
        for table in tables {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        // What lay before a branch lies before the district.
        let passed_on = Query::update()
            .table("issue")
            .value("status", "submitted")
            .and_where(Expr::col("status").is_in(["branch_review", "branch_settled"]))
            .to_owned();
        manager.execute(passed_on).await?;
        issue_statuses(manager, ISSUE_STATUSES, UNNUMBERED).await?;
        for column in ["open_measures", "conference_id"] {
            manager.alter_table(Table::alter().table("issue").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

//! What committees do for members (Article 17): exchange events with sign-ups, services with requests.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::parts::{create_indexes, reference, version, word};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const EVENT_KINDS: [&str; 2] = ["experience_exchange", "joint_activity"];
const EVENT_STATUSES: [&str; 3] = ["announced", "held", "cancelled"];
const SIGN_UP_STATUSES: [&str; 2] = ["signed_up", "withdrawn"];
const SERVICE_KINDS: [&str; 2] = ["professional_consulting", "information_service"];
const SERVICE_STATUSES: [&str; 2] = ["offered", "ended"];
const REQUEST_STATUSES: [&str; 5] = ["requested", "accepted", "done", "declined", "withdrawn"];

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: [(&str, &[&str]); 13] = [
    ("exchange_event", &["body_id", "id"]),
    ("exchange_event", &["kind", "id"]),
    ("exchange_event", &["status", "id"]),
    ("exchange_sign_up", &["event_id", "id"]),
    ("exchange_sign_up", &["unit_id", "id"]),
    ("exchange_sign_up", &["status", "id"]),
    ("committee_service", &["body_id", "id"]),
    ("committee_service", &["kind", "id"]),
    ("committee_service", &["status", "id"]),
    ("service_request", &["service_id", "id"]),
    ("service_request", &["body_id", "id"]),
    ("service_request", &["unit_id", "id"]),
    ("service_request", &["status", "id"]),
];

/// Where there is a number, it is no less than that.
fn at_least(name: &'static str, constraint: &'static str, least: i32) -> ColumnDef {
    let mut column = integer_null(name);
    column.check((constraint, Expr::col(name).gte(least)));
    column
}

/// What is there once the row has that status.
fn once(status: &'static str, columns: &[&'static str]) -> SimpleExpr {
    let there = columns.iter().fold(Expr::val(1).eq(1), |all, column| all.and(Expr::col(*column).is_not_null()));
    Expr::col("status").ne(status).or(there)
}

fn event() -> TableCreateStatement {
    Table::create()
        .table("exchange_event")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(word("kind", "ck_exchange_event_kind", &EVENT_KINDS))
        .col(string_len("title", 200))
        .col(string_len("detail", 2000))
        .col(timestamp_with_time_zone("starts_at"))
        .col(string_len("place", 200))
        .col(date_null("sign_up_until"))
        .col(at_least("capacity", "ck_exchange_event_capacity", 1))
        .col(word("status", "ck_exchange_event_status", &EVENT_STATUSES))
        .col(uuid_null("announced_by"))
        .col(timestamp_with_time_zone("announced_at"))
        .col(string_len_null("outcome", 2000))
        .col(at_least("attendance_count", "ck_exchange_event_attendance", 0))
        .col(string_len_null("reason", 500))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(version("ck_exchange_event_version"))
        .check(("ck_exchange_event_held", once("held", &["outcome", "attendance_count", "ended_at"])))
        .check(("ck_exchange_event_cancelled", once("cancelled", &["reason", "ended_at"])))
        .foreign_key(&mut reference("fk_exchange_event_body", ("exchange_event", "body_id"), "body"))
        .to_owned()
}

fn sign_up() -> TableCreateStatement {
    Table::create()
        .table("exchange_sign_up")
        .col(uuid("id").primary_key())
        .col(uuid("event_id"))
        .col(uuid("unit_id"))
        .col(word("status", "ck_exchange_sign_up_status", &SIGN_UP_STATUSES))
        .col(uuid_null("signed_up_by"))
        .col(timestamp_with_time_zone("signed_up_at"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .col(version("ck_exchange_sign_up_version"))
        .check(("ck_exchange_sign_up_withdrawn", once("withdrawn", &["withdrawn_at"])))
        .foreign_key(&mut reference("fk_exchange_sign_up_event", ("exchange_sign_up", "event_id"), "exchange_event"))
        .foreign_key(&mut reference("fk_exchange_sign_up_unit", ("exchange_sign_up", "unit_id"), "unit"))
        .to_owned()
}

fn service() -> TableCreateStatement {
    Table::create()
        .table("committee_service")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(word("kind", "ck_committee_service_kind", &SERVICE_KINDS))
        .col(string_len("title", 200))
        .col(string_len("description", 2000))
        .col(date_null("valid_until"))
        .col(word("status", "ck_committee_service_status", &SERVICE_STATUSES))
        .col(uuid_null("offered_by"))
        .col(timestamp_with_time_zone("offered_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(version("ck_committee_service_version"))
        .check(("ck_committee_service_ended", once("ended", &["ended_at"])))
        .foreign_key(&mut reference("fk_committee_service_body", ("committee_service", "body_id"), "body"))
        .to_owned()
}

fn request() -> TableCreateStatement {
    Table::create()
        .table("service_request")
        .col(uuid("id").primary_key())
        .col(uuid("service_id"))
        .col(uuid("body_id"))
        .col(uuid("unit_id"))
        .col(string_len("question", 2000))
        .col(word("status", "ck_service_request_status", &REQUEST_STATUSES))
        .col(uuid_null("requested_by"))
        .col(timestamp_with_time_zone("requested_at"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .col(string_len_null("outcome", 2000))
        .col(string_len_null("reason", 500))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(version("ck_service_request_version"))
        .check(("ck_service_request_accepted", once("accepted", &["accepted_at"])))
        .check(("ck_service_request_done", once("done", &["accepted_at", "outcome", "ended_at"])))
        .check(("ck_service_request_declined", once("declined", &["reason", "ended_at"])))
        .check(("ck_service_request_withdrawn", once("withdrawn", &["ended_at"])))
        .foreign_key(&mut reference(
            "fk_service_request_service",
            ("service_request", "service_id"),
            "committee_service",
        ))
        .foreign_key(&mut reference("fk_service_request_body", ("service_request", "body_id"), "body"))
        .foreign_key(&mut reference("fk_service_request_unit", ("service_request", "unit_id"), "unit"))
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [event(), sign_up(), service(), request()] {
            manager.create_table(table).await?;
        }
        create_indexes(manager, &INDEXES).await?;
        // A unit signs up once, and again when it has taken it back.
        let mut one = Index::create();
        one.name("ux_exchange_sign_up").table("exchange_sign_up").unique().col("event_id").col("unit_id");
        one.and_where(Expr::col("status").eq("signed_up"));
        manager.create_index(one).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["service_request", "committee_service", "exchange_sign_up", "exchange_event"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

//! Audit trail, numbers, idempotency keys, policy, calendar.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const GENESIS: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// The audit trail is append-only in the database as well (GB/T 22239 8.1.4.3).
const SQLITE_GUARD: [&str; 2] = [
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
];
const POSTGRES_GUARD: [&str; 3] = [
    "CREATE FUNCTION audit_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
    "CREATE TRIGGER audit_event_guard BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_guard()",
    "CREATE TRIGGER audit_event_guard_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_event_guard()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("audit_event")
                    .col(big_integer("seq").primary_key())
                    .col(uuid_uniq("id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(string_len("kind", 80))
                    .col(string_len("subject_kind", 40))
                    .col(uuid("subject_id"))
                    .col(uuid_null("actor_id"))
                    .col(string_len("actor_name", 80))
                    .col(uuid_null("actor_unit_id"))
                    .col(text("actor_roles"))
                    .col(string_len_null("ip", 45))
                    .col(text_null("user_agent"))
                    .col(uuid("request_id"))
                    .col(boolean("succeeded"))
                    .col(text("data"))
                    .col(string_len("prev_hash", 80))
                    .col(string_len("hash", 80))
                    .to_owned(),
            )
            .await?;
        for (name, columns) in [
            ("ix_audit_event_subject", &["subject_kind", "subject_id", "seq"][..]),
            ("ix_audit_event_kind", &["kind", "seq"]),
            ("ix_audit_event_actor", &["actor_id", "seq"]),
        ] {
            let mut index = Index::create();
            index.name(name).table("audit_event");
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("audit_head")
                    .col(integer("id").primary_key())
                    .col(big_integer("seq"))
                    .col(string_len("hash", 80))
                    .col(string_len("seal", 80))
                    .to_owned(),
            )
            .await?;
        manager
            .exec_stmt(
                Query::insert()
                    .into_table("audit_head")
                    .columns(["id", "seq", "hash", "seal"])
                    .values_panic([1.into(), 0i64.into(), GENESIS.into(), "".into()])
                    .to_owned(),
            )
            .await?;
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        let guard: &[&str] = if sqlite { &SQLITE_GUARD } else { &POSTGRES_GUARD };
        for statement in guard {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("number_series")
                    .col(string_len("series", 40))
                    .col(string_len("body", 80))
                    .col(integer("year"))
                    .col(big_integer("last").check(("ck_number_series_last", Expr::col("last").gt(0))))
                    .primary_key(Index::create().col("series").col("body").col("year"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("idempotency_key")
                    .col(string_len("scope", 80).primary_key())
                    .col(string_len("fingerprint", 80))
                    .col(text("answer"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ix_idempotency_key_created")
                    .table("idempotency_key")
                    .col("created_at")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("policy")
                    .col(string_len("name", 40).primary_key())
                    .col(integer("version"))
                    .col(text("value"))
                    .col(timestamp_with_time_zone("changed_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("calendar_year")
                    .col(integer("year").primary_key())
                    .col(integer("version"))
                    .col(text("plan"))
                    .col(timestamp_with_time_zone("imported_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("instance_fact")
                    .col(string_len("name", 40).primary_key())
                    .col(text("value"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "instance_fact",
            "calendar_year",
            "policy",
            "idempotency_key",
            "number_series",
            "audit_head",
            "audit_event",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        if manager.get_database_backend() != DbBackend::Sqlite {
            manager.get_connection().execute_unprepared("DROP FUNCTION audit_event_guard()").await?;
        }
        Ok(())
    }
}

//! Proposals for administrators, verifications of the audit trail, and the indexes that the trail is read by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const STATUSES: [&str; 5] = ["proposed", "confirmed", "declined", "withdrawn", "expired"];
const ADMINISTRATORS: [&str; 3] = ["system_administrator", "security_administrator", "audit_administrator"];

/// What the trail is filtered by; each with the order in which it is read.
const READ_BY: [(&str, &[&str]); 7] = [
    ("ix_audit_event_at", &["at", "seq"]),
    ("ix_audit_event_kind_at", &["kind", "at", "seq"]),
    ("ix_audit_event_actor_at", &["actor_id", "at", "seq"]),
    ("ix_audit_event_unit_at", &["actor_unit_id", "at", "seq"]),
    ("ix_audit_event_subject_kind_at", &["subject_kind", "at", "seq"]),
    ("ix_audit_event_ip_at", &["ip", "at", "seq"]),
    ("ix_audit_event_request", &["request_id"]),
];
/// Those that the new ones take the place of.
const REPLACED: [(&str, &[&str]); 2] =
    [("ix_audit_event_kind", &["kind", "seq"]), ("ix_audit_event_actor", &["actor_id", "seq"])];

fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn refers(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

fn proposals() -> TableCreateStatement {
    const TABLE: &str = "administrator_proposal";
    let two_persons = Expr::col("status").ne("confirmed").or(Expr::col("decided_by").ne(Expr::col("proposed_by")));
    Table::create()
        .table(TABLE)
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(
            string_len("change", 40)
                .check(("ck_administrator_proposal_change", Expr::col("change").is_in(["grant", "end"]))),
        )
        .col(string_len("role", 40).check(("ck_administrator_proposal_role", Expr::col("role").is_in(ADMINISTRATORS))))
        .col(string_len("reason", 200))
        .col(string_len("status", 40).check(("ck_administrator_proposal_status", Expr::col("status").is_in(STATUSES))))
        .col(uuid("proposed_by"))
        .col(uuid("proposer_person_id"))
        .col(string_len("proposer_role", 40))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(string_len_null("decision_reason", 200))
        .col(integer("version").check(("ck_administrator_proposal_version", Expr::col("version").gt(0))))
        .check(("ck_administrator_proposal_two_persons", two_persons))
        .foreign_key(&mut refers("fk_administrator_proposal_account", (TABLE, "account_id"), "account"))
        .foreign_key(&mut refers("fk_administrator_proposal_proposer", (TABLE, "proposed_by"), "account"))
        .to_owned()
}

fn verifications() -> TableCreateStatement {
    Table::create()
        .table("audit_verification")
        .col(uuid("id").primary_key())
        .col(string_len("status", 40))
        .col(big_integer("from_seq"))
        .col(big_integer("to_seq"))
        .col(string_len_null("checkpoint", 255))
        .col(integer("checkpoints"))
        .col(big_integer_null("broken_at"))
        .col(string_len_null("flaw", 40))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone("ended_at"))
        .col(uuid_null("requested_by"))
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(proposals()).await?;
        manager.create_table(verifications()).await?;
        let mut one_open = index("uq_administrator_proposal_open", "administrator_proposal", &["account_id"]);
        one_open.unique().and_where(Expr::col("status").eq("proposed"));
        manager.create_index(one_open).await?;
        for (name, columns) in [
            ("ix_administrator_proposal_account", ["account_id", "id"]),
            ("ix_administrator_proposal_status", ["status", "id"]),
        ] {
            manager.create_index(index(name, "administrator_proposal", &columns)).await?;
        }
        for (name, columns) in READ_BY {
            manager.create_index(index(name, "audit_event", columns)).await?;
        }
        let mut refused = index("ix_audit_event_refused", "audit_event", &["at", "seq"]);
        refused.and_where(Expr::col("succeeded").eq(false));
        manager.create_index(refused).await?;
        for (name, _) in REPLACED {
            manager.drop_index(Index::drop().name(name).table("audit_event").to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, columns) in REPLACED {
            manager.create_index(index(name, "audit_event", columns)).await?;
        }
        for name in READ_BY.iter().map(|(name, _)| *name).chain(["ix_audit_event_refused"]) {
            manager.drop_index(Index::drop().name(name).table("audit_event").to_owned()).await?;
        }
        for table in ["audit_verification", "administrator_proposal"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

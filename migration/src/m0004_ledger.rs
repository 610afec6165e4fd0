//! The issue ledger (Article 23).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const STATUS: [&str; 16] = [
    "draft",
    "submitted",
    "registered",
    "dispatched",
    "returned",
    "signed",
    "in_progress",
    "joint_meeting",
    "suspended",
    "awaiting_confirmation",
    "disputed",
    "confirmed",
    "closed",
    "rejected",
    "merged",
    "withdrawn",
];

fn one_of(column: &'static str, words: &[&'static str]) -> SimpleExpr {
    Expr::col(column).is_in(words.iter().copied())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(issue()).await?;
        for (name, columns) in [
            ("ix_issue_status", &["status", "id"][..]),
            ("ix_issue_kind", &["kind", "id"]),
            ("ix_issue_category", &["category", "id"]),
            ("ix_issue_goal", &["goal", "id"]),
            ("ix_issue_street", &["street_code", "id"]),
            ("ix_issue_committee", &["committee_code", "id"]),
            ("ix_issue_submitter", &["submitter_unit_id", "id"]),
            ("ix_issue_lead", &["lead_unit_id", "id"]),
            ("ix_issue_submitted_on", &["submitted_on", "id"]),
            ("ix_issue_registered_on", &["registered_on", "id"]),
            ("ix_issue_due_on", &["due_on", "id"]),
            ("ix_issue_closed_on", &["closed_on", "id"]),
            ("ix_issue_status_due", &["status", "due_on"]),
        ] {
            index(manager, "issue", name, columns).await?;
        }
        manager
            .create_index(
                Index::create().name("uq_issue_intake_no").table("issue").col("intake_no").unique().to_owned(),
            )
            .await?;
        // 一事一号: one issue for each number; merged ones show their master's.
        manager
            .create_index(
                Index::create()
                    .name("uq_issue_ledger_no")
                    .table("issue")
                    .col("ledger_no")
                    .unique()
                    .and_where(Expr::col("merged_into").is_null())
                    .to_owned(),
            )
            .await?;
        index(manager, "issue", "ix_issue_ledger_no", &["ledger_no"]).await?;
        index(manager, "issue", "ix_issue_merged_into", &["merged_into"]).await?;

        manager
            .create_table(
                Table::create()
                    .table("issue_assist")
                    .col(uuid("issue_id"))
                    .col(uuid("unit_id"))
                    .col(date("asked_on"))
                    .primary_key(Index::create().col("issue_id").col("unit_id"))
                    .foreign_key(ForeignKey::create().from("issue_assist", "issue_id").to("issue", "id"))
                    .foreign_key(ForeignKey::create().from("issue_assist", "unit_id").to("unit", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "issue_assist", "ix_issue_assist_unit", &["unit_id", "issue_id"]).await?;

        manager
            .create_table(
                Table::create()
                    .table("issue_note")
                    .col(uuid("id").primary_key())
                    .col(uuid("issue_id"))
                    .col(string_len("kind", 40).check(one_of("kind", &["progress", "contribution"])))
                    .col(integer("round"))
                    .col(uuid_null("unit_id"))
                    .col(string_len("author_name", 80))
                    .col(text("text"))
                    .col(text("attachments"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(ForeignKey::create().from("issue_note", "issue_id").to("issue", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "issue_note", "ix_issue_note_issue", &["issue_id", "id"]).await?;

        let levels = ["l1_reminder", "l2_urging", "l3_sheet", "l4_circular"];
        manager
            .create_table(
                Table::create()
                    .table("supervision_sheet")
                    .col(uuid("id").primary_key())
                    .col(uuid("issue_id"))
                    .col(integer("round"))
                    .col(string_len("level", 40).check(one_of("level", &levels)))
                    .col(string_len("ground", 40))
                    .col(string_len_null("rule_key", 160).unique_key())
                    .col(date_null("due_on"))
                    .col(text("reason"))
                    .col(string_len_null("copy_to", 200))
                    .col(string_len("issued_by", 80))
                    .col(timestamp_with_time_zone("issued_at"))
                    .foreign_key(ForeignKey::create().from("supervision_sheet", "issue_id").to("issue", "id"))
                    .to_owned(),
            )
            .await?;
        index(manager, "supervision_sheet", "ix_supervision_sheet_issue", &["issue_id", "id"]).await?;

        // The full-text index is the one thing that the databases spell differently.
        let search: &[&str] = if manager.get_database_backend() == DbBackend::Sqlite {
            &["CREATE VIRTUAL TABLE issue_search USING fts5(issue_id UNINDEXED, tokens)"]
        } else {
            &[
                "CREATE TABLE issue_search (issue_id uuid PRIMARY KEY REFERENCES issue (id), tokens text NOT NULL)",
                "CREATE INDEX ix_issue_search ON issue_search USING gin (to_tsvector('simple', tokens))",
            ]
        };
        for statement in search {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["issue_search", "supervision_sheet", "issue_note", "issue_assist", "issue"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn issue() -> TableCreateStatement {
    Table::create()
        .table("issue")
        .col(uuid("id").primary_key())
        .col(string_len("status", 40).check(("ck_issue_status", one_of("status", &STATUS))))
        .col(string_len_null("intake_no", 40))
        .col(string_len_null("ledger_no", 40))
        .col(string_len_null("voided_no", 40))
        .col(string_len("kind", 40).check(("ck_issue_kind", one_of("kind", &["difficulty", "suggestion", "opinion"]))))
        .col(string_len("urgency", 40))
        .col(string_len("category", 40))
        .col(string_len("title", 100))
        .col(text("detail"))
        .col(string_len_null("goal", 40))
        .col(string_len("level", 40))
        .col(string_len_null("street_code", 9))
        .col(string_len_null("committee_code", 16))
        .col(text("attachments"))
        .col(uuid("submitter_unit_id"))
        .col(string_len("submitter_name", 80))
        .col(timestamp_with_time_zone("created_at"))
        .col(date_null("submitted_on"))
        .col(date_null("registered_on"))
        .col(string_len_null("registered_month", 7))
        .col(uuid_null("lead_unit_id"))
        .col(date_null("dispatched_on"))
        .col(text_null("instructions"))
        .col(date_null("sign_due_on"))
        .col(date_null("signed_on"))
        .col(boolean("designated"))
        .col(integer("return_count"))
        .col(text_null("return_reason"))
        .col(uuid_null("suggested_unit_id"))
        .col(integer("round"))
        .col(integer("automatic_reopenings"))
        .col(date_null("round_started_on"))
        .col(integer("limit_workdays"))
        .col(date_null("base_due_on"))
        .col(date_null("due_on"))
        .col(boolean("due_estimated"))
        .col(integer("extension_workdays"))
        .col(integer_null("extension_pending"))
        .col(text_null("extension_reason"))
        .col(integer("extension_count"))
        .col(integer("meeting_workdays"))
        .col(text("clock"))
        .col(date_null("review_on"))
        .col(text_null("suspension_reason"))
        .col(text_null("suspension_plan"))
        .col(string_len_null("forum", 40))
        .col(string_len_null("meeting_no", 40))
        .col(date_null("replied_on"))
        .col(string_len_null("outcome", 40))
        .col(text_null("reply"))
        .col(text_null("measures"))
        .col(string_len_null("reply_signed_by", 50))
        .col(text_null("reply_attachments"))
        .col(integer_null("handling_workdays"))
        .col(date_null("confirm_due_on"))
        .col(boolean_null("contacted"))
        .col(boolean_null("solved"))
        .col(string_len_null("satisfaction", 40))
        .col(text_null("feedback_comment"))
        .col(text_null("feedback_excluded"))
        .col(string_len_null("closure_basis", 40))
        .col(text_null("ruling"))
        .col(date_null("confirmed_on"))
        .col(date_null("closed_on"))
        .col(string_len_null("reject_ground", 40))
        .col(text_null("reject_reason"))
        .col(text_null("reject_channel"))
        .col(uuid_null("merged_into"))
        .col(integer("urge_count"))
        .col(string_len_null("supervision_level", 40))
        .col(integer("version"))
        .col(timestamp_with_time_zone("updated_at"))
        // What is cancelled was answered, and rests on a confirmation or a ruling.
        .check((
            "ck_issue_closed",
            Expr::col("status").ne("closed").or(Expr::col("replied_on")
                .is_not_null()
                .and(Expr::col("closure_basis").is_not_null())
                .and(Expr::col("closed_on").is_not_null())),
        ))
        // What is registered has its number.
        .check((
            "ck_issue_numbered",
            Expr::col("status")
                .is_in(["draft", "submitted", "rejected", "withdrawn"])
                .or(Expr::col("ledger_no").is_not_null()),
        ))
        .foreign_key(ForeignKey::create().from("issue", "submitter_unit_id").to("unit", "id"))
        .foreign_key(ForeignKey::create().from("issue", "lead_unit_id").to("unit", "id"))
        .foreign_key(ForeignKey::create().from("issue", "merged_into").to("issue", "id"))
        .to_owned()
}

async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}

//! Personal data: phones sealed, who looked at them, what people asked for, what they consented to.
//! The old column is emptied by the first server that has the keys.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

fn columns() -> [(&'static str, ColumnDef); 5] {
    let mut version = integer("version");
    version.default(1);
    [
        ("phone_sealed", text_null("phone_sealed")),
        ("phone_masked", string_len_null("phone_masked", 20)),
        ("phone_key", string_len_null("phone_key", 32)),
        ("erased_at", timestamp_with_time_zone_null("erased_at")),
        ("version", version),
    ]
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

fn index(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (_, column) in columns() {
            manager.alter_table(Table::alter().table("person").add_column(column).to_owned()).await?;
        }
        for table in [data_key(), reveal(), request(), consent()] {
            manager.create_table(table).await?;
        }
        for index in [
            index("ix_person_phone_key", "person", &["phone_key", "id"]),
            index("ix_person_plain_phone", "person", &["id"]).and_where(Expr::col("phone").is_not_null()).to_owned(),
            index("ix_personal_reveal_person", "personal_reveal", &["person_id", "id"]),
            index("ix_personal_reveal_account", "personal_reveal", &["account_id", "revealed_at"]),
            index("ix_privacy_request_status", "privacy_request", &["status", "id"]),
            index("ix_privacy_request_kind", "privacy_request", &["kind", "id"]),
            index("ix_privacy_request_due", "privacy_request", &["status", "due_on"]),
            index("ix_privacy_request_person", "privacy_request", &["person_id", "id"]),
            index("uq_privacy_request_open", "privacy_request", &["person_id", "kind"])
                .unique()
                .and_where(Expr::col("status").eq("submitted"))
                .to_owned(),
            index("ix_consent_account", "consent", &["account_id", "id"]),
            index("uq_consent_standing", "consent", &["account_id", "notice_version"])
                .unique()
                .and_where(Expr::col("withdrawn_at").is_null())
                .to_owned(),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    /// Without the keys no phone can be put back: those that were sealed go with their columns.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["consent", "privacy_request", "personal_reveal", "data_key"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for index in ["ix_person_phone_key", "ix_person_plain_phone"] {
            manager.drop_index(Index::drop().name(index).table("person").to_owned()).await?;
        }
        for (name, _) in columns() {
            manager.alter_table(Table::alter().table("person").drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}

/// The data keys that servers on this database have had.
fn data_key() -> TableCreateStatement {
    Table::create()
        .table("data_key")
        .col(string_len("id", 32).primary_key())
        .col(string_len("fingerprint", 40))
        .col(timestamp_with_time_zone("first_used_at"))
        .to_owned()
}

fn reveal() -> TableCreateStatement {
    Table::create()
        .table("personal_reveal")
        .col(uuid("id").primary_key())
        .col(uuid("person_id"))
        .col(word("field", "ck_personal_reveal_field", &["phone"]))
        .col(string_len("purpose", 40))
        .col(string_len("reason", 200))
        .col(uuid("account_id"))
        .col(uuid("by_person_id"))
        .col(string_len("by_role", 40))
        .col(timestamp_with_time_zone("revealed_at"))
        .foreign_key(&mut reference("fk_personal_reveal_person", ("personal_reveal", "person_id"), "person"))
        .foreign_key(&mut reference("fk_personal_reveal_by", ("personal_reveal", "by_person_id"), "person"))
        .foreign_key(&mut reference("fk_personal_reveal_account", ("personal_reveal", "account_id"), "account"))
        .to_owned()
}

fn request() -> TableCreateStatement {
    let submitted = || Expr::col("status").eq("submitted");
    Table::create()
        .table("privacy_request")
        .col(uuid("id").primary_key())
        .col(uuid("person_id"))
        .col(word("kind", "ck_privacy_request_kind", &["name_correction", "deletion"]))
        .col(word("status", "ck_privacy_request_status", &["submitted", "granted", "refused", "withdrawn"]))
        .col(string_len_null("new_name", 80))
        .col(string_len_null("reason", 500))
        .col(timestamp_with_time_zone("submitted_at"))
        .col(date("due_on"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(uuid_null("answered_by_id"))
        .col(string_len_null("answer", 500))
        .col(integer("version").check(("ck_privacy_request_version", Expr::col("version").gt(0))))
        .check(("ck_privacy_request_closed", submitted().eq(Expr::col("closed_at").is_null())))
        .foreign_key(&mut reference("fk_privacy_request_person", ("privacy_request", "person_id"), "person"))
        .foreign_key(&mut reference("fk_privacy_request_by", ("privacy_request", "answered_by_id"), "person"))
        .to_owned()
}

fn consent() -> TableCreateStatement {
    Table::create()
        .table("consent")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(integer("notice_version"))
        .col(timestamp_with_time_zone("given_at"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .foreign_key(&mut reference("fk_consent_account", ("consent", "account_id"), "account"))
        .to_owned()
}

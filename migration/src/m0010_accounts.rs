//! Account states, invitations, second factors, lost passwords, earlier passwords.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const STATES: [&str; 4] = ["invited", "active", "locked", "disabled"];

fn reference(name: &str, table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(table, column).to(to, "id").to_owned()
}

fn index(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// One row at a time may stand open for the same person or account.
fn one_open(name: &str, table: &'static str, column: &'static str, open: &[&'static str]) -> IndexCreateStatement {
    let open = Expr::col("state").is_in(open.iter().copied());
    index(name, table, &[column]).unique().and_where(open).to_owned()
}

/// SQLite alters no CHECK: the column goes, one with the new CHECK takes its place.
async fn replace_state(manager: &SchemaManager<'_>, check: (&'static str, &[&'static str])) -> Result<(), DbErr> {
    let (name, states) = check;
    let holds = Expr::col("state_now").is_in(states.iter().copied());
    let mut column = string_len("state_now", 40);
    column.default("disabled").check((name, holds));
    manager.alter_table(Table::alter().table("account").add_column(column).to_owned()).await?;
    let known = Expr::col("state").is_in(states.iter().copied());
    let copy = Query::update().table("account").value("state_now", Expr::col("state")).and_where(known).to_owned();
    manager.execute(copy).await?;
    manager.drop_index(Index::drop().name("ix_account_state").table("account").to_owned()).await?;
    manager.alter_table(Table::alter().table("account").drop_column("state").to_owned()).await?;
    manager.alter_table(Table::alter().table("account").rename_column("state_now", "state").to_owned()).await?;
    manager.create_index(index("ix_account_state", "account", &["state", "id"])).await
}

fn invitation() -> TableCreateStatement {
    Table::create()
        .table("invitation")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(uuid("person_id"))
        .col(uuid_null("unit_id"))
        .col(uuid_null("invited_by"))
        .col(string_len_uniq("code_hash", 80))
        .col(
            string_len("state", 40)
                .check(("ck_invitation_state", Expr::col("state").is_in(["open", "replaced", "revoked", "redeemed"]))),
        )
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .check(("ck_invitation_ended", Expr::col("state").eq("open").eq(Expr::col("ended_at").is_null())))
        .foreign_key(&mut reference("fk_invitation_account", "invitation", "account_id", "account"))
        .foreign_key(&mut reference("fk_invitation_person", "invitation", "person_id", "person"))
        .to_owned()
}

fn password_reset() -> TableCreateStatement {
    Table::create()
        .table("password_reset")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(string_len("state", 40).check((
            "ck_password_reset_state",
            Expr::col("state").is_in(["requested", "issued", "redeemed", "dismissed"]),
        )))
        .col(timestamp_with_time_zone("requested_at"))
        .col(string_len_null("code_hash", 80).unique_key())
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .foreign_key(&mut reference("fk_password_reset_account", "password_reset", "account_id", "account"))
        .to_owned()
}

fn second_factor() -> TableCreateStatement {
    Table::create()
        .table("second_factor")
        .col(uuid("account_id").primary_key())
        .col(string_len("sealed_secret", 200))
        .col(timestamp_with_time_zone("enrolled_at"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(big_integer("last_step"))
        .foreign_key(&mut reference("fk_second_factor_account", "second_factor", "account_id", "account"))
        .to_owned()
}

fn recovery_code() -> TableCreateStatement {
    Table::create()
        .table("recovery_code")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(string_len_uniq("code_hash", 80))
        .col(timestamp_with_time_zone_null("used_at"))
        .foreign_key(&mut reference("fk_recovery_code_account", "recovery_code", "account_id", "account"))
        .to_owned()
}

fn login_challenge() -> TableCreateStatement {
    Table::create()
        .table("login_challenge")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(integer("account_version"))
        .col(string_len_uniq("token_hash", 80))
        .col(string_len_null("device_name", 80))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .foreign_key(&mut reference("fk_login_challenge_account", "login_challenge", "account_id", "account"))
        .to_owned()
}

fn earlier_password() -> TableCreateStatement {
    Table::create()
        .table("earlier_password")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(string_len("password_hash", 255))
        .col(timestamp_with_time_zone("replaced_at"))
        .foreign_key(&mut reference("fk_earlier_password_account", "earlier_password", "account_id", "account"))
        .to_owned()
}

const TABLES: [&str; 6] =
    ["earlier_password", "login_challenge", "recovery_code", "second_factor", "password_reset", "invitation"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        replace_state(manager, ("ck_account_states", &STATES)).await?;
        for column in ["password_changed_at", "last_login_at"] {
            let column = timestamp_with_time_zone_null(column);
            manager.alter_table(Table::alter().table("account").add_column(column).to_owned()).await?;
        }
        for table in
            [invitation(), password_reset(), second_factor(), recovery_code(), login_challenge(), earlier_password()]
        {
            manager.create_table(table).await?;
        }
        for index in [
            one_open("uq_invitation_open", "invitation", "person_id", &["open"]),
            index("ix_invitation_account", "invitation", &["account_id"]),
            index("ix_invitation_unit", "invitation", &["unit_id", "id"]),
            index("ix_invitation_state", "invitation", &["state", "id"]),
            one_open("uq_password_reset_open", "password_reset", "account_id", &["requested", "issued"]),
            index("ix_password_reset_state", "password_reset", &["state", "id"]),
            index("ix_recovery_code_account", "recovery_code", &["account_id"]),
            index("ix_login_challenge_account", "login_challenge", &["account_id"]),
            index("ix_login_challenge_expires", "login_challenge", &["expires_at"]),
            index("ix_earlier_password_account", "earlier_password", &["account_id", "replaced_at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for column in ["password_changed_at", "last_login_at"] {
            manager.alter_table(Table::alter().table("account").drop_column(column).to_owned()).await?;
        }
        replace_state(manager, ("ck_account_state", &["active", "disabled"])).await
    }
}

//! Persons, accounts and their offices, sessions, refresh tokens, counted login attempts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A unique or plain index, with the condition of a partial one.
fn index(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

/// An account holds the same office over the same scope at most once at a time.
fn one_current(scope: &str, columns: &[&'static str]) -> IndexCreateStatement {
    index(&format!("uq_account_grant_{scope}"), "account_grant", columns)
        .unique()
        .and_where(Expr::col("ended_at").is_null().and(Expr::col("scope_kind").eq(scope)))
        .to_owned()
}

/// The columns of the scope that are filled are those of its kind.
fn scope_is_whole() -> Expr {
    let (unit, street) = (|| Expr::col("unit_id"), || Expr::col("street_code"));
    let of = |kind: &'static str| Expr::col("scope_kind").eq(kind);
    let association = of("association").and(unit().is_null()).and(street().is_null());
    let branch = of("branch").and(unit().is_null()).and(street().is_not_null());
    let of_unit = of("unit").and(unit().is_not_null()).and(street().is_null());
    association.or(branch).or(of_unit)
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let person = Table::create()
            .table("person")
            .col(uuid("id").primary_key())
            .col(string_len("name", 80))
            .col(string_len_null("phone", 20))
            .col(string_len_null("email", 254))
            .col(timestamp_with_time_zone("created_at"))
            .to_owned();
        let account = Table::create()
            .table("account")
            .col(uuid("id").primary_key())
            .col(uuid("person_id"))
            .col(string_len("username", 64))
            .col(string_len_uniq("username_key", 64))
            .col(string_len("password_hash", 255))
            .col(string_len("state", 40).check(("ck_account_state", Expr::col("state").is_in(["active", "disabled"]))))
            .col(boolean("must_change_password"))
            .col(integer("version").check(("ck_account_version", Expr::col("version").gt(0))))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .foreign_key(&mut reference("fk_account_person", ("account", "person_id"), "person"))
            .to_owned();
        let grant = Table::create()
            .table("account_grant")
            .col(uuid("id").primary_key())
            .col(uuid("account_id"))
            .col(string_len("role", 40))
            .col(string_len("scope_kind", 40))
            .col(uuid_null("unit_id"))
            .col(string_len_null("street_code", 20))
            .col(timestamp_with_time_zone("granted_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .check(("ck_account_grant_scope", scope_is_whole()))
            .foreign_key(&mut reference("fk_account_grant_account", ("account_grant", "account_id"), "account"))
            .to_owned();
        let session = Table::create()
            .table("session")
            .col(uuid("id").primary_key())
            .col(uuid("account_id"))
            .col(string_len_null("device_name", 80))
            .col(string_len_null("ip", 45))
            .col(text_null("user_agent"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("last_used_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .foreign_key(&mut reference("fk_session_account", ("session", "account_id"), "account"))
            .to_owned();
        let refresh_token = Table::create()
            .table("refresh_token")
            .col(uuid("id").primary_key())
            .col(uuid("session_id"))
            .col(string_len_uniq("hash", 80))
            .col(timestamp_with_time_zone("issued_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(timestamp_with_time_zone_null("used_at"))
            .col(uuid_null("successor_id").unique_key())
            .check(("ck_refresh_token_spent", Expr::col("used_at").is_null().eq(Expr::col("successor_id").is_null())))
            .foreign_key(&mut reference("fk_refresh_token_session", ("refresh_token", "session_id"), "session"))
            .to_owned();
        let login_throttle = Table::create()
            .table("login_throttle")
            .col(string_len("key", 80).primary_key())
            .col(timestamp_with_time_zone("window_started_at"))
            .col(integer("failures").check(("ck_login_throttle_failures", Expr::col("failures").gte(0))))
            .col(timestamp_with_time_zone_null("locked_until"))
            .to_owned();
        for table in [person, account, grant, session, refresh_token, login_throttle] {
            manager.create_table(table).await?;
        }
        for index in [
            index("ix_account_person", "account", &["person_id"]),
            index("ix_account_state", "account", &["state", "id"]),
            one_current("association", &["account_id", "role"]),
            one_current("branch", &["account_id", "role", "street_code"]),
            one_current("unit", &["account_id", "role", "unit_id"]),
            index("ix_account_grant_account", "account_grant", &["account_id", "granted_at"]),
            index("ix_account_grant_role", "account_grant", &["role", "account_id"]),
            index("ix_account_grant_unit", "account_grant", &["unit_id", "role"]),
            index("ix_session_account", "session", &["account_id", "created_at"]),
            index("ix_session_expires", "session", &["expires_at"]),
            index("ix_refresh_token_session", "refresh_token", &["session_id"]),
            index("ix_login_throttle_window", "login_throttle", &["window_started_at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["login_throttle", "refresh_token", "session", "account_grant", "account", "person"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

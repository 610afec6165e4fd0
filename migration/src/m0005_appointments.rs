//! Offices that persons are appointed to. Until now accounts held them; what they hold comes along.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const ADMINISTRATORS: [&str; 3] = ["system_administrator", "security_administrator", "audit_administrator"];
/// Representatives and liaisons are whom their units have filed (Article 25). Of one office of one person, and of
/// those with one holder, the eldest grant comes along.
const BROUGHT_ALONG: &str = "
    INSERT INTO appointment (id, person_id, role, scope_kind, unit_id, street_code, basis, since, version)
    SELECT g.id, a.person_id, g.role, g.scope_kind, g.unit_id, g.street_code, '原账号职务', g.granted_at, 1
    FROM account_grant g JOIN account a ON a.id = g.account_id
    WHERE g.ended_at IS NULL
      AND g.role NOT IN ('system_administrator', 'security_administrator', 'audit_administrator',
        'member_representative', 'member_liaison')
      AND NOT EXISTS (
        SELECT 1 FROM account_grant o JOIN account b ON b.id = o.account_id
        WHERE o.ended_at IS NULL AND o.id < g.id AND o.role = g.role
          AND (o.role IN ('president', 'secretary_general')
            OR (b.person_id = a.person_id AND o.scope_kind = g.scope_kind
              AND COALESCE(CAST(o.unit_id AS text), '') = COALESCE(CAST(g.unit_id AS text), '')
              AND COALESCE(o.street_code, '') = COALESCE(g.street_code, ''))))";

/// A person is appointed to the same office over the same scope at most once at a time.
fn one_current(scope: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("uq_appointment_{scope}")).table("appointment").unique();
    for column in columns {
        index.col(*column);
    }
    index.and_where(Expr::col("until").is_null().and(Expr::col("scope_kind").eq(scope)));
    index
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
        let appointment = Table::create()
            .table("appointment")
            .col(uuid("id").primary_key())
            .col(uuid("person_id"))
            .col(string_len("role", 40))
            .col(string_len("scope_kind", 40))
            .col(uuid_null("unit_id"))
            .col(string_len_null("street_code", 20))
            .col(string_len("basis", 200))
            .col(string_len_null("receipt_no", 40).unique_key())
            .col(timestamp_with_time_zone("since"))
            .col(timestamp_with_time_zone_null("until"))
            .col(string_len_null("ended_basis", 200))
            .col(integer("version").check(("ck_appointment_version", Expr::col("version").gt(0))))
            .check(("ck_appointment_scope", scope_is_whole()))
            .check((
                "ck_appointment_until",
                Expr::col("until").is_null().or(Expr::col("until").gte(Expr::col("since"))),
            ))
            .foreign_key(
                ForeignKey::create().name("fk_appointment_person").from("appointment", "person_id").to("person", "id"),
            )
            .foreign_key(
                ForeignKey::create().name("fk_appointment_unit").from("appointment", "unit_id").to("unit", "id"),
            )
            .to_owned();
        manager.create_table(appointment).await?;
        for index in [
            one_current("association", &["person_id", "role"]),
            one_current("branch", &["person_id", "role", "street_code"]),
            one_current("unit", &["person_id", "role", "unit_id"]),
        ] {
            manager.create_index(index).await?;
        }
        // Articles 12, 13: one president, one secretary-general.
        let mut one_holder = Index::create();
        one_holder.name("uq_appointment_one_holder").table("appointment").col("role").unique();
        let one = Expr::col("role").is_in(["president", "secretary_general"]);
        one_holder.and_where(Expr::col("until").is_null().and(one));
        manager.create_index(one_holder).await?;
        for (name, columns) in [
            ("ix_appointment_person", ["person_id", "since"]),
            ("ix_appointment_role", ["role", "id"]),
            ("ix_appointment_unit", ["unit_id", "id"]),
        ] {
            let mut index = Index::create();
            index.name(name).table("appointment");
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        bring_along(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What accounts held before and still hold is theirs again.
        let held =
            "UPDATE account_grant SET ended_at = NULL WHERE id IN (SELECT id FROM appointment WHERE until IS NULL)";
        manager.get_connection().execute_unprepared(held).await?;
        manager.drop_table(Table::drop().table("appointment").to_owned()).await
    }
}

async fn bring_along(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(BROUGHT_ALONG).await?;
    let ended = Query::update()
        .table("account_grant")
        .value("ended_at", Expr::current_timestamp())
        .and_where(Expr::col("ended_at").is_null())
        .and_where(Expr::col("role").is_not_in(ADMINISTRATORS))
        .to_owned();
    manager.execute(ended).await
}

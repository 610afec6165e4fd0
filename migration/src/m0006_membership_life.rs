//! How units come and go (Articles 8, 9): applications, times of membership, what a unit was called when, and
//! what became of it. Units that had only applied become applications.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const OPEN: [&str; 3] = ["applied", "returned_for_correction", "eligible"];
const TYPES: [&str; 8] =
    ["party_gov", "institution", "university", "soe", "private", "social_org", "military", "research"];
const LEVELS: [&str; 7] = ["central", "provincial", "municipal", "district", "street", "none", "military"];

/// A column that takes one of these words.
fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn to_unit(name: &'static str, table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(table, column).to("unit", "id").to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_application(manager).await?;
        create_membership_period(manager).await?;
        create_unit_version(manager).await?;
        create_unit_successor(manager).await?;
        let throttle = Table::create()
            .table("application_throttle")
            .col(string_len("key", 80).primary_key())
            .col(timestamp_with_time_zone("window_started_at"))
            .col(integer("attempts"))
            .to_owned();
        manager.create_table(throttle).await?;
        for statement in BROUGHT_ALONG {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        // A name is free again when its unit is gone: the parts of one that was split may take it.
        manager.drop_index(Index::drop().name("ux_unit_name_key").table("unit").to_owned()).await?;
        let mut living = index("ux_unit_name_key", "unit", &["name_key"]);
        manager.create_index(living.unique().and_where(Expr::col("status").eq("active")).to_owned()).await?;
        manager.create_index(index("ix_unit_name_key", "unit", &["name_key"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["application_throttle", "unit_successor", "unit_version", "membership_period", "application"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for name in ["ux_unit_name_key", "ix_unit_name_key"] {
            manager.drop_index(Index::drop().name(name).table("unit").to_owned()).await?;
        }
        // Every name was unique before, so the names of those that are gone give way.
        let gone = "UPDATE unit SET name_key = name_key || '#' || member_no WHERE status <> 'active'";
        manager.get_connection().execute_unprepared(gone).await?;
        let mut names = index("ux_unit_name_key", "unit", &["name_key"]);
        manager.create_index(names.unique().to_owned()).await
    }
}

async fn create_application(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let consented = ["consent_name", "consent_post", "consent_basis", "consent_on", "consent_via"];
    let all = consented.iter().fold(Expr::val(1).eq(1), |all, column| all.and(Expr::col(*column).is_not_null()));
    let none = consented.iter().fold(Expr::val(1).eq(1), |all, column| all.and(Expr::col(*column).is_null()));
    let decided = || Expr::col("status").is_in(["eligible", "admitted"]);
    let application = Table::create()
        .table("application")
        .col(uuid("id").primary_key())
        .col(string_len("number", 40).unique_key())
        .col(word(
            "status",
            "ck_application_status",
            &["applied", "returned_for_correction", "eligible", "admitted", "rejected", "withdrawn"],
        ))
        .col(word("origin", "ck_application_origin", &["self_applied", "nominated", "recommended"]))
        .col(uuid_null("recommended_by"))
        .col(string_len("name", 100))
        .col(text("name_key"))
        .col(word("unit_type", "ck_application_unit_type", &TYPES))
        .col(word("affiliation_level", "ck_application_affiliation_level", &LEVELS))
        .col(string_len_null("credit_code", 18))
        .col(text_null("credit_code_exempt_reason"))
        .col(string_len("street_code", 9))
        .col(text("zone_codes"))
        .col(string_len("address", 200))
        .col(string_len("party_org_name", 100))
        .col(string_len("party_org_kind", 40))
        .col(integer_null("party_member_count"))
        .col(uuid("contact_person_id"))
        .col(string_len("contact_name", 50))
        .col(string_len("contact_post", 50))
        .col(string_len_null("contact_phone_masked", 20))
        .col(string_len_null("consent_name", 50))
        .col(string_len_null("consent_post", 50))
        .col(string_len_null("consent_basis", 200))
        .col(date_null("consent_on"))
        .col(string_len_null("consent_via", 40))
        .col(string_len("tracking_hash", 80).unique_key())
        .col(text_null("correction"))
        .col(string_len_null("ineligibility", 40))
        .col(text_null("rejection"))
        .col(text_null("how_to_reapply"))
        .col(uuid_null("unit_id"))
        .col(date("applied_on"))
        .col(date_null("decided_on"))
        .col(integer("version").check(("ck_application_version", Expr::col("version").gt(0))))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        // Voluntariness: nothing is decided before the consent is on record, whole.
        .check(("ck_application_consent", all.clone().or(none)))
        .check(("ck_application_consented", decided().not().or(all)))
        .check((
            "ck_application_rejection",
            Expr::col("status").ne("rejected").or(Expr::col("ineligibility")
                .is_not_null()
                .and(Expr::col("rejection").is_not_null())
                .and(Expr::col("how_to_reapply").is_not_null())),
        ))
        .check(("ck_application_unit", Expr::col("status").ne("admitted").or(Expr::col("unit_id").is_not_null())))
        .check((
            "ck_application_recommended_by",
            Expr::col("origin").eq("recommended").eq(Expr::col("recommended_by").is_not_null()),
        ))
        .foreign_key(
            ForeignKey::create()
                .name("fk_application_contact")
                .from("application", "contact_person_id")
                .to("person", "id"),
        )
        .foreign_key(&mut to_unit("fk_application_unit", "application", "unit_id"))
        .foreign_key(&mut to_unit("fk_application_recommended_by", "application", "recommended_by"))
        .to_owned();
    manager.create_table(application).await?;
    for (name, column) in [("ux_application_credit_code", "credit_code"), ("ux_application_name_key", "name_key")] {
        // Nobody applies twice at a time.
        let mut open = index(name, "application", &[column]);
        manager.create_index(open.unique().and_where(Expr::col("status").is_in(OPEN)).to_owned()).await?;
    }
    for (name, column) in [
        ("ix_application_status", "status"),
        ("ix_application_origin", "origin"),
        ("ix_application_street", "street_code"),
        ("ix_application_recommended_by", "recommended_by"),
    ] {
        manager.create_index(index(name, "application", &[column, "id"])).await?;
    }
    Ok(())
}

async fn create_membership_period(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let ended = || Expr::col("left_on").is_not_null();
    let period = Table::create()
        .table("membership_period")
        .col(uuid("unit_id"))
        .col(integer("seq"))
        .col(date("joined_on"))
        .col(string_len_null("consent_basis", 200))
        .col(date_null("consent_on"))
        .col(uuid_null("application_id"))
        .col(date_null("left_on"))
        .col(string_len_null("ended_by", 40))
        .col(text_null("reason"))
        .col(date_null("evidence_on"))
        .col(string_len_null("receipt_no", 40).unique_key())
        .primary_key(Index::create().col("unit_id").col("seq"))
        .check((
            "ck_membership_period_ended_by",
            Expr::col("ended_by").is_null().or(Expr::col("ended_by").is_in([
                "withdrawal",
                "ceased",
                "moved_away",
                "merged",
                "split",
            ])),
        ))
        .check(("ck_membership_period_ended", ended().eq(Expr::col("ended_by").is_not_null())))
        .check(("ck_membership_period_order", ended().not().or(Expr::col("left_on").gte(Expr::col("joined_on")))))
        .foreign_key(&mut to_unit("fk_membership_period_unit", "membership_period", "unit_id"))
        .to_owned();
    manager.create_table(period).await?;
    let mut one = index("ux_membership_period_present", "membership_period", &["unit_id"]);
    manager.create_index(one.unique().and_where(Expr::col("left_on").is_null()).to_owned()).await
}

async fn create_unit_version(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let version = Table::create()
        .table("unit_version")
        .col(uuid("unit_id"))
        .col(integer("seq"))
        // First day included, last day excluded: a fact of one day that changed again holds on no day.
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .col(string_len("change", 40))
        .col(string_len_null("basis", 200))
        .col(string_len_null("receipt_no", 40))
        .col(string_len("member_no", 32))
        .col(string_len("name", 100))
        .col(text("name_key"))
        .col(string_len("unit_type", 40))
        .col(string_len("affiliation_level", 40))
        .col(string_len_null("credit_code", 18))
        .col(string_len("street_code", 9))
        .col(boolean("handles_issues"))
        .col(string_len("status", 40))
        .col(date_null("joined_on"))
        .primary_key(Index::create().col("unit_id").col("seq"))
        .check((
            "ck_unit_version_order",
            Expr::col("valid_to").is_null().or(Expr::col("valid_to").gte(Expr::col("valid_from"))),
        ))
        .foreign_key(&mut to_unit("fk_unit_version_unit", "unit_version", "unit_id"))
        .to_owned();
    manager.create_table(version).await?;
    let mut one = index("ux_unit_version_present", "unit_version", &["unit_id"]);
    manager.create_index(one.unique().and_where(Expr::col("valid_to").is_null()).to_owned()).await?;
    // The list of a past day runs by member number; former names are looked for by themselves.
    manager.create_index(index("ix_unit_version_member_no", "unit_version", &["member_no", "valid_from"])).await?;
    for (name, column) in [
        ("ix_unit_version_status", "status"),
        ("ix_unit_version_unit_type", "unit_type"),
        ("ix_unit_version_affiliation_level", "affiliation_level"),
        ("ix_unit_version_street_code", "street_code"),
        ("ix_unit_version_handles_issues", "handles_issues"),
    ] {
        manager.create_index(index(name, "unit_version", &[column, "member_no", "valid_from"])).await?;
    }
    let mut former = index("ix_unit_version_former_name", "unit_version", &["name_key", "unit_id"]);
    manager.create_index(former.and_where(Expr::col("valid_to").is_not_null()).to_owned()).await
}

async fn create_unit_successor(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let successor = Table::create()
        .table("unit_successor")
        .col(uuid("unit_id"))
        .col(uuid("successor_id"))
        .col(word("reform", "ck_unit_successor_reform", &["merger", "split"]))
        .col(date("since"))
        .col(string_len("basis", 200))
        .primary_key(Index::create().col("unit_id").col("successor_id"))
        .check(("ck_unit_successor_other", Expr::col("unit_id").ne(Expr::col("successor_id"))))
        .foreign_key(&mut to_unit("fk_unit_successor_unit", "unit_successor", "unit_id"))
        .foreign_key(&mut to_unit("fk_unit_successor_successor", "unit_successor", "successor_id"))
        .to_owned();
    manager.create_table(successor).await?;
    manager.create_index(index("ix_unit_successor_successor", "unit_successor", &["successor_id"])).await
}

/// Units that had only applied become applications under their old ids, with the number that they bore; nobody
/// has a tracking code for them. Members get the time of membership and the one state that is known of them.
const BROUGHT_ALONG: [&str; 7] = [
    "INSERT INTO application (id, number, status, origin, name, name_key, unit_type, affiliation_level, credit_code,
        credit_code_exempt_reason, street_code, zone_codes, address, party_org_name, party_org_kind,
        party_member_count, contact_person_id, contact_name, contact_post, tracking_hash, applied_on,
        version, created_at, updated_at)
     SELECT u.id, 'RH-' || u.member_no, 'applied', 'self_applied', u.name, u.name_key, u.unit_type,
        u.affiliation_level, u.credit_code, u.credit_code_exempt_reason, u.street_code, u.zone_codes, u.address,
        u.party_org_name, u.party_org_kind, u.party_member_count, p.id, p.name, c.post,
        'none:' || u.member_no, u.applied_on, 1, u.created_at, u.updated_at
     FROM unit u JOIN unit_contact c ON c.unit_id = u.id AND c.kind = 'representative' AND c.until IS NULL
     JOIN person p ON p.id = c.person_id WHERE u.status = 'applied'",
    "DELETE FROM unit_contact WHERE unit_id IN (SELECT id FROM unit WHERE status = 'applied')",
    "DELETE FROM unit WHERE status = 'applied'",
    "INSERT INTO membership_period (unit_id, seq, joined_on, left_on, ended_by)
     SELECT id, 1, joined_on, withdrawn_on, CASE WHEN withdrawn_on IS NULL THEN NULL ELSE 'withdrawal' END
     FROM unit WHERE joined_on IS NOT NULL",
    "INSERT INTO unit_version (unit_id, seq, valid_from, valid_to, change, member_no, name, name_key, unit_type,
        affiliation_level, credit_code, street_code, handles_issues, status, joined_on)
     SELECT id, 1, joined_on, withdrawn_on, 'joined', member_no, name, name_key, unit_type, affiliation_level,
        credit_code, street_code, handles_issues, 'active', joined_on
     FROM unit WHERE joined_on IS NOT NULL",
    "INSERT INTO unit_version (unit_id, seq, valid_from, change, member_no, name, name_key, unit_type,
        affiliation_level, credit_code, street_code, handles_issues, status, joined_on)
     SELECT id, 2, withdrawn_on, 'withdrew', member_no, name, name_key, unit_type, affiliation_level, credit_code,
        street_code, handles_issues, status, joined_on
     FROM unit WHERE withdrawn_on IS NOT NULL",
    // Whoever spoke for a unit that has left speaks for it no more.
    "UPDATE unit_contact SET until = CASE WHEN since > (SELECT u.updated_at FROM unit u WHERE u.id = unit_id)
        THEN since ELSE (SELECT u.updated_at FROM unit u WHERE u.id = unit_id) END
     WHERE until IS NULL AND unit_id IN (SELECT id FROM unit WHERE status <> 'active')",
];

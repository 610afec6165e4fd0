//! Street branches (Article 18): who presides and for how long, the year's work by the eight duties, what members
//! need, the mass organisations.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::constraint;
use crate::parts::{create_indexes, reference, version, word};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const MODES: [&str; 3] = ["single", "dual", "dual_rotating"];
const CHANGES: [&str; 2] = ["skip", "swap"];
const CHANGE_STATUSES: [&str; 4] = ["open", "applied", "declined", "lapsed"];
const DUTIES: [&str; 8] = [
    "grass_roots",
    "resources",
    "service_institutions",
    "member_needs",
    "mass_organisations",
    "joint_activities",
    "key_projects",
    "other",
];
const WORK_STATUSES: [&str; 3] = ["planned", "done", "dropped"];
const NEED_STATUSES: [&str; 5] = ["reported", "accepted", "met", "declined", "withdrawn"];
const ORGANISATIONS: [&str; 4] = ["trade_union", "youth_league", "womens_federation", "other"];

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: [(&str, &[&str]); 10] = [
    ("branch_leadership", &["body_id", "valid_from", "id"]),
    ("branch_term", &["unit_id", "id"]),
    ("branch_rotation_change", &["body_id", "id"]),
    ("branch_rotation_change", &["status", "id"]),
    ("branch_work_item", &["body_id", "year", "id"]),
    ("branch_work_item", &["status", "id"]),
    ("branch_need", &["body_id", "id"]),
    ("branch_need", &["unit_id", "id"]),
    ("branch_need", &["status", "id"]),
    ("mass_organisation", &["body_id", "id"]),
];

fn after_beginning() -> SimpleExpr {
    Expr::col("valid_until").is_null().or(Expr::col("valid_until").gt(Expr::col("valid_from")))
}

fn leadership() -> TableCreateStatement {
    let rotates = Expr::col("mode").eq("dual_rotating").eq(Expr::col("period_months").is_not_null());
    Table::create()
        .table("branch_leadership")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(word("mode", "ck_branch_leadership_mode", &MODES))
        .col(date("valid_from"))
        .col(integer_null("period_months"))
        .col(text("unit_order"))
        .col(string_len("basis", 200))
        .col(uuid_null("consultation_id").unique_key())
        .col(uuid_null("set_by"))
        .col(timestamp_with_time_zone("set_at"))
        .check(("ck_branch_leadership_period", rotates))
        .foreign_key(&mut reference("fk_branch_leadership_body", ("branch_leadership", "body_id"), "body"))
        .foreign_key(&mut reference(
            "fk_branch_leadership_consultation",
            ("branch_leadership", "consultation_id"),
            "consultation",
        ))
        .to_owned()
}

fn term() -> TableCreateStatement {
    let reported = Expr::col("report").is_null().eq(Expr::col("reported_at").is_null());
    Table::create()
        .table("branch_term")
        .col(uuid("id").primary_key())
        .col(uuid("leadership_id"))
        .col(uuid("body_id"))
        .col(integer("position"))
        .col(uuid("unit_id"))
        .col(date("valid_from"))
        .col(date_null("valid_until"))
        .col(text_null("report"))
        .col(uuid_null("reported_by"))
        .col(timestamp_with_time_zone_null("reported_at"))
        .col(version("ck_branch_term_version"))
        .check(("ck_branch_term_interval", after_beginning()))
        .check(("ck_branch_term_report", reported))
        .foreign_key(&mut reference("fk_branch_term_leadership", ("branch_term", "leadership_id"), "branch_leadership"))
        .foreign_key(&mut reference("fk_branch_term_body", ("branch_term", "body_id"), "body"))
        .foreign_key(&mut reference("fk_branch_term_unit", ("branch_term", "unit_id"), "unit"))
        .to_owned()
}

/// The terms that it is about may be laid anew meanwhile: they are named, not referred to.
fn rotation_change() -> TableCreateStatement {
    let swaps = Expr::col("kind").eq("swap").eq(Expr::col("other_term_id").is_not_null());
    let ended = Expr::col("status").eq("open").eq(Expr::col("ended_at").is_null());
    Table::create()
        .table("branch_rotation_change")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(word("kind", "ck_branch_rotation_change_kind", &CHANGES))
        .col(uuid("term_id"))
        .col(uuid_null("other_term_id"))
        .col(uuid("unit_id"))
        .col(uuid_null("other_unit_id"))
        .col(string_len("reason", 500))
        .col(word("status", "ck_branch_rotation_change_status", &CHANGE_STATUSES))
        .col(string_len_null("decline_reason", 500))
        .col(uuid_null("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(version("ck_branch_rotation_change_version"))
        .check(("ck_branch_rotation_change_swap", swaps))
        .check(("ck_branch_rotation_change_ended", ended))
        .foreign_key(&mut reference("fk_branch_rotation_change_body", ("branch_rotation_change", "body_id"), "body"))
        .foreign_key(&mut reference("fk_branch_rotation_change_unit", ("branch_rotation_change", "unit_id"), "unit"))
        .to_owned()
}

fn rotation_consent() -> TableCreateStatement {
    Table::create()
        .table("branch_rotation_consent")
        .col(uuid("change_id"))
        .col(string_len("party", 50))
        .col(uuid_null("given_by"))
        .col(timestamp_with_time_zone("given_at"))
        .primary_key(Index::create().col("change_id").col("party"))
        .foreign_key(&mut reference(
            "fk_branch_rotation_consent",
            ("branch_rotation_consent", "change_id"),
            "branch_rotation_change",
        ))
        .to_owned()
}

fn work_item() -> TableCreateStatement {
    let done =
        Expr::col("status").ne("done").or(Expr::col("evidence").is_not_null().and(Expr::col("done_on").is_not_null()));
    let dropped = Expr::col("status").ne("dropped").or(Expr::col("reason").is_not_null());
    Table::create()
        .table("branch_work_item")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(integer("year"))
        .col(word("duty", "ck_branch_work_item_duty", &DUTIES))
        .col(string_len("title", 200))
        .col(text_null("detail"))
        .col(date_null("due_on"))
        .col(word("status", "ck_branch_work_item_status", &WORK_STATUSES))
        .col(text_null("evidence"))
        .col(date_null("done_on"))
        .col(string_len_null("reason", 500))
        .col(uuid_null("planned_by"))
        .col(timestamp_with_time_zone("planned_at"))
        .col(version("ck_branch_work_item_version"))
        .check(("ck_branch_work_item_done", done))
        .check(("ck_branch_work_item_dropped", dropped))
        .foreign_key(&mut reference("fk_branch_work_item_body", ("branch_work_item", "body_id"), "body"))
        .to_owned()
}

fn need() -> TableCreateStatement {
    let met = Expr::col("status").ne("met").or(Expr::col("result").is_not_null());
    Table::create()
        .table("branch_need")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(uuid("unit_id"))
        .col(string_len("category", 40))
        .col(string_len("title", 100))
        .col(text("detail"))
        .col(word("status", "ck_branch_need_status", &NEED_STATUSES))
        .col(text_null("result"))
        .col(string_len_null("reason", 500))
        .col(uuid_null("reported_by"))
        .col(timestamp_with_time_zone("reported_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(version("ck_branch_need_version"))
        .check(("ck_branch_need_met", met))
        .foreign_key(&mut reference("fk_branch_need_body", ("branch_need", "body_id"), "body"))
        .foreign_key(&mut reference("fk_branch_need_unit", ("branch_need", "unit_id"), "unit"))
        .to_owned()
}

fn mass_organisation() -> TableCreateStatement {
    Table::create()
        .table("mass_organisation")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(word("kind", "ck_mass_organisation_kind", &ORGANISATIONS))
        .col(string_len("name", 100))
        .col(string_len_null("support", 1000))
        .col(date("valid_from"))
        .col(date_null("valid_until"))
        .col(version("ck_mass_organisation_version"))
        .check(("ck_mass_organisation_interval", after_beginning()))
        .foreign_key(&mut reference("fk_mass_organisation_body", ("mass_organisation", "body_id"), "body"))
        .to_owned()
}

const RESTS_ON_ONE: &str =
    "(\"post_id\" IS NULL AND \"person_id\" IS NOT NULL) OR (\"post_id\" IS NOT NULL AND \"person_id\" IS NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The president of a member unit is whoever represents the unit: that office rests on no one person.
        let rests_on = format!(
            "{RESTS_ON_ONE} OR (\"kind\" = 'branch_co_president' AND \"unit_id\" IS NOT NULL AND \"post_id\" IS NULL)"
        );
        constraint::replace(manager, "office_tenure", "ck_office_tenure_rests_on_one", &rests_on).await?;
        let tables =
            [leadership(), term(), rotation_change(), rotation_consent(), work_item(), need(), mass_organisation()];
        for table in tables {
            manager.create_table(table).await?;
        }
        create_indexes(manager, &INDEXES).await?;
        // No two terms of a branch begin on one day.
        let mut one = Index::create();
        one.name("ux_branch_term_from").table("branch_term").unique().col("body_id").col("valid_from");
        manager.create_index(one).await?;
        // Of one name there is one in a branch, among those that are there.
        let mut one = Index::create();
        one.name("ux_mass_organisation_name").table("mass_organisation").unique().col("body_id").col("name");
        one.and_where(Expr::col("valid_until").is_null());
        manager.create_index(one).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "mass_organisation",
            "branch_need",
            "branch_work_item",
            "branch_rotation_consent",
            "branch_rotation_change",
            "branch_term",
            "branch_leadership",
        ];
        for table in tables {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        // Those who preside for a unit are not known before.
        let gone = Query::delete()
            .from_table("office_tenure")
            .and_where(Expr::col("post_id").is_null())
            .and_where(Expr::col("person_id").is_null())
            .to_owned();
        manager.execute(gone).await?;
        constraint::replace(manager, "office_tenure", "ck_office_tenure_rests_on_one", RESTS_ON_ONE).await
    }
}

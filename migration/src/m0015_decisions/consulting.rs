//! Consultation (Article 13) and two-key consent (Articles 17 and 18).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use super::{MATTERS, reference, version, word};

pub(super) fn consultation() -> TableCreateStatement {
    Table::create()
        .table("consultation")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(word("matter", "ck_consultation_matter", &MATTERS))
        .col(string_len("subject", 200))
        .col(boolean("silence_consents"))
        .col(word("status", "ck_consultation_status", &["open", "consensus", "not_reached", "withdrawn"]))
        .col(integer("round_no").check(("ck_consultation_round", Expr::col("round_no").gt(0))))
        .col(uuid_null("opened_by"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string_len_null("withdraw_reason", 500))
        .col(text_null("arithmetic"))
        .col(version("ck_consultation_version"))
        .check(("ck_consultation_ended", Expr::col("status").eq("open").or(Expr::col("ended_at").is_not_null())))
        .foreign_key(&mut reference("fk_consultation_body", ("consultation", "body_id"), "body"))
        .to_owned()
}

/// Who must be heard, as it was when the consultation was opened.
pub(super) fn consultation_party() -> TableCreateStatement {
    Table::create()
        .table("consultation_party")
        .col(uuid("consultation_id"))
        .col(string_len("key", 60))
        .col(uuid_null("unit_id"))
        .col(uuid_null("post_id"))
        .col(uuid_null("person_id"))
        .col(string_len("name", 200))
        .primary_key(Index::create().name("pk_consultation_party").col("consultation_id").col("key"))
        .foreign_key(&mut reference("fk_consultation_party", ("consultation_party", "consultation_id"), "consultation"))
        .to_owned()
}

pub(super) fn consultation_round() -> TableCreateStatement {
    Table::create()
        .table("consultation_round")
        .col(uuid("consultation_id"))
        .col(integer("round_no"))
        .col(text("text"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(date("due_on"))
        .primary_key(Index::create().name("pk_consultation_round").col("consultation_id").col("round_no"))
        .foreign_key(&mut reference("fk_consultation_round", ("consultation_round", "consultation_id"), "consultation"))
        .to_owned()
}

pub(super) fn consultation_statement() -> TableCreateStatement {
    Table::create()
        .table("consultation_statement")
        .col(uuid("id").primary_key())
        .col(uuid("consultation_id"))
        .col(integer("round_no"))
        .col(string_len("party_key", 60))
        .col(word("position", "ck_statement_position", &["support", "support_with_comments", "object"]))
        .col(string_len_null("text", 2000))
        .col(uuid_null("stated_by"))
        .col(timestamp_with_time_zone("stated_at"))
        .check(("ck_statement_text", Expr::col("position").eq("support").or(Expr::col("text").is_not_null())))
        .foreign_key(&mut reference(
            "fk_consultation_statement",
            ("consultation_statement", "consultation_id"),
            "consultation",
        ))
        .to_owned()
}

pub(super) fn consultation_confirmation() -> TableCreateStatement {
    Table::create()
        .table("consultation_confirmation")
        .col(uuid("consultation_id"))
        .col(string_len("party_key", 60))
        .col(uuid_null("confirmed_by"))
        .col(timestamp_with_time_zone("confirmed_at"))
        .primary_key(Index::create().name("pk_consultation_confirmation").col("consultation_id").col("party_key"))
        .foreign_key(&mut reference(
            "fk_consultation_confirmation",
            ("consultation_confirmation", "consultation_id"),
            "consultation",
        ))
        .to_owned()
}

pub(super) fn consent() -> TableCreateStatement {
    Table::create()
        .table("joint_consent")
        .col(uuid("id").primary_key())
        .col(uuid("body_id"))
        .col(string_len("subject", 200))
        .col(text("text"))
        .col(word("status", "ck_joint_consent_status", &["open", "agreed", "declined", "withdrawn"]))
        .col(uuid_null("opened_by"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(date("due_on"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string_len_null("withdraw_reason", 500))
        .col(version("ck_joint_consent_version"))
        .check(("ck_joint_consent_ended", Expr::col("status").eq("open").or(Expr::col("ended_at").is_not_null())))
        .foreign_key(&mut reference("fk_joint_consent_body", ("joint_consent", "body_id"), "body"))
        .to_owned()
}

/// One key, one signature; a unique index sees to it that nobody turns both.
pub(super) fn consent_signature() -> TableCreateStatement {
    Table::create()
        .table("joint_consent_signature")
        .col(uuid("consent_id"))
        .col(string_len("key", 60))
        .col(uuid("person_id"))
        .col(string_len("name", 200))
        .col(boolean("agrees"))
        .col(string_len_null("reason", 500))
        .col(timestamp_with_time_zone("signed_at"))
        .primary_key(Index::create().name("pk_joint_consent_signature").col("consent_id").col("key"))
        .check(("ck_joint_consent_signature_reason", Expr::col("agrees").or(Expr::col("reason").is_not_null())))
        .foreign_key(&mut reference(
            "fk_joint_consent_signature",
            ("joint_consent_signature", "consent_id"),
            "joint_consent",
        ))
        .foreign_key(&mut reference(
            "fk_joint_consent_signature_person",
            ("joint_consent_signature", "person_id"),
            "person",
        ))
        .to_owned()
}

//! Votes (Articles 11 to 13): ballots, candidates, rolls, votes of open ballots, urns of secret ones.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [ballot(), ballot_candidate(), ballot_elector(), ballot_mark(), ballot_urn()] {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            manager.create_index(index(format!("ix_{table}_{}", columns.join("_")), table, columns)).await?;
        }
        for index in unique_indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["ballot_urn", "ballot_mark", "ballot_elector", "ballot_candidate", "ballot"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Lists are filtered by what stands first and ordered by what follows.
const INDEXES: &[(&str, &[&str])] = &[
    ("ballot", &["meeting_id", "id"]),
    ("ballot", &["agenda_item_id", "id"]),
    ("ballot", &["body_id", "id"]),
    ("ballot", &["status", "id"]),
    ("ballot_candidate", &["ballot_id", "position"]),
    ("ballot_mark", &["ballot_id", "candidate_id"]),
];

fn index(name: String, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn unique_indexes() -> Vec<IndexCreateStatement> {
    // What is being voted on, or has been decided, is voted on once in a round.
    let mut one = index("ux_ballot_item".to_owned(), "ballot", &["agenda_item_id", "round"]);
    let decided = Expr::col("outcome").is_in(["carried", "not_carried"]);
    one.unique().and_where(Expr::col("status").eq("open").or(decided));
    let mut stands = index("ux_ballot_candidate_unit".to_owned(), "ballot_candidate", &["ballot_id", "unit_id"]);
    stands.unique();
    let mut person = index("ux_ballot_candidate_person".to_owned(), "ballot_candidate", &["ballot_id", "person_id"]);
    person.unique();
    vec![one, stands, person]
}

fn word(name: &'static str, constraint: &'static str, words: &[&'static str]) -> ColumnDef {
    let mut column = string_len(name, 40);
    column.check((constraint, Expr::col(name).is_in(words.iter().copied())));
    column
}

fn reference(name: &str, from: (&'static str, &'static str), to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(from.0, from.1).to(to, "id").to_owned()
}

fn ballot() -> TableCreateStatement {
    let outcome = Expr::col("outcome").is_in(["carried", "not_carried", "no_quorum"]);
    let is_closed = Expr::col("outcome").is_not_null().and(Expr::col("result").is_not_null());
    let has_opened = Expr::col("rules").is_not_null().and(Expr::col("opened_at").is_not_null());
    Table::create()
        .table("ballot")
        .col(uuid("id").primary_key())
        .col(uuid("meeting_id"))
        .col(uuid("agenda_item_id"))
        .col(uuid("body_id"))
        .col(string_len("matter", 40))
        .col(word("kind", "ck_ballot_kind", &["motion", "election"]))
        .col(word("secrecy", "ck_ballot_secrecy", &["open", "secret"]))
        .col(integer("round").check(("ck_ballot_round", Expr::col("round").gt(0))))
        .col(uuid_null("previous_id"))
        .col(string_len("title", 200))
        .col(text_null("motion"))
        .col(integer("seats").check(("ck_ballot_seats", Expr::col("seats").gte(0))))
        .col(word("status", "ck_ballot_status", &["draft", "open", "closed", "voided"]))
        .col(string_len_null("outcome", 40).check(("ck_ballot_outcome", Expr::col("outcome").is_null().or(outcome))))
        .col(text_null("rules"))
        .col(integer_null("electors"))
        .col(integer_null("present"))
        .col(text_null("result"))
        .col(uuid_null("drafted_by"))
        .col(timestamp_with_time_zone("drafted_at"))
        .col(uuid_null("opened_by"))
        .col(timestamp_with_time_zone_null("opened_at"))
        .col(uuid_null("ended_by"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(string_len_null("void_reason", 500))
        .col(integer("version").check(("ck_ballot_version", Expr::col("version").gt(0))))
        .check(("ck_ballot_closed", Expr::col("status").ne("closed").or(is_closed)))
        .check(("ck_ballot_opened", Expr::col("status").is_in(["draft", "voided"]).or(has_opened)))
        .check(("ck_ballot_voided", Expr::col("status").ne("voided").or(Expr::col("void_reason").is_not_null())))
        .check(("ck_ballot_run_off", Expr::col("round").eq(1).or(Expr::col("previous_id").is_not_null())))
        .foreign_key(&mut reference("fk_ballot_meeting", ("ballot", "meeting_id"), "meeting"))
        .foreign_key(&mut reference("fk_ballot_item", ("ballot", "agenda_item_id"), "agenda_item"))
        .foreign_key(&mut reference("fk_ballot_body", ("ballot", "body_id"), "body"))
        .foreign_key(&mut reference("fk_ballot_previous", ("ballot", "previous_id"), "ballot"))
        .to_owned()
}

fn ballot_candidate() -> TableCreateStatement {
    let one = Expr::col("unit_id").is_null().ne(Expr::col("person_id").is_null());
    let consent = Expr::col("consent_basis").is_null().eq(Expr::col("consented_on").is_null());
    Table::create()
        .table("ballot_candidate")
        .col(uuid("id").primary_key())
        .col(uuid("ballot_id"))
        .col(integer("position"))
        .col(uuid_null("unit_id"))
        .col(uuid_null("person_id"))
        .col(string_len("name", 100))
        .col(string_len_null("consent_basis", 200))
        .col(date_null("consented_on"))
        .check(("ck_ballot_candidate_one", one))
        .check(("ck_ballot_candidate_consent", consent))
        .foreign_key(&mut reference("fk_ballot_candidate_ballot", ("ballot_candidate", "ballot_id"), "ballot"))
        .foreign_key(&mut reference("fk_ballot_candidate_unit", ("ballot_candidate", "unit_id"), "unit"))
        .foreign_key(&mut reference("fk_ballot_candidate_person", ("ballot_candidate", "person_id"), "person"))
        .to_owned()
}

/// One voice, one row, one vote. Of a secret ballot it says that the voice has voted and no more.
fn ballot_elector() -> TableCreateStatement {
    let choice = Expr::col("choice").is_in(["for", "against", "abstain"]);
    let voted = Expr::col("voted_at").is_not_null();
    Table::create()
        .table("ballot_elector")
        .col(uuid("ballot_id"))
        .col(string_len("elector_key", 60))
        .col(uuid_null("unit_id"))
        .col(uuid_null("post_id"))
        .col(uuid_null("person_id"))
        .col(string_len("name", 100))
        .col(boolean("present"))
        .col(timestamp_with_time_zone_null("voted_at"))
        .col(uuid_null("voted_by"))
        .col(string_len_null("receipt", 40))
        .col(
            string_len_null("choice", 40).check(("ck_ballot_elector_choice", Expr::col("choice").is_null().or(choice))),
        )
        .primary_key(Index::create().col("ballot_id").col("elector_key"))
        .check(("ck_ballot_elector_voted", Expr::col("choice").is_null().or(voted)))
        .foreign_key(&mut reference("fk_ballot_elector_ballot", ("ballot_elector", "ballot_id"), "ballot"))
        .to_owned()
}

/// Of open elections alone.
fn ballot_mark() -> TableCreateStatement {
    let candidate = ("ballot_mark", "candidate_id");
    Table::create()
        .table("ballot_mark")
        .col(uuid("ballot_id"))
        .col(string_len("elector_key", 60))
        .col(uuid("candidate_id"))
        .primary_key(Index::create().col("ballot_id").col("elector_key").col("candidate_id"))
        .foreign_key(&mut reference("fk_ballot_mark_candidate", candidate, "ballot_candidate"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_ballot_mark_elector")
                .from("ballot_mark", ("ballot_id", "elector_key"))
                .to("ballot_elector", ("ballot_id", "elector_key")),
        )
        .to_owned()
}

/// Sealed running counts while a secret ballot is open, gone with its closing.
fn ballot_urn() -> TableCreateStatement {
    Table::create()
        .table("ballot_urn")
        .col(uuid("ballot_id").primary_key())
        .col(text("counts"))
        .foreign_key(&mut reference("fk_ballot_urn_ballot", ("ballot_urn", "ballot_id"), "ballot"))
        .to_owned()
}

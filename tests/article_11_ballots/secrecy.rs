//! A secret vote leaves nothing that tells whose it was: not in a table, in no order that a table can be read in, not in the
//! audit trail, not in what is kept for an Idempotency-Key.

use std::collections::HashMap;

use gongjian_testkit::{App, is_postgres};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;

use super::{Voter, hall};

const CHOICES: [&str; 9] = ["for", "against", "for", "abstain", "against", "for", "for", "abstain", "against"];

async fn column(app: &App, sql: String) -> Vec<Option<String>> {
    let db = app.store().db.reader();
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Every column of the table, and those that the database itself keeps of a row.
async fn columns(app: &App, table: &str) -> Vec<String> {
    let (named, own) = if is_postgres() {
        let all = format!("SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}'");
        (all, ["ctid", "xmin", "xmax", "cmin"].as_slice())
    } else {
        (format!("SELECT name FROM pragma_table_info('{table}')"), ["rowid"].as_slice())
    };
    let named = column(app, named).await.into_iter().flatten();
    named.chain(own.iter().map(|&name| name.to_owned())).collect()
}

/// Which values are equal, said by where each was first seen.
fn pattern<T: std::hash::Hash + Eq>(values: &[T]) -> Vec<usize> {
    let mut seen = HashMap::new();
    values.iter().enumerate().map(|(at, value)| *seen.entry(value).or_insert(at)).collect()
}

/// The columns whose values are equal exactly where the choices of the voters are: each of them tells how everybody voted.
async fn tells(app: &App, rows: usize) -> Vec<String> {
    // In every table that has a row for each vote, in the order of the votes.
    let order = if is_postgres() { "ctid" } else { "rowid" };
    let tables = [
        ("ballot_elector", "voted_at IS NOT NULL", "receipt_order"),
        ("audit_event", "kind = 'ballot.vote_cast'", "seq"),
        ("standing_line", "kind = 'voted'", "id"),
        ("idempotency_key", "1 = 1", order),
    ];
    let mut told = Vec::new();
    for (table, which, by) in tables {
        // The roll is sorted by key, as the units were filed, which is the order in which they vote.
        let by = if by == "receipt_order" { "elector_key" } else { by };
        for name in columns(app, table).await {
            let value = if is_postgres() { format!("\"{name}\"::text") } else { format!("hex(\"{name}\")") };
            let values = column(app, format!("SELECT {value} FROM {table} WHERE {which} ORDER BY {by}")).await;
            assert_eq!(values.len(), rows, "{table} has a row for each vote");
            if pattern(&values) == pattern(&CHOICES[..rows]) {
                told.push(format!("{table}.{name}"));
            }
        }
    }
    told
}

/// All vote, each with an Idempotency-Key; what tells of it afterwards.
async fn cast(secrecy: &str) -> (super::Hall, gongjian_testkit::Thing, Vec<String>) {
    let mut hall = hall(CHOICES.len(), CHOICES.len()).await;
    hall.units.sort_by_key(|unit| unit.id);
    let ballot = hall.opened(hall.motion(secrecy)).await;
    hall.sql("DELETE FROM idempotency_key").await.unwrap();
    let mut lengths = Vec::new();
    for (n, (unit, choice)) in hall.units.iter().zip(CHOICES).enumerate() {
        hall.passes(chrono::Duration::seconds(1));
        let path = format!("/v1/ballots/{}/votes", ballot.id());
        let vote = hall.representative_of(unit).await.post(&path, json!({ "choice": choice })).key(&format!("k{n}"));
        vote.await.is(201);
        lengths.extend(column(&hall.app, "SELECT counts FROM ballot_urn".to_owned()).await.into_iter().flatten());
    }
    if secrecy == "secret" {
        assert_eq!((lengths.len(), pattern(&lengths).last()), (CHOICES.len(), Some(&8)), "sealed anew each time");
        assert!(lengths.iter().all(|sealed| sealed.len() == lengths[0].len()), "and always as long");
    }
    let closed = hall.closed(&ballot).await;
    let told = tells(&hall.app, CHOICES.len()).await;
    (hall, closed, told)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_that_is_kept_of_a_secret_vote_tells_whose_it_was() {
    let (hall, closed, told) = cast("secret").await;
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(closed["result"]["count"], json!({ "for": 4, "against": 3, "abstain": 2 }));
    for empty in ["ballot_urn", "ballot_mark", "ballot_elector WHERE choice IS NOT NULL"] {
        assert_eq!(hall.count(&format!("SELECT count(*) FROM {empty}")).await, 0, "{empty}");
    }
    let voices = hall.office.roll_of(&closed).await;
    assert!(voices.iter().all(|voice| voice["voted"] == true && voice["choice"].is_null()));
    let events = column(&hall.app, "SELECT data FROM audit_event WHERE kind = 'ballot.vote_cast'".to_owned()).await;
    assert!(events.iter().flatten().all(|data| CHOICES.iter().all(|choice| !data.contains(&format!("\"{choice}\"")))));
    for answer in column(&hall.app, "SELECT answer FROM idempotency_key".to_owned()).await.into_iter().flatten() {
        assert!(CHOICES.iter().all(|choice| !answer.contains(&format!("\\\"{choice}\\\""))), "{answer}");
    }
}

/// The same look at an open vote finds it, so that the look above is worth something.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_open_vote_is_found_by_the_same_look() {
    let (_, _, told) = cast("open").await;
    for column in ["ballot_elector.choice", "idempotency_key.fingerprint"] {
        assert!(told.iter().any(|one| one == column), "{column} is not among {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_secret_vote_has_a_receipt_that_does_not_say_how() {
    let hall = hall(6, 6).await;
    let ballot = hall.opened(hall.motion("secret")).await;
    let unit = &hall.units[0];
    let first = hall.votes(unit, &ballot, "for").await.created();
    assert_eq!((&first["choice"], &first["candidate_ids"]), (&json!(null), &json!([])));
    // Whether it is the same vote nobody can say; the receipt is, and the vote stays.
    for choice in ["for", "against"] {
        assert_eq!(hall.votes(unit, &ballot, choice).await.ok().body, first.body);
    }
    let voter = hall.representative_of(unit).await;
    assert_eq!(voter.get(&format!("/v1/ballots/{}/receipts", ballot.id())).await.ok()["receipts"], json!([first.body]));
    for (unit, choice) in hall.units[1..].iter().zip(["for", "for", "for", "against", "abstain"]) {
        hall.votes(unit, &ballot, choice).await.is(201);
    }
    let closed = hall.closed(&ballot).await;
    assert_eq!(closed["result"]["count"], json!({ "for": 4, "against": 1, "abstain": 1 }));
    let book = voter.get(&format!("/v1/units/{}/standing?year=2026", unit.id)).await.ok();
    let lines = book["lines"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["kind"] == "voted"), "the passbook tells that the unit took part");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_secret_takes_many_to_keep() {
    let hall = hall(6, 4).await;
    let draft = hall.drafted(hall.motion("secret")).await;
    let refused = hall.office.does("open", &draft).await;
    assert_eq!(refused.refused(409, "ballot_too_few_for_secrecy").body["article"], 11);
    hall.comes(&hall.units[4]).await;
    hall.comes(&hall.units[5]).await;
    let ballot = hall.office.does("open", &draft).await.ok();
    for unit in &hall.units[..4] {
        hall.votes(unit, &ballot, "for").await.is(201);
    }
    let closed = hall.closed(&ballot).await;
    let result = &closed["result"];
    assert_eq!((&closed["outcome"], &result["withheld"]), (&json!("carried"), &json!(true)));
    assert_eq!((&result["count"], &result["majority"]), (&json!(null), &json!(null)), "four votes would tell too much");
    assert!(!hall.office.get(&format!("/v1/ballots/{}", closed.id())).await.body.to_string().contains("4 > 6"));
    let told = "SELECT count(*) FROM audit_event WHERE kind = 'ballot.closed' AND data LIKE '%\"for\"%'";
    assert_eq!(hall.count(told).await, 0, "nor does the audit trail");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_voided_secret_vote_is_gone() {
    let hall = hall(5, 5).await;
    let ballot = hall.opened(hall.motion("secret")).await;
    hall.votes(&hall.units[0], &ballot, "for").await.is(201);
    let voided = hall.office.does("void", &hall.now(&ballot).await).await.ok();
    assert_eq!((&voided["result"], hall.count("SELECT count(*) FROM ballot_urn").await), (&json!(null), 0));
    hall.votes(&hall.units[0], &ballot, "for").await.refused(409, "ballot_state");
    hall.opened(hall.motion("secret")).await;
}

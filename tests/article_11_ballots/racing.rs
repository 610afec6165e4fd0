//! Votes race with the closing and with each other.

use std::time::Instant;

use futures_util::future::join_all;
use gongjian_testkit::{Persona, Thing, is_postgres};
use serde_json::json;

use super::{Hall, Voter, hall};

async fn representatives(hall: &Hall) -> Vec<Persona> {
    let mut all = Vec::new();
    for unit in &hall.units {
        let representative = hall.representative_of(unit).await;
        representative.token().await.unwrap();
        all.push(representative);
    }
    all
}

/// Everybody votes over two instances while the vote is being closed.
async fn race(secrecy: &str) {
    let hall = hall(40, 40).await;
    let second = hall.another_instance();
    let ballot = hall.opened(hall.motion(secrecy)).await;
    let voters = representatives(&hall).await;
    hall.office.token().await.unwrap();
    let votes = voters.iter().enumerate().map(|(n, voter)| {
        let (voter, ballot) = (if n % 2 == 0 { voter.clone() } else { voter.on(&second) }, &ballot);
        async move {
            tokio::time::sleep(std::time::Duration::from_millis(5 * n as u64)).await;
            voter.casts(ballot, json!({ "choice": if n % 3 == 0 { "against" } else { "for" } })).await.status
        }
    });
    let closing = async {
        while hall.now(&ballot).await["voted"].as_u64().unwrap() < 10 {}
        hall.office.on(&second).does("close", &ballot).await.ok()
    };
    let (answers, closed) = futures_util::future::join(join_all(votes), closing).await;
    let accepted = answers.iter().filter(|status| **status == 201).count();
    assert!(answers.iter().all(|status| [201, 409].contains(status)), "{answers:?}");
    let count = &closed["result"]["count"];
    let of = |choice: &str| count[choice].as_u64().unwrap();
    assert_eq!((of("for") + of("against")) as usize, accepted, "each 201 is counted, each 409 is not");
    let against = answers.iter().enumerate().filter(|(n, status)| n % 3 == 0 && **status == 201).count();
    assert_eq!(of("against") as usize, against);
    assert_eq!(hall.now(&closed).await["voted"], json!(accepted));
    assert!(accepted >= 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn each_accepted_vote_is_counted_and_each_refused_one_is_not() {
    race("open").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn and_so_it_is_with_secret_votes() {
    race("secret").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_who_vote_for_one_unit_at_once_cast_one_vote() {
    let hall = hall(5, 5).await;
    let second = hall.another_instance();
    let ballot = hall.opened(hall.motion("open")).await;
    let voter = hall.representative_of(&hall.units[0]).await;
    let votes: Vec<_> = (0..8)
        .map(|n| {
            let voter = if n % 2 == 0 { voter.clone() } else { voter.on(&second) };
            let (ballot, choice) = (&ballot, if n % 2 == 0 { "for" } else { "against" });
            async move { (choice, voter.casts(ballot, json!({ "choice": choice })).await) }
        })
        .collect();
    let answers = join_all(votes).await;
    let made: Vec<&str> = answers.iter().filter(|(_, reply)| reply.status == 201).map(|(choice, _)| *choice).collect();
    assert_eq!(made.len(), 1);
    for (choice, reply) in &answers {
        let expected = if *choice == made[0] { [200, 201] } else { [409, 409] };
        assert!(expected.contains(&reply.status), "{choice} after {}: {}", made[0], reply.status);
    }
    assert_eq!(hall.closed(&ballot).await["result"]["voted"], 1);
}

/// A measurement, not a rule of the charter: a thousand units vote within a minute.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
#[ignore = "takes a minute; run it by name"]
#[expect(clippy::print_stdout, reason = "a measurement tells its figure")]
async fn a_thousand_units_vote_within_a_minute() {
    for secrecy in ["open", "secret"] {
        let hall = hall(1000, 1000).await;
        let ballot = hall.opened(hall.motion(secrecy)).await;
        let voters = representatives(&hall).await;
        let started = Instant::now();
        let votes = voters.chunks(25).map(|some| vote_one_after_another(some, &ballot));
        let answers: Vec<u16> = join_all(votes).await.into_iter().flatten().collect();
        let took = started.elapsed();
        println!("1,000 {secrecy} votes in {took:.2?} (PostgreSQL: {})", is_postgres());
        assert!(answers.iter().all(|status| *status == 201) && answers.len() == 1000);
        assert!(took.as_secs() < 60);
        assert_eq!(hall.closed(&ballot).await["result"]["count"]["for"], 1000);
    }
}

async fn vote_one_after_another(voters: &[Persona], ballot: &Thing) -> Vec<u16> {
    let mut answers = Vec::new();
    for voter in voters {
        answers.push(voter.casts(ballot, json!({ "choice": "for" })).await.status);
    }
    answers
}

/// The same for counting: a roll beyond any association is counted within a second.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
#[expect(clippy::print_stdout, reason = "a measurement tells its figure")]
async fn a_hundred_thousand_votes_are_counted_within_a_second() {
    let hall = hall(3, 3).await;
    let ballot = hall.opened(hall.motion("open")).await;
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)";
    let votes = format!(
        "INSERT INTO ballot_elector (ballot_id, elector_key, name, present, voted_at, choice) {numbers} \
         SELECT b.id, 'unit:' || i, 'u', true, b.opened_at, CASE WHEN i % 4 = 0 THEN 'against' ELSE 'for' END FROM n, ballot b"
    );
    let votes = if is_postgres() {
        votes.replace(numbers, "").replace("FROM n, ballot b", "FROM generate_series(1, 100000) AS n(i), ballot b")
    } else {
        votes
    };
    hall.sql(&votes).await.unwrap();
    let now = hall.now(&ballot).await;
    assert_eq!(now["voted"], 100_000);
    let started = Instant::now();
    let closed = hall.office.does("close", &now).await.ok();
    let took = started.elapsed();
    println!("100,000 votes counted in {took:.2?} (PostgreSQL: {})", is_postgres());
    assert_eq!(closed["result"]["count"], json!({ "for": 75_000, "against": 25_000, "abstain": 0 }));
    assert!(took.as_millis() < 1000, "{took:?}");
}

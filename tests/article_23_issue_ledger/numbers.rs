//! 「一事一号」: no gap, no duplicate, whatever happens at once.

use std::collections::BTreeSet;

use futures_util::StreamExt as _;
use futures_util::stream;
use gongjian_testkit::{App, Thing, difficulty, path_of};
use serde_json::json;

const ALL_AT_ONCE: usize = 100;

fn serial(number: &str) -> u32 {
    number.rsplit('-').next().unwrap().parse().unwrap()
}

/// Every tenth registration fails after its number was taken: two calls race for one version.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_thousand_registrations_leave_no_gap_and_no_duplicate() {
    let app = App::start().await;
    let cast = app.cast().await;
    let twin = app.another_instance();
    let one = async |n: usize| -> Option<String> {
        let (rep, office) = match n % 2 {
            0 => (cast.representative.clone(), cast.office.clone()),
            _ => (cast.representative.on(&twin), cast.office.on(&twin)),
        };
        if n % 10 == 9 {
            let mut bad = difficulty();
            bad["street_code"] = json!("no street");
            rep.submits(bad).await.is(422);
            return None;
        }
        let issue = rep.submits(difficulty()).await.created();
        if n % 10 == 8 {
            let bad = json!({ "kind": "nothing" });
            office.acts(&issue, "register", bad).await.is(422);
            let pair = futures_util::future::join(office.registers(&issue), office.registers(&issue)).await;
            let (first, second) = (pair.0.status, pair.1.status);
            assert!([(200, 412), (412, 200)].contains(&(first, second)), "{first} {second}");
            let done = if first == 200 { pair.0.ok() } else { pair.1.ok() };
            return Some(done.text("ledger_no").to_owned());
        }
        Some(office.registers(&issue).await.ok().text("ledger_no").to_owned())
    };
    let numbers: Vec<Option<String>> = stream::iter(0..1000).map(one).buffer_unordered(ALL_AT_ONCE).collect().await;
    let given: Vec<u32> = numbers.into_iter().flatten().map(|number| serial(&number)).collect();
    let once: BTreeSet<u32> = given.iter().copied().collect();
    assert_eq!((given.len(), once.len()), (900, 900));
    assert_eq!((once.first(), once.last()), (Some(&1), Some(&900)));
    assert_eq!(app.count("SELECT count(DISTINCT intake_no) FROM issue").await, 900);
    let last = cast.submitted().await;
    assert_eq!((last.text("intake_no"), &last["ledger_no"]), ("SL-2026-0901", &json!(null)));
    assert!(matches!(app.audit().await, gongjian_kernel::audit::Verdict::Whole { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_series_begins_again_at_midnight_in_shanghai() {
    let app = App::start().await;
    let cast = app.cast().await;
    app.at("2026-12-31 23:59");
    let waiting = cast.submitted().await;
    assert_eq!(cast.registered().await["ledger_no"], "YJ-2026-0001");
    app.at("2027-01-01 00:00");
    assert_eq!(cast.office.registers(&waiting).await.ok()["ledger_no"], "YJ-2027-0001");
    assert_eq!(cast.submitted().await["intake_no"], "SL-2027-0001");
    assert_eq!(cast.registered().await["ledger_no"], "YJ-2027-0002");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_a_hundred_conflicting_acts_one_wins() {
    let app = App::start().await;
    let cast = app.cast().await;
    let twin = app.another_instance();
    let issue = cast.submitted().await;
    let act = async |n: usize| {
        let office = if n.is_multiple_of(2) { cast.office.clone() } else { cast.office.on(&twin) };
        if n.is_multiple_of(3) { office.rejects(&issue).await } else { office.registers(&issue).await }
    };
    let answers: Vec<_> = stream::iter(0..ALL_AT_ONCE).map(act).buffer_unordered(ALL_AT_ONCE).collect().await;
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    let lost = answers.iter().filter(|answer| [409, 412].contains(&answer.status)).count();
    assert_eq!((won, lost), (1, ALL_AT_ONCE - 1), "{:?}", answers.iter().map(|a| a.status).collect::<BTreeSet<_>>());
    let told = cast.office.events_of(&issue).await;
    assert_eq!(told.len(), 2, "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobodys_note_is_lost() {
    let app = App::start().await;
    let cast = app.cast().await;
    let issue = cast.signed().await;
    let writer = async |n: usize| {
        for note in 0..5 {
            loop {
                let seen: Thing = cast.handler.reads(&issue).await.ok();
                let answer = cast.handler.reports(&seen, &format!("{n}/{note}")).await;
                match answer.status {
                    200 => break,
                    // Too many at once: nothing was written, and the writer comes again.
                    503 => answer.refused(503, "service_unavailable"),
                    _ => answer.refused(412, "version_mismatch"),
                };
            }
        }
    };
    futures_util::future::join_all((0..10).map(writer)).await;
    let notes = cast.handler.get(&format!("{}?limit=200", path_of(issue.id(), "notes"))).await.rows();
    let texts: BTreeSet<_> = notes.iter().map(|note| note["text"].as_str().unwrap()).collect();
    assert_eq!((notes.len(), texts.len()), (50, 50));
    let seen = cast.handler.reads(&issue).await.ok();
    assert_eq!(seen["version"].as_i64().unwrap(), issue["version"].as_i64().unwrap() + 50);
}

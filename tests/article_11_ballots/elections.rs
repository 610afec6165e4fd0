//! Elections (Article 12): candidates who have consented, as many choices as seats, a majority, run-offs.

use gongjian_testkit::{Reply, TestUnit, Thing};
use serde_json::{Value, json};

use super::{Hall, Voter, hall};

/// The candidates of the ballot, by their units.
fn ids(ballot: &Thing, units: &[&TestUnit]) -> Vec<Value> {
    let candidates = ballot["candidates"].as_array().unwrap();
    let id = |unit: &&TestUnit| {
        candidates.iter().find(|one| one["unit_id"] == json!(unit.id)).map_or(Value::Null, |one| one["id"].clone())
    };
    units.iter().map(id).collect()
}

async fn chooses(hall: &Hall, voter: &TestUnit, ballot: &Thing, chosen: &[&TestUnit]) -> Reply {
    let vote = json!({ "candidate_ids": ids(ballot, chosen) });
    hall.representative_of(voter).await.casts(ballot, vote).await
}

fn elected(ballot: &Thing) -> Vec<&str> {
    let all = ballot["result"]["candidates"].as_array().unwrap();
    all.iter().filter(|one| one["elected"] == true).map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn most_votes_win_and_a_tie_is_voted_on_again() {
    let hall = hall(6, 6).await;
    let [a, b, c, d, ..] = hall.units.as_slice() else { panic!() };
    let ballot = hall.opened(hall.election("open", 2, &[a, b, c, d])).await;
    assert_eq!((&ballot["election_form"], &ballot["seats"]), (&json!("contested"), &json!(2)));
    let votes = [vec![a, b], vec![a, c], vec![a, b], vec![a, c], vec![b, c], vec![b, c]];
    for (voter, chosen) in hall.units.iter().zip(&votes) {
        chooses(&hall, voter, &ballot, chosen).await.is(201);
    }
    let closed = hall.closed(&ballot).await;
    // Four each for all three: nobody is before another.
    assert_eq!((elected(&closed).len(), &closed["result"]["unfilled"]), (0, &json!(2)));
    assert_eq!(closed["outcome"], "not_carried");
    assert!(closed.allows("run_off"));
    let second = hall.office.does("run-off", &closed).await.created();
    assert_eq!((&second["round"], &second["previous_id"], &second["seats"]), (&json!(2), &closed["id"], &json!(2)));
    assert_eq!(second["candidates"].as_array().unwrap().len(), 3, "those who tied");
    hall.office.does("run-off", &closed).await.refused(409, "ballot_no_run_off");
    let path = format!("/v1/ballots/{}", second.id());
    for (changed, at) in [(json!({ "seats": 3 }), "#/seats"), (json!({ "candidates": [] }), "#/candidates")] {
        let refused = hall.office.patch(&path, changed).seen(&second).await;
        assert!(refused.has_fault(at, "not_allowed"), "who stands follows from the first round");
    }
    let second = hall.office.does("open", &second).await.ok();
    for (voter, chosen) in hall.units.iter().zip([vec![a, b], vec![a, b], vec![a, b], vec![a, c], vec![b], vec![]]) {
        chooses(&hall, voter, &second, &chosen).await.is(201);
    }
    let done = hall.closed(&second).await;
    assert_eq!((elected(&done), &done["outcome"]), (vec![a.name.as_str(), b.name.as_str()], &json!("carried")));
    let first = &done["result"]["candidates"][0];
    assert_eq!((&first["votes"], &first["majority"]["formula_en"]), (&json!(4), &json!("4 > 6 × 1/2? yes")));
    hall.office.does("run-off", &done).await.refused(409, "ballot_no_run_off");
    let roll = hall.office.roll_of(&done).await;
    let chosen = |unit: &TestUnit| {
        let voice = roll.iter().find(|voice| voice["unit_id"] == json!(unit.id)).unwrap();
        voice["candidate_ids"].as_array().unwrap().len()
    };
    assert_eq!((chosen(&hall.units[0]), chosen(&hall.units[4]), chosen(&hall.units[5])), (2, 1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn without_the_majority_a_seat_stays_open_for_the_next() {
    let hall = hall(6, 6).await;
    let [a, b, ..] = hall.units.as_slice() else { panic!() };
    let ballot = hall.opened(hall.election("secret", 2, &[a, b])).await;
    assert_eq!(ballot["election_form"], "equal");
    for (voter, chosen) in hall.units.iter().zip([vec![a], vec![a, b], vec![a, b], vec![a, b], vec![a], vec![]]) {
        let receipt = chooses(&hall, voter, &ballot, &chosen).await.created();
        assert_eq!(receipt["candidate_ids"], json!([]), "of a secret vote a receipt names nobody");
    }
    let closed = hall.closed(&ballot).await;
    assert_eq!((elected(&closed), &closed["result"]["unfilled"]), (vec![a.name.as_str()], &json!(1)));
    let missed = &closed["result"]["candidates"][1];
    assert_eq!((&missed["votes"], &missed["majority"]["formula_en"]), (&json!(3), &json!("3 > 6 × 1/2? no")));
    let next = hall.office.does("run-off", &closed).await.created();
    assert_eq!((&next["seats"], &next["candidates"][0]["name"]), (&json!(1), &json!(b.name)));
    assert_eq!(hall.count("SELECT count(*) FROM ballot_mark").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_stands_without_consent_or_twice_and_seats_have_candidates() {
    let hall = hall(3, 3).await;
    let [a, b, c] = hall.units.as_slice() else { panic!() };
    let mut silent = hall.election("open", 1, &[a, b]);
    silent["candidates"][1].as_object_mut().unwrap().remove("consent");
    let draft = hall.drafted(silent).await;
    let refused = hall.office.does("open", &draft).await;
    assert_eq!(refused.refused(409, "ballot_without_consent").body["article"], 12);
    let url = format!("/v1/ballots/{}", draft.id());
    let few = hall.office.patch(&url, json!({ "seats": 3 })).seen(&draft).await.ok();
    assert_eq!(hall.office.does("open", &few).await.refused(409, "ballot_candidates_wanted").body["article"], 12);
    let with = hall.election("open", 1, &[a, b])["candidates"].clone();
    let change = json!({ "seats": 1, "candidates": with });
    let ready = hall.office.patch(&url, change).seen(&few).await.ok();
    let ballot = hall.office.does("open", &ready).await.ok();
    let path = format!("/v1/ballots/{}/votes", ballot.id());
    let voter = hall.representative_of(c).await;
    for wrong in [ids(&ballot, &[a, b]), vec![json!(c.id)]] {
        voter.post(&path, json!({ "candidate_ids": wrong })).await.refused(422, "validation_failed");
    }
    voter.post(&path, json!({ "choice": "for" })).await.refused(422, "validation_failed");
    chooses(&hall, c, &ballot, &[a]).await.is(201);
    chooses(&hall, c, &ballot, &[b]).await.refused(409, "ballot_voted_already");
    chooses(&hall, c, &ballot, &[a]).await.is(200);

    let twice = hall.office.post("/v1/ballots", hall.election("open", 1, &[a, a])).await;
    assert!(twice.has_fault("#/candidates/1/unit_id", "duplicate"), "{:?}", twice.faults());
    let mut unknown = hall.election("open", 1, &[a, b]);
    unknown["candidates"][0]["unit_id"] = json!(draft.id());
    unknown["candidates"][1]["consent"]["consented_on"] = json!("2026-12-01");
    let unknown = hall.office.post("/v1/ballots", unknown).await;
    assert!(unknown.has_fault("#/candidates/0/unit_id", "unknown_candidate"), "{:?}", unknown.faults());
    assert!(unknown.has_fault("#/candidates/1/consent/consented_on", "in_future"), "{:?}", unknown.faults());
}

//! One unit, one vote, cast by whoever speaks for it at that instant.

use gongjian_governance::body::GENERAL_MEETING;
use gongjian_testkit::Persona;
use serde_json::json;

use super::{Voter, hall};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_same_vote_again_is_the_same_receipt_and_another_one_a_conflict() {
    let hall = hall(3, 3).await;
    let ballot = hall.opened(hall.motion("open")).await;
    let unit = &hall.units[0];
    let first = hall.votes(unit, &ballot, "for").await.created();
    assert_eq!((&first["choice"], &first["elector"]), (&json!("for"), &json!(format!("unit:{}", unit.id))));
    let again = hall.votes(unit, &ballot, "for").await.ok();
    assert_eq!(again.body, first.body, "the same receipt");
    let other = hall.votes(unit, &ballot, "against").await;
    assert_eq!(other.refused(409, "ballot_voted_already").body["article"], 11);
    let representative = hall.representative_of(unit).await;
    let receipts = representative.get(&format!("/v1/ballots/{}/receipts", ballot.id())).await.ok();
    assert_eq!(receipts["receipts"], json!([first.body]));
    let keyed = |choice: &str, key: &str| {
        let path = format!("/v1/ballots/{}/votes", ballot.id());
        representative.post(&path, json!({ "choice": choice })).key(key)
    };
    keyed("for", "k1").await.is(200);
    keyed("against", "k1").await.refused(422, "idempotency_key_reused");
    let closed = hall.closed(&ballot).await;
    assert_eq!(closed["result"]["count"], json!({ "for": 1, "against": 0, "abstain": 0 }));
    // Whoever asks after the closing learns that the vote was counted.
    assert_eq!(hall.votes(unit, &ballot, "for").await.ok().body, first.body);
    let late = hall.votes(&hall.units[1], &ballot, "for").await;
    assert_eq!(late.refused(409, "ballot_state").body["article"], 11);
    let told =
        format!("SELECT count(*) FROM audit_event WHERE kind = 'ballot.vote_cast' AND data LIKE '%{}%'", unit.id);
    assert_eq!(hall.count(&told).await, 1, "one vote, one event");
    assert_eq!(
        hall.count("SELECT count(*) FROM audit_event WHERE data LIKE '%\"for\"%' AND kind = 'ballot.vote_cast'").await,
        0
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_vote_is_a_right_used_and_the_passbook_tells_that_it_was_cast() {
    let hall = hall(3, 3).await;
    let ballot = hall.opened(hall.motion("open")).await;
    hall.votes(&hall.units[0], &ballot, "against").await.is(201);
    let representative = hall.representative_of(&hall.units[0]).await;
    let book = representative.get(&format!("/v1/units/{}/standing?year=2026", hall.units[0].id)).await.ok();
    let line = book["lines"].as_array().unwrap().iter().find(|line| line["kind"] == "voted").unwrap();
    assert_eq!((&line["side"], &line["title"]), (&json!("right"), &ballot["title"]));
    let source = representative.get(line["source"]["path"].as_str().unwrap()).await.ok();
    assert_eq!(source["id"], ballot["id"]);
    assert!(!book.body.to_string().contains("against"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_liaison_never_votes() {
    let hall = hall(3, 3).await;
    let ballot = hall.opened(hall.motion("open")).await;
    let liaison = hall.liaison_of(&hall.units[0]).await;
    let refused = liaison.casts(&ballot, json!({ "choice": "for" })).await;
    assert_eq!(refused.refused(403, "ballot_not_speaker").body["article"], 25);
    let named = json!({ "choice": "for", "elector": format!("unit:{}", hall.units[0].id) });
    liaison.casts(&ballot, named).await.refused(403, "ballot_not_speaker");
    assert!(!liaison.get(&format!("/v1/ballots/{}", ballot.id())).await.ok().allows("vote"));
    hall.votes(&hall.units[0], &ballot, "for").await.is(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn who_is_not_there_does_not_vote() {
    let hall = hall(6, 4).await;
    let late = hall.comes(&hall.units[4]).await;
    let ballot = hall.opened(hall.motion("open")).await;
    hall.goes(&late).await;
    let gone = hall.votes(&hall.units[4], &ballot, "for").await;
    assert_eq!(gone.refused(409, "ballot_not_present").body["article"], 11);
    hall.comes(&hall.units[5]).await;
    hall.votes(&hall.units[5], &ballot, "for").await.refused(409, "ballot_not_present");
    let newcomer = hall.member_unit("迟来的研究院").await;
    hall.comes(&newcomer).await;
    hall.votes(&newcomer, &ballot, "for").await.refused(403, "ballot_not_on_roll");
    assert_eq!(hall.now(&ballot).await["voted"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn who_has_left_the_association_votes_no_more() {
    let hall = hall(4, 4).await;
    let ballot = hall.opened(hall.motion("open")).await;
    let unit = &hall.units[3];
    let representative = hall.representative_of(unit).await;
    hall.at("2026-11-20 10:05");
    let path = format!("/v1/units/{}", unit.id);
    let seen = representative.get(&path).await.ok();
    representative.post(&format!("{path}/withdraw"), json!({ "reason": "单位外迁。" })).seen(&seen).await.is(200);
    let vote = json!({ "choice": "for", "elector": format!("unit:{}", unit.id) });
    let refused = representative.casts(&ballot, vote).await;
    assert_eq!(refused.refused(409, "ballot_unit_left").body["article"], 9);
    for unit in &hall.units[..3] {
        hall.votes(unit, &ballot, "for").await.is(201);
    }
    assert_eq!(hall.closed(&ballot).await["result"]["majority"]["formula_en"], "3 > 4 × 1/2? yes", "the base stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_change_of_representative_neither_loses_nor_doubles_the_vote() {
    let hall = hall(4, 4).await;
    let ballot = hall.opened(hall.motion("open")).await;
    hall.at("2026-11-20 10:05");
    let succeed = async |n: usize| -> (Persona, Persona) {
        let unit = &hall.units[n];
        let before = hall.representative_of(unit).await;
        before.token().await.unwrap();
        let path = format!("/v1/units/{}", unit.id);
        let seen = before.get(&path).await.ok();
        let next = json!({ "name": "赵强", "post": "党组织书记", "event_on": "2026-11-20" });
        before.post(&format!("{path}/representative"), next).seen(&seen).await.is(200);
        let role = gongjian_identity::Role::MemberRepresentative;
        let name = format!("next.{n}");
        let after = Persona::open(&hall.app, &name, &[(role, gongjian_kernel::Scope::Unit(unit.id))], false).await;
        (before, after)
    };
    let of = |n: usize, choice: &str| json!({ "choice": choice, "elector": format!("unit:{}", hall.units[n].id) });
    // One has voted before, the other has not.
    let voted = hall.votes(&hall.units[0], &ballot, "for").await.created();
    let (old, new) = succeed(0).await;
    old.casts(&ballot, of(0, "for")).await.refused(403, "ballot_not_speaker");
    new.casts(&ballot, of(0, "against")).await.refused(409, "ballot_voted_already");
    assert_eq!(new.casts(&ballot, of(0, "for")).await.ok().body, voted.body, "it is the unit's vote");
    let (old, new) = succeed(1).await;
    let refused = old.casts(&ballot, of(1, "for")).await;
    assert_eq!(refused.refused(403, "ballot_not_speaker").body["article"], 25);
    new.casts(&ballot, json!({ "choice": "against" })).await.is(201);
    assert_eq!(hall.closed(&ballot).await["result"]["count"], json!({ "for": 1, "against": 1, "abstain": 0 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn strangers_find_nothing_and_bad_votes_are_told_to_voters_alone() {
    let hall = hall(3, 3).await;
    let ballot = hall.opened(hall.motion("open")).await;
    let path = format!("/v1/ballots/{}/votes", ballot.id());
    let representative = hall.representative_of(&hall.units[0]).await;
    for bad in [
        json!({}),
        json!({ "choice": "maybe" }),
        json!({ "choice": "for", "candidate_ids": [] }),
        json!({ "candidate_ids": [] }),
        json!({ "choice": "for", "why": "好" }),
    ] {
        representative.post(&path, bad.clone()).await.refused(422, "validation_failed");
        hall.administrator().await.post(&path, bad).await.refused(404, "ballot_not_found");
    }
    let elsewhere = json!({ "choice": "for", "elector": "unit:0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01" });
    representative.post(&path, elsewhere).await.refused(403, "ballot_not_on_roll");
    let other = json!({ "choice": "for", "elector": format!("unit:{}", hall.units[1].id) });
    representative.post(&path, other).await.refused(403, "ballot_not_speaker");
    hall.administrator().await.casts(&ballot, json!({ "choice": "for" })).await.refused(404, "ballot_not_found");
    hall.anonymous().post(&path, json!({ "choice": "for" })).await.is(401);
    hall.office.casts(&ballot, json!({ "choice": "for" })).await.refused(403, "ballot_not_on_roll");
    for what in ["", "/roll", "/receipts"] {
        let url = format!("/v1/ballots/{}{what}", ballot.id());
        hall.administrator().await.get(&url).await.refused(404, "ballot_not_found");
        representative.get(&url).await.is(200);
    }
    let list = format!("/v1/ballots?status=open&body_id={GENERAL_MEETING}");
    assert_eq!(representative.get(&list).await.rows().len(), 1);
    assert!(representative.get("/v1/ballots?status=closed").await.rows().is_empty());
    hall.administrator().await.get(&list).await.refused(403, "forbidden");
}

//! The arithmetic of a vote, shown.

use gongjian_testkit::Thing;
use serde_json::{Value, json};

use super::{Hall, Voter, hall};

/// So many vote for, against, abstain; the others are silent.
async fn vote(hall: &Hall, secrecy: &str, [yes, no, abstain]: [usize; 3]) -> Thing {
    let ballot = hall.opened(hall.motion(secrecy)).await;
    let choices = [("for", yes), ("against", no), ("abstain", abstain)];
    let choices = choices.into_iter().flat_map(|(choice, times)| std::iter::repeat_n(choice, times));
    for (unit, choice) in hall.units.iter().zip(choices) {
        hall.votes(unit, &ballot, choice).await.is(201);
    }
    hall.closed(&ballot).await
}

async fn policy(hall: &Hall, patch: Value) {
    let administrator = hall.administrator().await;
    let now = administrator.get("/v1/policies/voting").await.ok();
    administrator.patch("/v1/policies/voting", patch).seen(&now).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn forty_two_of_eighty_four_is_not_more_than_half() {
    let hall = hall(84, 84).await;
    let closed = vote(&hall, "open", [42, 42, 0]).await;
    assert_eq!((&closed["outcome"], &closed["status"]), (&json!("not_carried"), &json!("closed")));
    let majority = &closed["result"]["majority"];
    assert_eq!(majority["formula_en"], "42 > 84 × 1/2? no");
    assert_eq!((&majority["formula_zh"], &majority["name_zh"]), (&json!("42 > 84 × 1/2？否"), &json!("实到过半数")));
    assert_eq!((&majority["base"], &majority["base_count"]), (&json!("present"), &json!(84)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn half_or_more_is_another_rule_than_more_than_half() {
    let hall = hall(4, 4).await;
    policy(&hall, json!({ "majority": "half_or_more_of_present" })).await;
    let closed = vote(&hall, "open", [2, 2, 0]).await;
    assert_eq!(closed["outcome"], "carried");
    assert_eq!(closed["result"]["majority"]["formula_en"], "2 ≥ 4 × 1/2? yes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn silence_is_neither_abstention_nor_against() {
    let hall = hall(7, 6).await;
    let closed = vote(&hall, "open", [3, 1, 1]).await;
    let result = &closed["result"];
    assert_eq!(result["count"], json!({ "for": 3, "against": 1, "abstain": 1 }));
    assert_eq!((&result["voted"], &result["silent"]), (&json!(5), &json!(1)), "one present said nothing");
    assert_eq!((&closed["electors"], &closed["present"]), (&json!(7), &json!(6)));
    assert_eq!(
        (&closed["outcome"], &result["majority"]["formula_en"]),
        (&json!("not_carried"), &json!("3 > 6 × 1/2? no"))
    );
    let quorum = &result["quorum_at_opening"];
    assert_eq!((&quorum["formula_en"], &quorum["base"]), (&json!("6 ≥ 7 × 2/3? yes"), &json!("all_electors")));

    let roll = hall.office.roll_of(&closed).await;
    let told: Vec<(bool, bool, Value)> = hall
        .units
        .iter()
        .map(|unit| {
            let voice = roll.iter().find(|voice| voice["unit_id"] == json!(unit.id)).unwrap();
            (voice["present"] == true, voice["voted"] == true, voice["choice"].clone())
        })
        .collect();
    assert_eq!(told[4], (true, true, json!("abstain")));
    assert_eq!(told[5], (true, false, Value::Null), "silent");
    assert_eq!(told[6], (false, false, Value::Null), "not there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_rule_is_the_one_of_the_opening() {
    let hall = hall(4, 4).await;
    let ballot = hall.opened(hall.motion("open")).await;
    policy(&hall, json!({ "majority": "half_or_more_of_present", "quorum": "over_half_of_electors" })).await;
    for (unit, choice) in hall.units.iter().zip(["for", "for", "against", "against"]) {
        hall.votes(unit, &ballot, choice).await.is(201);
    }
    let closed = hall.closed(&ballot).await;
    assert_eq!(
        (&closed["outcome"], &closed["majority"]["code"]),
        (&json!("not_carried"), &json!("over_half_of_present"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_quorum_that_is_lost_in_the_meantime_voids_the_vote() {
    let hall = hall(6, 3).await;
    let mut there = Vec::new();
    for unit in &hall.units[3..] {
        there.push(hall.comes(unit).await);
    }
    let ballot = hall.opened(hall.motion("open")).await;
    for unit in &hall.units {
        hall.votes(unit, &ballot, "for").await.is(201);
    }
    for attendance in &there {
        hall.goes(attendance).await;
    }
    let closed = hall.closed(&ballot).await;
    let result = &closed["result"];
    assert_eq!(
        (&closed["outcome"], &result["count"], &result["majority"]),
        (&json!("no_quorum"), &Value::Null, &Value::Null)
    );
    assert_eq!(result["quorum_at_closing"]["formula_en"], "3 ≥ 6 × 2/3? no");
    assert!(hall.office.roll_of(&closed).await.iter().all(|voice| voice["choice"].is_null()), "nothing was decided");
    // The item may be voted on again, once they are back.
    for unit in &hall.units[3..] {
        hall.comes(unit).await;
    }
    hall.opened(hall.motion("open")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_charter_takes_two_thirds_and_a_policy_holds_together() {
    let hall = hall(3, 3).await;
    let administrator = hall.administrator().await;
    let now = administrator.get("/v1/policies/voting").await.ok();
    let own = &now["matters"][0];
    assert_eq!((&own["matter"], &own["majority"]), (&json!("charter_amendment"), &json!("two_thirds_of_present")));
    assert_eq!((&now["version"], &now["secret_minimum"]), (&json!(0), &json!(5)));
    let wrong = json!({ "quorum": "over_half_of_present", "majority": "none", "secret_minimum": 1 });
    let refused = administrator.patch("/v1/policies/voting", wrong).seen(&now).await;
    refused.refused(422, "validation_failed");
    let faults = [("#/majority", "unknown_rule"), ("#/quorum", "wrong_base"), ("#/secret_minimum", "out_of_range")];
    assert_eq!(refused.faults(), faults.map(|(at, code)| (at.to_owned(), code.to_owned())));
    hall.office.patch("/v1/policies/voting", json!({ "secret_minimum": 3 })).seen(&now).await.refused(403, "forbidden");
}

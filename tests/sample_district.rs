//! The fictional district: its thirty issues end where the oracle has them.

use std::collections::HashMap;

use gongjian::demo;
use gongjian_kernel::audit::Verdict;
use gongjian_testkit::{Persona, Setup};
use indicatif::ProgressBar;
use serde_json::{Value, json};

const ISSUES: &str = include_str!("../crates/server/data/sample/issues.json");

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_thirty_issues_reproduce_their_states_lights_and_rates() {
    let app = Setup::default().on_an_empty_database().start().await;
    demo::load(app.store(), app.identity(), app.clock(), &ProgressBar::hidden()).await.unwrap();
    let login = json!({ "username": "secretariat", "password": demo::PASSWORD });
    let signed_in = app.anonymous().post("/v1/auth/login", login).await;
    let office = Persona::with_token(&app, signed_in.is(200).body["access_token"].as_str().unwrap());

    let rows = office.get("/v1/issues?limit=200").await.rows();
    let by_intake: HashMap<&str, &Value> = rows.iter().map(|row| (row["intake_no"].as_str().unwrap(), row)).collect();
    let oracle: Vec<Value> = serde_json::from_str(ISSUES).unwrap();
    assert_eq!((oracle.len(), rows.len()), (30, 30));
    for expected in &oracle {
        let row = by_intake[expected["intake_no"].as_str().unwrap()];
        let whole = office.get(&format!("/v1/issues/{}", row["id"].as_str().unwrap())).await.ok();
        for member in
            ["status", "light", "ledger_no", "due_on", "kind", "category", "title", "street_code", "submitted_on"]
        {
            assert_eq!(whole[member], expected[member], "{} {member}", expected["id"]);
        }
        // A merged issue is handled with its master and has no lead of its own.
        if expected["status"] != "merged" {
            assert_eq!(whole["lead"]["name"], expected["lead_department"], "{}", expected["id"]);
        }
        assert_eq!(whole["submitter"]["name"], expected["submitted_by_name"], "{}", expected["id"]);
        if expected["status"] == "closed" {
            assert_eq!(whole["closure_basis"], expected["closure_basis"], "{}", expected["id"]);
            assert_eq!(whole["closed_on"], expected["closed_on"], "{}", expected["id"]);
        }
    }
    let statistics = office.get("/v1/statistics/issues").await.ok();
    let (counts, rates) = (&statistics["groups"][0]["counts"], &statistics["groups"][0]["rates"]);
    assert_eq!((&counts["registered"], &counts["valid"]), (&json!(27), &json!(20)));
    assert_eq!(rates["response_rate"], 95.0);
    assert_eq!(rates["solution_rate"], 95.0);
    assert_eq!(rates["satisfaction_rate"], 93.5);
    for (light, count) in [("red", 1), ("yellow", 2), ("white", 1)] {
        let with_light = office.get(&format!("/v1/issues?light={light}")).await.rows();
        assert_eq!(with_light.len(), count, "{light}");
    }
    assert!(matches!(app.audit().await, Verdict::Whole { .. }));
}

/// Article 13: 40 seats, 38 persons. The head of organisation has two, and so has the head of a university.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_council_of_the_district_has_forty_seats_and_thirty_eight_persons() {
    const COUNCIL: &str = include_str!("../crates/server/data/sample/council.json");
    const COMMITTEES: &str = include_str!("../crates/server/data/sample/committees.json");
    let app = Setup::default().on_an_empty_database().start().await;
    demo::load(app.store(), app.identity(), app.clock(), &ProgressBar::hidden()).await.unwrap();
    let login = json!({ "username": "secretariat", "password": demo::PASSWORD });
    let signed_in = app.anonymous().post("/v1/auth/login", login).await;
    let office = Persona::with_token(&app, signed_in.is(200).body["access_token"].as_str().unwrap());
    let roster = office.get("/v1/bodies/01980000-0000-7000-8000-000000000013/roster").await.ok();
    assert_eq!((&roster["seat_count"], &roster["person_count"]), (&json!(40), &json!(38)));
    let oracle: Vec<Value> = serde_json::from_str(COUNCIL).unwrap();
    let persons: std::collections::HashSet<&str> =
        oracle.iter().map(|seat| seat["person_key"].as_str().unwrap()).collect();
    assert_eq!((oracle.len(), persons.len()), (40, 38));
    let committees = office.get("/v1/committees").await.rows();
    let members: Vec<&Value> = committees.iter().map(|committee| &committee["member_count"]).collect();
    let of_sample: Vec<Value> = serde_json::from_str(COMMITTEES).unwrap();
    let expected: Vec<Value> =
        of_sample.iter().map(|it| json!(it["member_unit_ids"].as_array().unwrap().len())).collect();
    assert_eq!(members, expected.iter().collect::<Vec<_>>(), "Article 17");
    let zones = office.get("/v1/zones").await.rows();
    assert_eq!((zones.len(), zones[0]["lead_unit"]["name"].is_string()), (5, true), "Article 19");
    let late = office.get("/v1/office-filings?state=late").await.rows();
    assert_eq!(
        (late.len(), &late[0]["kind"]),
        (1, &json!("committee_director_member")),
        "C7 has not filed its second director"
    );
}

//! Decisions take the place of each other, are revoked, are spent.

use gongjian_governance::decision::Matter;
use gongjian_kernel::Refusal;
use gongjian_testkit::App;
use serde_json::json;
use uuid::Uuid;

use super::{COUNCIL, PLAN, adopts, id, issued, on_paper, required, uses};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_new_decision_takes_the_place_of_an_old_one_from_its_day_on() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let old = issued(&office, on_paper("council_other", "关于议事办法的决议")).await;
    assert_eq!((&old["status"], &old["effective_from"]), (&json!("effective"), &json!("2026-11-18")), "as on paper");
    let mut new = on_paper("council_other", "关于新的议事办法的决议");
    (new["supersedes"], new["effective_from"]) = (json!([old.id()]), json!("2026-12-01"));
    let new = issued(&office, new).await;
    let url = format!("/v1/decisions/{}", old.id());
    let ending = office.get(&url).await.ok();
    let told = (&ending["status"], &ending["ended_from"], &ending["ended_by_id"]);
    assert_eq!(told, (&json!("effective"), &json!("2026-12-01"), &new["id"]), "a day to come ends nothing today");
    assert_eq!(required(&app, id(&old), Matter::CouncilOther).await, Ok(()));
    let mut twice = on_paper("council_other", "再次取代");
    twice["supersedes"] = json!([old.id()]);
    adopts(&office, twice).await.refused(409, "decision_ended");

    app.at("2026-12-01 08:00");
    assert_eq!(office.get(&url).await.ok()["status"], "superseded");
    assert_eq!(required(&app, id(&old), Matter::CouncilOther).await, Err(("decision_ended", Some(13))));
    assert_eq!(required(&app, id(&new), Matter::CouncilOther).await, Ok(()));
    let rows = async |query: &str| -> Vec<String> {
        let rows = office.get(&format!("/v1/decisions?{query}")).await.rows();
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rows("effective_on=2026-11-30").await, [old.id()]);
    assert_eq!(rows("effective_on=2026-12-01").await, [new.id()]);
    assert_eq!(rows("status=superseded").await, [old.id()]);
    assert_eq!(rows("status=effective,superseded&matter=council_other&year=2026").await, [new.id(), old.id()]);
    assert!(rows("year=2025").await.is_empty());
    let page = office.get(&format!("/v1/decisions?body_id={COUNCIL}&limit=1")).await;
    let cursor = page.body["next_cursor"].as_str().unwrap();
    assert_eq!(rows(&format!("body_id={COUNCIL}&limit=1&cursor={cursor}")).await, [old.id()]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_body_revokes_its_own_decisions_only() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let plan = issued(&office, on_paper("annual_plan", "关于年度计划的决议")).await;
    let mut of_council = on_paper("council_other", "关于撤销年度计划的决议");
    of_council["revokes"] = json!([plan.id()]);
    adopts(&office, of_council.clone()).await.refused(409, "decision_of_another_body");
    let mut other = on_paper("work_report", "关于工作报告的决议");
    other["supersedes"] = json!([plan.id()]);
    adopts(&office, other).await.refused(409, "decision_on_another_matter");
    of_council["revokes"] = json!([Uuid::nil()]);
    assert!(
        adopts(&office, of_council)
            .await
            .refused(422, "validation_failed")
            .has_fault("#/revokes", "decision_not_found")
    );
    let draft = adopts(&office, on_paper("annual_plan", "草稿")).await.created();
    let mut early = on_paper("general_other", "关于撤销草稿的决议");
    early["revokes"] = json!([draft.id()]);
    adopts(&office, early).await.refused(409, "decision_not_effective");

    // What never takes effect ends nothing.
    let mut doubtful = on_paper("general_other", "关于撤销年度计划的决议");
    (doubtful["revokes"], doubtful["effective_from"]) = (json!([plan.id()]), json!("2027-03-01"));
    let doubtful = issued(&office, doubtful).await;
    let mut kept = on_paper("general_other", "关于保留年度计划的决议");
    (kept["revokes"], kept["effective_from"]) = (json!([doubtful.id()]), json!("2026-11-20"));
    issued(&office, kept).await;
    assert_eq!(office.get(&format!("/v1/decisions/{}", doubtful.id())).await.ok()["status"], "revoked");
    app.at("2027-03-02 09:00");
    assert_eq!(required(&app, id(&plan), PLAN).await, Ok(()), "the plan stands");
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'decision.restored'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_a_chain_of_revocations_one_decision_stands() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let plan = issued(&office, on_paper("annual_plan", "关于年度计划的决议")).await;
    let ends = async |title: &str, of: &str, matter: &str, old: &str, from: &str| {
        let mut new = on_paper(matter, title);
        (new[of], new["effective_from"]) = (json!([old]), json!(from));
        issued(&office, new).await
    };
    let next = ends("关于调整年度计划的决议", "supersedes", "annual_plan", plan.id(), "2027-02-01").await;
    let doubtful = ends("关于撤销调整的决议", "revokes", "general_other", next.id(), "2027-01-15").await;
    assert_eq!(office.get(&format!("/v1/decisions/{}", plan.id())).await.ok()["ended_by_id"], json!(null));
    ends("关于保留调整的决议", "revokes", "general_other", doubtful.id(), "2026-11-20").await;
    let told = office.get(&format!("/v1/decisions/{}", plan.id())).await.ok();
    assert_eq!(
        (&told["ended_by_id"], &told["ended_from"]),
        (&next["id"], &json!("2027-02-01")),
        "as if nothing had been"
    );
    app.at("2027-02-01 09:00");
    assert_eq!(required(&app, id(&plan), PLAN).await, Err(("decision_ended", Some(11))));
    assert_eq!(required(&app, id(&next), PLAN).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_good_for_one_act_is_spent_by_it() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let plan = issued(&office, on_paper("annual_plan", "关于年度计划的决议")).await;
    let code = |done: Result<(), Refusal>| done.map_err(|refusal| refusal.entry.code);
    let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (first, second) = tokio::join!(uses(&app, &plan, PLAN, one), uses(&app, &plan, PLAN, other));
    let mut outcomes = [code(first), code(second)];
    outcomes.sort();
    assert_eq!(outcomes, [Ok(()), Err("decision_used_already")], "of two at once, one");
    assert_eq!(code(uses(&app, &plan, PLAN, one).await), Err("decision_used_already"));
    let shown = office.get(&format!("/v1/decisions/{}", plan.id())).await.ok();
    assert_eq!(shown["uses"].as_array().unwrap().len(), 1);
    assert_eq!(shown["uses"][0]["subject_kind"], "charter_version");

    // One decision may name several units, each once.
    let units = issued(&office, on_paper("council_unit", "关于增补理事单位的决议")).await;
    for subject in [one, other] {
        assert_eq!(code(uses(&app, &units, Matter::CouncilUnit, subject).await), Ok(()));
        assert_eq!(code(uses(&app, &units, Matter::CouncilUnit, subject).await), Err("decision_used_already"));
    }
    let mut later = on_paper("annual_plan", "关于下年度计划的决议");
    later["effective_from"] = json!("2027-01-01");
    let later = issued(&office, later).await;
    assert_eq!(code(uses(&app, &later, PLAN, one).await), Err("decision_not_effective"));
    assert_eq!(app.count("SELECT count(*) FROM decision_use").await, 3);
}

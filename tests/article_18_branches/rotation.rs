//! Units preside in turn: no gap and no overlap, whoever leaves is followed, turns are skipped and swapped with consent,
//! and a term is handed over with a report.

use gongjian_committees::branch::leadership::tend;

use super::*;

async fn proposes(who: &Persona, term: &Value, act: &str, body: Value) -> Reply {
    who.post(&format!("/v1/branch-terms/{}/{act}", term["id"].as_str().unwrap()), body).await
}

async fn consents(who: &Persona, change: &Thing) -> Reply {
    who.post(&format!("/v1/rotation-changes/{}/consent", change.id()), json!({})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn terms_follow_each_other_and_the_office_passes_by_itself() {
    let it = branch().await;
    let now = it.rotating().await;
    assert_eq!((&now["mode"], &now["period_months"]), (&json!("dual_rotating"), &json!(6)), "the policy's half-year");
    let rotation = it.rotation().await;
    let (laid, preview) = (turns(&rotation["terms"]), turns(&rotation["preview"]));
    let names = ["云栖材料科学研究院", "青禾实验学校"];
    let days = [
        "2026-11-20",
        "2027-05-20",
        "2027-11-20",
        "2028-05-20",
        "2028-11-20",
        "2029-05-20",
        "2029-11-20",
        "2030-05-20",
    ];
    let expected: Vec<(String, String)> =
        days.iter().enumerate().map(|(at, day)| (names[at % 2].to_owned(), (*day).to_owned())).collect();
    assert_eq!(laid, expected[..5], "the one that runs and four ahead");
    assert_eq!(preview, expected[5..]);
    let until = |at: usize| rotation["terms"][at]["valid_until"].clone();
    assert!((0..4).all(|at| until(at) == rotation["terms"][at + 1]["valid_from"]), "no gap and no overlap");

    it.app.at("2027-05-19 23:59");
    assert_eq!(it.seen().await["co_president"]["unit"]["name"], names[0]);
    it.app.at("2027-05-20 00:01");
    assert_eq!(it.seen().await["co_president"]["unit"]["name"], names[1]);
    // It goes on: four are laid ahead of the one that runs, and once is enough.
    assert_eq!(tend(it.app.store(), it.app.identity()).await.unwrap(), 1);
    assert_eq!(tend(it.app.store(), it.app.identity()).await.unwrap(), 0);
    assert_eq!(turns(&it.rotation().await["terms"]), expected[1..6]);
    let all = it.secretary.get(&format!("/v1/branches/{}/terms?limit=2", it.id)).await;
    assert!(!all.body["next_cursor"].is_null());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_leaves_is_followed_by_the_next() {
    let it = branch().await;
    it.rotating().await;
    it.app.at("2026-12-01 10:00");
    let url = format!("/v1/units/{}", it.units[0].id);
    let known = it.people[0].get(&url).await.ok();
    it.people[0].post(&format!("{url}/withdraw"), json!({ "reason": "工作调整。" })).seen(&known).await.is(200);
    assert_eq!(it.seen().await["co_president"], Value::Null, "no member any more");
    assert_eq!(tend(it.app.store(), it.app.identity()).await.unwrap(), 1);
    assert_eq!(it.seen().await["co_president"]["unit"]["name"], "青禾实验学校");
    let laid = turns(&it.rotation().await["terms"]);
    assert!(laid.iter().all(|(name, _)| name == "青禾实验学校"), "{laid:?}");
    assert_eq!(laid[0].1, "2026-12-01");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_turn_is_skipped_with_the_consent_of_the_unit_and_the_secretary() {
    let it = branch().await;
    it.rotating().await;
    let terms = it.rotation().await["terms"].clone();
    let why = || json!({ "reason": "正值搬迁。" });
    let refused = proposes(&it.secretary, &terms[0], "skip", why()).await;
    assert_eq!(refused.refused(409, "branch_term_begun").body["article"], 18);
    proposes(&it.people[2], &terms[1], "skip", why()).await.refused(403, "forbidden");
    proposes(&it.secretary, &terms[1], "skip", json!({})).await.refused(422, "validation_failed");
    let change = proposes(&it.people[1], &terms[1], "skip", why()).await.created();
    let unit = format!("unit:{}", it.units[1].id);
    assert_eq!((&change["status"], &change["parties"]), (&json!("open"), &json!(["secretary", unit])));
    assert_eq!(change["consents"][0]["party"], unit, "whoever proposes consents");
    consents(&it.people[2], &change).await.refused(403, "forbidden");
    consents(&it.people[0], &change).await.refused(403, "not_a_party_of_change");
    assert_eq!(consents(&it.people[1], &change).await.ok()["consents"].as_array().unwrap().len(), 1);
    assert_eq!(turns(&it.rotation().await["terms"])[1].0, "青禾实验学校", "one alone changes nothing");
    let applied = consents(&it.secretary, &change).await.ok();
    assert_eq!(applied["status"], "applied");
    consents(&it.secretary, &change).await.refused(409, "rotation_change_not_open");
    let laid = turns(&it.rotation().await["terms"]);
    let names: Vec<&str> = laid.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..3], ["云栖材料科学研究院", "云栖材料科学研究院", "青禾实验学校"]);
    assert_eq!((laid.len(), laid[1].1.as_str()), (5, "2027-05-20"), "later turns move up, no gap is left");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_turns_are_swapped_with_the_consent_of_three() {
    let it = branch().await;
    it.rotating().await;
    let terms = it.rotation().await["terms"].clone();
    let with = |at: usize| json!({ "other_term_id": terms[at]["id"], "reason": "工作安排互换。" });
    proposes(&it.secretary, &terms[1], "swap", with(3)).await.refused(422, "validation_failed");
    let change = proposes(&it.secretary, &terms[1], "swap", with(2)).await.created();
    assert_eq!(change["parties"].as_array().unwrap().len(), 3);
    consents(&it.people[0], &change).await.is(200);
    let (one, other) = tokio::join!(consents(&it.people[1], &change), consents(&it.people[1], &change));
    assert!([one.status, other.status].contains(&200), "{} {}", one.status, other.status);
    let now = it.secretary.get(&format!("/v1/rotation-changes/{}", change.id())).await.ok();
    assert_eq!((&now["status"], now["consents"].as_array().unwrap().len()), (&json!("applied"), 3));
    let names: Vec<String> = turns(&it.rotation().await["terms"]).into_iter().map(|(name, _)| name).collect();
    let (first, second) = ("云栖材料科学研究院", "青禾实验学校");
    assert_eq!(names, [first, first, second, second, first], "and then the agreed order again");

    let terms = it.rotation().await["terms"].clone();
    let change = proposes(&it.people[0], &terms[4], "skip", json!({ "reason": "任务重。" })).await.created();
    let why = json!({ "reason": "宜按商定次序。" });
    let decline = format!("/v1/rotation-changes/{}/decline", change.id());
    it.secretary.post(&decline, why.clone()).await.refused(428, "if_match_required");
    let declined = it.secretary.post(&decline, why).seen(&change).await.ok();
    assert_eq!((&declined["status"], &declined["decline_reason"]), (&json!("declined"), &json!("宜按商定次序。")));
    consents(&it.secretary, &change).await.refused(409, "rotation_change_not_open");
    let open = it.secretary.get("/v1/rotation-changes?status=open").await.rows();
    assert!(open.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_term_is_handed_over_with_a_report() {
    let it = branch().await;
    it.rotating().await;
    let terms = it.rotation().await["terms"].clone();
    let term = async |at: usize| -> Thing {
        it.people[0].get(&format!("/v1/branch-terms/{}", terms[at]["id"].as_str().unwrap())).await.ok()
    };
    let report = || json!({ "report": "本期组织共建活动 6 次；移交台账和联络名单。" });
    let reports = async |who: &Persona, term: &Thing| -> Reply {
        who.post(&format!("/v1/branch-terms/{}/report", term.id()), report()).seen(term).await
    };
    let first = term(0).await;
    assert_eq!((&first["handover"], &first["allowed_actions"]), (&json!("not_due"), &json!(["report"])));
    reports(&it.people[1], &first).await.refused(403, "forbidden");
    let second = term(1).await;
    reports(&it.people[1], &second).await.refused(409, "branch_term_not_begun");
    it.app.at("2027-05-05 10:00");
    assert_eq!(term(0).await["handover"], "due", "fifteen days before");
    it.app.at("2027-05-20 10:00");
    assert_eq!(term(0).await["handover"], "overdue");
    let done = reports(&it.app.liaison_of(&it.units[0]).await, &first).await.ok();
    assert_eq!((&done["handover"], &done["report"]), (&json!("reported"), &report()["report"]));
    reports(&it.people[0], &term(0).await).await.refused(409, "handover_reported");
    assert_eq!(it.app.count("SELECT count(*) FROM audit_event WHERE kind = 'branch_term.reported'").await, 1);
}

//! Who may vote on what, and when: the body, the meeting, the quorum.

use futures_util::future::join_all;
use gongjian_governance::body::{COUNCIL, GENERAL_MEETING};
use gongjian_governance::decision::Matter;
use gongjian_governance::meeting::AgendaKind;
use gongjian_governance::meeting::commands as meetings;
use gongjian_identity::Role;
use gongjian_kernel::{Scope, Target, write};
use serde_json::{Value, json};

use super::{Voter, hall, sits};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn without_a_quorum_no_vote_begins() {
    let hall = hall(6, 3).await;
    let draft = hall.drafted(hall.motion("open")).await;
    assert_eq!(
        (&draft["status"], &draft["matter"], &draft["quorum"]),
        (&json!("draft"), &json!("annual_plan"), &Value::Null)
    );
    let refused = hall.office.does("open", &draft).await;
    refused.refused(409, "ballot_no_quorum");
    assert_eq!(refused.body["article"], 11);
    assert!(refused.body["detail"].as_str().unwrap().contains("3 ≥ 6 × 2/3？否"), "{}", refused.body);
    hall.comes(&hall.units[3]).await;
    let open = hall.office.does("open", &draft).await.ok();
    assert_eq!((&open["status"], &open["electors"], &open["present"]), (&json!("open"), &json!(6), &json!(4)));
    hall.office.does("open", &open).await.refused(409, "ballot_state");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_council_does_not_decide_what_is_the_general_meetings() {
    let hall = hall(3, 3).await;
    let (meeting, item) = sits(&hall.app, COUNCIL, AgendaKind::CouncilWork, None).await;
    let mut motion = hall.motion("open");
    motion["meeting_id"] = json!(meeting);
    hall.office.post("/v1/ballots", motion.clone()).await.refused(422, "validation_failed");
    motion["agenda_item_id"] = json!(item);
    hall.office.post("/v1/ballots", motion.clone()).await.refused(409, "ballot_without_matter");
    for (matter, article) in
        [("annual_plan", 11), ("work_report", 11), ("charter_amendment", 11), ("general_other", 11)]
    {
        let decides = "UPDATE agenda_item SET matter = 'MATTER' WHERE matter IS NULL OR title = '审议事项' AND kind = 'council_work'";
        hall.sql(&decides.replace("MATTER", matter)).await.unwrap();
        let refused = hall.office.post("/v1/ballots", motion.clone()).await;
        assert_eq!(refused.refused(409, "ballot_wrong_body").body["article"], article, "{matter}");
    }
    hall.sql("UPDATE agenda_item SET matter = 'internal_rule' WHERE kind = 'council_work'").await.unwrap();
    let draft = hall.drafted(motion).await;
    hall.sql("UPDATE agenda_item SET matter = 'annual_plan' WHERE kind = 'council_work'").await.unwrap();
    hall.office.does("open", &draft).await.refused(409, "ballot_wrong_body");
    // And the general meeting leaves to the council what Article 13 gives to it.
    hall.sql("UPDATE agenda_item SET matter = 'internal_rule'").await.unwrap();
    let refused = hall.office.post("/v1/ballots", hall.motion("open")).await;
    assert_eq!(refused.refused(409, "ballot_wrong_body").body["article"], 13);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_meeting_does_not_close_over_an_open_vote_and_nobody_votes_after_it() {
    let hall = hall(3, 3).await;
    let draft = hall.drafted(hall.motion("open")).await;
    let ballot = hall.opened(hall.motion("open")).await;
    let act = hall.act(Role::SecretariatOffice, Scope::Association);
    let closes =
        async || write(hall.store(), &act, async |work| meetings::close(work, Target::any(hall.meeting)).await).await;
    assert_eq!(closes().await.unwrap_err().entry.code, "ballot_still_open");
    hall.office.does("open", &draft).await.refused(409, "ballot_item_taken");
    hall.closed(&ballot).await;
    hall.office.does("open", &draft).await.refused(409, "ballot_item_taken");
    closes().await.unwrap();
    hall.office.does("open", &draft).await.refused(409, "ballot_no_meeting");
    hall.office.post("/v1/ballots", hall.motion("open")).await.refused(409, "ballot_no_meeting");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_who_open_a_vote_on_one_item_at_once_one_does() {
    let hall = hall(3, 3).await;
    let second = hall.another_instance();
    let drafts = [hall.drafted(hall.motion("open")).await, hall.drafted(hall.motion("secret")).await];
    hall.sql("UPDATE ballot SET secrecy = 'open'").await.unwrap();
    let offices = [hall.office.clone(), hall.office.on(&second)];
    let answers = join_all(drafts.iter().zip(&offices).map(|(draft, office)| office.does("open", draft))).await;
    let mut told: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    told.sort_unstable();
    assert_eq!(told, [200, 409]);
    answers.iter().find(|answer| answer.status == 409).unwrap().refused(409, "ballot_item_taken");
    assert_eq!(hall.count("SELECT count(*) FROM ballot WHERE status = 'open'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_vote_is_closed_once_and_voided_with_a_reason() {
    let hall = hall(3, 3).await;
    let ballot = hall.opened(hall.motion("open")).await;
    hall.votes(&hall.units[0], &ballot, "for").await.is(201);
    let second = hall.another_instance();
    let offices = [hall.office.clone(), hall.office.on(&second)];
    let answers = join_all(offices.iter().map(|office| office.does("close", &ballot))).await;
    let mut told: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    told.sort_unstable();
    assert_eq!(told, [200, 412], "the second one saw another version");
    let closed = hall.now(&ballot).await;
    for action in ["close", "open", "void"] {
        hall.office.does(action, &closed).await.refused(409, "ballot_state");
    }
    assert_eq!(hall.count("SELECT count(*) FROM audit_event WHERE kind = 'ballot.closed'").await, 1);

    let (meeting, item) = sits(&hall.app, GENERAL_MEETING, AgendaKind::PolicyAndPlan, Some(Matter::AnnualPlan)).await;
    let mut motion = hall.motion("open");
    (motion["meeting_id"], motion["agenda_item_id"]) = (json!(meeting), json!(item));
    let draft = hall.drafted(motion).await;
    let url = format!("/v1/ballots/{}", draft.id());
    hall.office
        .post(&format!("{url}/void"), json!({ "reason": "" }))
        .seen(&draft)
        .await
        .refused(422, "validation_failed");
    let voided = hall.office.does("void", &draft).await.ok();
    assert_eq!((&voided["status"], &voided["void_reason"]), (&json!("voided"), &json!("议案文本有误。")));
    assert_eq!(voided["allowed_actions"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_draft_is_changed_by_those_who_hold_the_meeting() {
    let hall = hall(3, 3).await;
    let draft = hall.drafted(hall.motion("open")).await;
    let url = format!("/v1/ballots/{}", draft.id());
    let change = json!({ "title": "通过年度计划（修改稿）", "secrecy": "secret", "motion": null });
    let representative = hall.representative_of(&hall.units[0]).await;
    representative.patch(&url, change.clone()).seen(&draft).await.refused(403, "forbidden");
    hall.administrator().await.patch(&url, change.clone()).seen(&draft).await.refused(404, "ballot_not_found");
    let changed = hall.office.patch(&url, change.clone()).seen(&draft).await.ok();
    assert_eq!((&changed["title"], &changed["motion"]), (&json!("通过年度计划（修改稿）"), &Value::Null));
    assert!(changed["secrecy_notice"].as_str().unwrap().contains("密封"), "what is promised, and what is not");
    hall.office.patch(&url, change).seen(&draft).await.refused(412, "version_mismatch");
    hall.office.patch(&url, json!({ "seats": 2 })).seen(&changed).await.refused(422, "validation_failed");
    for wrong in [
        json!({ "seats": 2 }),
        json!({ "kind": "election" }),
        json!({ "kind": "election", "seats": 0 }),
        json!({ "title": "x" }),
        json!({ "agenda_item_id": draft.id() }),
    ] {
        let mut motion = hall.motion("open");
        motion.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        hall.office.post("/v1/ballots", motion.clone()).await.refused(422, "validation_failed");
        representative.post("/v1/ballots", motion).await.refused(403, "forbidden");
    }
}

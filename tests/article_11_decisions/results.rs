//! A decision rests on a vote that has ended and was carried, of that body, on that matter, once.

use gongjian_governance::body::{BodyId, GENERAL_MEETING as THE_GENERAL_MEETING};
use gongjian_governance::decision::Matter;
use gongjian_governance::meeting::commands::{self as meetings, NewAttendance, NewItem, NewMeeting};
use gongjian_governance::meeting::{AgendaKind, Capacity, MeetingKind};
use gongjian_identity::Role;
use gongjian_kernel::{Scope, Target, Text, write};
use gongjian_testkit::{App, Persona, TestUnit, Thing};
use serde_json::{Value, json};

use super::{COUNCIL, GENERAL_MEETING, adopts, issues};

fn text<const MIN: usize, const MAX: usize>(raw: &str) -> Text<MIN, MAX> {
    Text::parse(raw).unwrap()
}

/// A vote of the body on the matter that is open, all units being there.
async fn vote(app: &App, body: BodyId, kind: AgendaKind, matter: Matter, units: &[TestUnit]) -> Thing {
    let act = app.act(Role::SecretariatOffice, Scope::Association);
    let begun = write(app.store(), &act, async |work| {
        let new = NewMeeting {
            body,
            title: text("2026年度会议"),
            kind: MeetingKind::Regular,
            year: None,
            half: None,
            starts_at: work.now() + chrono::Duration::minutes(10),
            place: Some(text("区会议中心")),
            online_url: None,
            chair: text("王××"),
            topics_close_at: None,
        };
        let meeting = meetings::plan(work, new).await?.id;
        let item = NewItem {
            parent: None,
            position: None,
            kind,
            title: text("审议事项"),
            detail: None,
            speaker: None,
            matter: Some(matter),
            approves: None,
        };
        let (_, item) = meetings::add_item(work, Target::any(meeting), item).await?;
        meetings::call(work, Target::any(meeting)).await?;
        meetings::open(work, Target::any(meeting)).await?;
        for unit in units {
            let elector_key = format!("unit:{}", unit.id);
            let (capacity, person_name) = (Capacity::Voice, Some(text("代表")));
            let new = NewAttendance { elector_key, capacity, person_name, from: None };
            meetings::enter(work, meeting, new).await?;
        }
        Ok((meeting, item.id))
    });
    let (meeting, item) = begun.await.unwrap();
    let draft = json!({
        "meeting_id": meeting, "agenda_item_id": item, "kind": "motion", "secrecy": "open",
        "title": "表决", "motion": "同意。",
    });
    let office = app.secretariat().await;
    let draft = office.post("/v1/ballots", draft).await.created();
    office.post(&format!("/v1/ballots/{}/open", draft.id()), json!({})).seen(&draft).await.ok()
}

async fn votes(app: &App, units: &[TestUnit], ballot: &Thing, choice: &str) {
    for unit in units {
        let url = format!("/v1/ballots/{}/votes", ballot.id());
        app.representative_of(unit).await.post(&url, json!({ "choice": choice })).await.is(201);
    }
}

async fn closes(office: &Persona, ballot: &Thing) {
    let url = format!("/v1/ballots/{}", ballot.id());
    let now = office.get(&url).await.ok();
    office.post(&format!("{url}/close"), json!({})).seen(&now).await.is(200);
}

fn by_vote(ballot: &Thing, body: &str, matter: &str) -> Value {
    json!({
        "body_id": body, "matter": matter, "title": "关于年度计划的决议", "text": "会议决定：通过年度计划。",
        "method": "ballot", "ballot_id": ballot.id(),
    })
}

async fn members(app: &App) -> Vec<TestUnit> {
    let mut units = Vec::new();
    for name in ["云栖材料科学研究院", "青禾实验学校", "东部实业有限公司"] {
        units.push(app.member_unit(name).await);
    }
    units
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_vote_that_was_carried_becomes_one_decision() {
    let app = App::start().await;
    let (units, office) = (members(&app).await, app.secretariat().await);
    let ballot = vote(&app, THE_GENERAL_MEETING, AgendaKind::PolicyAndPlan, Matter::AnnualPlan, &units).await;
    let new = by_vote(&ballot, GENERAL_MEETING, "annual_plan");
    let early = adopts(&office, new.clone()).await;
    assert_eq!(early.refused(409, "result_not_concluded").body["article"], 11);
    votes(&app, &units, &ballot, "for").await;
    closes(&office, &ballot).await;
    let other = adopts(&office, by_vote(&ballot, COUNCIL, "council_other")).await;
    other.refused(409, "result_of_another_body");
    let other = adopts(&office, by_vote(&ballot, GENERAL_MEETING, "work_report")).await;
    other.refused(409, "result_on_another_matter");
    // Two officers enter it at once: one decision comes of it.
    let (one, two) = tokio::join!(adopts(&office, new.clone()), adopts(&office, new.clone()));
    let mut outcomes = [one.status, two.status];
    outcomes.sort_unstable();
    assert_eq!(outcomes, [201, 409]);
    adopts(&office, new).await.refused(409, "result_used");
    let made = if one.status == 201 { one.created() } else { two.created() };
    assert_eq!((&made["adopted_on"], &made["result_id"]), (&json!("2026-11-20"), &ballot["id"]));
    assert!(made["arithmetic"]["result"].is_object(), "how it was counted is shown");
    let issued = issues(&office, &made).await.ok();
    assert_eq!((&issued["status"], &issued["number"]), (&json!("effective"), &json!("会员大会〔2026〕1号")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_vote_that_was_not_carried_is_no_decision() {
    let app = App::start().await;
    let (units, office) = (members(&app).await, app.secretariat().await);
    let ballot = vote(&app, THE_GENERAL_MEETING, AgendaKind::PolicyAndPlan, Matter::AnnualPlan, &units).await;
    votes(&app, &units, &ballot, "against").await;
    closes(&office, &ballot).await;
    adopts(&office, by_vote(&ballot, GENERAL_MEETING, "annual_plan")).await.refused(409, "result_not_carried");
    assert_eq!(app.count("SELECT count(*) FROM decision").await, 0);
}

//! Which facts meet what, and from when on.

use gongjian_governance::body::{BodyId, COUNCIL, GENERAL_MEETING};
use gongjian_governance::meeting::commands::{self as meetings, NewItem, NewMeeting};
use gongjian_governance::meeting::{AgendaKind, Meeting, MeetingKind};
use gongjian_identity::Role;
use gongjian_kernel::{Refusal, Scope, Target, Text, Work, write};
use gongjian_testkit::{App, TestUnit};
use serde_json::{Value, json};

use super::{association, duties, states, told};

fn text<const MIN: usize, const MAX: usize>(raw: &str) -> Text<MIN, MAX> {
    Text::parse(raw).unwrap()
}

async fn called(work: &mut Work<'_>, body: BodyId, kind: AgendaKind) -> Result<Meeting, Refusal> {
    let new = NewMeeting {
        body,
        title: text("例会"),
        // Regular meetings of the council hear the secretariat by their template.
        kind: if kind == AgendaKind::CouncilWork { MeetingKind::Extraordinary } else { MeetingKind::Regular },
        year: None,
        half: None,
        starts_at: work.now() + chrono::Duration::minutes(5),
        place: Some(text("区会议中心")),
        online_url: None,
        chair: text("王××"),
        topics_close_at: None,
    };
    let meeting = meetings::plan(work, new).await?;
    let new = NewItem {
        parent: None,
        position: None,
        kind,
        title: text("听取汇报"),
        detail: None,
        speaker: None,
        matter: None,
        approves: None,
    };
    meetings::add_item(work, Target::any(meeting.id), new).await?;
    meetings::call(work, Target::any(meeting.id)).await
}

/// A meeting of the body that opens now.
async fn holds(app: &App, body: BodyId, kind: AgendaKind) -> String {
    let act = app.act(Role::SecretariatOffice, Scope::Association);
    let held = write(app.store(), &act, async |work| {
        let meeting = called(work, body, kind).await?;
        meetings::open(work, Target::any(meeting.id)).await
    });
    held.await.unwrap().id.to_string()
}

/// Article 11: once a year, in principle. Warned of from 1 October, overdue on 1 January.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_general_meeting_that_was_held_meets_the_year() {
    let app = association().await;
    let office = app.secretariat().await;
    let of = "obligation=general_meeting";
    assert_eq!(states(&office, of).await, told(&[("2026", "due_soon")]));
    let meeting = holds(&app, GENERAL_MEETING, AgendaKind::Information).await;
    let met = duties(&office, of).await.remove(0);
    assert_eq!((&met["state"], &met["obligation"]["article"]), (&json!("met"), &json!(11)));
    let fact = &met["facts"][0];
    assert_eq!((&fact["id"], &fact["on"]), (&json!(meeting), &json!("2026-11-20")));
    office.get(fact["path"].as_str().unwrap()).await.is(200);
    app.at("2027-01-01 09:00");
    assert_eq!(states(&office, of).await, told(&[("2027", "not_yet_due")]), "what was met last year is done");
    assert_eq!(states(&office, &format!("{of}&year=2026")).await, told(&[("2026", "met")]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_cancelled_meeting_meets_nothing() {
    let app = association().await;
    let office = app.secretariat().await;
    let act = app.act(Role::SecretariatOffice, Scope::Association);
    let meeting = write(app.store(), &act, async |work| called(work, GENERAL_MEETING, AgendaKind::Information).await);
    let meeting = meeting.await.unwrap();
    let of = "obligation=general_meeting";
    assert_eq!(states(&office, of).await, told(&[("2026", "due_soon")]), "called is not held");
    let why = json!({ "reason": "因防汛推迟。" });
    let path = format!("/v1/meetings/{}/cancel", meeting.id);
    office.post(&path, why).header("if-match", "*").await.is(200);
    assert_eq!(states(&office, of).await, told(&[("2026", "due_soon")]));
    app.at("2027-01-01 00:00");
    let both = told(&[("2026", "overdue"), ("2027", "not_yet_due")]);
    assert_eq!(states(&office, of).await, both);
}

/// Civil days are days in Shanghai: 23:30 on New Year's Eve is 15:30 UTC, half past midnight is still that day in UTC.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_meeting_late_on_new_years_eve_counts_for_the_year_that_ends() {
    let app = association().await;
    let office = app.secretariat().await;
    app.at("2026-12-31 23:30");
    holds(&app, GENERAL_MEETING, AgendaKind::Information).await;
    let (past, present) = ("obligation=general_meeting&year=2026", "obligation=general_meeting&year=2027");
    assert_eq!(states(&office, past).await, told(&[("2026", "met")]));
    app.at("2027-01-01 00:30");
    assert_eq!(states(&office, present).await, told(&[("2027", "not_yet_due")]));
    holds(&app, GENERAL_MEETING, AgendaKind::Information).await;
    assert_eq!(states(&office, present).await, told(&[("2027", "met")]));
    assert_eq!(duties(&office, past).await[0]["facts"].as_array().unwrap().len(), 1);
}

/// Article 13: once in each half-year; each meeting hears the secretariat.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_council_meets_each_half_year_and_hears_the_secretariat() {
    let app = association().await;
    let office = app.secretariat().await;
    let of = "obligation=council_meeting&year=2027";
    assert_eq!(states(&office, of).await, told(&[("2027-H1", "not_yet_due"), ("2027-H2", "not_yet_due")]));
    app.at("2027-05-30 09:00");
    assert_eq!(states(&office, of).await[0].1, "not_yet_due");
    app.at("2027-05-31 09:00");
    assert_eq!(states(&office, of).await[0].1, "due_soon", "thirty days before the end");
    let silent = holds(&app, COUNCIL, AgendaKind::CouncilWork).await;
    assert_eq!(states(&office, of).await, told(&[("2027-H1", "met"), ("2027-H2", "not_yet_due")]));
    app.at("2027-07-01 09:00");
    let heard = holds(&app, COUNCIL, AgendaKind::SecretariatReport).await;
    let reports = duties(&office, "obligation=secretariat_report").await;
    let told: Vec<_> = reports.iter().map(|duty| (&duty["subject"]["id"], &duty["state"])).collect();
    assert_eq!(told, [(&json!(silent), &json!("overdue")), (&json!(heard), &json!("met"))]);
    let reason = json!({ "period": "2027-05-31", "subject_id": silent, "reason": "专题会议，秘书处书面汇报。" });
    office.post("/v1/compliance/secretariat_report/explanations", reason).await.is(201);
    assert_eq!(states(&office, "obligation=secretariat_report").await[0].1, "explained");
}

/// Article 25 「及时」: ten working days, reminded after five.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_liaison_is_on_file_in_time_or_late() {
    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let office = app.secretariat().await;
    let of = "obligation=unit_liaison";
    let joined = duties(&office, of).await.remove(0);
    assert_eq!((&joined["state"], &joined["facts"][0]["kind"]), (&json!("met"), &json!("filing")));
    office.get(joined["facts"][0]["path"].as_str().unwrap()).await.is(200);
    app.at("2026-11-23 09:00");
    ends(&app, &unit).await;
    let line = |state: &str| told(&[("2026-11-20", "met"), ("2026-11-23", state)]);
    assert_eq!(states(&office, of).await, line("not_yet_due"));
    assert_eq!(duties(&office, of).await[1]["due_on"], "2026-12-07");
    app.at("2026-11-30 09:00");
    assert_eq!(states(&office, of).await, line("due_soon"));
    app.at("2026-12-08 09:00");
    assert_eq!(states(&office, of).await, line("overdue"));
    let person = json!({ "name": "钱进", "post": "干部" });
    let path = format!("/v1/units/{}/liaison", unit.id);
    office.post(&path, person).header("if-match", "*").await.is(200);
    assert_eq!(states(&office, of).await, line("met_late"));
    let then = states(&office, &format!("{of}&as_of=2026-12-07")).await;
    assert_eq!(then, line("due_soon"), "what the calendar said before the filing");
    assert_eq!(states(&office, &format!("{of}&as_of=2026-11-22")).await, told(&[("2026-11-20", "met")]));
}

async fn ends(app: &App, unit: &TestUnit) {
    let path = format!("/v1/units/{}/liaison/end", unit.id);
    let why = json!({ "reason": "工作调动" });
    app.secretariat().await.post(&path, why).header("if-match", "*").await.is(200);
}

/// Article 2 「定期」: every quarter, unless the policy of briefings says otherwise.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn members_are_briefed_at_regular_intervals() {
    let app = association().await;
    let office = app.secretariat().await;
    let of = "obligation=briefing";
    assert_eq!(states(&office, of).await, told(&[("2026-Q4", "not_yet_due")]), "nobody was there before");
    let told_of = json!({
        "title": "十月份运行情况",
        "sections": [{ "heading": "经济运行", "text": "全区经济运行平稳。" }], "audience": { "kind": "all_members" },
    });
    let draft = office.post("/v1/briefings", told_of).await.created();
    assert_eq!(states(&office, of).await[0].1, "not_yet_due", "a draft tells nobody");
    let path = format!("/v1/briefings/{}", draft.id());
    let general = app.secretary_general().await;
    let issued = general.post(&format!("{path}/issue"), json!({})).seen(&draft).await.ok();
    assert_eq!(states(&office, of).await, told(&[("2026-Q4", "met")]));
    assert_eq!(duties(&office, of).await[0]["facts"][0]["path"], path);
    general.post(&format!("{path}/withdraw"), json!({ "reason": "数字有误。" })).seen(&issued).await.is(200);
    assert_eq!(states(&office, of).await[0].1, "not_yet_due", "what was withdrawn has told nothing");
}

/// Article 12: the term of an annual vice-president ends with the year.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_annual_term_that_ends_wants_a_successor() {
    let app = association().await;
    let office = app.secretariat().await;
    gongjian_testkit::Persona::open(&app, "annual", &[(Role::CouncilMember, Scope::Association)], false).await;
    let of = "obligation=annual_vice_president_designated";
    assert_eq!(states(&office, of).await, told(&[("2026-12-31", "due_soon")]), "sixty days before");
    app.at("2027-01-01 09:00");
    assert_eq!(states(&office, of).await, told(&[("2026-12-31", "overdue")]));
    let refused = json!({ "period": "2026-12-31", "reason": "尚未协商。" });
    let path = "/v1/compliance/annual_vice_president_designated/explanations";
    assert_eq!(office.post(path, refused).await.refused(409, "obligation_binding").body["article"], 12);
    gongjian_testkit::Persona::open(&app, "next", &[(Role::CouncilMember, Scope::Association)], false).await;
    let of_2026 = states(&office, &format!("{of}&year=2026")).await;
    assert_eq!(of_2026, told(&[("2026-12-31", "met_late")]));
    let rows: Vec<Value> = duties(&office, &format!("{of}&year=2027")).await;
    assert_eq!(rows.len(), 1, "and the successor's own term ends in its turn");
}

//! Articles 11 to 13 and the preamble's equality: votes belong to units. One unit, one vote, cast by whoever speaks for it at
//! that instant; rules are exact fractions; a secret vote leaves nothing that tells whose it was.

use std::ops::Deref;

use gongjian_governance::body::{BodyId, GENERAL_MEETING};
use gongjian_governance::decision::Matter;
use gongjian_governance::meeting::commands::{self as meetings, NewAttendance, NewItem, NewMeeting};
use gongjian_governance::meeting::{AgendaItemId, AgendaKind, Attendance, Capacity, MeetingId, MeetingKind};
use gongjian_identity::Role;
use gongjian_kernel::{Scope, Target, Text, write};
use gongjian_testkit::{App, Persona, Reply, TestUnit, Thing};
use serde_json::{Value, json};

mod counting;
mod elections;
mod opening;
mod racing;
mod secrecy;
mod voting;

/// A general meeting that is on, with an item that decides the annual plan.
struct Hall {
    app: App,
    office: Persona,
    units: Vec<TestUnit>,
    meeting: MeetingId,
    item: AgendaItemId,
}

impl Deref for Hall {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

fn text<const MIN: usize, const MAX: usize>(raw: &str) -> Text<MIN, MAX> {
    Text::parse(raw).unwrap()
}

/// A meeting with so many members, of whom the first so many are there.
async fn hall(members: usize, present: usize) -> Hall {
    let app = App::start().await;
    let mut units = Vec::new();
    for n in 1..=members {
        units.push(app.member_unit(&format!("第{n}研究院")).await);
    }
    let office = app.secretariat().await;
    let (meeting, item) = sits(&app, GENERAL_MEETING, AgendaKind::PolicyAndPlan, Some(Matter::AnnualPlan)).await;
    let hall = Hall { app, office, units, meeting, item };
    for unit in &hall.units[..present] {
        hall.comes(unit).await;
    }
    hall
}

/// A draft of a ballot on a matter of the body.
pub(crate) async fn drafted_in(app: &App, body: BodyId, matter: Matter) -> Thing {
    let kind = if body == GENERAL_MEETING { AgendaKind::PolicyAndPlan } else { AgendaKind::InternalRule };
    let (meeting, item) = sits(app, body, kind, Some(matter)).await;
    let motion = json!({
        "meeting_id": meeting, "agenda_item_id": item, "kind": "motion", "secrecy": "open", "title": "表决事项",
    });
    app.secretariat().await.post("/v1/ballots", motion).await.created()
}

/// A meeting of a body that is called, open, and has the item on its agenda.
async fn sits(app: &App, body: BodyId, kind: AgendaKind, matter: Option<Matter>) -> (MeetingId, AgendaItemId) {
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
        let new = NewItem {
            parent: None,
            position: None,
            kind,
            title: text("审议事项"),
            detail: None,
            speaker: None,
            matter,
            approves: None,
        };
        let (_, item) = meetings::add_item(work, Target::any(meeting), new).await?;
        meetings::call(work, Target::any(meeting)).await?;
        meetings::open(work, Target::any(meeting)).await?;
        Ok((meeting, item.id))
    });
    begun.await.unwrap()
}

impl Hall {
    /// The unit is seen in the hall.
    async fn comes(&self, unit: &TestUnit) -> Attendance {
        let act = self.act(Role::SecretariatOffice, Scope::Association);
        let key = format!("unit:{}", unit.id);
        let new =
            NewAttendance {
                elector_key: key, capacity: Capacity::Voice, person_name: Some(text("代表")), from: None
            };
        write(self.store(), &act, async |work| meetings::enter(work, self.meeting, new.clone()).await).await.unwrap()
    }

    /// And leaves it.
    async fn goes(&self, attendance: &Attendance) {
        let act = self.act(Role::SecretariatOffice, Scope::Association);
        let leaves =
            write(self.store(), &act, async |work| meetings::leave(work, Target::any(attendance.id), None).await);
        leaves.await.unwrap();
    }

    /// A ballot on the plan, as those who hold the meeting draft it.
    fn motion(&self, secrecy: &str) -> Value {
        json!({
            "meeting_id": self.meeting, "agenda_item_id": self.item, "kind": "motion", "secrecy": secrecy,
            "title": "通过2027年度工作计划", "motion": "同意2027年度工作计划。",
        })
    }

    fn election(&self, secrecy: &str, seats: usize, candidates: &[&TestUnit]) -> Value {
        let candidate = |unit: &&TestUnit| json!({ "unit_id": unit.id, "consent": { "basis": "候选人同意书", "consented_on": "2026-11-18" } });
        json!({
            "meeting_id": self.meeting, "agenda_item_id": self.item, "kind": "election", "secrecy": secrecy,
            "title": "选举监票单位", "seats": seats, "candidates": candidates.iter().map(candidate).collect::<Vec<_>>(),
        })
    }

    async fn drafted(&self, ballot: Value) -> Thing {
        self.office.post("/v1/ballots", ballot).await.created()
    }

    async fn opened(&self, ballot: Value) -> Thing {
        let draft = self.drafted(ballot).await;
        self.office.does("open", &draft).await.ok()
    }

    async fn now(&self, ballot: &Thing) -> Thing {
        self.office.get(&format!("/v1/ballots/{}", ballot.id())).await.ok()
    }

    async fn closed(&self, ballot: &Thing) -> Thing {
        self.office.does("close", &self.now(ballot).await).await.ok()
    }

    /// The representative of the unit votes.
    async fn votes(&self, unit: &TestUnit, ballot: &Thing, choice: &str) -> Reply {
        self.representative_of(unit).await.casts(ballot, json!({ "choice": choice })).await
    }
}

/// What people do with a ballot.
trait Voter {
    async fn does(&self, action: &str, ballot: &Thing) -> Reply;
    async fn casts(&self, ballot: &Thing, vote: Value) -> Reply;
    async fn roll_of(&self, ballot: &Thing) -> Vec<Value>;
}

impl Voter for Persona {
    async fn does(&self, action: &str, ballot: &Thing) -> Reply {
        let body = if action == "void" { json!({ "reason": "议案文本有误。" }) } else { json!({}) };
        self.post(&format!("/v1/ballots/{}/{action}", ballot.id()), body).seen(ballot).await
    }

    async fn casts(&self, ballot: &Thing, vote: Value) -> Reply {
        self.post(&format!("/v1/ballots/{}/votes", ballot.id()), vote).await
    }

    async fn roll_of(&self, ballot: &Thing) -> Vec<Value> {
        self.get(&format!("/v1/ballots/{}/roll?limit=200", ballot.id())).await.rows()
    }
}

//! The policy matrix is true: for every operation and every office, on rows of one's own and of another unit,
//! the answer is what the matrix says.

use std::collections::BTreeSet;

use gongjian_api::authority::{Asks, of, permissions};
use gongjian_governance::ballot::{BallotId, queries as ballots};
use gongjian_governance::body::{COUNCIL, GENERAL_MEETING};
use gongjian_governance::decision::Matter;
use gongjian_governance::office::OfficeKind;
use gongjian_identity::{PersonId, Role};
use gongjian_kernel::{Actor, Permission, Scope};
use gongjian_ledger::issue::{IssueId, queries};
use gongjian_membership::UnitId;
use gongjian_membership::unit::queries as units;
use gongjian_testkit::{App, Cast, Operation, Persona, TestUnit, Thing, operations};
use serde_json::{Value, json};
use uuid::Uuid;

use super::article_11_charter::decided;

const OTHER_STREET: &str = "990106007";
const UNKNOWN: &str = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff";

/// Two things in one path: `tests/accounts_states.rs` tells of it.
const OF_TWO_THINGS: &str = "revokeAccountSession";

/// Asked of a committee; the unit that it is about stands in the body, or narrows the list.
const OF_A_UNIT_WITHIN: [&str; 4] =
    ["applyToCommittee", "listCommitteeMembers", "signUpForExchangeEvent", "requestCommitteeService"];

/// What a query cannot do without.
const ASKED: [(&str, &str); 1] = [("computeDueDate", "?from=2026-02-13&workdays=5")];

/// A row that an operation can be about, and how it relates to offices.
struct Row {
    /// The parameter that names it: `issue_id`.
    parameter: &'static str,
    id: String,
    unit: Option<Uuid>,
    street: Option<String>,
    recommended_by: Option<Uuid>,
    proposed_by: Option<&'static str>,
    /// Of a meeting: the kind of body that meets, and the units that have a voice there.
    meets: Option<&'static str>,
    voices: Vec<Uuid>,
    /// A committee, and the unit that leads it.
    body: Option<Uuid>,
    leads: Option<Uuid>,
    /// What it is to everybody, whatever he holds his office over.
    always: &'static [&'static str],
    /// It has gone out to members.
    is_issued: bool,
    of_secretariat: bool,
    /// Whose profile it is, or to whom it is assigned.
    of_person: Option<Uuid>,
    /// How far it has come: `submitted`, `adopted`.
    stage: Option<&'static str>,
}

/// Of papers of bodies: told of a row by `always`.
const OF_PAPERS: [&str; 4] = ["kept_by_secretariat", "published", "escalated_to_council", "owner"];

impl Row {
    fn of(parameter: &'static str, id: &str) -> Self {
        Self {
            parameter,
            id: id.to_owned(),
            unit: None,
            street: None,
            recommended_by: None,
            proposed_by: None,
            meets: None,
            voices: Vec::new(),
            body: None,
            leads: None,
            always: &[],
            is_issued: false,
            of_secretariat: false,
            of_person: None,
            stage: None,
        }
    }

    /// What the matrix says of this row, told by the words of the matrix alone.
    async fn is_open_to(&self, app: &App, actor: &Actor, permission: &Permission) -> bool {
        if self.parameter == "issue_id" {
            let id = IssueId(self.id.parse().unwrap());
            return queries::check_reading(app.store(), actor, id, permission).await.is_ok();
        }
        if self.parameter == "ballot_id" {
            let id = BallotId(self.id.parse().unwrap());
            return ballots::may(app.store(), actor, id, permission).await.is_ok();
        }
        // Article 18: the members of a branch are the units of its street.
        let mut members: BTreeSet<Uuid> = self.unit.into_iter().collect();
        for unit in actor.units() {
            let known = units::find(app.store().db.reader(), UnitId(unit)).await.unwrap();
            members
                .extend(known.filter(|known| Some(&known.street_code) == self.street.as_ref()).map(|known| known.id.0));
        }
        let stands = |over: &str, scope: &Scope| match over {
            "association" => true,
            "own_unit" | "unit_of_person" => self.unit.is_some_and(|unit| *scope == Scope::Unit(unit)),
            "branch" => self.street.as_ref().is_some_and(|street| *scope == Scope::Branch(street.clone())),
            "recommender" => self.recommended_by.is_some_and(|unit| *scope == Scope::Unit(unit)),
            "public_duty" => self.parameter == "obligation_key",
            "no_officer" => *scope == Scope::Association,
            // Somebody has the office already.
            "first_secretary_general" => false,
            "below_association" => *scope == Scope::Association && self.unit.is_some(),
            "proposed_by_system_administrator" | "proposed_by_security_administrator" => {
                self.proposed_by.is_some_and(|role| over == format!("proposed_by_{role}"))
            }
            "elector" => self.voices.iter().any(|unit| *scope == Scope::Unit(*unit)),
            "general_meeting" | "council" | "expert_committee" if self.meets.is_some() => self.meets == Some(over),
            "own_body" | "open_minutes" if self.meets.is_some() => false,
            "issued" => self.is_issued,
            "of_secretariat" => self.of_secretariat && *scope == Scope::Association,
            "assigned" | "himself" => self.of_person.is_some() && self.of_person == actor.person,
            // None of these rows is told to everybody.
            "told" => false,
            "own_street" => self.street.as_ref().is_some_and(|street| *scope == Scope::Branch(street.clone())),
            "invited" => self.voices.iter().any(|unit| *scope == Scope::Unit(*unit)),
            // Nothing is delegated for the street of these conferences.
            "delegated" => false,
            "leads_committee" | "convenes_zone" => self.leads.is_some_and(|unit| *scope == Scope::Unit(unit)),
            "party" | "speaks_for_party" => self.unit.is_some_and(|unit| *scope == Scope::Unit(unit)),
            "owner" if self.unit.is_some() => self.unit.is_some_and(|unit| *scope == Scope::Unit(unit)),
            "own_body" | "member_of_body" => match scope {
                Scope::Branch(street) => self.street.as_ref() == Some(street),
                Scope::Body(body) => self.body == Some(*body),
                Scope::Unit(unit) => over == "member_of_body" && members.contains(unit),
                Scope::Association => false,
            },
            of_papers if OF_PAPERS.contains(&of_papers) => self.always.contains(&of_papers),
            "in_deliberation" => matches!(self.stage, Some("submitted" | "adopted")),
            "adopted" => self.stage == Some("adopted"),
            "declared" => self.stage.is_some(),
            "made_public" => self.stage == Some("publicised"),
            // Nobody takes part in these projects beside the unit that declared.
            "joint_unit" => false,
            other => panic!("{}: what is {other} over {}?", permission.name, self.parameter),
        };
        let held = |grant: &gongjian_kernel::Grant| {
            permission.rules.iter().any(|rule| rule.role == grant.role && stands(rule.over.0, &grant.scope))
        };
        actor.grants.iter().any(held)
    }
}

/// The units, people and rows that the sweep goes over.
struct District {
    app: App,
    personas: Vec<Persona>,
    rows: Vec<Row>,
}

async fn district() -> District {
    let app = App::start().await;
    let cast = app.cast().await;
    let (system, security, auditor) = (app.administrator().await, app.security().await, app.auditor().await);
    let other_unit = app.member_unit_in(OTHER_STREET, "青禾第二中学").await;
    let other_bureau = app.department_unit("青禾区卫健局").await;
    let other = app.representative_of(&other_unit).await;
    app.department(&other_bureau).await;
    let own = cast.in_progress().await;
    let foreign = cast.office.registers(&other.submits(gongjian_testkit::difficulty()).await.created()).await.ok();
    let foreign = cast.office.dispatches(&foreign, &other_bureau, &[]).await.ok();
    let staff = [(Role::BranchStaff, Scope::Branch(cast.unit.street.clone()))];
    let vice = [(Role::VicePresident, Scope::Association)];
    let member = [(Role::CouncilMember, Scope::Association)];
    let candidate = Persona::open(&app, "candidate", &[], false).await;
    let second = Persona::open(&app, "candidate.second", &[], false).await;
    let propose = async |who: &Persona, whom: &Persona| -> Thing {
        let new = json!({ "account_id": whom.account().0, "change": "grant", "role": "audit_administrator", "reason": "接任。" });
        who.post("/v1/grant-proposals", new).await.created()
    };
    let (by_system, by_security) = (propose(&system, &candidate).await, propose(&security, &second).await);
    let appointments = cast.general.get("/v1/appointments?role=department_handler").await.rows();
    let verification = auditor.post("/v1/audit-verifications", json!({})).await.created();
    let event = auditor.get("/v1/audit-events?limit=1").await.rows()[0]["id"].as_str().unwrap().to_owned();
    let mut rows = vec![
        Row::of("issue_id", own.id()),
        Row::of("issue_id", foreign.id()),
        Row { unit: Some(cast.unit.id), ..Row::of("unit_id", &cast.unit.id.to_string()) },
        Row { unit: Some(other_unit.id), ..Row::of("unit_id", &other_unit.id.to_string()) },
        Row::of("account_id", &candidate.account().to_string()),
        Row::of("account_id", &cast.liaison.account().to_string()),
        Row { proposed_by: Some("system_administrator"), ..Row::of("grant_proposal_id", by_system.id()) },
        Row { proposed_by: Some("security_administrator"), ..Row::of("grant_proposal_id", by_security.id()) },
        Row::of("audit_event_id", &event),
        Row::of("audit_verification_id", verification.id()),
        Row::of("year", "2026"),
    ];
    rows.extend(rows_of_membership(&app, &cast, &other_unit).await);
    rows.extend(rows_of_compliance(&cast).await);
    let (decided, director) = rows_of_decisions(&app, &cast, &other_unit).await;
    rows.extend(decided);
    let expert = Persona::open(&app, "adviser", &[], false).await;
    rows.extend(rows_of_briefings(&cast, &other, &other_unit, &expert, &system).await);
    rows.extend(rows_of_ballots(&app).await);
    rows.extend(rows_of_offices(&app, &cast).await);
    let committee = app.committee("RC1", &cast.bureau).await;
    rows.extend(rows_of_charter(&cast.office).await);
    rows.extend(rows_of_key_projects(&app, &cast.office).await);
    rows.extend(rows_of_projects(&app, &cast, &other_unit).await);
    let (of_committee, leading) = rows_of_committees(&app, &cast.unit).await;
    rows.extend(of_committee);
    rows.extend(rows_of_branches(&app, &cast.unit, &cast.school).await);
    rows.extend(rows_of_conferences(&cast).await);
    rows.extend(rows_of_zones(&cast).await);
    // Last: a general meeting that was held is no longer missed.
    rows.extend(rows_of_meetings(&app, &cast).await);
    for appointment in &appointments {
        let unit = appointment["unit_id"].as_str().map(|id| id.parse().unwrap());
        rows.push(Row { unit, ..Row::of("appointment_id", appointment["id"].as_str().unwrap()) });
    }
    assert_eq!(appointments.len(), 2);
    let personas = vec![
        app.representative_of(&cast.bureau).await,
        app.branch(&cast.unit.street).await,
        app.branch(OTHER_STREET).await,
        Persona::open(&app, "staff", &staff, false).await,
        Persona::open(&app, "vice", &vice, false).await,
        director,
        leading,
        app.president().await,
        Persona::open(&app, "member", &member, false).await,
        app.director_of(committee).await,
        app.expert().await,
        candidate,
        expert,
        cast.representative,
        cast.liaison,
        cast.handler,
        cast.helper,
        cast.office,
        cast.general,
        system,
        security,
        auditor,
        other,
    ];
    District { app, personas, rows }
}

/// Rows of two units in whatever this crate keeps of units and their people.
async fn rows_of_membership(app: &App, cast: &Cast, other: &TestUnit) -> Vec<Row> {
    let office = &cast.office;
    let mut rows = Vec::new();
    let id = |row: &Value| row["id"].as_str().unwrap().to_owned();
    for unit in [&cast.unit, other] {
        let of_unit = |parameter, id: &str| Row { unit: Some(unit.id), ..Row::of(parameter, id) };
        let representative = app.representative_of(unit).await;
        let filings = office.get(&format!("/v1/filings?unit_id={}", unit.id)).await.rows();
        rows.push(of_unit("filing_id", &id(&filings[0])));
        let given = json!({ "kind": "research", "title": "调研报告", "detail": "全区新材料产业现状与建议。" });
        rows.push(of_unit("contribution_id", representative.post("/v1/contributions", given).await.created().id()));
        let lines = office.get(&format!("/v1/standing-lines?unit_id={}", unit.id)).await.rows();
        rows.push(of_unit("line_id", &id(&lines[0])));
        let known = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
        rows.push(of_unit("person_id", known["representative"]["person_id"].as_str().unwrap()));
        let request = json!({ "reason": "不再需要账号。" });
        rows.push(Row::of("request_id", representative.post("/v1/me/deletion-requests", request).await.created().id()));
    }
    let invited = office.get(&format!("/v1/units/{}", other.id)).await.ok();
    let invited = json!({ "person_id": invited["liaison"]["person_id"] });
    let invitation = office.post("/v1/invitations", invited).await.created();
    rows.push(Row { unit: Some(other.id), ..Row::of("invitation_id", &id(&invitation["invitation"])) });
    let lost = json!({ "username": cast.liaison.username() });
    app.anonymous().post("/v1/auth/password-resets", lost).await.no_content();
    let resets = app.security().await.get("/v1/password-resets").await.rows();
    rows.push(Row::of("reset_id", &id(&resets[0])));
    let application = |name: &str, street: &str| {
        json!({
            "name": name, "unit_type": "research", "affiliation_level": "provincial",
            "credit_code_exempt_reason": "筹建期间尚未取得代码", "street_code": street, "address": "青禾区科苑路 7 号",
            "party_org_name": "中共某研究院委员会", "party_org_kind": "party_committee",
            "contact": { "name": "王芳", "post": "党办主任", "phone": "13800000005" },
        })
    };
    let nominated = application("甲研究院", &cast.unit.street);
    let nominated = office.post("/v1/nominations", nominated).await.created();
    rows.push(Row { street: Some(cast.unit.street.clone()), ..Row::of("application_id", nominated.id()) });
    let recommends = format!("/v1/units/{}/recommendations", cast.unit.id);
    let recommended = cast.representative.post(&recommends, application("乙研究院", OTHER_STREET)).await.created();
    rows.push(Row {
        street: Some(OTHER_STREET.to_owned()),
        recommended_by: Some(cast.unit.id),
        ..Row::of("application_id", recommended.id())
    });
    rows
}

/// A meeting of all members that is open and one whose minutes are out, with their parts; a meeting of the council.
async fn rows_of_meetings(app: &App, cast: &Cast) -> Vec<Row> {
    let office = &cast.office;
    let at = |thing: &Thing, what: &str| format!("/v1/meetings/{}/{what}", thing.id());
    let soon = (app.now() + chrono::Duration::minutes(30)).to_rfc3339();
    let general = json!({ "body_id": gongjian_governance::body::GENERAL_MEETING, "title": "会员大会", "kind": "regular",
        "starts_at": soon, "place": "区会议中心", "chair": "会长" });
    let mut council = general.clone();
    council["body_id"] = json!(gongjian_governance::body::COUNCIL);
    let mut held = Vec::new();
    for new in [&general, &general] {
        let planned = office.post("/v1/meetings", new.clone()).await.created();
        let topic = json!({ "title": "议题", "detail": "建议大会研究。" });
        let topic = cast.representative.post(&at(&planned, "topics"), topic).await.created();
        let called = office.post(&at(&planned, "call"), json!({})).seen(&planned).await.ok();
        let open = office.post(&at(&called, "open"), json!({})).seen(&called).await.ok();
        held.push((open, topic));
    }
    let (open, topic) = &held[0];
    let paper = json!({ "title": "工作报告", "reference": "青促会〔2026〕8号" });
    let open = office.post(&at(open, "papers"), paper).seen(open).await.ok();
    let there = json!({ "elector_key": format!("unit:{}", cast.unit.id), "capacity": "voice", "person_name": "李敏" });
    let there = office.post(&at(&open, "attendance"), there).await.created();
    let substitute = &office.get(&format!("/v1/units/{}", cast.school.id)).await.ok()["liaison"]["person_id"].clone();
    let mandate = json!({ "substitute_person_id": substitute, "scope": "vote", "reference": "委托书" });
    let mandate = cast.representative.post(&at(&open, "mandates"), mandate).await.created();
    let (second, _) = &held[1];
    let closed = office.post(&at(second, "close"), json!({})).seen(second).await.ok();
    let draft = json!({ "summary": "会议由会长主持。", "items": [] });
    let drafted = office.put(&at(&closed, "minutes"), draft).seen(&closed).await.ok();
    let minuted = office.post(&at(&drafted, "submit-minutes"), json!({})).seen(&drafted).await.ok();
    let wrong = json!({ "content": "应记明一致通过。" });
    let wrong = cast.representative.post(&at(&minuted, "minutes-corrections"), wrong).await.created();
    let council = office.post("/v1/meetings", council).await.created();
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let mut voices = Vec::new();
    for meeting in [&open, &council] {
        let list = office.get(&at(meeting, "attendance?limit=200")).await.rows();
        let units = list.iter().filter_map(|line| line["voice"]["unit_id"].as_str());
        voices.push(units.map(|unit| unit.parse().unwrap()).collect::<Vec<Uuid>>());
    }
    let of = |meets, parameter, id: &str| {
        let voices = voices[usize::from(meets == "council")].clone();
        Row { meets: Some(meets), voices, ..Row::of(parameter, id) }
    };
    vec![
        of("general_meeting", "meeting_id", open.id()),
        of("general_meeting", "meeting_id", minuted.id()),
        of("council", "meeting_id", council.id()),
        of("general_meeting", "agenda_item_id", &id(&open["agenda"][0])),
        of("council", "agenda_item_id", &id(&council["agenda"][0])),
        of("general_meeting", "paper_id", &id(&open["papers"][0])),
        of("general_meeting", "topic_id", topic.id()),
        of("general_meeting", "attendance_id", there.id()),
        of("general_meeting", "mandate_id", mandate.id()),
        of("general_meeting", "correction_id", wrong.id()),
    ]
}

/// Decisions, consultations, consents and the execution book; and a director of the committee.
async fn rows_of_decisions(app: &App, cast: &Cast, other: &TestUnit) -> (Vec<Row>, Persona) {
    const COUNCIL: &str = "01980000-0000-7000-8000-000000000013";
    const OF_COUNCIL: &[&str] = &["kept_by_secretariat", "published"];
    let (office, street) = (&cast.office, &cast.unit.street);
    let president = app.branch(street).await;
    let branch = app.branch_body(street).await;
    let consults = async |who: &Persona, body: &str, matter: &str, units: Option<&[Uuid]>| -> Thing {
        let new =
            json!({ "body_id": body, "matter": matter, "subject": "人选", "text": "拟由其担任。", "unit_ids": units });
        who.post("/v1/consultations", new).await.created()
    };
    let of_branch = consults(&president, &branch.to_string(), "of_body", None).await;
    // Here the others of the street need not be heard.
    app.sql(&format!("DELETE FROM consultation_party WHERE name <> '{}'", cast.unit.name)).await.unwrap();
    let of_council = consults(office, COUNCIL, "council_unit", Some(&[other.id])).await;
    let url = format!("/v1/consultations/{}", of_branch.id());
    let supports = json!({ "round_no": 1, "position": "support" });
    let heard = cast.representative.post(&format!("{url}/statements"), supports).await.ok();
    president.post(&format!("{url}/conclude"), json!({})).header("if-match", "*").await.is(200);
    let issued = async |who: &Persona, new: Value| -> Thing {
        let made = who.post("/v1/decisions", new).await.created();
        who.post(&format!("/v1/decisions/{}/issue", made.id()), json!({})).seen(&made).await.ok()
    };
    let by_branch = json!({
        "body_id": branch, "matter": "of_body", "title": "分会决议", "text": "同意。",
        "method": "consultation", "consultation_id": heard.id(),
    });
    let by_branch = issued(&president, by_branch).await;
    let by_council = json!({
        "body_id": COUNCIL, "matter": "council_other", "title": "理事会决议", "text": "同意。",
        "method": "document", "document_ref": "青党促〔2026〕7号", "adopted_on": "2026-11-18",
    });
    let by_council = issued(office, by_council).await;
    let item = json!({ "task": "执行决议", "unit_id": cast.unit.id, "workdays": 10 });
    let item = office.post(&format!("/v1/decisions/{}/execution-items", by_council.id()), item).await.created();
    let (lead, member) = (app.member_unit("青禾区人社局").await, app.member_unit("东部实业有限公司").await);
    let committee = app.committee("RC", &lead).await;
    for (unit, kind) in [(&lead, OfficeKind::CommitteeDirectorLead), (&member, OfficeKind::CommitteeDirectorMember)] {
        let known = office.get(&format!("/v1/units/{}", unit.id)).await.ok();
        let person = known["representative"]["person_id"].as_str().unwrap().parse().unwrap();
        app.directs(committee, kind, PersonId(person), unit).await;
    }
    let director = app.representative_of(&lead).await;
    let consent = json!({ "body_id": committee, "subject": "运行机制", "text": "嵌入既有机制。" });
    let consent = director.post("/v1/joint-consents", consent).await.created();
    let unit = Some(cast.unit.id);
    let rows = vec![
        Row { unit, street: Some(street.clone()), ..Row::of("decision_id", by_branch.id()) },
        Row { always: OF_COUNCIL, ..Row::of("decision_id", by_council.id()) },
        Row { unit, street: Some(street.clone()), ..Row::of("consultation_id", of_branch.id()) },
        Row { unit: Some(other.id), always: OF_COUNCIL, ..Row::of("consultation_id", of_council.id()) },
        Row { unit, always: OF_COUNCIL, ..Row::of("execution_item_id", item.id()) },
        Row { body: Some(committee), ..Row::of("joint_consent_id", consent.id()) },
        Row { always: OF_COUNCIL, ..Row::of("body_id", COUNCIL) },
    ];
    (rows, director)
}

/// An obligation that every member may know of, and a reason.
async fn rows_of_compliance(cast: &Cast) -> Vec<Row> {
    let reason = json!({ "period": "2026", "reason": "因防汛推迟。" });
    let given = cast.office.post("/v1/compliance/general_meeting/explanations", reason).await.created();
    vec![Row::of("obligation_key", "general_meeting"), Row::of("explanation_id", given.id())]
}

/// What is told to one unit and asked of it; an expert, what is assigned to him and what is nobody's yet.
async fn rows_of_briefings(
    cast: &Cast,
    other: &Persona,
    unit: &TestUnit,
    expert: &Persona,
    system: &Persona,
) -> Vec<Row> {
    let (office, general) = (&cast.office, &cast.general);
    let audience = json!({ "kind": "street_members", "street_code": unit.street });
    let briefing = json!({
        "title": "四季度通报", "sections": [{ "heading": "重点工作", "text": "人才公寓。" }], "audience": audience,
    });
    let draft = office.post("/v1/briefings", briefing.clone()).await.created();
    let issued = office.post("/v1/briefings", briefing).await.created();
    let url = format!("/v1/briefings/{}/issue", issued.id());
    general.post(&url, json!({})).seen(&issued).await.is(200);
    let call = json!({
        "title": "征求意见", "question": "是否妥当？", "background": "草案。", "serves": "计划草案", "audience": audience,
    });
    let call = office.post("/v1/opinion-calls", call).await.created();
    let url = format!("/v1/opinion-calls/{}", call.id());
    general.post(&format!("{url}/open"), json!({})).seen(&call).await.is(200);
    let points = json!({ "points": [{ "text": "增加学位。" }] });
    let opinion = other.post(&format!("{url}/opinions"), points).await.created();
    let account = system.get(&format!("/v1/accounts/{}", expert.account().0)).await.ok();
    let person = account["person"]["id"].as_str().unwrap();
    let profile = json!({
        "person_id": person, "employer_name": "区委党校", "biography": "理论研究。", "fields": ["党建"], "basis": "3号文",
    });
    let profile = office.post("/v1/experts", profile).await.created();
    let question = json!({
        "field": "党建", "question": "如何联建？", "purpose": "参考。", "agreement": { "publicity": "asker" },
    });
    let own = office.post("/v1/enquiries", question.clone()).await.created();
    let asked = other.post("/v1/enquiries", question).await.created();
    let assign = json!({ "expert_ids": [profile.id()] });
    office.post(&format!("/v1/enquiries/{}/assign", asked.id()), assign).seen(&asked).await.is(200);
    let of_unit = |parameter, id: &str| Row { unit: Some(unit.id), is_issued: true, ..Row::of(parameter, id) };
    let of_person = Some(person.parse().unwrap());
    vec![
        Row::of("briefing_id", draft.id()),
        of_unit("briefing_id", issued.id()),
        of_unit("opinion_call_id", call.id()),
        of_unit("opinion_id", opinion.id()),
        Row { of_person, ..Row::of("expert_id", profile.id()) },
        Row { of_person, ..of_unit("enquiry_id", asked.id()) },
        Row { of_secretariat: true, ..Row::of("enquiry_id", own.id()) },
    ]
}

/// A ballot of the general meeting, and one of the council.
async fn rows_of_ballots(app: &App) -> Vec<Row> {
    let general = crate::article_11_ballots::drafted_in(app, GENERAL_MEETING, Matter::AnnualPlan).await;
    let council = crate::article_11_ballots::drafted_in(app, COUNCIL, Matter::InternalRule).await;
    vec![Row::of("ballot_id", general.id()), Row::of("ballot_id", council.id())]
}

/// A post, an office and a body: one of a unit's, one of the association's top.
async fn rows_of_offices(app: &App, cast: &Cast) -> Vec<Row> {
    let general = &cast.general;
    app.head_of(&cast.unit).await;
    let decided = json!({
        "kind": "council_unit", "unit_id": cast.unit.id, "basis": "理事会纪要〔2025〕2号", "decided_on": "2025-12-20",
    });
    let council_unit = general.post("/v1/offices", decided).await.created();
    let of_unit = |parameter, id: &str| Row { unit: Some(cast.unit.id), ..Row::of(parameter, id) };
    let presidency = general.get("/v1/offices?kind=president").await.rows();
    let presidency = &presidency[0];
    vec![
        of_unit("post_id", council_unit["post"]["id"].as_str().unwrap()),
        Row::of("post_id", presidency["post"]["id"].as_str().unwrap()),
        of_unit("office_id", council_unit.id()),
        Row::of("office_id", presidency["id"].as_str().unwrap()),
        Row {
            always: &["kept_by_secretariat", "published"],
            ..Row::of("body_id", presidency["body"]["id"].as_str().unwrap())
        },
    ]
}

/// A version of the charter and an instrument at each stage, and a comment.
async fn rows_of_charter(office: &Persona) -> Vec<Row> {
    let adopted = |parameter, id: &str| Row { stage: Some("adopted"), ..Row::of(parameter, id) };
    let in_force = office.get("/v1/charter").await.ok();
    let draft = office.post("/v1/charter/versions", json!({ "note": "增设一条。" })).await.created();
    let rule = async || -> Thing {
        let new = json!({ "kind": "internal_rule", "title": "会议制度" });
        office.post("/v1/instruments", new).await.created()
    };
    let acts = async |thing: &Thing, action: &str, body: Value| -> Thing {
        office.post(&format!("/v1/instruments/{}/{action}", thing.id()), body).seen(thing).await.ok()
    };
    let (first, second, third) = (rule().await, rule().await, rule().await);
    let (second, third) = (acts(&second, "submit", json!({})).await, acts(&third, "submit", json!({})).await);
    let comments = format!("/v1/instruments/{}/comments", second.id());
    let comment = office.post(&comments, json!({ "text": "建议补充。" })).await.created();
    let by = decided(office, "internal_rule", None).await;
    let third = acts(&third, "adopt", json!({ "decision_id": by })).await;
    vec![
        Row::of("charter_version_id", draft.id()),
        adopted("charter_version_id", in_force.id()),
        Row::of("instrument_id", first.id()),
        Row { stage: Some("submitted"), ..Row::of("instrument_id", second.id()) },
        adopted("instrument_id", third.id()),
        Row { stage: Some("submitted"), ..Row::of("comment_id", comment.id()) },
    ]
}

/// A key project of the year, and a claim to it.
async fn rows_of_key_projects(app: &App, office: &Persona) -> Vec<Row> {
    let unit = app.council_unit("云栖理工大学").await;
    let plan = super::article_13_plans::adopted_plan(office, &unit).await;
    let new = json!({
        "plan_item_id": plan["items"][0]["id"], "shares_total": 4, "claim_from": "2026-11-20", "claim_until": "2026-12-31",
    });
    let project = office.post("/v1/key-projects", new).await.created();
    let claim = json!({ "key_project_id": project.id(), "shares": 1, "undertaking": "承办一期。" });
    let claim = app.representative_of(&unit).await.post("/v1/project-claims", claim).await.created();
    vec![Row::of("key_project_id", project.id()), Row { unit: Some(unit.id), ..Row::of("claim_id", claim.id()) }]
}

/// A declaration that nobody but its unit knows of; a project that is made public, and an objection to it.
async fn rows_of_projects(app: &App, cast: &Cast, other: &TestUnit) -> Vec<Row> {
    use super::article_21_projects::{drafted, objects, publicised};
    let draft = drafted(&cast.representative).await;
    let public = publicised(&cast.office, &app.representative_of(other).await).await;
    let objection = objects(&cast.representative, &public).await.created();
    let of_public =
        |parameter, id: &str| Row { unit: Some(other.id), stage: Some("publicised"), ..Row::of(parameter, id) };
    vec![
        Row { unit: Some(cast.unit.id), ..Row::of("project_id", draft.id()) },
        of_public("project_id", public.id()),
        of_public("objection_id", objection.id()),
    ]
}

/// A committee, a member of it, an application of the unit, a topic for the council; and who leads the committee.
async fn rows_of_committees(app: &App, unit: &TestUnit) -> (Vec<Row>, Persona) {
    let it = super::article_17_committees::affairs(app, unit).await;
    let of = |parameter, id: &str, unit: Option<Uuid>| Row {
        unit,
        body: Some(it.body),
        leads: Some(it.lead),
        ..Row::of(parameter, id)
    };
    let rows = vec![
        of("committee_id", &it.body.to_string(), None),
        of("committee_membership_id", &it.membership, Some(it.member)),
        of("committee_application_id", &it.application, Some(unit.id)),
        of("committee_topic_id", &it.topic, None),
        of("exchange_event_id", &it.exchange_event, None),
        of("sign_up_id", &it.sign_up, Some(unit.id)),
        of("committee_service_id", &it.service, None),
        of("service_request_id", &it.service_request, Some(unit.id)),
    ];
    (rows, it.director)
}

/// The branch of the unit, a term of the unit and what is proposed about it, work, a need, a mass organisation.
async fn rows_of_branches(app: &App, unit: &TestUnit, other: &TestUnit) -> Vec<Row> {
    let it = super::article_18_branches::affairs(app, unit, other).await;
    let of = |parameter, id: &str, own: Option<Uuid>| Row {
        unit: own,
        street: Some(unit.street.clone()),
        ..Row::of(parameter, id)
    };
    vec![
        of("branch_id", &it.branch.to_string(), None),
        of("term_id", &it.term, Some(unit.id)),
        of("rotation_change_id", &it.change, Some(unit.id)),
        of("work_item_id", &it.work, None),
        of("need_id", &it.need, Some(unit.id)),
        of("mass_organisation_id", &it.organisation, None),
    ]
}

/// A conference of the unit's street and one of the district, a measure of the bureau, a delegation for another street.
async fn rows_of_conferences(cast: &Cast) -> Vec<Row> {
    let it = super::article_22_conferences::affairs(cast).await;
    let of_district = |parameter, id: &str| Row { voices: it.invited.clone(), ..Row::of(parameter, id) };
    vec![
        Row {
            street: Some(cast.unit.street.clone()),
            voices: vec![cast.school.id],
            ..Row::of("conference_id", &it.street_conference)
        },
        of_district("conference_id", &it.conference),
        Row { unit: Some(cast.bureau.id), ..of_district("measure_id", &it.measure) },
        Row { street: Some(OTHER_STREET.to_owned()), ..Row::of("delegation_id", &it.delegation) },
    ]
}

/// A functional zone.
async fn rows_of_zones(cast: &Cast) -> Vec<Row> {
    let zone = json!({
        "code": "Z9", "name": "东部新城功能区", "focus": "产业导入", "lead_unit_id": cast.unit.id,
        "street_codes": [cast.unit.street],
    });
    let zone = cast.office.post("/v1/zones", zone).await.created();
    vec![Row { leads: Some(cast.unit.id), ..Row::of("zone_id", zone.id()) }]
}

/// The operation on the row, in no version that it has: whoever may would be told that, and nothing happens.
async fn status(who: &Persona, operation: &Operation, row: Option<&Row>) -> (u16, String) {
    let path = operation.path(row.map_or(UNKNOWN, |row| &row.id));
    let asked = ASKED.iter().find(|(id, _)| *id == operation.id).map_or("", |(_, query)| *query);
    let mut call = who.call(operation.method.clone(), &format!("{path}{asked}"));
    if operation.takes_if_match {
        call = call.header("if-match", "\"999999\"");
    }
    if operation.has_body {
        call = call.json(&json!({}));
    }
    let reply = call.await;
    (reply.status, reply.body["code"].as_str().unwrap_or_default().to_owned())
}

/// The parameter that the path ends on; the row that it names decides.
fn parameter_of(operation: &Operation) -> Option<&str> {
    operation.template.split('/').rev().find_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_answer_is_what_the_matrix_says() {
    let District { app, personas, rows } = district().await;
    let mut seen = BTreeSet::new();
    let (mut allowed, mut refused, mut wrong) = (0, 0, Vec::new());
    for who in &personas {
        let token = who.token().await.unwrap();
        let actor = app.identity().authenticate(app.store(), &token).await.unwrap().actor.clone();
        seen.extend(actor.grants.iter().map(|grant| grant.role));
        for operation in operations() {
            let Some(Asks::For(permission)) = of(&operation.id) else { continue };
            if operation.id == OF_TWO_THINGS {
                continue;
            }
            let about: Vec<Option<&Row>> = match parameter_of(operation) {
                Some(parameter) => rows.iter().filter(|row| row.parameter == parameter).map(Some).collect(),
                None => vec![None],
            };
            assert!(!about.is_empty(), "{}: say which rows it is about", operation.id);
            for row in about {
                let open = match row {
                    Some(_) if OF_A_UNIT_WITHIN.contains(&operation.id.as_str()) => actor.has_some(permission),
                    Some(row) => row.is_open_to(&app, &actor, permission).await,
                    None => actor.has_some(permission),
                };
                let (status, code) = status(who, operation, row).await;
                let is_refused = status == 404 || (status == 403 && code == "forbidden");
                if open {
                    allowed += 1
                } else {
                    refused += 1
                }
                if is_refused == open || status == 401 || status >= 500 {
                    let id = row.map_or("", |row| &row.id);
                    wrong.push(format!("{} {} {id}: {status} {code}, open: {open}", who.username(), operation.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), allowed + refused, wrong.join("\n"));
    assert_eq!(seen.len(), Role::ALL.len(), "every role takes part: {seen:?}");
    assert!(allowed > 200 && refused > 400, "{allowed} allowed, {refused} refused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_disabled_account_is_refused_everywhere() {
    let app = App::start().await;
    let system = app.administrator().await;
    let office = app.secretariat().await;
    let token = office.token().await.unwrap();
    let path = format!("/v1/accounts/{}", office.account().0);
    let account = system.get(&path).await.ok();
    system.post(&format!("{path}/disable"), json!({})).seen(&account).await.is(200);
    let gone = Persona::with_token(&app, token);
    for operation in operations().iter().filter(|operation| !operation.is_public) {
        let (status, code) = status(&gone, operation, None).await;
        assert_eq!((status, code.as_str()), (401, "invalid_token"), "{}", operation.id);
    }
}

/// None of the three administrators has a permission of business, and no office has one of theirs.
#[test]
fn administration_and_business_exclude_each_other() {
    let ours = ["account", "administrator", "audit", "configuration", "calendar"];
    // Before there is a secretary-general, somebody must record the holder of his post; rights are the security
    // administrator's.
    // Accounts are the system administrator's; those who keep the files hand invitations to whom they have filed.
    let reviewed =
        ["appointment.read", "account.invite", "post.read", "post.record_holder", "office.read", "body.read"];
    for permission in permissions() {
        let administers = ours.contains(&permission.name.split('.').next().unwrap());
        let roles: Vec<Role> = permission.rules.iter().filter_map(|rule| Role::parse(rule.role)).collect();
        if permission.name == "configuration.read" || reviewed.contains(&permission.name) {
            continue;
        }
        for role in roles {
            assert_eq!(role.is_administrator(), administers, "{}: {role}", permission.name);
        }
    }
}

/// domain.md §7.2: accounts, configuration | roles, locks, passwords | the trail.
#[test]
fn each_administrator_has_his_own_part() {
    let of_role = |role: Role| -> Vec<&str> {
        let holds = |permission: &&Permission| permission.rules.iter().any(|rule| rule.role == role.as_str());
        permissions().filter(holds).map(|permission| permission.name).collect()
    };
    let shared =
        ["account.read", "administrator.read", "administrator.propose", "administrator.confirm", "configuration.read"];
    let own = |role: Role| -> Vec<&str> { of_role(role).into_iter().filter(|name| !shared.contains(name)).collect() };
    let system = ["account.create", "account.disable", "account.invite", "configuration.change", "calendar.import"];
    let security = [
        "account.reset_password",
        "account.lock",
        "account.sessions",
        "account.reset_second_factor",
        "configuration.change_security",
        "appointment.read",
        "post.read",
        "post.record_holder",
        "office.read",
        "body.read",
    ];
    assert_eq!(own(Role::SystemAdministrator), system);
    assert_eq!(own(Role::SecurityAdministrator), security);
    assert_eq!(own(Role::AuditAdministrator), ["audit.read", "audit.export", "audit.verify"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_is_signed_in_may_read_the_matrix() {
    let app = App::start().await;
    let nobody = Persona::open(&app, "nobody", &[], false).await;
    let all = nobody.get("/v1/authority").await.ok();
    let told: Vec<&str> = list(&all["permissions"]).iter().map(|it| it["name"].as_str().unwrap()).collect();
    let declared: Vec<&str> = permissions().map(|permission| permission.name).collect();
    assert_eq!(told, declared);
    let english = nobody.get("/v1/authority?role=member_liaison").header("accept-language", "en").await.ok();
    for permission in list(&english["permissions"]) {
        for rule in list(&permission["rules"]) {
            assert_eq!((&rule["role"], &rule["role_label"]), (&json!("member_liaison"), &json!("Liaison")));
        }
    }
    let submit = list(&english["permissions"]).iter().find(|it| it["name"] == "issue.submit").unwrap();
    assert_eq!((&submit["article"], &submit["rules"][0]["over"]), (&json!(23), &json!("submitter")));
    nobody.get("/v1/authority?role=planet").await.refused(400, "invalid_parameter");
    app.anonymous().get("/v1/authority").await.refused(401, "unauthenticated");
}

/// The document says of every operation what it asks for, in the words of the matrix.
#[test]
fn the_document_names_the_permission_of_every_operation() {
    let paths = gongjian_api::document()["paths"].as_object().unwrap();
    let declared: BTreeSet<&str> = permissions().map(|permission| permission.name).collect();
    for (path, item) in paths {
        for operation in item.as_object().unwrap().values() {
            let open = !list(&operation["security"]).iter().any(|one| one.get("bearer").is_some());
            match operation.get("x-permission") {
                Some(named) => {
                    assert!(list(named).iter().all(|name| declared.contains(name.as_str().unwrap())), "{path}")
                }
                None => assert!(open, "{path}: {}", operation["operationId"]),
            }
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

//! The policy matrix is true: for every operation and every office, on rows of one's own and of another unit,
//! the answer is what the matrix says.

use std::collections::BTreeSet;

use gongjian_api::authority::{Asks, of, permissions};
use gongjian_identity::Role;
use gongjian_kernel::{Actor, Permission, Scope};
use gongjian_ledger::issue::{IssueId, queries};
use gongjian_testkit::{App, Cast, Operation, Persona, TestUnit, Thing, operations};
use serde_json::{Value, json};
use uuid::Uuid;

const OTHER_STREET: &str = "990106007";
const UNKNOWN: &str = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff";

/// Two things in one path: `tests/accounts_states.rs` tells of it.
const OF_TWO_THINGS: &str = "revokeAccountSession";

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
}

impl Row {
    fn of(parameter: &'static str, id: &str) -> Self {
        Self { parameter, id: id.to_owned(), unit: None, street: None, recommended_by: None, proposed_by: None }
    }

    /// What the matrix says of this row, told by the words of the matrix alone.
    async fn is_open_to(&self, app: &App, actor: &Actor, permission: &Permission) -> bool {
        if self.parameter == "issue_id" {
            let id = IssueId(self.id.parse().unwrap());
            return queries::check_reading(app.store(), actor, id, permission).await.is_ok();
        }
        let stands = |over: &str, scope: &Scope| match over {
            "association" => true,
            "own_unit" | "unit_of_person" => self.unit.is_some_and(|unit| *scope == Scope::Unit(unit)),
            "branch" => self.street.as_ref().is_some_and(|street| *scope == Scope::Branch(street.clone())),
            "recommender" => self.recommended_by.is_some_and(|unit| *scope == Scope::Unit(unit)),
            "no_officer" => *scope == Scope::Association,
            // Somebody has the office already.
            "first_secretary_general" => false,
            "below_association" => *scope == Scope::Association && self.unit.is_some(),
            "proposed_by_system_administrator" | "proposed_by_security_administrator" => {
                self.proposed_by.is_some_and(|role| over == format!("proposed_by_{role}"))
            }
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
        app.president().await,
        candidate,
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
    // Before there is a secretary-general, somebody must file his appointment; rights are the security administrator's.
    // Accounts are the system administrator's; those who keep the files hand invitations to whom they have filed.
    let reviewed = ["appointment.file", "appointment.read", "account.invite"];
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
        "appointment.file",
        "appointment.read",
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

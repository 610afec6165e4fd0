//! Three administrators keep each other in check (三员分立, GB/T 22239 8.1.5): two persons make one, two end his
//! time, and none of them holds an office.

use futures_util::future::join_all;
use gongjian_identity::Role;
use gongjian_kernel::Scope;
use gongjian_testkit::{App, Persona, Reply, Thing};
use serde_json::{Value, json};

const PATH: &str = "/v1/grant-proposals";

fn proposal(candidate: &Persona, change: &str, role: &str) -> Value {
    json!({ "account_id": candidate.account().0, "change": change, "role": role, "reason": "原任调离，由其接任。" })
}

async fn proposes(who: &Persona, candidate: &Persona, change: &str, role: &str) -> Thing {
    who.post(PATH, proposal(candidate, change, role)).await.created()
}

async fn confirms(who: &Persona, proposal: &Thing) -> Reply {
    who.post(&format!("{PATH}/{}/confirm", proposal.id()), json!({})).seen(proposal).await
}

async fn ends(who: &Persona, proposal: &Thing, how: &str) -> Reply {
    who.post(&format!("{PATH}/{}/{how}", proposal.id()), json!({ "reason": "另行研究。" })).seen(proposal).await
}

/// Somebody with an account and nothing else.
async fn nobody(app: &App, username: &str) -> Persona {
    Persona::open(app, username, &[], false).await
}

async fn one_more(app: &App, username: &str, role: Role) -> Persona {
    Persona::open(app, username, &[(role, Scope::Association)], false).await
}

async fn events(app: &App, kind: &str) -> i64 {
    app.count(&format!("SELECT count(*) FROM audit_event WHERE kind = '{kind}'")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_one_proposes_the_other_confirms() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let granted = events(&app, "account.granted").await;
    for (proposer, other, name) in [(&system, &security, "first"), (&security, &system, "second")] {
        let candidate = nobody(&app, name).await;
        let made = proposes(proposer, &candidate, "grant", "audit_administrator").await;
        assert_eq!((made.text("status"), made["decided_by"].is_null()), ("proposed", true));
        candidate.get("/v1/audit-events").await.refused(403, "forbidden");
        confirms(proposer, &made).await.refused(403, "forbidden");
        let done = confirms(other, &made).await.ok();
        assert_eq!((done.text("status"), &done["decided_by"]["username"]), ("confirmed", &json!(other.username())));
        candidate.get("/v1/audit-events").await.is(200);
        confirms(other, &made).await.refused(412, "version_mismatch");
        confirms(other, &done).await.refused(409, "grant_proposal_state");
        ends(proposer, &done, "withdraw").await.refused(409, "grant_proposal_state");
    }
    assert_eq!(events(&app, "account.granted").await, granted + 2);
    assert_eq!(events(&app, "grant_proposal.proposed").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_second_administrator_of_the_same_kind_confirms_nothing() {
    let app = App::start().await;
    let candidate = nobody(&app, "candidate").await;
    let second = one_more(&app, "system.second", Role::SystemAdministrator).await;
    let made = proposes(&app.administrator().await, &candidate, "grant", "audit_administrator").await;
    for other in [&second, &app.auditor().await, &app.secretariat().await, &candidate] {
        let refused = confirms(other, &made).await;
        assert!([403, 404].contains(&refused.status), "{}: {}", other.username(), refused.status);
    }
    for other in [&app.auditor().await, &app.secretariat().await, &app.president().await, &candidate] {
        other.post(PATH, proposal(&candidate, "grant", "audit_administrator")).await.refused(403, "forbidden");
        other.get(PATH).await.refused(403, "forbidden");
        other.get(&format!("{PATH}/{}", made.id())).await.refused(404, "grant_proposal_not_found");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_makes_himself_anything_under_whatever_account() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    for (who, role) in [(&system, "security_administrator"), (&security, "system_administrator")] {
        who.post(PATH, proposal(who, "grant", role)).await.refused(409, "own_account");
    }
    let own = system.get(&format!("/v1/accounts/{}", system.account().0)).await.ok();
    let second = json!({ "username": "system.other", "person_id": own["person"]["id"] });
    let second = system.post("/v1/accounts", second).await.created();
    let as_second =
        |role| json!({ "account_id": second["account"]["id"], "change": "grant", "role": role, "reason": "兼任。" });
    system.post(PATH, as_second("security_administrator")).await.refused(409, "own_account");
    security.post(PATH, as_second("security_administrator")).await.refused(409, "incompatible_roles");
    security.post(PATH, as_second("system_administrator")).await.refused(409, "incompatible_roles");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_administrator_holds_an_office_and_no_officer_administers() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let unit = app.member_unit("云栖材料科学研究院").await;
    for officer in [app.representative_of(&unit).await, app.secretariat().await, app.president().await] {
        let refused = system.post(PATH, proposal(&officer, "grant", "audit_administrator")).await;
        refused.refused(409, "incompatible_roles");
    }
    for another in [app.auditor().await, security.clone()] {
        let refused = system.post(PATH, proposal(&another, "grant", "system_administrator")).await;
        refused.refused(409, "incompatible_roles");
    }
    let candidate = nobody(&app, "candidate").await;
    system.post(PATH, proposal(&candidate, "grant", "president")).await.refused(422, "not_an_administrator");
    let held = system.post(PATH, proposal(&candidate, "end", "audit_administrator")).await;
    held.refused(409, "not_granted");
    system.post(PATH, proposal(&security, "grant", "security_administrator")).await.refused(409, "already_granted");
}

async fn person_of(app: &App, who: &Persona) -> Value {
    let account = app.administrator().await.get(&format!("/v1/accounts/{}", who.account().0)).await.ok();
    account["person"]["id"].clone()
}

fn appointment(person: &Value) -> Value {
    json!({ "person_id": person, "role": "secretariat_office", "basis": "青党干〔2026〕9号" })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn who_takes_an_office_before_the_confirmation_is_not_confirmed() {
    let app = App::start().await;
    let (system, security, general) = (app.administrator().await, app.security().await, app.secretary_general().await);
    let candidate = nobody(&app, "candidate").await;
    let made = proposes(&system, &candidate, "grant", "audit_administrator").await;
    let person = person_of(&app, &candidate).await;
    let office = general.post("/v1/appointments", appointment(&person)).await.created();
    confirms(&security, &made).await.refused(409, "incompatible_roles");
    let end = json!({ "basis": "青党干〔2026〕10号" });
    general.post(&format!("/v1/appointments/{}/end", office.id()), end).seen(&office).await.is(200);
    confirms(&security, &made).await.is(200);
    general.post("/v1/appointments", appointment(&person)).await.refused(409, "incompatible_roles");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_an_office_and_a_confirmation_at_once_one_comes_about() {
    let app = App::start().await;
    let (system, security, general) = (app.administrator().await, app.security().await, app.secretary_general().await);
    let elsewhere = general.on(&app.another_instance());
    for n in 0..5 {
        let candidate = nobody(&app, &format!("candidate.{n}")).await;
        let made = proposes(&system, &candidate, "grant", "audit_administrator").await;
        let person = person_of(&app, &candidate).await;
        let filed = async { elsewhere.post("/v1/appointments", appointment(&person)).await.status };
        let (confirmed, filed) = tokio::join!(async { confirms(&security, &made).await.status }, filed);
        assert!(matches!((confirmed, filed), (200, 409) | (409, 201)), "{confirmed} {filed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_proposed_must_still_be_in_office() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let leaving = one_more(&app, "system.leaving", Role::SystemAdministrator).await;
    let candidate = nobody(&app, "candidate").await;
    let made = proposes(&leaving, &candidate, "grant", "audit_administrator").await;
    let path = format!("/v1/accounts/{}", leaving.account().0);
    let account = system.get(&path).await.ok();
    system.post(&format!("{path}/disable"), json!({})).seen(&account).await.is(200);
    confirms(&security, &made).await.refused(409, "proposer_not_in_office");
    assert_eq!(ends(&security, &made, "decline").await.ok().text("status"), "declined");
    proposes(&system, &candidate, "grant", "audit_administrator").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_disabled_account_is_not_confirmed() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let candidate = nobody(&app, "candidate").await;
    let made = proposes(&system, &candidate, "grant", "audit_administrator").await;
    let path = format!("/v1/accounts/{}", candidate.account().0);
    let account = system.get(&path).await.ok();
    system.post(&format!("{path}/disable"), json!({})).seen(&account).await.is(200);
    confirms(&security, &made).await.refused(409, "account_state_conflict");
    let again = system.post(PATH, proposal(&candidate, "grant", "audit_administrator")).await;
    assert_eq!(again.status, 409);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_proposal_is_declined_withdrawn_or_expires() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let other = one_more(&app, "system.other", Role::SystemAdministrator).await;
    let candidate = nobody(&app, "candidate").await;

    let made = proposes(&system, &candidate, "grant", "audit_administrator").await;
    let twice = security.post(PATH, proposal(&candidate, "grant", "audit_administrator")).await;
    twice.refused(409, "grant_proposal_pending");
    ends(&other, &made, "withdraw").await.refused(403, "not_the_proposer");
    ends(&system, &made, "decline").await.refused(403, "forbidden");
    assert_eq!(ends(&system, &made, "withdraw").await.ok().text("decision_reason"), "另行研究。");

    let made = proposes(&system, &candidate, "grant", "audit_administrator").await;
    assert_eq!(ends(&security, &made, "decline").await.ok().text("status"), "declined");

    let made = proposes(&system, &candidate, "grant", "audit_administrator").await;
    app.passes(chrono::Duration::days(7));
    assert_eq!(system.get(&format!("{PATH}/{}", made.id())).await.ok().text("status"), "expired");
    confirms(&security, &made).await.refused(409, "grant_proposal_state");
    assert_eq!(system.get(&format!("{PATH}?status=expired")).await.rows().len(), 1);
    assert!(system.get(&format!("{PATH}?status=proposed")).await.rows().is_empty());
    proposes(&security, &candidate, "grant", "audit_administrator").await;
    for (kind, times) in [("proposed", 4), ("withdrawn", 1), ("declined", 1), ("expired", 1)] {
        assert_eq!(events(&app, &format!("grant_proposal.{kind}")).await, times, "{kind}");
    }
    let all = system.get(&format!("{PATH}?limit=3&account_id={}", candidate.account().0)).await;
    assert_eq!((all.rows().len(), &all.body["has_more"]), (3, &json!(true)));
    let rest = system.get(all.header("link").trim_start_matches('<').split('>').next().unwrap()).await.rows();
    assert_eq!(rest[0]["status"], "withdrawn", "newest first");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_term_of_a_proposal_is_the_security_administrators_to_set() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let change = |who: &Persona, days: i64| {
        who.patch("/v1/policies/grants", json!({ "proposal_days": days })).header("if-match", "*")
    };
    change(&system, 3).await.refused(403, "forbidden");
    change(&security, 0).await.refused(422, "validation_failed");
    change(&security, 3).await.is(200);
    security.patch("/v1/policies/ledger", json!({ "urgent_workdays": 3 })).header("if-match", "*").await.is(403);
    let made = proposes(&system, &nobody(&app, "candidate").await, "grant", "audit_administrator").await;
    app.passes(chrono::Duration::days(3));
    confirms(&security, &made).await.refused(409, "grant_proposal_state");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_end_an_administrators_time_and_the_last_stays() {
    let app = App::start().await;
    let (system, security, auditor) = (app.administrator().await, app.security().await, app.auditor().await);
    let made = proposes(&system, &auditor, "end", "audit_administrator").await;
    auditor.get("/v1/audit-events").await.is(200);
    confirms(&security, &made).await.is(200);
    auditor.get("/v1/audit-events").await.refused(403, "forbidden");
    assert_eq!(events(&app, "account.ungranted").await, 1);

    let last = system.post(PATH, proposal(&security, "end", "security_administrator")).await;
    last.refused(409, "last_administrator");
    let path = format!("/v1/accounts/{}", security.account().0);
    let account = system.get(&path).await.ok();
    system.post(&format!("{path}/disable"), json!({})).seen(&account).await.refused(409, "last_administrator");

    let successor = nobody(&app, "successor").await;
    confirms(&security, &proposes(&system, &successor, "grant", "security_administrator").await).await.is(200);
    let made = proposes(&system, &security, "end", "security_administrator").await;
    confirms(&security, &made).await.refused(409, "own_account");
    confirms(&successor, &made).await.is(200);
    security.get(PATH).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_two_confirmations_at_once_one_counts() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let second = one_more(&app, "security.second", Role::SecurityAdministrator).await.on(&app.another_instance());
    let candidate = nobody(&app, "candidate").await;
    let made = proposes(&system, &candidate, "grant", "audit_administrator").await;
    let both = join_all([confirms(&security, &made), confirms(&second, &made)]).await;
    let mut statuses: Vec<u16> = both.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert!(matches!(statuses[..], [200, 409 | 412]), "{statuses:?}");
    let held = format!(
        "SELECT count(*) FROM account_grant g JOIN account a ON a.id = g.account_id WHERE a.username = '{}'",
        candidate.username()
    );
    assert_eq!(app.count(&held).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn two_administrators_who_end_each_other_at_once_leave_one() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let second = one_more(&app, "system.second", Role::SystemAdministrator).await;
    let first = system.get("/v1/accounts").await.rows().into_iter().find(|row| row["username"] == "admin").unwrap();
    let path = format!("/v1/accounts/{}/disable", first["id"].as_str().unwrap());
    system.post(&path, json!({})).header("if-match", "*").await.is(200);
    let one = proposes(&security, &system, "end", "system_administrator").await;
    let other = proposes(&security, &second, "end", "system_administrator").await;
    let elsewhere = second.on(&app.another_instance());
    let both = join_all([confirms(&elsewhere, &one), confirms(&system, &other)]).await;
    let statuses: Vec<u16> = both.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    let left = "SELECT count(*) FROM account_grant g JOIN account a ON a.id = g.account_id \
                WHERE g.role = 'system_administrator' AND g.ended_at IS NULL AND a.state = 'active'";
    assert_eq!(app.count(left).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_sent_is_read_strictly() {
    let app = App::start().await;
    let system = app.administrator().await;
    let candidate = nobody(&app, "candidate").await;
    let mut unknown = proposal(&candidate, "grant", "audit_administrator");
    unknown["account_id"] = json!("0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff");
    assert!(
        system
            .post(PATH, unknown)
            .await
            .refused(422, "validation_failed")
            .has_fault("#/account_id", "account_not_found")
    );
    for (member, value) in
        [("status", json!("confirmed")), ("proposed_by", json!(candidate.account().0)), ("version", json!(9))]
    {
        let mut more = proposal(&candidate, "grant", "audit_administrator");
        more[member] = value;
        let refused = system.post(PATH, more).await;
        assert!(
            refused.refused(422, "validation_failed").has_fault(&format!("#/{member}"), "unknown_field"),
            "{member}"
        );
    }
    let made = proposes(&system, &candidate, "grant", "audit_administrator").await;
    let path = format!("{PATH}/{}/confirm", made.id());
    app.security().await.post(&path, json!({})).await.refused(428, "if_match_required");
}

/// Nothing else makes an administrator.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn one_alone_makes_nobody_an_administrator() {
    let app = App::start().await;
    let candidate = nobody(&app, "candidate").await;
    let path = format!("/v1/accounts/{}/grants", candidate.account().0);
    for alone in [app.administrator().await, app.security().await] {
        let sent = alone.post(&path, json!({ "role": "audit_administrator" })).header("if-match", "*").await;
        sent.refused(404, "not_found");
        let open = json!({ "username": "x.y", "person": { "name": "王芳" }, "role": "audit_administrator" });
        assert!([403, 422].contains(&alone.post("/v1/accounts", open).await.status));
    }
    let name = json!({ "username": "later", "person": { "name": "王芳" } });
    app.security().await.post("/v1/accounts", name).await.refused(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn whoever_is_proposed_has_set_his_own_password() {
    let app = App::start().await;
    let (system, security) = (app.administrator().await, app.security().await);
    let new = json!({ "username": "zhao", "person": { "name": "赵审" } });
    let opened = system.post("/v1/accounts", new).await.created();
    let wanted = json!({
        "account_id": opened["account"]["id"], "change": "grant", "role": "audit_administrator", "reason": "接任。",
    });
    for who in [&system, &security] {
        who.post(PATH, wanted.clone()).await.refused(409, "password_of_another");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nobody_in_office_gets_a_second_account_that_somebody_else_knows() {
    let app = App::start().await;
    let (system, general) = (app.administrator().await, app.secretary_general().await);
    let known = system.get(&format!("/v1/accounts/{}", general.account().0)).await.ok();
    let second = json!({ "username": "general.other", "person_id": known["person"]["id"] });
    system.post("/v1/accounts", second).await.refused(409, "person_has_account");
}

//! The second factor: codes by time, recovery codes, and who cannot do without.

use chrono::Duration;
use futures_util::future::join_all;
use gongjian_testkit::{App, PASSWORD, Persona, Reply, operations};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

/// The app on somebody's phone.
struct Device(Totp);

impl Device {
    fn new(secret: &str) -> Self {
        Self(Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap())
    }

    /// What it shows, so many steps from now.
    fn shows(&self, app: &App, steps: i64) -> String {
        let then = app.now().timestamp() + 30 * steps;
        self.0.generate(u64::try_from(then).unwrap()).to_string()
    }
}

async fn login(app: &App, username: &str) -> Reply {
    app.anonymous().post("/v1/auth/login", json!({ "username": username, "password": PASSWORD })).await
}

fn challenge(reply: &Reply) -> Value {
    assert_eq!(reply.is(202).body["second_factor_required"], true);
    assert_eq!(reply.header("location"), "/v1/auth/second-factor");
    reply.body["challenge"].clone()
}

async fn shows(app: &App, challenge: &Value, code: &str) -> Reply {
    app.anonymous().post("/v1/auth/second-factor", json!({ "challenge": challenge, "code": code })).await
}

async fn recovers(app: &App, challenge: &Value, code: &Value) -> Reply {
    app.anonymous().post("/v1/auth/second-factor", json!({ "challenge": challenge, "recovery_code": code })).await
}

fn bearer(app: &App, reply: &Reply) -> Persona {
    Persona::with_token(app, reply.is(200).body["access_token"].as_str().unwrap())
}

/// Enrols and confirms; the device and the recovery codes.
async fn enrols(app: &App, who: &Persona) -> (Device, Vec<Value>) {
    let enrolled = who.post("/v1/me/second-factor/enrol", json!({ "password": PASSWORD })).await;
    assert_eq!(enrolled.is(200).header("cache-control"), "no-store");
    let secret = enrolled.body["secret"].as_str().unwrap();
    assert!(enrolled.body["otpauth_uri"].as_str().unwrap().contains(secret));
    let device = Device::new(secret);
    let confirmed = who.post("/v1/me/second-factor/confirm", json!({ "code": device.shows(app, 0) })).await;
    let codes = confirmed.is(200).body["recovery_codes"].as_array().unwrap().clone();
    assert_eq!(codes.len(), 10);
    (device, codes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_sign_in_takes_the_password_and_then_a_code_that_is_good_once() {
    let app = App::start().await;
    let twin = app.another_instance();
    let office = app.secretariat().await;
    let name = office.username().to_owned();
    let (device, _) = enrols(&app, &office).await;
    let first = challenge(&login(&app, &name).await);
    // The code that confirmed the enrolment is spent.
    shows(&app, &first, &device.shows(&app, 0)).await.refused(401, "invalid_second_factor");
    app.passes(Duration::seconds(60));
    let code = device.shows(&app, 0);
    let signed_in = shows(&twin, &first, &code).await;
    bearer(&app, &signed_in).get("/v1/me").await.is(200);
    shows(&app, &first, &device.shows(&app, 1)).await.refused(401, "invalid_challenge");
    let second = challenge(&login(&app, &name).await);
    shows(&app, &second, &code).await.refused(401, "invalid_second_factor");
    for steps in [-2, 2] {
        shows(&app, &second, &device.shows(&app, steps)).await.refused(401, "invalid_second_factor");
    }
    shows(&app, &second, &device.shows(&app, 1)).await.is(200);
    let state = bearer(&app, &signed_in).get("/v1/me/second-factor").await.ok();
    assert_eq!(state["recovery_codes_left"], 10);
    assert!(state["enabled_at"].is_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_challenge_is_no_token_and_ends_after_five_minutes_or_with_any_change() {
    let app = App::start().await;
    let (office, administrator) = (app.secretariat().await, app.administrator().await);
    let name = office.username().to_owned();
    let (device, _) = enrols(&app, &office).await;
    let late = challenge(&login(&app, &name).await);
    Persona::with_token(&app, late.as_str().unwrap()).get("/v1/me").await.refused(401, "invalid_token");
    app.passes(Duration::minutes(5));
    shows(&app, &late, &device.shows(&app, 0)).await.refused(401, "invalid_challenge");
    for forged in ["gjc_AZjD8noQfD6dUm0_GxwKAQ", "x"] {
        shows(&app, &json!(forged), &device.shows(&app, 0)).await.refused(401, "invalid_challenge");
    }
    let before = challenge(&login(&app, &name).await);
    let path = |action: &str| format!("/v1/accounts/{}/{action}", office.account());
    for action in ["disable", "enable"] {
        administrator.post(&path(action), json!({})).header("if-match", "*").await.is(200);
        shows(&app, &before, &device.shows(&app, 0)).await.refused(401, "invalid_challenge");
    }
    let neither = json!({ "challenge": before });
    app.anonymous().post("/v1/auth/second-factor", neither).await.refused(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn guesses_at_the_code_are_counted_with_those_at_the_password() {
    let app = App::start().await;
    let twin = app.another_instance();
    let office = app.secretariat().await;
    let name = office.username().to_owned();
    let (device, _) = enrols(&app, &office).await;
    app.passes(Duration::minutes(1));
    let open = challenge(&login(&app, &name).await);
    let right = device.shows(&app, 0);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let at = |n: usize| if n.is_multiple_of(2) { &app } else { &twin };
    let guesses = join_all((0..20).map(|n| shows(at(n), &open, wrong))).await;
    let judged = guesses.iter().filter(|guess| guess.status == 401).count();
    let limited = guesses.iter().filter(|guess| guess.status == 429).count();
    // The sign-in itself was the first of five attempts.
    assert_eq!((judged, limited), (4, 16));
    shows(&app, &open, &right).await.refused(429, "too_many_attempts");
    login(&app, &name).await.refused(429, "too_many_attempts");
    app.passes(Duration::minutes(16));
    let open = challenge(&login(&app, &name).await);
    shows(&app, &open, &device.shows(&app, 0)).await.is(200);
    // A password that is right gives no new guesses: the count goes on.
    for _ in 0..2 {
        app.passes(Duration::seconds(60));
        let open = challenge(&login(&app, &name).await);
        shows(&app, &open, wrong).await.refused(401, "invalid_second_factor");
    }
    let open = challenge(&login(&app, &name).await);
    shows(&app, &open, &device.shows(&app, 0)).await.refused(429, "too_many_attempts");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn twenty_who_show_one_code_at_once_are_signed_in_once() {
    let app = App::start().await;
    let twin = app.another_instance();
    let office = app.secretariat().await;
    let name = office.username().to_owned();
    let (device, recovery) = enrols(&app, &office).await;
    app.passes(Duration::minutes(1));
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(challenge(&login(&app, &name).await));
    }
    let code = device.shows(&app, 0);
    let at = |n: usize| if n.is_multiple_of(2) { &app } else { &twin };
    let answers = join_all((0..20).map(|n| shows(at(n), &open[n % 3], &code))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    app.passes(Duration::minutes(16));
    let again = challenge(&login(&app, &name).await);
    let answers = join_all((0..3).map(|n| recovers(at(n), &again, &recovery[0]))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_recovery_code_stands_for_the_device_once() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let name = office.username().to_owned();
    let (_, codes) = enrols(&app, &office).await;
    let typed = json!(codes[3].as_str().unwrap().to_lowercase());
    let signed_in = recovers(&app, &challenge(&login(&app, &name).await), &typed).await;
    let me = bearer(&app, &signed_in);
    assert_eq!(me.get("/v1/me/second-factor").await.ok()["recovery_codes_left"], 9);
    let again = challenge(&login(&app, &name).await);
    recovers(&app, &again, &codes[3]).await.refused(401, "invalid_second_factor");
    recovers(&app, &again, &codes[4]).await.is(200);
    let other = app.secretary_general().await;
    enrols(&app, &other).await;
    let foreign = challenge(&login(&app, other.username()).await);
    recovers(&app, &foreign, &codes[5]).await.refused(401, "invalid_second_factor");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_secret_and_the_codes_are_kept_sealed_and_hashed() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let enrolled = office.post("/v1/me/second-factor/enrol", json!({ "password": PASSWORD })).await;
    let secret = enrolled.is(200).body["secret"].as_str().unwrap().to_owned();
    let (_, codes) = enrols(&app, &office).await;
    let open = challenge(&login(&app, office.username()).await);
    for (table, column, kept) in [
        ("second_factor", "sealed_secret", secret.as_str()),
        ("recovery_code", "code_hash", codes[0].as_str().unwrap()),
        ("login_challenge", "token_hash", open.as_str().unwrap()),
        ("audit_event", "data", secret.as_str()),
        ("idempotency_key", "answer", codes[0].as_str().unwrap()),
    ] {
        let found = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{kept}%'");
        assert_eq!(app.count(&found).await, 0, "{table}.{column}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn enrolling_and_doing_without_take_the_password_and_a_code() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let enrol = |password: &str| office.post("/v1/me/second-factor/enrol", json!({ "password": password }));
    enrol("wrong").await.refused(403, "wrong_password");
    let confirm = |code: &str| office.post("/v1/me/second-factor/confirm", json!({ "code": code }));
    confirm("000000").await.refused(409, "second_factor_state_conflict");
    let unconfirmed = enrol(PASSWORD).await;
    login(&app, office.username()).await.is(200);
    let late = Device::new(unconfirmed.is(200).body["secret"].as_str().unwrap()).shows(&app, 4);
    confirm(&late).await.refused(403, "wrong_second_factor");
    let (device, _) = enrols(&app, &office).await;
    enrol(PASSWORD).await.refused(409, "second_factor_state_conflict");
    app.passes(Duration::minutes(1));
    let disable = |password: &str, code: String| {
        office.post("/v1/me/second-factor/disable", json!({ "password": password, "code": code }))
    };
    let other = login(&app, office.username()).await;
    challenge(&other);
    disable("wrong", device.shows(&app, 0)).await.refused(403, "wrong_password");
    disable(PASSWORD, device.shows(&app, 5)).await.refused(403, "wrong_second_factor");
    disable(PASSWORD, device.shows(&app, 0)).await.no_content();
    login(&app, office.username()).await.is(200);
    assert_eq!(app.count("SELECT count(*) FROM recovery_code").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn for_a_lost_device_the_security_administrator_resets_it_on_record() {
    let app = App::start().await;
    let (office, security) = (app.secretariat().await, app.security().await);
    enrols(&app, &office).await;
    let path = format!("/v1/accounts/{}/second-factor/reset", office.account());
    let reset = |who: Persona| async move { who.post(&path.clone(), json!({})).header("if-match", "*").await };
    reset(app.administrator().await).await.refused(403, "forbidden");
    let path = format!("/v1/accounts/{}/second-factor/reset", office.account());
    let own = format!("/v1/accounts/{}/second-factor/reset", security.account());
    security.post(&own, json!({})).header("if-match", "*").await.refused(409, "own_account");
    let after = security.post(&path, json!({})).header("if-match", "*").await.ok();
    assert_eq!(after["must_change_password"], true, "it may have been a short one");
    security.post(&path, json!({})).header("if-match", "*").await.refused(409, "second_factor_state_conflict");
    office.get("/v1/issues").await.refused(401, "invalid_token");
    let signed_in = login(&app, office.username()).await;
    bearer(&app, &signed_in).get("/v1/issues").await.refused(403, "password_change_required");
    assert_eq!(app.count("SELECT count(*) FROM audit_event WHERE kind = 'account.second_factor_reset'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn where_the_policy_says_so_the_secretariat_and_administrators_enrol_first() {
    /// Reviewed: open before a second factor is enrolled.
    const BEFORE: [&str; 6] =
        ["getMe", "logOut", "changePassword", "getMySecondFactor", "enrolMySecondFactor", "confirmMySecondFactor"];
    const ID: &str = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0aff";

    let app = App::start().await;
    let unit = app.member_unit("云栖材料科学研究院").await;
    let (administrator, representative) = (app.administrator().await, app.representative_of(&unit).await);
    let security = app.security().await;
    let policy = security.get("/v1/policies/accounts").await.ok();
    security.patch("/v1/policies/accounts", json!({ "second_factor_required": true })).seen(&policy).await.is(200);
    for who in [app.secretariat().await, app.secretary_general().await, app.auditor().await, administrator] {
        assert_eq!(who.get("/v1/me").await.ok()["must_enrol_second_factor"], true);
        for operation in operations().iter().filter(|operation| !operation.is_public) {
            if BEFORE.contains(&operation.id.as_str()) {
                continue;
            }
            let mut call = who.call(operation.method.clone(), &operation.path(ID));
            if operation.takes_if_match {
                call = call.header("if-match", "*");
            }
            if operation.has_body {
                call = call.json(&json!({}));
            }
            assert_eq!(call.await.refused(403, "second_factor_enrolment_required").status, 403, "{}", operation.id);
        }
    }
    representative.get("/v1/issues").await.is(200);
    let office = app.secretariat().await;
    enrols(&app, &office).await;
    office.get("/v1/issues").await.is(200);
}

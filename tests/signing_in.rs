//! Accounts, passwords, sessions, tokens: what every office rests on.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use gongjian_testkit::{App, PASSWORD, Persona, Reply, Setup};
use serde_json::json;

async fn login(app: &App, username: &str, password: &str) -> Reply {
    app.anonymous().post("/v1/auth/login", json!({ "username": username, "password": password })).await
}

async fn refresh(app: &App, token: &str) -> Reply {
    app.anonymous().post("/v1/auth/refresh", json!({ "refresh_token": token })).await
}

fn token(reply: &Reply, member: &str) -> String {
    reply.is(200).body[member].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_first_start_opens_one_administrator_who_changes_the_password_first() {
    let app = Setup::default().on_an_empty_database().start().await;
    let first = app.first_administrator().unwrap().clone();
    assert!(first.password.len() >= 15);
    let signed_in = login(&app, &first.username, &first.password).await;
    assert_eq!(signed_in.body["must_change_password"], true);
    let administrator = Persona::with_token(&app, token(&signed_in, "access_token"));
    administrator.get("/v1/accounts").await.refused(403, "password_change_required");
    let weak = json!({ "current_password": first.password, "new_password": "123456789012345" });
    assert_eq!(administrator.post("/v1/auth/password", weak).await.is(422).faults()[0].0, "#/new_password");
    let change = json!({ "current_password": first.password, "new_password": PASSWORD });
    administrator.post("/v1/auth/password", change).await.no_content();
    assert_eq!(administrator.get("/v1/accounts").await.rows().len(), 1);
    assert!(app.another_instance().first_administrator().is_none(), "only the first start opens one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn me_is_whom_it_concerns() {
    let app = App::start().await;
    let cast = app.cast().await;
    let me = cast.handler.get("/v1/me").await.ok();
    assert_eq!(me["name"], format!("人员 {}", cast.handler.username()));
    let told = me.body.to_string();
    assert!(told.contains("department_handler") && told.contains("青禾区教育局") && told.contains("issue.reply"));
    assert!(!told.contains("issue.register"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_wrong_name_and_a_wrong_password_are_answered_alike() {
    let app = App::start().await;
    let known = app.secretariat().await;
    let told = |reply: &Reply| (reply.status, reply.body["code"].clone(), reply.body["detail"].clone());
    let (wrong, unknown) = (login(&app, known.username(), "wrong").await, login(&app, "nobody", "wrong").await);
    assert_eq!(told(&wrong), told(&unknown));
    wrong.refused(401, "invalid_credentials");
    let disabled = app.liaison_of(&app.member_unit("云栖材料科学研究院").await).await;
    disable(&app, &disabled).await;
    assert_eq!(told(&login(&app, disabled.username(), PASSWORD).await), told(&unknown));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn five_wrong_passwords_lock_the_name_also_for_the_right_one() {
    let app = App::start().await;
    let (office, other) = (app.secretariat().await, app.secretary_general().await);
    let twin = app.another_instance();
    for n in 0..5 {
        let at = if n % 2 == 0 { &app } else { &twin };
        login(at, office.username(), "wrong").await.refused(401, "invalid_credentials");
    }
    for at in [&app, &twin] {
        let locked = login(at, office.username(), PASSWORD).await;
        assert!(locked.refused(429, "too_many_attempts").header("retry-after").parse::<u64>().unwrap() <= 900);
    }
    // A name that does not exist locks as well; that of others does not.
    for _ in 0..5 {
        login(&app, "nobody", "wrong").await.is(401);
    }
    login(&app, "nobody", "wrong").await.refused(429, "too_many_attempts");
    login(&app, other.username(), PASSWORD).await.is(200);
    app.passes(chrono::Duration::minutes(14));
    login(&app, office.username(), PASSWORD).await.refused(429, "too_many_attempts");
    app.passes(chrono::Duration::minutes(2));
    login(&app, office.username(), PASSWORD).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn parallel_guesses_are_counted_one_by_one() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let guesses = join_all((0..30).map(|_| login(&app, office.username(), "wrong"))).await;
    let judged = guesses.iter().filter(|guess| guess.status == 401).count();
    assert_eq!((judged, guesses.len() - judged), (5, 25));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn twenty_parallel_refreshes_give_one_pair() {
    let app = App::start().await;
    let twin = app.another_instance();
    let office = app.secretariat().await;
    let first = token(&login(&app, office.username(), PASSWORD).await, "refresh_token");
    let at = |n: usize| if n.is_multiple_of(2) { &app } else { &twin };
    let answers = join_all((0..20).map(|n| refresh(at(n), &first))).await;
    let pairs: std::collections::BTreeSet<_> = answers.iter().map(|answer| token(answer, "refresh_token")).collect();
    assert_eq!(pairs.len(), 1, "the lost answer can be had again");
    assert!(!pairs.contains(&first));
    assert!(answers.iter().all(|answer| answer.header("cache-control") == "no-store"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_spent_token_that_comes_again_later_ends_the_session() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let first = login(&app, office.username(), PASSWORD).await;
    let second = refresh(&app, &token(&first, "refresh_token")).await;
    let third = refresh(&app, &token(&second, "refresh_token")).await;
    let thief = refresh(&app, &token(&first, "refresh_token")).await;
    thief.refused(401, "invalid_refresh_token");
    refresh(&app, &token(&third, "refresh_token")).await.refused(401, "invalid_refresh_token");
    let bearer = Persona::with_token(&app, token(&third, "access_token"));
    bearer.get("/v1/me").await.refused(401, "invalid_token");
    for garbage in ["", "x", &"A".repeat(43)] {
        assert!([401, 422].contains(&refresh(&app, garbage).await.status));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_access_token_lives_ten_minutes_at_most() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let signed_in = login(&app, office.username(), PASSWORD).await;
    assert!(signed_in.body["expires_in_seconds"].as_i64().unwrap() <= 600);
    let bearer = Persona::with_token(&app, token(&signed_in, "access_token"));
    app.passes(chrono::Duration::minutes(9));
    bearer.get("/v1/me").await.is(200);
    app.passes(chrono::Duration::seconds(61 + 30));
    bearer.get("/v1/me").await.refused(401, "invalid_token");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn forged_tokens_are_refused() {
    let app = App::start().await;
    let stranger = Setup::default().with(|config| {
        config.secret.value = Some(gongjian::config::Hidden::new("another secret of more than 32 bytes: 9gL3"));
    });
    let stranger = stranger.on_an_empty_database().start().await;
    let genuine = app.secretariat().await.token().await.unwrap();
    let foreign = stranger.secretariat().await.token().await.unwrap();
    let [header, claims, signature] = genuine.split('.').collect::<Vec<_>>().try_into().unwrap();
    let none = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJub25lIn0";
    let symmetric = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJIUzI1NiJ9";
    let administrator = app.administrator().await.token().await.unwrap();
    let other_claims = administrator.split('.').nth(1).unwrap();
    let mut flipped = signature.as_bytes().to_vec();
    flipped[3] = if flipped[3] == b'A' { b'B' } else { b'A' };
    let flipped = String::from_utf8(flipped).unwrap();
    for forged in [
        foreign,
        format!("{none}.{claims}."),
        format!("{none}.{claims}.{signature}"),
        format!("{symmetric}.{claims}.{signature}"),
        format!("{header}.{other_claims}.{signature}"),
        format!("{header}.{claims}.{flipped}"),
        format!("{header}.{claims}.{}", &signature[..40]),
        format!("{header}.{claims}"),
        format!("{header}.{claims}.{signature}."),
        format!("{genuine}{genuine}"),
        genuine.to_uppercase(),
    ] {
        Persona::with_token(&app, forged).get("/v1/me").await.refused(401, "invalid_token");
    }
    Persona::with_token(&app, genuine).get("/v1/me").await.is(200);
}

async fn disable(app: &App, who: &Persona) {
    let path = format!("/v1/accounts/{}/disable", who.account());
    app.administrator().await.post(&path, json!({})).header("if-match", "*").await.is(200);
}

/// Asks until refused; how long that took.
async fn until_refused(bearer: &Persona) -> Duration {
    let began = Instant::now();
    while bearer.get("/v1/me").await.status == 200 {
        assert!(began.elapsed() < Duration::from_secs(5));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_disabled_account_is_out_within_a_second_everywhere() {
    let app = App::start().await;
    let twin = app.another_instance();
    let liaison = app.liaison_of(&app.member_unit("云栖材料科学研究院").await).await;
    let signed_in = login(&app, liaison.username(), PASSWORD).await;
    let here = Persona::with_token(&app, token(&signed_in, "access_token"));
    let there = here.on(&twin);
    here.get("/v1/me").await.is(200);
    there.get("/v1/me").await.is(200);
    disable(&app, &liaison).await;
    here.get("/v1/me").await.refused(401, "invalid_token");
    assert!(until_refused(&there).await <= Duration::from_millis(1100));
    refresh(&twin, &token(&signed_in, "refresh_token")).await.refused(401, "invalid_refresh_token");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_office_that_ended_permits_nothing_within_a_second() {
    let app = App::start().await;
    let twin = app.another_instance();
    let office = app.secretariat().await;
    let there = office.on(&twin);
    there.get("/v1/issues").await.is(200);
    let general = app.secretary_general().await;
    let held = general.get("/v1/appointments?role=secretariat_office").await.rows();
    let end = format!("/v1/appointments/{}/end", held[0]["id"].as_str().unwrap());
    let ended = general.post(&end, json!({ "basis": "工作调动" })).header("if-match", "\"1\"").await;
    ended.is(200);
    office.get("/v1/issues").await.refused(403, "forbidden");
    let began = Instant::now();
    while there.get("/v1/issues").await.status == 200 {
        assert!(began.elapsed() < Duration::from_millis(1100));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_changed_password_ends_the_other_sessions() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let (own, other) = (login(&app, office.username(), PASSWORD).await, login(&app, office.username(), PASSWORD).await);
    let bearer = |reply: &Reply| Persona::with_token(&app, token(reply, "access_token"));
    let sessions = bearer(&own).get("/v1/sessions").await.rows();
    assert_eq!(sessions.iter().filter(|session| session["is_current"] == json!(true)).count(), 1);
    let change =
        |current: &str| json!({ "current_password": current, "new_password": "seven herons under the bridge" });
    bearer(&own).post("/v1/auth/password", change("wrong")).await.refused(403, "wrong_password");
    bearer(&own).post("/v1/auth/password", change(PASSWORD)).await.no_content();
    bearer(&own).get("/v1/me").await.is(200);
    bearer(&other).get("/v1/me").await.refused(401, "invalid_token");
    login(&app, office.username(), PASSWORD).await.refused(401, "invalid_credentials");
    login(&app, office.username(), "seven herons under the bridge").await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_session_is_ended_by_its_owner_alone() {
    let app = App::start().await;
    let (office, general) = (app.secretariat().await, app.secretary_general().await);
    let (own, other) = (login(&app, office.username(), PASSWORD).await, login(&app, office.username(), PASSWORD).await);
    let bearer = Persona::with_token(&app, token(&own, "access_token"));
    let sessions = bearer.get("/v1/sessions").await.rows();
    let newest = sessions.iter().find(|session| session["is_current"] == json!(false)).unwrap();
    let revoke = format!("/v1/sessions/{}/revoke", newest["id"].as_str().unwrap());
    general.post(&revoke, json!({})).await.refused(404, "session_not_found");
    bearer.post(&revoke, json!({})).await.no_content();
    Persona::with_token(&app, token(&other, "access_token")).get("/v1/me").await.refused(401, "invalid_token");
    bearer.post("/v1/auth/logout", json!({})).await.no_content();
    bearer.get("/v1/me").await.refused(401, "invalid_token");
    refresh(&app, &token(&own, "refresh_token")).await.refused(401, "invalid_refresh_token");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_three_administrators_exclude_each_other_and_every_business_office() {
    let app = App::start().await;
    let (administrator, security) = (app.administrator().await, app.security().await);
    let (auditor, office) = (app.auditor().await, app.secretariat().await);
    let grant = async |who: &Persona, account: &Persona, role: &str| {
        let new = json!({ "account_id": account.account().0, "change": "grant", "role": role, "reason": "接任。" });
        who.post("/v1/grant-proposals", new).await
    };
    for (account, role) in [
        (&administrator, "audit_administrator"),
        (&auditor, "system_administrator"),
        (&office, "system_administrator"),
        (&office, "audit_administrator"),
    ] {
        grant(&security, account, role).await.refused(409, "incompatible_roles");
    }
    grant(&security, &office, "president").await.refused(422, "not_an_administrator");
    grant(&security, &security, "audit_administrator").await.refused(409, "own_account");
    grant(&office, &auditor, "audit_administrator").await.refused(403, "forbidden");
    let appoint =
        |person: &str| json!({ "person_id": person, "role": "secretariat_office", "basis": "青党干〔2026〕9号" });
    let known = administrator.get(&format!("/v1/accounts/{}", auditor.account())).await.ok();
    let person = known["person"]["id"].as_str().unwrap();
    let general = app.secretary_general().await;
    general.post("/v1/appointments", appoint(person)).await.refused(409, "incompatible_roles");
    let create = |username: &str| json!({ "username": username, "person": { "name": "王芳" } });
    let opened = administrator.post("/v1/accounts", create("wangfang")).await;
    assert_eq!(opened.is(201).header("cache-control"), "no-store", "the answer shows a password");
    administrator.post("/v1/accounts", create("ＷａｎｇFang")).await.refused(409, "username_taken");
    security.post("/v1/accounts", create("lisi")).await.refused(403, "forbidden");
    let own = format!("/v1/accounts/{}/disable", administrator.account());
    administrator.post(&own, json!({})).header("if-match", "*").await.refused(409, "own_account");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn no_password_and_no_token_is_kept_as_it_is() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let signed_in = login(&app, office.username(), PASSWORD).await;
    for (table, column) in [("account", "password_hash"), ("audit_event", "data"), ("idempotency_key", "answer")] {
        for secret in [PASSWORD.to_owned(), token(&signed_in, "refresh_token"), token(&signed_in, "access_token")] {
            let kept = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{secret}%'");
            assert_eq!(app.count(&kept).await, 0, "{table}.{column}");
        }
    }
}

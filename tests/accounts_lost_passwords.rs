//! When a password is lost, and what nobody learns about who has an account.

use std::time::{Duration, Instant};

use chrono::Duration as Span;
use futures_util::future::join_all;
use gongjian_testkit::{App, PASSWORD, Persona, Reply};
use serde_json::json;

const NEW: &str = "seven herons under the bridge";

async fn login(app: &App, username: &str, password: &str) -> Reply {
    app.anonymous().post("/v1/auth/login", json!({ "username": username, "password": password })).await
}

fn bearer(app: &App, reply: &Reply) -> Persona {
    Persona::with_token(app, reply.is(200).body["access_token"].as_str().unwrap())
}

async fn asks(app: &App, username: &str) -> Reply {
    app.anonymous().post("/v1/auth/password-resets", json!({ "username": username })).await
}

async fn redeems(app: &App, code: &str, new: &str) -> Reply {
    app.anonymous().post("/v1/auth/password-resets/redeem", json!({ "code": code, "new_password": new })).await
}

async fn issues(app: &App, username: &str) -> String {
    let security = app.security().await;
    let all = security.get("/v1/password-resets").await.rows();
    let request = all.iter().find(|request| request["username"] == username && request["ended_at"].is_null()).unwrap();
    let issue = format!("/v1/password-resets/{}/issue", request["id"].as_str().unwrap());
    let issued = security.post(&issue, json!({})).await;
    assert_eq!(issued.is(200).header("cache-control"), "no-store");
    issued.body["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_lost_password_is_set_anew_with_a_code_that_the_administrator_hands_over() {
    let app = App::start().await;
    let office = app.secretariat().await;
    let name = office.username().to_owned();
    let before = login(&app, &name, PASSWORD).await;
    for _ in 0..5 {
        login(&app, &name, "wrong").await.refused(401, "invalid_credentials");
    }
    login(&app, &name, PASSWORD).await.refused(429, "too_many_attempts");
    asks(&app, &name).await.no_content();
    asks(&app, &name.to_uppercase()).await.no_content();
    let requests = app.security().await.get("/v1/password-resets?state=requested").await.rows();
    assert_eq!(requests.len(), 1, "asking twice is one request");
    let code = issues(&app, &name).await;
    assert!(redeems(&app, &code, "123456789012345").await.is(422).has_fault("#/new_password", "weak_password"));
    assert!(redeems(&app, &code, PASSWORD).await.is(422).has_fault("#/new_password", "same_password"));
    redeems(&app, &code.to_lowercase(), NEW).await.no_content();
    bearer(&app, &before).get("/v1/me").await.refused(401, "invalid_token");
    let signed_in = login(&app, &name, NEW).await;
    assert_eq!(signed_in.is(200).body["must_change_password"], false, "the lock is lifted");
    login(&app, &name, PASSWORD).await.refused(401, "invalid_credentials");
    redeems(&app, &code, "eight herons over the bridge").await.refused(401, "invalid_code");
    assert_eq!(app.count("SELECT count(*) FROM password_reset WHERE state = 'redeemed'").await, 1);
    for kept in [&code, NEW] {
        let found = format!("SELECT count(*) FROM audit_event WHERE data LIKE '%{kept}%'");
        assert_eq!(app.count(&found).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_reset_code_that_is_late_replaced_dismissed_or_of_nobody_is_refused_alike() {
    let app = App::start().await;
    let (office, security) = (app.secretariat().await, app.security().await);
    asks(&app, office.username()).await.no_content();
    let replaced = issues(&app, office.username()).await;
    let late = issues(&app, office.username()).await;
    let mut refused = vec![redeems(&app, &replaced, NEW).await, redeems(&app, "AAAA-BBBB", NEW).await];
    app.passes(Span::minutes(30));
    refused.push(redeems(&app, &late, NEW).await);
    let dismissed = issues(&app, office.username()).await;
    let open = security.get("/v1/password-resets?state=issued").await.rows();
    let dismiss = format!("/v1/password-resets/{}/dismiss", open[0]["id"].as_str().unwrap());
    security.post(&dismiss, json!({})).await.is(200);
    security.post(&dismiss, json!({})).await.refused(409, "password_reset_ended");
    refused.push(redeems(&app, &dismissed, NEW).await);
    asks(&app, office.username()).await.no_content();
    let overtaken = issues(&app, office.username()).await;
    let reset = format!("/v1/accounts/{}/reset-password", office.account());
    security.post(&reset, json!({})).header("if-match", "*").await.is(200);
    refused.push(redeems(&app, &overtaken, NEW).await);
    let told = |reply: &Reply| (reply.status, reply.body["code"].clone(), reply.body["detail"].clone());
    assert!(refused.iter().all(|reply| told(reply) == told(&refused[0])));
    refused[0].refused(401, "invalid_code");
    for other in [app.president().await, app.administrator().await] {
        other.get("/v1/password-resets").await.refused(403, "forbidden");
    }
    asks(&app, security.username()).await.no_content();
    let own = security.get("/v1/password-resets?state=requested").await.rows();
    let issue = format!("/v1/password-resets/{}/issue", own[0]["id"].as_str().unwrap());
    security.post(&issue, json!({})).await.refused(409, "own_account");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_fifty_who_redeem_one_reset_code_at_once_one_succeeds() {
    let app = App::start().await;
    let twin = app.another_instance();
    let office = app.secretariat().await;
    asks(&app, office.username()).await.no_content();
    let code = issues(&app, office.username()).await;
    let at = |n: usize| if n.is_multiple_of(2) { &app } else { &twin };
    let chosen: Vec<String> = (0..50).map(|n| format!("heron number {n} under the old bridge")).collect();
    let answers = join_all(chosen.iter().enumerate().map(|(n, new)| redeems(at(n), &code, new))).await;
    let won: Vec<usize> = (0..50).filter(|n| answers[*n].status == 204).collect();
    assert_eq!(won.len(), 1);
    assert!(answers.iter().all(|answer| [204, 401].contains(&answer.status)));
    login(&app, office.username(), &chosen[won[0]]).await.is(200);
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// How long the answers take, by kind of name.
async fn times(names: [&[String]; 2], ask: impl AsyncFn(&str) -> Reply) -> [Duration; 2] {
    let mut taken = [Vec::new(), Vec::new()];
    for pair in names[0].iter().zip(names[1]) {
        for (name, taken) in [pair.0, pair.1].into_iter().zip(&mut taken) {
            let began = Instant::now();
            assert_ne!(ask(name).await.status, 429);
            taken.push(began.elapsed());
        }
    }
    taken.map(median)
}

fn alike([one, other]: [Duration; 2]) -> bool {
    let (more, less) = (one.max(other), one.min(other));
    more - less < Duration::from_millis(15) || more.as_secs_f64() < 1.3 * less.as_secs_f64()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn neither_words_nor_time_tell_whether_a_name_is_known() {
    let app = App::start().await;
    let (office, disabled) = (app.secretariat().await, app.secretary_general().await);
    let path = format!("/v1/accounts/{}/disable", disabled.account());
    app.administrator().await.post(&path, json!({})).header("if-match", "*").await.is(200);
    let told = |reply: &Reply| {
        let headers = ["content-type", "www-authenticate", "cache-control", "content-language"];
        let headers = headers.map(|name| reply.header(name).to_owned());
        (reply.status, reply.body["code"].clone(), reply.body["detail"].clone(), headers)
    };
    let unknown = (login(&app, "nobody", "wrong").await, asks(&app, "nobody").await);
    for known in [office.username(), disabled.username()] {
        assert_eq!(told(&login(&app, known, "wrong").await), told(&unknown.0));
        assert_eq!(told(&asks(&app, known).await), told(&unknown.1));
    }
    // Twenty known and twenty unknown names, in turn.
    let people: Vec<String> = (0..20).map(|n| format!("known{n}")).collect();
    for name in &people {
        let create = json!({ "username": name, "person": { "name": "王芳" } });
        app.administrator().await.post("/v1/accounts", create).await.is(201);
    }
    let nobody: Vec<String> = (0..20).map(|n| format!("nobody{n}")).collect();
    let signing_in = times([&people, &nobody], async |name| login(&app, name, "wrong").await).await;
    assert!(alike(signing_in), "{signing_in:?}");
    app.passes(Span::minutes(16)); // the limit of one address
    let asking = times([&people, &nobody], async |name| asks(&app, name).await).await;
    assert!(alike(asking), "{asking:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn requests_for_resets_are_limited_and_shut_nobody_out() {
    let app = App::start().await;
    let office = app.secretariat().await;
    for name in [office.username(), "nobody"] {
        let answers = join_all((0..10).map(|_| asks(&app, name))).await;
        let with = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
        assert_eq!((with(204), with(429)), (5, 5), "{name}");
    }
    assert_eq!(app.count("SELECT count(*) FROM password_reset").await, 1);
    login(&app, office.username(), PASSWORD).await.is(200);
}

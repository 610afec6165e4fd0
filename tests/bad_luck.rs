//! Power that fails, a database that goes away: nothing that was acknowledged is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use gongjian_kernel::audit::Verdict;
use gongjian_testkit::{App, PASSWORD, Persona, Process, Proxy, difficulty, is_postgres};
use reqwest::{Client, Response};
use serde_json::{Value, json};

const WRITERS: usize = 16;
const ROUNDS: usize = 3;

/// An issue that the server said it has: the key that it was sent with, and the answer.
type Acknowledged = (String, Value);

async fn sign_in(client: &Client, process: &Process, username: &str) -> String {
    let login = json!({ "username": username, "password": PASSWORD });
    let answer = client.post(format!("{}/v1/auth/login", process.url)).json(&login).send().await.unwrap();
    answer.json::<Value>().await.unwrap()["access_token"].as_str().unwrap().to_owned()
}

async fn submit(client: &Client, process: &Process, token: &str, key: &str) -> Result<Response, reqwest::Error> {
    let mut submission = difficulty();
    submission["title"] = json!(format!("断电前 {key}"));
    let request = client.post(format!("{}/v1/issues", process.url)).bearer_auth(token).json(&submission);
    request.header("idempotency-key", key).send().await
}

/// Writes until the server is gone.
async fn writes(client: &Client, process: &Process, token: &str, name: String) -> Vec<Acknowledged> {
    let mut acknowledged = Vec::new();
    for n in 0.. {
        let key = format!("{name}-{n}");
        let Ok(answer) = submit(client, process, token, &key).await else { break };
        assert_eq!(answer.status(), 201);
        let Ok(body) = answer.json().await else { break };
        acknowledged.push((key, body));
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_nine() {
    let app = App::start().await;
    let cast = app.cast().await;
    let client = Client::builder().no_proxy().build().unwrap();
    let mut acknowledged: Vec<Acknowledged> = Vec::new();
    for round in 0..ROUNDS {
        let process = Arc::new(app.process().await);
        let token = sign_in(&client, &process, cast.representative.username()).await;
        let writers = (0..WRITERS).map(|writer| {
            let (client, process, token) = (client.clone(), process.clone(), token.clone());
            tokio::spawn(async move { writes(&client, &process, &token, format!("{round}-{writer}")).await })
        });
        let writers: Vec<_> = writers.collect();
        tokio::time::sleep(Duration::from_millis(900)).await;
        kill_nine(&process).await;
        for written in join_all(writers).await {
            acknowledged.extend(written.unwrap());
        }
    }
    assert!(acknowledged.len() >= ROUNDS * WRITERS, "only {} writes", acknowledged.len());

    let began = Instant::now();
    let process = app.process().await;
    assert!(began.elapsed() < Duration::from_secs(5), "back within five seconds");
    let token = sign_in(&client, &process, cast.representative.username()).await;
    for (key, body) in &acknowledged {
        let path = format!("{}/v1/issues/{}", process.url, body["id"].as_str().unwrap());
        let there: Value = client.get(&path).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
        assert_eq!((&there["title"], &there["intake_no"]), (&body["title"], &body["intake_no"]));
        let events = client.get(format!("{path}/events")).bearer_auth(&token).send().await.unwrap();
        let events: Value = events.json().await.unwrap();
        assert_eq!(events["data"].as_array().unwrap().len(), 1, "whole: with its record");
        let again = submit(&client, &process, &token, key).await.unwrap();
        assert_eq!(again.headers()["idempotency-replayed"], "true");
        assert_eq!(&again.json::<Value>().await.unwrap(), body, "the same key gets the first answer");
    }
    process.kill().await;
    let issues = app.count("SELECT count(*) FROM issue").await;
    assert!(issues >= i64::try_from(acknowledged.len()).unwrap());
    assert_eq!(app.count("SELECT count(DISTINCT intake_no) FROM issue").await, issues);
    let years = "SELECT max(CAST(substr(intake_no, 9) AS bigint)) FROM issue";
    assert_eq!(app.count(years).await, issues, "no number was lost with the power");
    assert!(matches!(app.audit().await, Verdict::Whole { .. }));
    if !is_postgres() {
        assert_eq!(app.count("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'").await, 0);
    }
}

async fn kill_nine(process: &Process) {
    let killed = tokio::process::Command::new("kill").args(["-9", &process.id().to_string()]).status().await.unwrap();
    assert!(killed.success());
}

/// Asks until it is answered as wanted; fails after ten seconds.
async fn until(who: &Persona, path: &str, wanted: u16) {
    let began = Instant::now();
    while who.get(path).await.status != wanted {
        assert!(began.elapsed() < Duration::from_secs(10), "{path} does not answer {wanted}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// On PostgreSQL alone: SQLite is a file of the same machine.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_away_the_answer_is_503_and_then_all_is_well_again() {
    let app = App::start().await;
    if !is_postgres() {
        assert!(app.store().db.is_sqlite());
        return;
    }
    let url = app.database_url().to_owned();
    let (scheme, rest) = url.split_once("://").unwrap();
    let (authority, database) = rest.split_once('/').unwrap();
    let (user, host) = authority.rsplit_once('@').unwrap_or(("postgres", authority));
    let host = if host.contains(':') { host.to_owned() } else { format!("{host}:5432") };
    let target = tokio::net::lookup_host(host).await.unwrap().next().unwrap();
    let proxy = Proxy::to(target).await;
    let through = format!("{scheme}://{user}@{}/{database}", proxy.address);
    let far = app.another_instance_with(|config| {
        config.database.url = Some(gongjian::config::Hidden::new(through));
        config.database.acquire_timeout_seconds = 3;
    });
    let cast = app.cast().await;
    let (rep, anonymous) = (cast.representative.on(&far), far.anonymous());
    rep.get("/v1/issues").await.is(200);
    for hangs in [false, true] {
        if hangs {
            proxy.hang()
        } else {
            proxy.cut()
        }
        let done = Arc::new(AtomicBool::new(false));
        let calls = (0..20).map(async |n| {
            let began = Instant::now();
            let answer = if n % 2 == 0 { rep.submits(difficulty()).await } else { rep.get("/v1/issues").await };
            assert_eq!(answer.status, 503, "{}: {:#}", answer.line, answer.body);
            assert!(answer.has("retry-after") && began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
        });
        let canary = async {
            while !done.load(Ordering::Relaxed) {
                let began = Instant::now();
                anonymous.get("/livez").await.is(200);
                assert!(began.elapsed() < Duration::from_secs(1), "the process is alive all the while");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        let away = async {
            join_all(calls).await;
            done.store(true, Ordering::Relaxed);
        };
        futures_util::future::join(away, canary).await;
        until(&anonymous, "/readyz", 503).await;
        proxy.mend();
        until(&anonymous, "/readyz", 200).await;
        until(&rep, "/v1/issues", 200).await;
        rep.submits(difficulty()).await.is(201);
    }
    assert_eq!(app.count("SELECT count(*) FROM issue").await, 2, "what was answered 503 did not happen");
    assert!(matches!(app.audit().await, Verdict::Whole { .. }));
}

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use gongjian::config::Hidden;
use gongjian::{Parts, start};
use gongjian_identity::account::{AccountFilter, list};
use gongjian_kernel::Act;
use serde_json::{Value, json};

use crate::fixture::{Place, Scratch, parts, try_once};

async fn status(running: &gongjian::Running, path: &str) -> u16 {
    reqwest::get(format!("http://{}{path}", running.address)).await.unwrap().status().as_u16()
}

#[actix_web::test]
async fn a_server_starts_answers_and_stops() {
    let place = Place::new();
    let running = place.start().await.unwrap();
    let first = running.first_administrator.clone().unwrap();
    assert_eq!((first.username.as_str(), first.password.len() >= 15), ("admin", true));
    assert!(!format!("{running:?}").contains(&first.password), "Debug shows no password");
    assert_eq!(status(&running, "/livez").await, 200);
    assert_eq!(status(&running, "/readyz").await, 200);
    let address = running.address;
    running.stop().await.unwrap();
    assert!(reqwest::get(format!("http://{address}/livez")).await.is_err());
    assert!(!place.file("test.db-wal").exists(), "the WAL was written back");
    for private in ["test.db", "test.secret"] {
        assert_eq!(std::fs::metadata(place.file(private)).unwrap().permissions().mode() & 0o777, 0o600, "{private}");
    }

    let again = place.start().await.unwrap();
    assert!(again.first_administrator.is_none(), "the first start is the only first one");
    again.stop().await.unwrap();
}

#[actix_web::test]
async fn the_background_notes_checkpoints_and_the_last_one() {
    let place = Place::new();
    let running = start(&place.config, Parts { background: true, ..parts() }).await.unwrap();
    try_once(&running.store, 1).await;
    let store = running.store.clone();
    let seq = gongjian_kernel::audit::checkpoint(store.db.reader()).await.unwrap().seq;
    running.stop().await.unwrap();
    let noted = std::fs::read_to_string(place.file("test.checkpoints")).unwrap();
    assert!(noted.lines().last().unwrap().starts_with(&format!("{seq} sha256:")), "{noted}");
}

#[actix_web::test]
async fn another_secret_is_refused_and_none_is_made_up() {
    let mut place = Place::new();
    place.start().await.unwrap().stop().await.unwrap();
    let secret = place.file("test.secret");

    place.config.secret.value = Some(Hidden::new("another secret, mixed: 8fK2-x 0iQm 93vBz"));
    let refused = place.start().await.unwrap_err();
    assert!(refused.to_string().contains("not the one that this database was sealed with"), "{refused}");
    place.config.secret.value = Some(Hidden::new("short"));
    assert_eq!(place.start().await.unwrap_err().exit_code, 2);
    place.config.secret.value = None;

    std::fs::rename(&secret, place.file("away")).unwrap();
    let refused = place.start().await.unwrap_err();
    assert!(refused.to_string().contains("put") && !secret.exists(), "{refused}");
    place.config.secret.file = Some(place.file("away"));
    place.start().await.unwrap().stop().await.unwrap();
}

#[actix_web::test]
async fn two_instances_start_at_once_on_one_file() {
    let place = Place::new();
    let (one, two) = tokio::join!(place.start(), place.start());
    let (one, two) = (one.unwrap(), two.unwrap());
    assert!(one.first_administrator.is_some() != two.first_administrator.is_some());
    one.stop().await.unwrap();
    two.stop().await.unwrap();
}

#[actix_web::test]
async fn two_instances_start_at_once_on_postgres() {
    let Some(scratch) = Scratch::new().await else { return };
    let mut place = Place::new();
    place.config.database.url = Some(Hidden::new(&scratch.url));
    let refused = place.start().await.unwrap_err();
    assert!(refused.to_string().contains("PostgreSQL needs a secret"), "{refused}");
    place.config.secret.value = Some(Hidden::new("a secret of both instances: 8fK2-x 0iQm 93vBz"));
    let (one, two) = tokio::join!(place.start(), place.start());
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!((status(&one, "/readyz").await, status(&two, "/readyz").await), (200, 200));
    assert!(one.first_administrator.is_some() != two.first_administrator.is_some());
    let actor = Act::by_rule(&one.store).actor;
    let accounts = list(&one.store, &one.identity, &actor, &AccountFilter::default(), None, 10).await.unwrap();
    assert_eq!(accounts.rows.len(), 1);
    one.stop().await.unwrap();
    two.stop().await.unwrap();
    scratch.drop().await;
}

#[actix_web::test]
async fn the_binary_serves_metrics_apart_and_ends_on_sigterm() {
    let place = Place::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_gongjian"))
        .current_dir(place.folder.path())
        .env("GONGJIAN_LISTEN", "127.0.0.1:0")
        .env("GONGJIAN_METRICS_LISTEN", free.to_string())
        .env("GONGJIAN_DRAIN_SECONDS", "0")
        .env("DATABASE_URL", "sqlite://served.db")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut said = Vec::new();
    let address = loop {
        let line = lines.next().unwrap();
        match line.split_once("http://") {
            Some((_, address)) => break format!("http://{address}"),
            None => said.push(line),
        }
    };
    let password = said.iter().find_map(|line| line.split("password: ").nth(1)).unwrap().to_owned();
    assert_eq!(reqwest::get(format!("{address}/livez")).await.unwrap().status().as_u16(), 200);
    let inside = reqwest::get(format!("{address}/metrics")).await.unwrap().status().as_u16();
    assert_eq!(inside, 404, "metrics are nothing for strangers");
    let metrics = reqwest::get(format!("http://{free}/metrics")).await.unwrap().text().await.unwrap();
    assert!(metrics.contains("http_requests_total"), "{metrics}");
    assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
    let ended = server.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    let log = String::from_utf8(ended.stderr).unwrap();
    assert!(!log.contains(&password), "the password is never logged");
    assert!(std::fs::read_to_string(place.file("served.checkpoints")).unwrap().lines().count() >= 1);
}

/// The district that the README shows has what every association begins with.
#[actix_web::test]
async fn the_demo_is_an_association_with_its_charter() {
    let place = Place::new();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_gongjian"))
        .arg("demo")
        .current_dir(place.folder.path())
        .env_remove("DATABASE_URL")
        .env("GONGJIAN_LISTEN", "127.0.0.1:0")
        .env("GONGJIAN_METRICS_LISTEN", "")
        .env("GONGJIAN_DRAIN_SECONDS", "0")
        .env("GONGJIAN_ARGON2_MEMORY_KIB", "64")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines().map(Result::unwrap);
    let address = lines.find_map(|line| Some(format!("http://{}", line.split_once("http://")?.1))).unwrap();
    let client = reqwest::Client::new();
    let login = json!({ "username": "rep057", "password": gongjian::demo::PASSWORD });
    let signed_in: Value =
        client.post(format!("{address}/v1/auth/login")).json(&login).send().await.unwrap().json().await.unwrap();
    let article = client.get(format!("{address}/v1/charter/articles/23"));
    let article = article.bearer_auth(signed_in["access_token"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(article.status().as_u16(), 200);
    assert!(Command::new("kill").args(["-TERM", &demo.id().to_string()]).status().unwrap().success());
    assert_eq!(demo.wait().unwrap().code(), Some(0));
}

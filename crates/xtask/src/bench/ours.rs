//! The release server, as the benchmark starts it and speaks to it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use gongjian::demo::PASSWORD;
use serde_json::{Value, json};

use super::load::{Client, request};
use super::process::Server;
use crate::{Result, workspace};

pub const ADDRESS: &str = "127.0.0.1:18731";

/// What the demo's numbers begin with.
pub const INTAKE: &str = "QHSL";
pub const LEDGER: &str = "QHYJ";
/// The body that numbers them.
pub const BODY: &str = "association";

/// Connections to the database, the same for both servers.
pub const CONNECTIONS: u32 = 8;

/// Loading the demo hashes a password and replays a year.
const PATIENCE: Duration = Duration::from_secs(120);

/// `gongjian demo`: the district with its accounts, and a clock that always starts on the same day, so
/// that lights and deadlines are the same in every run. Quotas are off, the log is quiet.
pub fn start(url: &str, secret: &Path) -> Result<Server> {
    // Built together with us, so it lies beside us.
    let mut command = Command::new(std::env::current_exe()?.with_file_name("gongjian"));
    command
        .arg("demo")
        .current_dir(workspace::root().join("target/bench"))
        .env("DATABASE_URL", url)
        .env("GONGJIAN_SECRET_FILE", secret)
        .env("GONGJIAN_CHECKPOINT_FILE", secret.with_file_name("checkpoints"))
        .env("GONGJIAN_DATABASE_CONNECTIONS", CONNECTIONS.to_string())
        .env("GONGJIAN_LISTEN", ADDRESS)
        .env("GONGJIAN_METRICS_LISTEN", "")
        .env("GONGJIAN_REQUESTS_PER_MINUTE", "0")
        .env("GONGJIAN_ANONYMOUS_REQUESTS_PER_MINUTE", "0")
        .env("GONGJIAN_RULES_SECONDS", "3600")
        .env("GONGJIAN_LOG", "warn")
        .stdout(Stdio::null());
    Server::start(command, ADDRESS, PATIENCE)
}

/// An access token; they last ten minutes.
pub async fn log_in(username: &str) -> Result<String> {
    let body = json!({ "username": username, "password": PASSWORD }).to_string();
    let answer = call(ADDRESS, &request("POST", "/v1/auth/login", None, "", &body)).await?;
    let token = answer.get("access_token").and_then(Value::as_str);
    Ok(token.ok_or_else(|| format!("{username} cannot log in: {answer}"))?.to_owned())
}

/// One request on a connection of its own.
pub async fn call(address: &str, request: &str) -> Result<Value> {
    let answer = async { Client::connect(address).await?.send(request).await };
    let answer = answer.await.map_err(|fault| fault.to_string())?;
    Ok(serde_json::from_slice(&answer.body)?)
}

//! Everything that CI checks. The tests come last, so that their result lines end the output.

use std::process::Command;
use std::time::Instant;

use sqlx::{Connection as _, PgConnection};

use crate::workspace::{cargo, run as finish};
use crate::{Result, deps, facts, lint_api};

/// Names the PostgreSQL server that the tests make their databases on.
const POSTGRES: &str = "TEST_POSTGRES_URL";
const DEFAULT_POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/postgres";
/// What the tests read; without it they run on SQLite.
const DATABASE: &str = "TEST_DATABASE_URL";
/// The same for the tests of `identity`: a server without the name of a database.
const SERVER: &str = "GONGJIAN_TEST_POSTGRES";

pub fn run() -> Result {
    let postgres = std::env::var(POSTGRES).unwrap_or_else(|_| DEFAULT_POSTGRES.to_owned());
    step("PostgreSQL answers", || answers(&postgres))?;
    step("fmt", || finish(cargo(&["fmt", "--all", "--check"])))?;
    step("deps", deps::check)?;
    step("facts", facts::check)?;
    step("lint-api", lint_api::run)?;
    step("clippy", || {
        finish(cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]))
    })?;
    step("tests on SQLite", || finish(tests(None)))?;
    step("tests on PostgreSQL", || finish(tests(Some(&postgres))))
}

fn step(name: &str, check: impl FnOnce() -> Result) -> Result {
    println!("──── {name}");
    let started = Instant::now();
    let done = check();
    println!("──── {name}: {} in {:.0?}", if done.is_ok() { "done" } else { "FAILED" }, started.elapsed());
    done
}

/// The tests of README's command. A database that somebody's shell names is not theirs to write to.
fn tests(postgres: Option<&str>) -> Command {
    let mut tests = cargo(&["test", "--workspace", "--locked"]);
    tests.env_remove("DATABASE_URL").env_remove(DATABASE).env_remove(SERVER);
    if let Some(url) = postgres {
        // They wait for the server more than they compute.
        tests.env("RUST_TEST_THREADS", "6");
        tests.env(DATABASE, url).env(SERVER, url.rsplit_once('/').map_or(url, |(server, _)| server));
    }
    tests
}

/// Half of CI without anybody noticing would be worse than none: no PostgreSQL is a failure.
fn answers(url: &str) -> Result {
    let version = tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::query_scalar::<_, String>("SHOW server_version").fetch_one(&mut connection).await
    });
    match version {
        Ok(version) => {
            println!("PostgreSQL {version}");
            Ok(())
        }
        Err(error) => Err(format!("no PostgreSQL for the tests (name one by {POSTGRES}): {error}").into()),
    }
}

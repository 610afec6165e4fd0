//! Holds `openapi/v1.json` against Spectral (`openapi/.spectral.yaml` names the rulesets) and Redocly's
//! recommended rules. Both come from npm in the versions that `openapi/package.json` pins.

use serde_json::Value;

use crate::Result;
use crate::workspace::{command, run as finish};

const FOLDER: &str = "openapi";
const DOCUMENT: &str = "v1.json";
const RULES: &str = ".spectral.yaml";

pub fn run() -> Result {
    install()?;
    let arguments =
        ["--no-install", "spectral", "lint", "--quiet", "--fail-severity=hint", "--ruleset", RULES, DOCUMENT];
    finish(command(FOLDER, "npx", &arguments))?;
    println!("lint-api: Spectral found nothing");
    redocly()
}

/// Exact versions stand in package.json; a lock file would name the registry of whoever wrote it.
fn install() -> Result {
    let arguments = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    finish(command(FOLDER, "npm", &arguments))
}

/// Redocly's exit code knows only errors; its report knows the warnings too.
fn redocly() -> Result {
    let arguments = ["--no-install", "redocly", "lint", "--extends=recommended", "--format=json", DOCUMENT];
    let mut command = command(FOLDER, "npx", &arguments);
    command.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    let report: Value = serde_json::from_slice(&command.output()?.stdout)
        .map_err(|error| format!("redocly gave no report: {error}"))?;
    let found = |what: &str| report["totals"][what].as_u64().ok_or("redocly gave no totals");
    if found("errors")? + found("warnings")? == 0 {
        println!("lint-api: Redocly found nothing");
        return Ok(());
    }
    for problem in report["problems"].as_array().into_iter().flatten() {
        println!("{}: {} at {}", problem["ruleId"], problem["message"], problem["location"][0]["pointer"]);
    }
    Err("redocly found something".into())
}

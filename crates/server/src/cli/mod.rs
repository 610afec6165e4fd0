//! The command line. Every command ends with one line on standard error and an exit code where it fails:
//! 1 for a failure, 2 for settings that cannot be.

mod account;
mod audit;
mod backup;
mod data;
mod demo;
mod migrate;
mod out;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, FILE_VARIABLE};
use crate::failure::{Failure, Result};
use crate::telemetry;

/// 共建 Gongjian: the backend of a regional party-building promotion association.
#[derive(Debug, Parser)]
#[command(name = "gongjian", version, about)]
struct Cli {
    /// Settings; `gongjian config` prints all of them [default: gongjian.toml where it exists]
    #[arg(long, env = FILE_VARIABLE, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API (what happens without a command)
    Serve,
    /// Load the fictional district of Qinghe where the database is empty, then serve it
    Demo(demo::Demo),
    /// Bring the schema up to date
    Migrate(migrate::Migrate),
    /// Print the OpenAPI document; needs no database
    Openapi,
    /// Look after accounts beside the server; everything is on record
    #[command(subcommand)]
    Account(account::Account),
    /// Examine the audit trail
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Make a consistent copy of the database while it is served
    Backup(backup::Backup),
    /// Look after the keys that personal data are sealed with
    #[command(subcommand)]
    Data(data::Data),
    /// Print all settings with documentation and defaults, as a file to start from
    Config,
}

/// Runs what the arguments ask for.
pub async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(code) => code,
        Err(failure) => {
            out::error_line(&format!("gongjian: {failure}"));
            ExitCode::from(failure.exit_code)
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode> {
    let load = || -> Result<Config> {
        let config = Config::load(cli.config.as_deref())?;
        telemetry::log(&config.log)?;
        Ok(config)
    };
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&load()?).await?,
        Command::Demo(demo) => demo.run(load()?).await?,
        Command::Migrate(migrate) => migrate.run(&load()?).await?,
        Command::Openapi => openapi()?,
        Command::Account(account) => account.run(&load()?).await?,
        Command::Audit(audit) => return audit.run(&load()?).await,
        Command::Backup(backup) => backup.run(&load()?).await?,
        Command::Data(data) => data.run(&load()?).await?,
        Command::Config => out::text(&Config::template()),
    }
    Ok(ExitCode::SUCCESS)
}

fn openapi() -> Result<()> {
    let document = serde_json::to_string_pretty(&gongjian_api::document())
        .map_err(|error| Failure::new(format!("the document: {error}")))?;
    out::line(&document);
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
        assert!(Cli::try_parse_from(["gongjian"]).unwrap().command.is_none());
        let demo = Cli::try_parse_from(["gongjian", "demo", "--as-of", "2026-11-20T10:00:00+08:00", "--fresh"]);
        assert!(matches!(demo.unwrap().command, Some(Command::Demo(_))));
    }
}

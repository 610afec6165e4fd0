//! The tools of the workspace: `cargo xtask …`. What CI runs is `cargo xtask ci` and nothing else.
#![expect(clippy::print_stdout, reason = "a tool talks on the terminal")]

mod bench;
mod ci;
mod deps;
mod facts;
mod lint_api;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The server's allocator, so that the bare server of the benchmark has it too.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Every tool ends with one line that says what is wrong.
type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The tools of the workspace")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Measure the release server beside a bare one on the same data
    Bench(bench::Bench),
    /// Everything that CI checks, in its order
    Ci,
    /// Check the direction of the dependencies
    Deps,
    /// Write the files that are made from the code: the OpenAPI document, docs/generated, the glossary
    Facts {
        /// Only say which of them are stale, and fail
        #[arg(long)]
        check: bool,
    },
    /// Hold openapi/v1.json against every ruleset; one warning fails
    LintApi,
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Bench(bench) => bench::run(&bench),
        Task::Ci => ci::run(),
        Task::Deps => deps::check(),
        Task::Facts { check: true } => facts::check(),
        Task::Facts { check: false } => facts::write(),
        Task::LintApi => lint_api::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

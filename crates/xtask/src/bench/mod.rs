//! `cargo xtask bench`: the release server beside a bare actix + sqlx server that sends the same SQL and
//! answers the same JSON and does nothing else, on the same data in the same run. What is compared is the
//! price of everything between: ORM, authorization, policy, audit chain, middleware. Rounds are interleaved,
//! so that a busy machine slows both. It is no test: the figures of a busy machine fail nobody.

mod bare;
mod data;
mod database;
mod directory;
mod directory_bare;
mod load;
mod ours;
mod permission;
mod process;
mod report;
mod rounds;
mod rows;
mod statements;
mod wire;

use clap::ValueEnum;

use crate::{Result, workspace};
use database::Kind;

/// The two databases, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    Sqlite,
    Postgres,
    Both,
}

impl Which {
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Sqlite => &[Kind::Sqlite],
            Self::Postgres => &[Kind::Postgres],
            Self::Both => &[Kind::Sqlite, Kind::Postgres],
        }
    }
}

/// What is measured, and for how long.
#[derive(Debug, Clone, clap::Args)]
pub struct Bench {
    #[arg(long, value_enum, default_value = "both")]
    database: Which,
    /// Issues on the ledger
    #[arg(long, default_value_t = 200_000)]
    issues: u32,
    /// Each round measures everything once
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Length of one measurement
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Connections of the load generator
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// A PostgreSQL server on which databases can be made
    #[arg(long, env = "GONGJIAN_BENCH_POSTGRES", default_value = "postgres://postgres@127.0.0.1:5432/postgres")]
    postgres: String,
    /// Write docs/benchmarks.md
    #[arg(long)]
    write: bool,
    /// Measure the directory with so many units instead
    #[arg(long, value_name = "UNITS", num_args = 0..=1, default_missing_value = "100000")]
    directory: Option<u32>,
    /// Serve this database barely; what the benchmark starts beside the server
    #[arg(long, hide = true, value_name = "URL")]
    serve_bare: Option<String>,
}

/// A debug build hands over to its release build: generator and bare server run optimized too. One
/// invocation builds both, so that both servers share every library as it was compiled.
pub fn run(bench: &Bench) -> Result {
    if cfg!(debug_assertions) {
        workspace::run(workspace::cargo(&["build", "--quiet", "--release", "-p", "gongjian", "-p", "xtask"]))?;
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let release = std::env::current_exe()?.with_file_name("../release/xtask");
        return workspace::run(workspace::command("", &release.to_string_lossy(), &arguments));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if let Some(url) = &bench.serve_bare {
        return if bench.directory.is_some() { directory_bare::serve(url) } else { bare::serve(url) };
    }
    runtime.block_on(async {
        if let Some(units) = bench.directory {
            let mut lines = Vec::new();
            for kind in bench.database.kinds() {
                lines.extend(directory::run(bench, units, *kind).await?);
            }
            return if bench.write { directory::write(bench, units, &lines) } else { Ok(()) };
        }
        let mut reports = Vec::new();
        for kind in bench.database.kinds() {
            let report = rounds::run(bench, *kind).await?;
            println!("{report}");
            reports.push(report);
        }
        let check = permission::measure();
        println!("{check}");
        if bench.write { report::write(bench, &reports, check) } else { Ok(()) }
    })
}

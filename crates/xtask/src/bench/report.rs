//! Medians, ratios, and whether the targets were reached.

use std::fmt;
use std::fs;

use super::Bench;
use super::database::Kind;
use super::permission::Check;
use crate::{Result, workspace};

/// One measurement.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sample {
    pub rate: f64,
    pub server_micros: f64,
    /// Of the database's processes; SQLite has none.
    pub database_micros: f64,
}

/// One round: ours and the bare server's, for everything that is measured.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    one: (Sample, Sample),
    first: (Sample, Sample),
    deep: (Sample, Sample),
    submit: (Sample, Sample),
}

impl Figures {
    pub const ONE: &'static str = "one issue by id";
    pub const FIRST: &'static str = "first page of 50";
    pub const DEEP: &'static str = "page of 50, 100,000 rows deep";
    pub const SUBMIT: &'static str = "submit + register";

    pub fn each(&mut self) -> [(&'static str, &mut (Sample, Sample)); 4] {
        [
            (Self::ONE, &mut self.one),
            (Self::FIRST, &mut self.first),
            (Self::DEEP, &mut self.deep),
            (Self::SUBMIT, &mut self.submit),
        ]
    }
}

#[derive(Debug)]
pub struct Report {
    kind: Kind,
    pub rounds: Vec<Figures>,
    /// Resident now and at the peak, in MiB.
    pub memory: (f64, f64),
    pub bare_memory: (f64, f64),
}

/// Median, least, greatest.
struct Spread(f64, f64, f64);

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let at = |place: usize| values.get(place).copied().unwrap_or_default();
        Self(at(values.len() / 2), at(0), at(values.len().saturating_sub(1)))
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} ({:.2}–{:.2})", self.0, self.1, self.2)
    }
}

type Select = fn(&Figures) -> (Sample, Sample);

const LINES: [(&str, Select, Option<f64>); 4] = [
    (Figures::ONE, |round| round.one, Some(0.7)),
    (Figures::FIRST, |round| round.first, Some(0.8)),
    (Figures::DEEP, |round| round.deep, None),
    (Figures::SUBMIT, |round| round.submit, Some(0.6)),
];
const DEEP_TARGET: f64 = 1.2;
const MEMORY_TARGET: f64 = 150.0;

pub fn verdict(reached: bool) -> &'static str {
    if reached { "reached" } else { "missed" }
}

impl Report {
    pub fn new(kind: Kind) -> Self {
        Self { kind, rounds: Vec::new(), memory: (0.0, 0.0), bare_memory: (0.0, 0.0) }
    }

    fn spread(&self, value: impl Fn(&Figures) -> f64) -> Spread {
        Spread::of(self.rounds.iter().map(value))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {}\n", self.kind.name())?;
        writeln!(f, "| | ours, req/s | bare, req/s | ours ÷ bare | target | CPU of ours + database, µs | of bare |")?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        for (name, of, target) in LINES {
            let median = |value: fn(Sample) -> f64| {
                (self.spread(|round| value(of(round).0)).0, self.spread(|round| value(of(round).1)).0)
            };
            let (rate, server, database) =
                (median(|s| s.rate), median(|s| s.server_micros), median(|s| s.database_micros));
            let ratio = self.spread(|round| of(round).0.rate / of(round).1.rate.max(f64::MIN_POSITIVE));
            let goal = target.map_or_else(String::new, |least| format!("≥ {least}: {}", verdict(ratio.0 >= least)));
            writeln!(
                f,
                "| {name} | {:.0} | {:.0} | {ratio} | {goal} | {:.0} + {:.0} | {:.0} + {:.0} |",
                rate.0, rate.1, server.0, database.0, server.1, database.1
            )?;
        }
        let deep = self.spread(|round| round.first.0.rate / round.deep.0.rate.max(f64::MIN_POSITIVE));
        writeln!(
            f,
            "\nTime of the deep page ÷ time of the first: {deep}; target ≤ {DEEP_TARGET}: {}.",
            verdict(deep.0 <= DEEP_TARGET)
        )?;
        let (now, peak) = self.memory;
        writeln!(
            f,
            "Memory of the server under load: {now:.0} MB, at its peak {peak:.0} MB (bare: {:.0}, {:.0}); target < {MEMORY_TARGET:.0} MB: {}.",
            self.bare_memory.0,
            self.bare_memory.1,
            verdict(peak < MEMORY_TARGET)
        )
    }
}

/// `docs/benchmarks.md`
pub fn write(bench: &Bench, reports: &[Report], check: Check) -> Result {
    let cores = std::thread::available_parallelism()?;
    let mut text = format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench --write`. The release server (`ours`) and a bare actix + sqlx server with the same \
         SQL and the same JSON and nothing else (`bare`), on the same {} issues in the same run: {} interleaved rounds of \
         {} s with {} connections on {cores} cores, which the load generator and the database share. Medians; of the \
         ratios also the least and the greatest of a round. Ours authenticates, authorizes, keeps the audit chain and \
         fills `allowed_actions`; its quotas and its access log are off. Both have the same allocator, the same settings \
         of SQLite and the same number of connections. Figures of one machine: read the ratios.\n",
        bench.issues, bench.rounds, bench.seconds, bench.connections
    );
    for report in reports {
        text.push_str(&format!("\n{report}"));
    }
    text.push_str(&format!("\n{check}"));
    fs::write(workspace::root().join("docs/benchmarks.md"), text)?;
    Ok(())
}

//! What the server does by itself: the rules of the ledger, audit checkpoints, sweeping. One loop, so
//! nothing runs beside itself; several instances may do the same at once, because every step is bound
//! by a constraint of the database.

use std::time::{Duration, Instant};

use gongjian_committees::branch::leadership::tend;
use gongjian_identity::Identity;
use gongjian_kernel::{Result, Store, idempotency};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::checkpoint::Notebook;

const SWEEP_EVERY: Duration = Duration::from_secs(3600);
const ROTATIONS_EVERY: Duration = Duration::from_secs(600);

/// How often, and where to.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) every: Duration,
    pub(crate) checkpoint_every: Duration,
    pub(crate) notebook: Notebook,
}

/// The loop while it runs.
#[derive(Debug)]
pub(crate) struct Background {
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Background {
    pub(crate) fn start(store: Store, identity: Identity, plan: Plan) -> Self {
        let (stop, stopped) = watch::channel(false);
        // On a thread of its own: a command is an `AsyncFn`, whose future no compiler proves to be `Send` yet.
        let runtime = Handle::current();
        let running = tokio::task::spawn_blocking(move || runtime.block_on(run(store, identity, plan, stopped)));
        Self { stop, running }
    }

    /// Lets the present step finish, notes the end of the audit trail, ends.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.running.await {
            tracing::error!(%error, "the background work ended badly");
        }
    }
}

async fn run(store: Store, identity: Identity, mut plan: Plan, mut stopped: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(plan.every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut rotations = Turn::every(ROTATIONS_EVERY);
    let mut sweep = Turn::every(SWEEP_EVERY);
    let mut checkpoint = Turn::every(plan.checkpoint_every);
    loop {
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => break,
            _ = ticks.tick() => {}
        }
        if let Some(done) = logged("ledger rules", gongjian_ledger::duty::run(&store).await) {
            metrics::counter!("ledger_confirmed_by_silence_total").increment(done.confirmed as u64);
            metrics::counter!("ledger_passed_on_by_rule_total").increment(done.passed_on as u64);
            metrics::counter!("ledger_sheets_by_rule_total").increment(done.sheets as u64);
        }
        // Article 18: who has left the street is followed by the next, and turns are laid ahead.
        if rotations.is_due() && logged("rotations", tend(&store, &identity).await).is_some() {
            rotations.done();
        }
        if sweep.is_due() && logged("sweeping", swept(&store).await).is_some() {
            sweep.done();
        }
        if checkpoint.is_due() && logged("audit checkpoint", plan.notebook.note(&store).await).is_some() {
            checkpoint.done();
        }
    }
    logged("last audit checkpoint", plan.notebook.note(&store).await);
}

async fn swept(store: &Store) -> Result<u64> {
    let applications = gongjian_membership::application::throttle::sweep(store).await?;
    let codes = gongjian_governance::meeting::sweep(store).await?;
    Ok(idempotency::sweep(store).await? + gongjian_identity::sweep(store).await? + applications + codes)
}

/// What failed is logged and comes again at the next tick.
fn logged<T>(step: &'static str, result: Result<T>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(error) => {
            metrics::counter!("background_failures_total", "step" => step).increment(1);
            tracing::error!(step, %error, source = ?error.source, "background work failed and is tried again");
            None
        }
    }
}

/// Something that is due from time to time, and at the start.
struct Turn {
    every: Duration,
    last: Option<Instant>,
}

impl Turn {
    fn every(every: Duration) -> Self {
        Self { every, last: None }
    }

    fn is_due(&self) -> bool {
        self.last.is_none_or(|last| last.elapsed() >= self.every)
    }

    fn done(&mut self) {
        self.last = Some(Instant::now());
    }
}

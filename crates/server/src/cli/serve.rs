//! `gongjian serve`

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::out;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::start::{Parts, Running, start};

pub(super) async fn run(config: &Config) -> Result<()> {
    let signals = Signals::new()?;
    until_asked_to_stop(start(config, Parts::system()).await?, signals).await
}

/// Serves until SIGTERM or SIGINT; a second one does not wait for what is in flight.
pub(super) async fn until_asked_to_stop(mut running: Running, mut signals: Signals) -> Result<()> {
    if let Some(first) = running.first_administrator.take() {
        out::password("首位系统管理员 The first administrator", &first.username, &first.password);
    }
    out::line(&format!("Gongjian 共建 · http://{}", running.address));
    signals.next().await;
    tokio::select! {
        stopped = running.stop() => stopped,
        () = signals.next() => Err(Failure::new("stopped at once by a second signal")),
    }
}

/// The two signals that end a server. Taken before the start, so that none is lost.
pub(super) struct Signals {
    term: Signal,
    int: Signal,
}

impl Signals {
    pub(super) fn new() -> Result<Self> {
        let listen = |kind| signal(kind).map_err(|error| Failure::new(format!("signals: {error}")));
        Ok(Self { term: listen(SignalKind::terminate())?, int: listen(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.int.recv() => {}
        }
    }
}

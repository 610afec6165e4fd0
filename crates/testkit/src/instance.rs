//! One running server, on a thread of its own.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use gongjian::config::Config;
use gongjian::start::{FirstAdministrator, Parts, start};
use gongjian_identity::Identity;
use gongjian_kernel::Store;
use tokio::sync::oneshot;

#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) address: SocketAddr,
    pub(crate) store: Store,
    pub(crate) identity: Identity,
    pub(crate) first_administrator: Option<FirstAdministrator>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

const PATIENCE: Duration = Duration::from_secs(5);

impl Instance {
    /// Starts a server as the binary does.
    pub(crate) fn start(config: Config, parts: Parts) -> Self {
        let (up, started) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = on_a_thread(async move || {
            let mut running = start(&config, parts).await.unwrap();
            let parts =
                (running.address, running.store.clone(), running.identity.clone(), running.first_administrator.take());
            up.send(parts).unwrap();
            let _ = stopped.await;
            let _ = tokio::time::timeout(PATIENCE, running.stop()).await;
        });
        let (address, store, identity, first_administrator) = started.recv().expect("the server starts");
        Self { address, store, identity, first_administrator, stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Runs on a thread and a runtime of its own.
pub(crate) fn on_a_thread(run: impl AsyncFnOnce() + Send + 'static) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run());
    })
}

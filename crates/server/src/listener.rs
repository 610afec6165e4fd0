//! Listening comes first: a port that is taken ends the start before anything has been changed, and the
//! first administrator's password is never made without being shown.

use std::net::{SocketAddr, TcpListener};

use tokio::net::TcpSocket;

use crate::config::Config;
use crate::failure::{Failure, Result};

/// One socket that listens already. Connections wait until there is somebody to serve them.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) address: SocketAddr,
    pub(crate) socket: TcpListener,
}

/// The sockets of a server.
#[derive(Debug)]
pub(crate) struct Listeners {
    pub(crate) api: Listener,
    pub(crate) metrics: Option<Listener>,
}

const BACKLOG: u32 = 1024;

impl Listeners {
    pub(crate) fn bind(config: &Config, metrics: bool) -> Result<Self> {
        let metrics = config.http.metrics_listen.0.filter(|_| metrics);
        Ok(Self { api: Listener::bind(config.http.listen)?, metrics: metrics.map(Listener::bind).transpose()? })
    }

    /// The settings with the address that was bound, where they left the port open.
    pub(crate) fn settings(&self, config: &Config) -> Config {
        let mut config = config.clone();
        config.http.listen = self.api.address;
        config
    }
}

impl Listener {
    fn bind(address: SocketAddr) -> Result<Self> {
        let bound = || -> std::io::Result<Self> {
            let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            let socket = socket.listen(BACKLOG)?.into_std()?;
            Ok(Self { address: socket.local_addr()?, socket })
        };
        bound().map_err(|error| Failure::new(format!("cannot listen on {address}: {error}")))
    }
}

//! A server as a child process, and what the kernel says it costs.

use std::fs;
use std::net::TcpStream;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Result;

/// `USER_HZ`, the unit of the times in `/proc`; 100 on every Linux that Rust runs on.
const TICKS_PER_SECOND: f64 = 100.0;
const MEBIBYTE: f64 = 1024.0;

/// Seconds of CPU that a process has used, its threads included.
pub fn cpu_seconds(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in brackets may hold blanks; user and system time are the 12th and 13th field after it.
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS_PER_SECOND
}

/// A server that we started; it ends with its owner.
#[derive(Debug)]
pub struct Server {
    child: Child,
}

impl Server {
    /// Starts the program and waits until it accepts connections.
    pub fn start(mut command: Command, address: &str, patience: Duration) -> Result<Self> {
        let mut server = Self { child: command.spawn()? };
        let started = Instant::now();
        while TcpStream::connect(address).is_err() {
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("{command:?} ended before it served: {status}").into());
            }
            if started.elapsed() > patience {
                return Err(format!("{command:?} did not serve {address} in time").into());
            }
            sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    pub fn cpu_seconds(&self) -> f64 {
        cpu_seconds(self.child.id())
    }

    /// Resident memory now and at its peak, in MiB.
    pub fn memory(&self) -> (f64, f64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
            kibibytes.unwrap_or_default() / MEBIBYTE
        };
        (field("VmRSS:"), field("VmHWM:"))
    }

    /// Asks the server to go down, and waits until it has.
    pub fn stop(mut self) -> Result {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

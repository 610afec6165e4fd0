//! The binary `gongjian`: settings, telemetry, background work, commands. Wiring only; what the
//! association does stands in the domain crates.

mod background;
mod checkpoint;
pub mod cli;
pub mod config;
pub mod database;
pub mod demo;
mod fact;
pub mod failure;
mod listener;
mod secret;
pub mod start;
mod telemetry;

pub use config::Config;
pub use failure::{Failure, Result};
pub use start::{FirstAdministrator, Parts, Running, start};

// sqlx's feature set chooses the one TLS and crypto library of the tree.
use sqlx as _;

//! Starting, stopping and the commands beside the server.

#![expect(clippy::unwrap_used, reason = "a test ends where its ground is missing")]

mod backup;
mod commands;
mod data_keys;
mod fixture;
mod lifecycle;

//! Starting, stopping and the commands beside the server.

mod backup;
mod commands;
mod fixture;
mod lifecycle;

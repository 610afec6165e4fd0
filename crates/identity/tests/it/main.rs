//! Identity over a database of its own for each test.

#![expect(clippy::unwrap_used, reason = "what a test stands on fails loudly")]

mod accounts;
mod fixture;
mod login;
mod migrations;
mod rotation;
mod schema;
mod tokens;

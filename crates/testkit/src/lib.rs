//! The app under test: the real server over HTTP on a database of its own, the people of the charter who
//! use it, and a contract that every answer is held against.
//!
//! A test reads as a transcript:
//!
//! ```ignore
//! let app = App::start().await;
//! let unit = app.member_unit("云栖材料科学研究院").await;
//! let issue = app.representative_of(&unit).submits(difficulty()).await.created();
//! app.liaison_of(&unit).registers(&issue).await.refused(403, "forbidden");
//! ```
//!
//! SQLite by default; with `TEST_DATABASE_URL=postgres://user@host/postgres` every test gets a database of
//! its own on that server.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod app;
mod call;
mod cast;
mod contract;
mod database;
mod instance;
mod offices;
mod persona;
mod process;
mod reply;
mod units;
mod verbs;
mod wire;

pub use app::{App, Setup};
pub use call::Call;
pub use cast::Cast;
pub use contract::{Operation, operations};
pub use database::is_postgres;
pub use persona::Persona;
pub use process::Process;
pub use reply::{Reply, Thing};
pub use units::TestUnit;
pub use verbs::{difficulty, draft, opinion, path_of, suggestion};
pub use wire::{Proxy, exchange};

/// The password of every persona.
pub const PASSWORD: &str = "four lanterns over the canal";

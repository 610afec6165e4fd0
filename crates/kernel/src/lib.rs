//! What every domain crate stands on, without a word of the domain.
//!
//! A command is one `async fn(&mut Work, …) -> Result<T>` in the order
//! **load (locked) → authorize → decide → save → record**, run by [`write`]: the only place where a
//! transaction opens and commits. Events that the command records are committed with it, chained by
//! hash: one table is the audit trail, the outbox and the history of every resource.

pub mod actor;
pub mod audit;
pub mod calendar;
pub mod clock;
pub mod db;
pub mod fault;
pub mod id;
pub mod idempotency;
pub mod keys;
pub mod lifecycle;
pub mod number;
pub mod page;
pub mod policy;
pub mod recent;
pub mod row;
pub mod say;
pub mod seal;
pub mod search;
pub mod text;
pub mod words;
pub mod work;

pub use actor::{Actor, Grant, Permission, Relation, Resource, Rule, Scope};
pub use audit::{Event, EventEntry};
pub use fault::{FaultEntry, FaultKind, FieldFault, Refusal, Result};
pub use say::{Lang, Say};
pub use text::Text;
pub use work::{Act, Store, Target, Work, write};

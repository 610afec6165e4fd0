//! Measures that a conference has agreed on: each has an owner and a day, and while one is open its issue is not cancelled
//! from the ledger (Articles 22 and 23).

mod commands;
mod lifecycle;
pub mod queries;
pub(super) mod store;

pub use commands::{complete, drop_measure, postpone, send_back};
pub(super) use commands::{open_count, replace, take_effect};
pub use lifecycle::{MeasureAction, MeasureStatus};
pub use queries::{MeasureFilter, MeasureOnFile};
pub use store::row::Model as Measure;

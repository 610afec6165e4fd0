//! What handlers take. Every failure becomes a problem document in the caller's language.

mod body;
mod body_faults;
mod caller;
mod if_match;
mod no_fields;
mod parameters;
mod patch;
mod query;

pub use body::Body;
pub use caller::{Caller, CallerBeforeChange, Visitor};
pub use if_match::IfMatch;
pub use no_fields::NoFields;
pub(crate) use parameters::path_config;
pub use patch::Patch;
pub(crate) use query::MOST_WORDS;
pub use query::{AnyOf, Filter, NoFilter, Paging};

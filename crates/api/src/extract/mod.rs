//! What handlers take. Every failure becomes a problem document in the caller's language.

mod body;
mod body_faults;
mod caller;
mod civil_day;
mod file;
mod if_match;
mod no_fields;
mod parameters;
mod patch;
mod query;
mod sent;
mod value;

pub use body::Body;
pub use caller::{Caller, CallerBeforeChange, CallerBeforeEnrolment, Visitor};
pub use file::FileBody;
pub use if_match::IfMatch;
pub use no_fields::NoFields;
pub(crate) use parameters::path_config;
pub use patch::Patch;
pub use query::{Filter, NoFilter, Paging, Query};
pub use value::AnyOf;
pub(crate) use value::MOST_WORDS;

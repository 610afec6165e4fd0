//! The verbs of the ledger, in the order of an issue's life.

mod clock;
mod closing;
mod handling;
mod intake;
mod supervision;

pub use clock::{conclude_meeting, decide_extension, escalate, request_extension, resume, suspend};
pub use closing::{auto_confirm, cancel, confirm, exclude_feedback, reopen, rule};
pub use handling::{contribute, dispatch, reassign, reply, report_progress, return_issue, sign};
pub use intake::{edit, merge, register, reject, submit, submit_draft, withdraw};
pub(crate) use supervision::{by_rule, rule_key};
pub use supervision::{supervise, urge};

pub(crate) use clock::recount;

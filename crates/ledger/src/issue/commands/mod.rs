//! The verbs of the ledger, in the order of an issue's life.

mod clock;
mod closing;
mod handling;
mod intake;
mod supervision;
mod travel;

pub use clock::{decide_extension, request_extension, resume, suspend};
pub use closing::{auto_confirm, cancel, confirm, exclude_feedback, reopen, rule};
pub use handling::{contribute, dispatch, reassign, reply, report_progress, return_issue, sign};
pub use intake::{edit, insist, merge, pass_on, register, reject, settle, submit, submit_draft, withdraw};
pub(crate) use supervision::{by_rule, rule_key};
pub use supervision::{supervise, urge};

pub(crate) use clock::recount;
pub(crate) use travel::{bring_before, bring_home, count_measure, known, may};
pub use travel::{conclude_meeting, escalate};

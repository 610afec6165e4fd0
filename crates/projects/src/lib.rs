//! Project-based operation (项目化运作, Articles 14(3), 20, 21). What holds always:
//!
//! * an item of the annual plan is published as a key project once, with a number of shares;
//! * a share is taken by one unit, of its own accord, and counts when the claim is confirmed on an agreement;
//! * what is claimed never exceeds what there is, however many claim at once;
//! * a project is approved by decision of the council, after it was made public and every objection answered;
//! * money is counted in fen, and a budget adds up.

pub mod key_project;
pub mod money;
pub mod project;

use gongjian_kernel::words::WordList;
use gongjian_kernel::{EventEntry, FaultEntry, Permission};

/// Every permission of this crate, a list for each module.
#[must_use]
pub fn permissions() -> Vec<&'static [&'static Permission]> {
    vec![key_project::action::PERMISSIONS, project::action::PERMISSIONS]
}

/// Everything that can happen here.
#[must_use]
pub fn events() -> Vec<&'static [&'static EventEntry]> {
    vec![key_project::event::EVENTS, key_project::event::CLAIM_EVENTS, project::event::EVENTS]
}

/// Everything that is refused here.
#[must_use]
pub fn faults() -> Vec<&'static [&'static FaultEntry]> {
    vec![key_project::fault::FAULTS, project::fault::FAULTS]
}

/// The words of this crate, for the published dictionary.
#[must_use]
pub fn words() -> Vec<&'static [WordList]> {
    vec![key_project::WORDS, project::WORDS]
}

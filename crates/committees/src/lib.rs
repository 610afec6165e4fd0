//! The network that does the work (Articles 16–19, 22): professional committees with two directors, a branch in every
//! street, functional zones, and the meetings that take a matter which one department cannot solve alone. What holds
//! always:
//!
//! * the set of committees changes with an effective decision of the council and not otherwise;
//! * how a branch is led changes by the consensus of its members, and its rotation has neither gap nor overlap;
//! * no joint conference is scheduled before the secretariat has approved it.

pub mod committee;
pub mod zone;

use gongjian_kernel::words::WordList;
use gongjian_kernel::{EventEntry, FaultEntry, Permission};

/// Every permission of this crate, a list for each module.
#[must_use]
pub fn permissions() -> Vec<&'static [&'static Permission]> {
    vec![committee::action::PERMISSIONS, zone::action::PERMISSIONS]
}

/// Everything that can happen here.
#[must_use]
pub fn events() -> Vec<&'static [&'static EventEntry]> {
    vec![committee::event::EVENTS, zone::event::EVENTS]
}

/// Everything that is refused here.
#[must_use]
pub fn faults() -> Vec<&'static [&'static FaultEntry]> {
    vec![committee::fault::FAULTS, zone::fault::FAULTS]
}

/// The words of this crate, for the published dictionary.
#[must_use]
pub fn words() -> Vec<&'static [WordList]> {
    vec![committee::WORDS]
}

//! The network that does the work (Articles 16–19): professional committees with two directors, street branches,
//! functional zones. What holds always:
//!
//! * the set of committees changes with an effective decision of the council and not otherwise;
//! * a committee has two directors of different origin, and what needs the consent of both is blocked without;
//! * a unit joins a committee with the consent of both, and leaves it when it wants to;
//! * who presides over a branch beside its secretary is what its members agree on, and turns leave no gap.

pub mod branch;
pub mod committee;
pub mod zone;

use gongjian_kernel::words::WordList;
use gongjian_kernel::{EventEntry, FaultEntry, Permission};

/// Every permission of this crate, a list for each module.
#[must_use]
pub fn permissions() -> Vec<&'static [&'static Permission]> {
    vec![committee::action::PERMISSIONS, branch::action::PERMISSIONS, zone::action::PERMISSIONS]
}

/// Everything that can happen here.
#[must_use]
pub fn events() -> Vec<&'static [&'static EventEntry]> {
    vec![committee::event::EVENTS, branch::event::EVENTS, zone::event::EVENTS]
}

/// Everything that is refused here.
#[must_use]
pub fn faults() -> Vec<&'static [&'static FaultEntry]> {
    vec![committee::fault::FAULTS, branch::fault::FAULTS, zone::fault::FAULTS]
}

/// The words of this crate, for the published dictionary.
#[must_use]
pub fn words() -> Vec<&'static [WordList]> {
    vec![committee::WORDS, branch::WORDS]
}

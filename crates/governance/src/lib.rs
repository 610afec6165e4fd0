//! How the association governs itself (Articles 1, 2, 11–15, 25, 27): who holds which office on which day and by
//! which rule, what a body decided and how, what the charter still asks for. What holds always:
//!
//! * an office that goes with a post is derived from who holds the post; nothing is copied;
//! * whoever has several seats in a body has one voice in it;
//! * a vote belongs to a unit, cast once by whoever speaks for it at that instant;
//! * what the charter binds to a decision names that decision and is refused without one.

pub mod acting;
pub mod agenda;
pub mod ballot;
pub mod body;
pub mod briefing;
pub mod charter;
pub mod compliance;
pub mod consent;
pub mod consultation;
pub mod decision;
pub mod expert;
pub mod figures;
pub mod meeting;
pub mod office;
pub mod own;
pub mod plan;
pub mod post;

use gongjian_kernel::words::WordList;
use gongjian_kernel::{EventEntry, FaultEntry, Permission};

/// Every permission of this crate, a list for each module.
#[must_use]
pub fn permissions() -> Vec<&'static [&'static Permission]> {
    vec![
        post::action::PERMISSIONS,
        office::action::PERMISSIONS,
        body::action::PERMISSIONS,
        meeting::action::PERMISSIONS,
        ballot::action::PERMISSIONS,
        consultation::action::PERMISSIONS,
        consent::action::PERMISSIONS,
        decision::action::PERMISSIONS,
        charter::action::PERMISSIONS,
        plan::action::PERMISSIONS,
        compliance::action::PERMISSIONS,
        briefing::action::PERMISSIONS,
        expert::action::PERMISSIONS,
    ]
}

/// Everything that can happen here.
#[must_use]
pub fn events() -> Vec<&'static [&'static EventEntry]> {
    vec![
        post::event::EVENTS,
        office::event::EVENTS,
        body::event::EVENTS,
        meeting::event::EVENTS,
        ballot::event::EVENTS,
        consultation::event::EVENTS,
        consent::event::EVENTS,
        decision::event::EVENTS,
        charter::event::EVENTS,
        plan::event::EVENTS,
        compliance::event::EVENTS,
        briefing::event::EVENTS,
        expert::event::EVENTS,
    ]
}

/// Everything that is refused here.
#[must_use]
pub fn faults() -> Vec<&'static [&'static FaultEntry]> {
    vec![
        post::fault::FAULTS,
        office::fault::FAULTS,
        body::fault::FAULTS,
        meeting::fault::FAULTS,
        ballot::fault::FAULTS,
        consultation::fault::FAULTS,
        consent::fault::FAULTS,
        decision::fault::FAULTS,
        charter::fault::FAULTS,
        plan::fault::FAULTS,
        compliance::fault::FAULTS,
        briefing::fault::FAULTS,
        expert::fault::FAULTS,
    ]
}

/// The words of this crate, for the published dictionary.
#[must_use]
pub fn words() -> Vec<&'static [WordList]> {
    vec![
        post::WORDS,
        office::WORDS,
        body::WORDS,
        meeting::WORDS,
        ballot::WORDS,
        consultation::WORDS,
        consent::WORDS,
        decision::WORDS,
        charter::WORDS,
        plan::WORDS,
        compliance::WORDS,
        briefing::WORDS,
        expert::WORDS,
    ]
}

//! What the person whom data are about can rely on (个人信息保护法 14–17, 44–50): who looked at his
//! number is on record and told to him; he corrects and takes along his data; he asks for their deletion
//! and is answered in time; he consents to a notice and can take that back.

pub mod action;
pub mod consent;
pub mod correction;
mod erasure;
pub mod event;
pub mod fault;
pub mod own;
pub mod policy;
pub mod request;
pub mod reveal;

pub use action::PERMISSIONS;
pub use event::EVENTS;
pub use fault::FAULTS;
pub use policy::PrivacyPolicy;

use gongjian_kernel::words::WordList;
use gongjian_kernel::{Actor, Refusal, Result};

use crate::fault::UNAUTHENTICATED;
use crate::person::PersonId;

/// The words of this module, for the published dictionary.
pub const WORDS: &[WordList] =
    &[reveal::RevealPurpose::WORDS, request::RequestKind::WORDS, request::RequestStatus::WORDS];

/// The person who asks about himself.
pub fn person_of(actor: &Actor) -> Result<PersonId> {
    actor.person.map(PersonId).ok_or_else(|| Refusal::of(&UNAUTHENTICATED))
}

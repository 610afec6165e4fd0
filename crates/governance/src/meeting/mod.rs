//! Meetings: one model for every body (Articles 11, 13, 15, 17, 18). What holds always:
//!
//! * who has a voice, and how many there are, is computed for the instant that is asked for;
//! * presence is intervals, so that a quorum can be lost while the meeting goes on;
//! * closing freezes who was there; approval freezes the minutes;
//! * what the charter wants in principle (notice in time, a meeting a year) is shown and never blocks.

pub mod action;
mod case;
pub mod code;
pub mod commands;
pub mod event;
pub mod fault;
mod floor;
pub mod lifecycle;
pub mod policy;
pub mod queries;
pub mod standing;
pub(crate) mod store;
mod throttle;
pub mod vocabulary;

pub use case::allowed_actions;
pub use floor::{Floor, floor, is_present, may_speak};
pub use lifecycle::{MeetingAction, MeetingStatus};
pub use policy::MeetingPolicy;
pub use store::agenda_item::Model as AgendaItem;
pub use store::attendance::Model as Attendance;
pub use store::correction::Model as Correction;
pub use store::excuse::Model as Excuse;
pub use store::mandate::Model as Mandate;
pub use store::meeting::Model as Meeting;
pub use store::minutes::Model as Minutes;
pub use store::minutes_item::Model as MinutesItem;
pub use store::paper::Model as Paper;
pub use store::receipt::Model as Receipt;
pub use store::roll::Model as RollEntry;
pub use store::topic::Model as Topic;
pub(crate) use store::{agenda_item, meeting as meeting_row};
pub use store::{get, item, lock};
pub use throttle::sweep;
pub use vocabulary::{
    AgendaKind, AttendanceSource, Capacity, CorrectionStatus, MandateScope, MandateState, MeetingKind, Presence,
    TopicStatus,
};

pub const WORDS: &[gongjian_kernel::words::WordList] = &[
    MeetingStatus::WORDS,
    MeetingAction::WORDS,
    MeetingKind::WORDS,
    AgendaKind::WORDS,
    TopicStatus::WORDS,
    Capacity::WORDS,
    AttendanceSource::WORDS,
    Presence::WORDS,
    MandateScope::WORDS,
    MandateState::WORDS,
    CorrectionStatus::WORDS,
];

gongjian_kernel::ids! {
    /// A meeting.
    MeetingId;
    /// An item of an agenda.
    AgendaItemId;
    /// A paper of a meeting.
    PaperId;
    /// A topic that was proposed for a meeting.
    TopicId;
    /// A time for which a voice was there.
    AttendanceId;
    /// A written mandate for one meeting.
    MandateId;
    /// A correction to minutes.
    CorrectionId;
}

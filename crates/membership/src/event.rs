//! What happens to units: the audit vocabulary of this crate.

use gongjian_kernel::EventEntry;

pub static UNIT_CREATED: EventEntry =
    EventEntry::new("unit.created", "unit", Some(8), "单位已入册", "a unit was put on file");

pub static UNIT_CONTACT_FILED: EventEntry = EventEntry::new(
    "unit.contact_filed",
    "unit",
    Some(25),
    "固定代表或联络人已备案",
    "a representative or liaison was filed",
);

pub static APPOINTMENT_FILED: EventEntry =
    EventEntry::new("appointment.filed", "appointment", Some(25), "任职已备案", "an appointment was filed");

pub static APPOINTMENT_ENDED: EventEntry =
    EventEntry::new("appointment.ended", "appointment", Some(25), "任职已终止", "an appointment was ended");

pub static UNIT_CONTACT_ENDED: EventEntry = EventEntry::new(
    "unit.contact_ended",
    "unit",
    Some(25),
    "固定代表或联络人已离任",
    "a representative or liaison left without a successor",
);

pub static EVENTS: &[&EventEntry] =
    &[&UNIT_CREATED, &UNIT_CONTACT_FILED, &APPOINTMENT_FILED, &APPOINTMENT_ENDED, &UNIT_CONTACT_ENDED];

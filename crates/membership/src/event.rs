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

pub static UNITS_IMPORTED: EventEntry =
    EventEntry::new("unit.imported", "unit_import", Some(8), "单位名册已导入", "a file of units was imported");

pub static UNITS_EXPORTED: EventEntry =
    EventEntry::new("unit.exported", "unit_export", Some(9), "单位名册已导出", "the list of units was exported");

pub static EVENTS: &[&EventEntry] =
    &[&UNIT_CREATED, &UNIT_CONTACT_FILED, &APPOINTMENT_FILED, &APPOINTMENT_ENDED, &UNITS_IMPORTED, &UNITS_EXPORTED];

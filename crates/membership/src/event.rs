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

pub static UNIT_WITHDRAWN: EventEntry =
    EventEntry::new("unit.withdrawn", "unit", Some(9), "单位已退会", "a unit left the association");

pub static UNIT_CAME_BACK: EventEntry =
    EventEntry::new("unit.came_back", "unit", Some(9), "单位已重新入会", "a unit came back");

pub static UNIT_DISSOLVED: EventEntry =
    EventEntry::new("unit.dissolved", "unit", Some(9), "单位已终止", "a unit is gone");

pub static UNIT_RENAMED: EventEntry =
    EventEntry::new("unit.renamed", "unit", Some(25), "单位已更名", "a unit bears another name");

pub static UNIT_MERGED: EventEntry =
    EventEntry::new("unit.merged", "unit", Some(8), "单位已并入其他单位", "a unit was merged into another");

pub static UNIT_SPLIT: EventEntry = EventEntry::new("unit.split", "unit", Some(8), "单位已分立", "a unit was split");

pub static UNITS_IMPORTED: EventEntry =
    EventEntry::new("unit.imported", "unit_import", Some(8), "单位名册已导入", "a file of units was imported");

pub static UNITS_EXPORTED: EventEntry =
    EventEntry::new("unit.exported", "unit_export", Some(9), "单位名册已导出", "the list of units was exported");

pub static EVENTS: &[&EventEntry] = &[
    &UNIT_CREATED,
    &UNIT_CONTACT_FILED,
    &APPOINTMENT_FILED,
    &APPOINTMENT_ENDED,
    &UNIT_WITHDRAWN,
    &UNIT_CAME_BACK,
    &UNIT_DISSOLVED,
    &UNIT_RENAMED,
    &UNIT_MERGED,
    &UNIT_SPLIT,
    &UNIT_CONTACT_ENDED,
    &UNITS_IMPORTED,
    &UNITS_EXPORTED,
];

//! What can happen, and what can be refused: the two catalogues that programs rely on.

use gongjian_api::faults::{API_EVENTS, catalogue};
use gongjian_api::problem::status;
use gongjian_identity::IDENTITY_EVENTS;
use gongjian_kernel::{EventEntry, actor, calendar, policy};
use gongjian_ledger::event::{ISSUE_EVENTS, MEETING_EVENTS};
use gongjian_membership::contribution::event::CONTRIBUTION_EVENTS;
use gongjian_membership::filing::event::FILING_EVENTS;
use gongjian_membership::standing::event::STANDING_EVENTS;

use super::table;

/// The kernel's own events; each stands beside what records it.
static KERNEL_EVENTS: [&EventEntry; 3] = [&actor::ACCESS_DENIED, &calendar::CALENDAR_IMPORTED, &policy::POLICY_CHANGED];

/// Every kind of event, in the order of the crates.
pub fn all_events() -> impl Iterator<Item = &'static EventEntry> {
    let crates = [
        IDENTITY_EVENTS,
        gongjian_membership::EVENTS,
        FILING_EVENTS,
        STANDING_EVENTS,
        CONTRIBUTION_EVENTS,
        ISSUE_EVENTS,
        MEETING_EVENTS,
        API_EVENTS,
    ];
    KERNEL_EVENTS.into_iter().chain(crates.into_iter().flatten().copied())
}

pub fn events() -> String {
    let rows = all_events().map(|entry| {
        let kind = format!("`{}`", entry.kind);
        vec![
            kind,
            entry.subject.to_owned(),
            table::article(entry.article),
            entry.label.zh.to_string(),
            entry.label.en.to_string(),
        ]
    });
    format!(
        "# Events\n\nEvery kind of row that the audit trail can hold: what happened, in the past tense. The same rows are \
         the history that a resource shows.\n\n{}",
        table::of(&["kind", "subject", "article", "中文", "English"], rows)
    )
}

pub fn problems() -> String {
    let rows = catalogue().map(|entry| {
        let status = status(entry).as_u16().to_string();
        vec![
            format!("`{}`", entry.code),
            status,
            format!("{:?}", entry.kind),
            table::article(entry.article),
            table::both(&entry.title),
            table::both(&entry.fix),
        ]
    });
    format!(
        "# Problems\n\nEvery refusal that the server can answer with. `code` is stable: programs switch on it. The server \
         publishes the same list at `GET /problems`, and a page for each at `GET /problems/{{code}}`.\n\n{}",
        table::of(&["code", "status", "kind", "article", "title", "what to do"], rows)
    )
}

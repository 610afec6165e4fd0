//! What the charter asks for: the obligations of the compliance calendar.

use gongjian_governance::compliance::{DutyState, obligations};

use super::table;

pub fn page() -> String {
    let rows = obligations().map(|known| {
        vec![
            format!("`{}`", known.key),
            table::article(Some(known.article)),
            table::both(&known.label),
            table::both(&known.strength.label()),
            table::both(&known.cadence.label()),
            table::both(&known.subject.label()),
            if known.is_public { "✓" } else { "–" }.to_owned(),
        ]
    });
    let head = ["key", "article", "obligation", "strength", "how often", "about", "open to all members"];
    let states = DutyState::ALL.iter().map(|state| {
        let label = state.label();
        vec![format!("`{state}`"), label.zh.to_string(), label.en.to_string()]
    });
    format!(
        "# What the charter asks for\n\nThe table is `crates/governance/src/compliance/obligation/table.rs`. Each obligation is met by \
         recorded facts (`crates/governance/src/compliance/source`), never by a tick; what holds in principle and did not happen \
         has a reason on record and blocks nothing. Warnings and limits are the policy `compliance`, with those of \
         `briefing`, `filing` and `offices`.\n\n{}\n## States\n\n{}",
        table::of(&head, rows),
        table::of(&["state", "中文", "English"], states)
    )
}

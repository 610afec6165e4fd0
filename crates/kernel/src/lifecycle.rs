//! Lifecycles are total tables: `(state, action) → Option<state>`, each a `match` without `_`, so that
//! a new state does not compile until every pair is decided. The printed table is committed.

use std::fmt::{Display, Write as _};

pub trait Lifecycle: Copy + Display + 'static {
    type Action: Copy + Display + PartialEq + 'static;
    const STATES: &'static [Self];
    const ACTIONS: &'static [Self::Action];

    /// The state after the action, or `None` where the action is not open in this state.
    fn next(self, action: Self::Action) -> Option<Self>;

    /// The actions that the state alone allows; office and facts may forbid more.
    fn open_actions(self) -> impl Iterator<Item = Self::Action> {
        Self::ACTIONS.iter().copied().filter(move |action| self.next(*action).is_some())
    }
}

/// The table as Markdown: a row for each state, a column for each action.
#[must_use]
pub fn matrix<L: Lifecycle>() -> String {
    let mut out = String::from("| state |");
    for action in L::ACTIONS {
        let _ = write!(out, " {action} |");
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(L::ACTIONS.len()));
    for state in L::STATES {
        let _ = write!(out, "\n| **{state}** |");
        for action in L::ACTIONS {
            match state.next(*action) {
                Some(next) => {
                    let _ = write!(out, " {next} |");
                }
                None => out.push_str(" – |"),
            }
        }
    }
    out.push('\n');
    out
}

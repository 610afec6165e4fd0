//! Files that are made from the code, committed, and checked: facts in place of prose that drifts.

mod advice;
mod articles;
mod ballots;
mod catalogues;
mod charter;
mod compliance;
mod decisions;
mod glossary;
mod meetings;
mod network;
mod people;
mod permissions;
mod prose;
mod table;

use std::path::PathBuf;

use gongjian_kernel::lifecycle::matrix;
use gongjian_ledger::vocabulary::{IssueAction, IssueStatus};
use gongjian_membership::application::ApplicationStatus;

use crate::{Result, workspace};

struct Fact {
    path: &'static str,
    text: String,
}

impl Fact {
    fn file(&self) -> PathBuf {
        workspace::root().join(self.path)
    }

    fn is_current(&self) -> bool {
        std::fs::read_to_string(self.file()).is_ok_and(|committed| committed == self.text)
    }

    /// Where the committed file differs first.
    fn difference(&self) -> String {
        let committed = std::fs::read_to_string(self.file()).unwrap_or_default();
        let differs = committed.lines().zip(self.text.lines()).position(|(old, new)| old != new);
        let line = differs.unwrap_or_else(|| committed.lines().count().min(self.text.lines().count()));
        format!("{}:{}", self.path, line + 1)
    }
}

pub fn write() -> Result {
    for fact in all()? {
        if !fact.is_current() {
            let file = fact.file();
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&file, &fact.text)?;
            println!("facts: wrote {}", fact.path);
        }
    }
    Ok(())
}

pub fn check() -> Result {
    let facts = all()?;
    let stale: Vec<String> = facts.iter().filter(|fact| !fact.is_current()).map(Fact::difference).collect();
    if !stale.is_empty() {
        return Err(format!("stale, run `cargo xtask facts` and commit: {}", stale.join(", ")).into());
    }
    let dangling = prose::dangling()?;
    if !dangling.is_empty() {
        return Err(format!("pages that point at nothing: {}", dangling.join(", ")).into());
    }
    println!("facts: {} files are what the code says, and every page points at what is there", facts.len());
    Ok(())
}

fn all() -> Result<Vec<Fact>> {
    let document = serde_json::to_string_pretty(gongjian_api::document())?;
    Ok(vec![
        Fact { path: "openapi/v1.json", text: format!("{document}\n") },
        Fact { path: "docs/glossary.md", text: page(glossary::page()) },
        Fact { path: "docs/generated/policy-matrix.md", text: page(permissions::page()) },
        Fact { path: "docs/generated/issue-lifecycle.md", text: page(lifecycle()) },
        Fact { path: "docs/generated/application-lifecycle.md", text: page(life_of_an_application()) },
        Fact { path: "docs/generated/filings-and-passbooks.md", text: page(people::page()) },
        Fact { path: "docs/generated/ballots.md", text: page(ballots::page()) },
        Fact { path: "docs/generated/meeting-lifecycle.md", text: page(meetings::page()) },
        Fact { path: "docs/generated/decisions.md", text: page(decisions::page()) },
        Fact { path: "docs/generated/network.md", text: page(network::page()) },
        Fact { path: "docs/generated/obligations.md", text: page(compliance::page()) },
        Fact { path: "docs/generated/briefings-and-experts.md", text: page(advice::page()) },
        Fact { path: "docs/generated/charter-and-instruments.md", text: page(charter::page()) },
        Fact { path: "docs/generated/events.md", text: page(catalogues::events()) },
        Fact { path: "docs/generated/problems.md", text: page(catalogues::problems()) },
        Fact { path: "docs/generated/settings.md", text: page(settings()) },
        Fact { path: "docs/generated/article-map.md", text: page(articles::page()?) },
    ])
}

fn page(text: String) -> String {
    format!("<!-- Made by `cargo xtask facts`. Do not edit. -->\n\n{text}")
}

fn lifecycle() -> String {
    let words = |list: &mut dyn Iterator<Item = (String, String)>, title: &str| {
        let rows = list.map(|(word, label)| vec![format!("`{word}`"), label]);
        table::of(&[title, "label"], rows)
    };
    let label = |say: gongjian_kernel::Say| format!("{} / {}", say.zh, say.en);
    let states = words(&mut IssueStatus::ALL.iter().map(|state| (state.to_string(), label(state.label()))), "state");
    let actions =
        words(&mut IssueAction::ALL.iter().map(|action| (action.to_string(), label(action.label()))), "action");
    format!(
        "# The life of an issue (Article 23)\n\nThe state after each action, or – where the action is not open. \
         The table is `crates/ledger/src/issue/lifecycle.rs`; facts (time limits, counts) may close an action that it \
         leaves open, see `crates/ledger/src/issue/case.rs`. `confirm` that objects goes on as `reopen` or `dispute`.\n\n\
         {}\n## States\n\n{states}\n## Actions\n\n{actions}",
        matrix::<IssueStatus>()
    )
}

fn life_of_an_application() -> String {
    format!(
        "# The life of an application (Articles 8 and 9)\n\nThe state after each action, or – where the action is not open. \
         The table is `crates/membership/src/application/lifecycle.rs`; `find_eligible` also needs the unit's consent on \
         record.\n\n{}",
        matrix::<ApplicationStatus>()
    )
}

fn settings() -> String {
    format!(
        "# Settings\n\nWhat `gongjian config` prints. The environment goes before the file `gongjian.toml` (or the one \
         that `--config` or `GONGJIAN_CONFIG` names), the file before the defaults.\n\n```toml\n{}\n```\n",
        gongjian::Config::template().trim_end()
    )
}

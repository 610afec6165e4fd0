//! The lives of the charter's versions, of plans, reports and rules, of claims and projects.

use gongjian_governance::charter::CharterStatus;
use gongjian_governance::plan::InstrumentStatus;
use gongjian_kernel::lifecycle::matrix;
use gongjian_projects::key_project::ClaimStatus;
use gongjian_projects::project::ProjectStatus;

pub fn page() -> String {
    format!(
        "# The charter, its instruments, projects (Articles 11, 13, 14, 20 and 21)\n\nThe state after each action, or – where the action is \
         not open. Whether a version or an instrument is in force on a day follows from its first day and the day of what \
         follows it, not from its state.\n\n\
         ## The life of a version of the charter\n\n`enact` needs a decision of the general meeting, good once. The text of an \
         adopted version is loaded once, where it was brought along. The table is \
         `crates/governance/src/charter/lifecycle.rs`.\n\n{}\n\
         ## The life of a plan, a report, a rule\n\n`adopt` needs a decision of the body that the charter names: the general \
         meeting for plans and reports, the council for rules. `abolish` is for rules alone. The table is \
         `crates/governance/src/plan/lifecycle.rs`.\n\n{}\n\
         ## The life of a claim to a key project of the plan\n\nArticle 14(3). Shares of pending and confirmed claims are taken. \
         The table is `crates/projects/src/key_project/lifecycle.rs`.\n\n{}\n\
         ## The life of a project\n\nArticles 20 and 21. `publicise` needs a decision of the council; `approve` waits for the last \
         day of publicity and for the answer to every objection. The table is `crates/projects/src/project/lifecycle.rs`.\n\n{}",
        matrix::<CharterStatus>(),
        matrix::<InstrumentStatus>(),
        matrix::<ClaimStatus>(),
        matrix::<ProjectStatus>(),
    )
}

//! What the ledger shows of a unit's rights and duties: lines that it enters into the unit's passbook.

use gongjian_kernel::{Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::standing::{self, Entry, LineKind, Source};

use crate::issue::Issue;
use crate::vocabulary::IssueKind;

/// Article 9(1): a difficulty or an opinion that the association took up for the unit.
pub static ISSUE_RAISED: LineKind = LineKind::right("issue_raised", "提出困难、意见并获登记", "Issue taken up");
/// Article 10(3).
pub static SUGGESTION_REGISTERED: LineKind =
    LineKind::duty("suggestion_registered", "建议获编号登记", "Suggestion registered");
/// Article 10(1), (2): Article 23 asks member units to assist.
pub static ISSUE_ASSISTED: LineKind =
    LineKind::duty("issue_assisted", "协助办理意见台账事项", "Assisted with an issue");

/// The kinds of lines of this crate.
pub static LINE_KINDS: &[&LineKind] = &[&ISSUE_RAISED, &SUGGESTION_REGISTERED, &ISSUE_ASSISTED];

fn of_submitter(kind: IssueKind) -> &'static LineKind {
    match kind {
        IssueKind::Suggestion => &SUGGESTION_REGISTERED,
        IssueKind::Difficulty | IssueKind::Opinion => &ISSUE_RAISED,
    }
}

/// The issue has its number.
pub(crate) async fn registered(work: &Work<'_>, issue: &Issue) -> Result<()> {
    enter(work, of_submitter(issue.kind), issue.submitter_unit_id, issue).await
}

/// The unit has taken the issue back.
pub(crate) async fn withdrawn(work: &Work<'_>, issue: &Issue) -> Result<()> {
    standing::withdraw(work, of_submitter(issue.kind), issue.submitter_unit_id, issue.id.0).await
}

/// A unit has assisted; once for an issue, however often it reports.
pub(crate) async fn assisted(work: &Work<'_>, unit: UnitId, issue: &Issue) -> Result<()> {
    enter(work, &ISSUE_ASSISTED, unit, issue).await
}

async fn enter(work: &Work<'_>, kind: &LineKind, unit: UnitId, issue: &Issue) -> Result<()> {
    let path = format!("/v1/issues/{}", issue.id);
    let source = Source { kind: "issue", id: issue.id.0, path: &path };
    standing::enter(work, kind, unit, source, Entry { day: work.today(), title: &issue.title, quantity: 1 }).await
}

//! Article 14(3): a council unit that takes a project on meets its duty; its passbook tells of it.

use gongjian_kernel::{Result, Work};
use gongjian_membership::standing::{self, Entry, LineKind, Source};

use super::{Claim, KeyProject};

static PROJECT_CLAIMED: LineKind = LineKind::duty("project_claimed", "认领年度重点项目", "Key project taken on");

/// The kinds of lines of this module.
pub static LINE_KINDS: &[&LineKind] = &[&PROJECT_CLAIMED];

pub(super) async fn confirmed(work: &Work<'_>, project: &KeyProject, claim: &Claim) -> Result<()> {
    let path = format!("/v1/project-claims/{}", claim.id);
    let source = Source { kind: "project_claim", id: claim.id.0, path: &path };
    let entry = Entry { day: work.today(), title: &project.title, quantity: 1 };
    standing::enter(work, &PROJECT_CLAIMED, claim.unit_id, source, entry).await
}

pub(super) async fn released(work: &Work<'_>, claim: &Claim) -> Result<()> {
    standing::withdraw(work, &PROJECT_CLAIMED, claim.unit_id, claim.id.0).await
}

//! What a reply shows of the unit's duties: suggestions are what Article 10(3) asks of members.

use gongjian_kernel::{Result, Work};
use gongjian_membership::standing::{self, Entry, LineKind, Source};

use super::{Call, Opinion};

static OPINION_GIVEN: LineKind = LineKind::duty("opinion_given", "对征求意见提出建议", "Reply to a call for opinion");

/// The kinds of lines of this module.
pub static LINE_KINDS: &[&LineKind] = &[&OPINION_GIVEN];

/// The unit has replied.
pub(super) async fn given(work: &Work<'_>, call: &Call, opinion: &Opinion) -> Result<()> {
    let path = format!("/v1/opinions/{}", opinion.id);
    let source = Source { kind: "opinion", id: opinion.id.0, path: &path };
    let entry = Entry { day: work.today(), title: &call.title, quantity: 1 };
    standing::enter(work, &OPINION_GIVEN, opinion.unit_id, source, entry).await
}

/// The unit has taken its reply back.
pub(super) async fn withdrawn(work: &Work<'_>, opinion: &Opinion) -> Result<()> {
    standing::withdraw(work, &OPINION_GIVEN, opinion.unit_id, opinion.id.0).await
}

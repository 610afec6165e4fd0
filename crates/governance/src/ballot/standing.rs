//! Voting as a right that a unit has used (Article 9): the line says that it took part, never how it voted.

use gongjian_kernel::{Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::standing::{self, Entry, LineKind, Source};

use super::Ballot;

/// A unit took part in a vote.
pub static VOTED: LineKind = LineKind::right("voted", "参加表决", "Took part in a vote");

pub static LINE_KINDS: &[&LineKind] = &[&VOTED];

pub(super) async fn voted(work: &Work<'_>, unit: UnitId, ballot: &Ballot) -> Result<()> {
    let path = format!("/v1/ballots/{}", ballot.id);
    let source = Source { kind: "ballot", id: ballot.id.0, path: &path };
    standing::enter(work, &VOTED, unit, source, Entry { day: work.today(), title: &ballot.title, quantity: 1 }).await
}

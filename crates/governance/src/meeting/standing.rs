//! Article 10(2): a unit that takes part meets a duty; its passbook tells of it.

use gongjian_kernel::clock::day;
use gongjian_kernel::{Result, Work};
use gongjian_membership::UnitId;
use gongjian_membership::standing::{self, Entry, LineKind, Source};

use super::Meeting;

/// Article 10(2): 积极参加活动.
pub static MEETING_ATTENDED: LineKind = LineKind::duty("meeting_attended", "出席会议", "Meeting attended");

/// The kinds of lines of this module.
pub static LINE_KINDS: &[&LineKind] = &[&MEETING_ATTENDED];

/// The units were there.
pub(super) async fn attended(
    work: &Work<'_>,
    meeting: &Meeting,
    units: impl IntoIterator<Item = UnitId>,
) -> Result<()> {
    let path = format!("/v1/meetings/{}", meeting.id);
    let source = Source { kind: "meeting", id: meeting.id.0, path: &path };
    let held_on = day(meeting.opened_at.unwrap_or_else(|| work.now()));
    let entry = Entry { day: held_on, title: &meeting.title, quantity: 1 };
    standing::enter_all(work, &MEETING_ATTENDED, units, source, entry).await
}

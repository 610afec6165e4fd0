//! The life of a meeting, printed.

use gongjian_governance::meeting::MeetingStatus;
use gongjian_kernel::lifecycle::matrix;

pub(super) fn page() -> String {
    format!(
        "# The life of a meeting (Articles 11, 13, 17, 18)\n\nThe state after each action, or – where the action is not \
         open. The table is `crates/governance/src/meeting/lifecycle.rs`. A vote that is open keeps a meeting from \
         closing; the minutes are approved while a later meeting of the body is open.\n\n{}",
        matrix::<MeetingStatus>()
    )
}

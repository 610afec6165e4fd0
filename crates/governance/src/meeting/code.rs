//! The rotating code that people check in with (Article 10(2)). It follows from a secret of the meeting and the
//! time, under a key of the server; nothing of it is stored, and no log sees it.

use chrono::{DateTime, Utc};
use gongjian_kernel::keys::{Keys, short_code, short_code_holds};

use super::{MeetingId, MeetingPolicy};

/// The code of now, and until when it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckInCode {
    pub code: String,
    pub valid_until: DateTime<Utc>,
}

impl std::fmt::Debug for CheckInCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CheckInCode").field("valid_until", &self.valid_until).finish_non_exhaustive()
    }
}

fn window(at: DateTime<Utc>, policy: &MeetingPolicy) -> i64 {
    at.timestamp().div_euclid(policy.code_seconds.max(1).into())
}

fn message(meeting: MeetingId, window: i64) -> String {
    format!("{meeting} {window}")
}

#[must_use]
pub(super) fn current(keys: &Keys, meeting: MeetingId, at: DateTime<Utc>, policy: &MeetingPolicy) -> CheckInCode {
    let window = window(at, policy);
    let ends = (window + 1).saturating_mul(policy.code_seconds.max(1).into());
    CheckInCode {
        code: short_code(&keys.check_in, message(meeting, window).as_bytes()),
        valid_until: DateTime::from_timestamp(ends, 0).unwrap_or(at),
    }
}

/// Whether it is the code of this window, or of the one before: people need time to type.
#[must_use]
pub(super) fn holds(keys: &Keys, meeting: MeetingId, at: DateTime<Utc>, policy: &MeetingPolicy, typed: &str) -> bool {
    let window = window(at, policy);
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = short_code_holds(&keys.check_in, message(meeting, window).as_bytes(), &typed);
    let before = short_code_holds(&keys.check_in, message(meeting, window - 1).as_bytes(), &typed);
    now | before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_for_its_window_and_the_next_in_its_own_meeting() {
        let keys = Keys::from_secret(b"a secret of more than 32 bytes, mixed: 8fK2-x").unwrap();
        let policy = MeetingPolicy::default();
        let (meeting, other) = (MeetingId(uuid::Uuid::from_u128(1)), MeetingId(uuid::Uuid::from_u128(2)));
        let at = DateTime::<Utc>::from_timestamp(1_800_000_000, 0).unwrap();
        let code = current(&keys, meeting, at, &policy);
        assert_eq!((code.code.len(), code.valid_until - at), (6, chrono::Duration::seconds(30)));
        let later = |seconds| at + chrono::Duration::seconds(seconds);
        for (seconds, good) in [(0, true), (29, true), (59, true), (60, false), (-1, false)] {
            assert_eq!(holds(&keys, meeting, later(seconds), &policy, &code.code), good, "{seconds}");
        }
        assert!(!holds(&keys, other, at, &policy, &code.code));
        assert!(!holds(&keys, meeting, at, &policy, "") && !holds(&keys, meeting, at, &policy, "六位数字"));
        assert!(!format!("{code:?}").contains(&code.code));
    }
}

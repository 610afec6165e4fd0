//! The verbs of meetings.

mod agenda;
mod attendance;
mod mandates;
mod minutes;
mod notice;
mod papers;
mod plan;
mod session;
mod topics;

pub use agenda::{ItemChange, NewItem, add_item, change_item, remove_item};
pub use attendance::{NewAttendance, check_in, check_in_code, check_out, count_attempt, enter, excuse, leave};
pub use mandates::{NewMandate, give_mandate, revoke_mandate, use_mandate};
pub use minutes::{Answer, Approval, Draft, answer_correction, approve, correct, draft, submit};
pub use notice::{acknowledge, call};
pub use papers::{NewPaper, list_paper, remove_paper};
pub use plan::{MeetingChange, NewMeeting, cancel, edit, plan};
pub use session::{close, open};
pub use topics::{NewTopic, accept_topic, decline_topic, propose_topic, withdraw_topic};

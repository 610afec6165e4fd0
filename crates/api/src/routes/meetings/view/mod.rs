//! Meetings in answers.

mod meeting;
mod minutes;
mod parts;
mod summary;

pub(super) use meeting::MeetingView;
pub(super) use minutes::{CorrectionView, MinutesView};
pub(super) use parts::{
    AttendanceView, CheckInCodeView, ExcuseView, MandateView, NoticeReceiptView, PaperView, RollLineView, TopicView,
};
pub(super) use summary::MeetingSummary;

//! What happens: meetings of every body.

gongjian_kernel::events! { EVENTS on "meeting" art 11:
    MEETING_PLANNED = "meeting.planned" "会议已列入筹备" "a meeting was planned";
    MEETING_EDITED = "meeting.edited" "会议安排已修改" "a meeting was changed";
    AGENDA_CHANGED = "meeting.agenda_changed" "会议议程已变更" "the agenda was changed";
    PAPER_LISTED = "meeting.paper_listed" "会议材料已列出" "a paper was listed";
    PAPER_REMOVED = "meeting.paper_removed" "会议材料已撤下" "a paper was taken off";
    TOPIC_PROPOSED = "meeting.topic_proposed" "议题已提出" "a topic was proposed";
    TOPIC_ACCEPTED = "meeting.topic_accepted" "议题已列入议程" "a topic was taken on the agenda";
    TOPIC_DECLINED = "meeting.topic_declined" "议题未列入议程" "a topic was declined";
    TOPIC_WITHDRAWN = "meeting.topic_withdrawn" "议题已撤回" "a topic was withdrawn";
    MEETING_CALLED = "meeting.called" "会议通知已发出" "a meeting was called";
    NOTICE_ACKNOWLEDGED = "meeting.notice_acknowledged" "会议通知已阅知" "a notice was acknowledged";
    CHECKED_IN = "meeting.checked_in" "已签到" "somebody checked in";
    ATTENDANCE_ENTERED = "meeting.attendance_entered" "出席已登记" "attendance was entered";
    LEFT = "meeting.left" "已离席" "somebody left";
    EXCUSED = "meeting.excused" "已请假" "somebody was excused";
    MANDATE_GIVEN = "meeting.mandate_given" "书面委托已备案" "a written mandate was given";
    MANDATE_REVOKED = "meeting.mandate_revoked" "书面委托已撤销" "a written mandate was revoked";
    MEETING_OPENED = "meeting.opened" "会议已开始" "a meeting was opened";
    MEETING_CLOSED = "meeting.closed" "会议已结束" "a meeting was closed";
    MEETING_CANCELLED = "meeting.cancelled" "会议已取消" "a meeting was cancelled";
    MINUTES_DRAFTED = "meeting.minutes_drafted" "会议纪要已起草" "minutes were drafted";
    MINUTES_SUBMITTED = "meeting.minutes_submitted" "会议纪要已提交" "minutes were submitted";
    CORRECTION_PROPOSED = "meeting.correction_proposed" "已对纪要提出更正" "a correction was proposed";
    CORRECTION_ANSWERED = "meeting.correction_answered" "纪要更正已答复" "a correction was answered";
    MINUTES_APPROVED = "meeting.minutes_approved" "会议纪要已审定" "minutes were approved";
}

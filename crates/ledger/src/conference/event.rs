//! What happens: joint conferences, zone meetings, measures.

gongjian_kernel::events! { EVENTS on "conference" art 22:
    CONFERENCE_REQUESTED = "conference.requested" "联席会已申请" "a joint conference was requested";
    CONFERENCE_CONVENED = "conference.convened" "地区事务协调会已召集" "a zone meeting was convened";
    CONFERENCE_REVISED = "conference.revised" "会议安排已调整" "a conference was revised";
    CONFERENCE_APPROVED = "conference.approved" "联席会已批准" "a joint conference was approved";
    CONFERENCE_REFUSED = "conference.refused" "联席会未获批准" "a joint conference was refused";
    CONFERENCE_SCHEDULED = "conference.scheduled" "会议时间地点已安排" "a conference was scheduled";
    CONFERENCE_HELD = "conference.held" "会议已召开" "a conference was held";
    CONFERENCE_MINUTED = "conference.minuted" "会议纪要已形成" "a conference was minuted";
    CONFERENCE_TRACKED = "conference.tracked" "会议议定事项已下达跟踪" "what a conference agreed on is tracked";
    CONFERENCE_CLOSED = "conference.closed" "会议已办结" "a conference was closed";
    CONFERENCE_WITHDRAWN = "conference.withdrawn" "会议已取消" "a conference was withdrawn";
    DELEGATION_GRANTED = "conference_delegation.granted" "街道级联席会批准权已委托" "approval of street conferences was delegated";
    DELEGATION_REVOKED = "conference_delegation.revoked" "街道级联席会批准权委托已收回" "a delegation was revoked";
    MEASURE_DONE = "measure.done" "议定措施已办结" "a measure was done";
    MEASURE_RETURNED = "measure.returned" "议定措施已退回重办" "a measure was returned";
    MEASURE_POSTPONED = "measure.postponed" "议定措施已延期" "a measure was postponed";
    MEASURE_DROPPED = "measure.dropped" "议定措施已取消" "a measure was dropped";
}

//! What happens: briefings and calls for opinion.

gongjian_kernel::events! { EVENTS on "briefing" art 2:
    BRIEFING_DRAFTED = "briefing.drafted" "通报已起草" "a briefing was drafted";
    BRIEFING_EDITED = "briefing.edited" "通报草稿已修改" "a draft of a briefing was edited";
    BRIEFING_ISSUED = "briefing.issued" "通报已签发" "a briefing was issued";
    BRIEFING_READ = "briefing.read" "会员单位已签阅通报" "a unit has read a briefing";
    BRIEFING_WITHDRAWN = "briefing.withdrawn" "通报已撤回" "a briefing was withdrawn";
    BRIEFING_DISCARDED = "briefing.discarded" "通报草稿已作废" "a draft of a briefing was discarded";
    CALL_DRAFTED = "opinion_call.drafted" "征求意见已起草" "a call for opinion was drafted";
    CALL_EDITED = "opinion_call.edited" "征求意见草稿已修改" "a draft of a call for opinion was edited";
    CALL_OPENED = "opinion_call.opened" "已开始征求意见" "a call for opinion was opened";
    CALL_CLOSED = "opinion_call.closed" "征求意见已截止" "a call for opinion was closed";
    CALL_ANSWERED = "opinion_call.answered" "征求意见已反馈" "a call for opinion was answered";
    CALL_CANCELLED = "opinion_call.cancelled" "征求意见已取消" "a call for opinion was cancelled";
    OPINION_SUBMITTED = "opinion.submitted" "意见已提交" "an opinion was submitted";
    OPINION_REVISED = "opinion.revised" "意见已修改" "an opinion was revised";
    OPINION_WITHDRAWN = "opinion.withdrawn" "意见已撤回" "an opinion was withdrawn";
    OPINION_DECIDED = "opinion.decided" "意见采纳情况已作出" "points of an opinion got their results";
}

//! What is refused: briefings and calls for opinion.

gongjian_kernel::faults! { FAULTS:
    BRIEFING_NOT_FOUND = NotFound "briefing_not_found": "没有该通报", "No such briefing";
        "核对通报标识后重试。", "Check the id of the briefing.";
    BRIEFING_NOT_OPEN = Conflict "briefing_not_open" art 2: "通报当前状态不允许此操作", "Not open in the present status of the briefing";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    NOT_REPLACEABLE = Conflict "briefing_not_replaceable" art 2: "只有已撤回且尚未更正的通报可以更正", "Only a briefing that was withdrawn and not yet corrected is replaced";
        "先撤回原通报，或查看已有的更正稿。", "Withdraw it first, or look at the correction that there is.";
    OPINION_CALL_NOT_FOUND = NotFound "opinion_call_not_found": "没有该征求意见", "No such call for opinion";
        "核对标识后重试。", "Check the id of the call.";
    OPINION_CALL_NOT_OPEN = Conflict "opinion_call_not_open" art 2: "征求意见当前状态不允许此操作", "Not open in the present status of the call";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    OPINION_CALL_RUNNING = Conflict "opinion_call_running" art 2: "尚在征求意见期限内", "Units still have time to reply";
        "期限届满后再截止。", "Close it after the deadline.";
    OPINION_CALL_OVER = Conflict "opinion_call_over" art 2: "征求意见已截止", "The call for opinion is over";
        "可另行提交建议（第十条）。", "Contribute a suggestion instead (Article 10).";
    NOBODY_ASKED = Conflict "nobody_asked" art 2: "征求对象中没有会员单位", "The audience has no member";
        "更换征求对象后再开始。", "Choose another audience.";
    OPINION_NOT_FOUND = NotFound "opinion_not_found": "没有该意见", "No such opinion";
        "核对意见标识后重试。", "Check the id of the opinion.";
    OPINION_EXISTS = Conflict "opinion_exists" art 2: "本单位已提交意见", "The unit has replied already";
        "修改已提交的意见。", "Revise the opinion that there is.";
    OPINION_NOT_OPEN = Conflict "opinion_not_open" art 2: "意见当前状态不允许此操作", "Not open in the present status of the opinion";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    POINTS_UNDECIDED = Conflict "points_undecided" art 2: "尚有意见未作出采纳结果", "Some points have no result yet";
        "逐条作出采纳、部分采纳或未采纳的结果后再反馈。", "Give each point its result first.";
}

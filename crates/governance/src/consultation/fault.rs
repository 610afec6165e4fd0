//! What is refused: consultation as a way to decide.

gongjian_kernel::faults! { FAULTS:
    CONSULTATION_NOT_FOUND = NotFound "consultation_not_found": "没有该协商", "No such consultation";
        "核对协商标识后重试。", "Check the id of the consultation.";
    CONSULTATION_NOT_OPEN = Conflict "consultation_not_open" art 13: "协商当前状态不允许此操作", "Not open in the present status of the consultation";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    ROUND_OVER = Conflict "consultation_round_over" art 13: "本轮听取意见时限已过", "The time of this round is over";
        "等待下一轮或结论。", "Wait for the next round or the outcome.";
    STATED_OTHERWISE = Conflict "stated_otherwise" art 13: "该方本轮已发表不同意见", "The party has said something else in this round";
        "一轮一次；在下一轮改变意见。", "Once in a round; say otherwise in the next.";
    NOT_A_PARTY = Invalid "not_a_party": "不是该协商的一方", "No party of this consultation";
        "填写 parties 中的 key。", "Give a key of `parties`.";
    NOBODY_TO_HEAR = Conflict "nobody_to_hear" art 13: "该机构目前没有应听取意见的成员", "There is nobody to be heard in this body";
        "指明应听取意见的单位。", "Name the units that must be heard.";
    STILL_AWAITED = Conflict "consultation_still_awaited" art 13: "仍有应听取意见的一方在时限内未表态", "Somebody has yet to be heard and has time";
        "待各方表态或时限届满后得出结论。", "Wait until all were heard or the time is over.";
    NOTHING_TO_REVISE = Conflict "nothing_to_revise" art 13: "本轮无人提出不同意见或修改意见", "Nobody has objected or commented in this round";
        "直接得出结论。", "Conclude instead.";
}

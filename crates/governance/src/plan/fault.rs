//! What is refused about plans, reports and rules.

gongjian_kernel::faults! { FAULTS:
    INSTRUMENT_NOT_FOUND = NotFound "instrument_not_found": "没有该文稿", "No such instrument";
        "核对文稿标识后重试。", "Check the id of the instrument.";
    INSTRUMENT_NOT_OPEN = Conflict "instrument_not_open" art 11: "文稿当前状态不允许此操作", "Not open in the present status of the instrument";
        "已通过的文稿不得改动，由新的决议修订。", "What is adopted never changes; another decision amends it.";
    INSTRUMENT_OF_THE_YEAR_EXISTS = Conflict "instrument_of_the_year_exists" art 11: "该年度已有通过的同类文稿", "The year has an adopted one of this kind";
        "年度计划的调整应写明所修订的计划，由会员大会另行决定。", "Name the plan that is amended; the general meeting decides anew.";
    INSTRUMENT_NOT_AMENDABLE = Conflict "instrument_not_amendable" art 11: "所修订的文稿不是现行的同类文稿", "What is amended is not in force, or of another kind";
        "修订现行的年度计划或内部管理制度。", "Amend the plan or rule that is in force.";
    INSTRUMENT_AFTER_DECISION = Conflict "instrument_after_decision" art 11: "文稿提交在决议之后", "The instrument was submitted after the decision";
        "会议所通过的是其审议的文本；请将该文本提交会议。", "A body adopts what lay before it; submit the text to it.";
    PLAN_WITHOUT_ITEMS = Conflict "plan_without_items" art 11: "年度计划没有工作项目", "The annual plan has no items";
        "列明至少一项工作后再提交。", "Give at least one item, then submit it.";
    RULE_NOT_IN_FORCE = Conflict "rule_not_in_force" art 13: "该制度已被修订或废止", "The rule was amended or abolished already";
        "废止现行版本。", "Abolish the edition that is in force.";
    COMMENT_NOT_FOUND = NotFound "comment_not_found": "没有该审议意见", "No such comment";
        "核对意见标识后重试。", "Check the id of the comment.";
    COMMENT_ANSWERED_ALREADY = Conflict "comment_answered_already" art 13: "该意见已答复", "The comment has been answered";
        "查看已有的采纳情况。", "Look at what became of it.";
}

//! What is refused: street branches.

gongjian_kernel::faults! { FAULTS:
    BRANCH_NOT_FOUND = NotFound "branch_not_found": "没有该街道分会", "No such street branch";
        "核对分会标识后重试。", "Check the id of the branch.";
    CONSENSUS_NEEDED = Conflict "branch_consensus_needed" art 18: "会长制和轮值须经分会会员协商一致", "The members of the branch agree on who presides";
        "填写分会协商一致的协商，或本系统启用前的文件及其日期。", "Name the branch's consultation, or a document from before with its day.";
    CONSENSUS_USED = Conflict "branch_consensus_used" art 18: "该协商已作为依据使用", "The consultation has served already";
        "就新的安排重新协商。", "Consult on the new arrangement.";
    ROTATION_NEEDS_DUAL = Conflict "rotation_needs_dual" art 18: "实行双会长制后方可轮值", "Only two presidents can take turns";
        "先经协商一致实行双会长制。", "Agree on two presidents first.";
    TERMS_OVERLAP = Conflict "terms_overlap" art 18: "与已确定的任期重叠", "It overlaps what was set already";
        "起始日期不早于现行安排的起始日期。", "Begin on the first day of what is in force, or later.";
    TERM_NOT_FOUND = NotFound "branch_term_not_found": "没有该任期", "No such term";
        "核对任期标识后重试；轮值调整后任期会重新编排。", "Check the id; a change of the rotation lays its terms anew.";
    TERM_BEGUN = Conflict "branch_term_begun" art 18: "该任期已开始", "The term has begun";
        "只能调整尚未开始的轮值任期。", "Change terms that have not begun.";
    TERM_NOT_BEGUN = Conflict "branch_term_not_begun" art 18: "该任期尚未开始", "The term has not begun";
        "任期开始后提交交接报告。", "Report once it has begun.";
    TERM_WITHOUT_END = Conflict "branch_term_without_end" art 18: "该任期不轮换，无须交接", "The term does not pass to another";
        "实行轮值的任期届满前提交交接报告。", "Terms of a rotation are reported on.";
    HANDOVER_REPORTED_ALREADY = Conflict "handover_reported" art 18: "交接报告已提交", "The term has been reported on";
        "查看已提交的报告。", "See the report.";
    ROTATION_CHANGE_NOT_FOUND = NotFound "rotation_change_not_found": "没有该轮值调整", "No such change of a rotation";
        "核对调整标识后重试。", "Check the id of the change.";
    ROTATION_CHANGE_NOT_OPEN = Conflict "rotation_change_not_open" art 18: "轮值调整当前状态不允许此操作", "Not open in the present status of the change";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    NOT_A_PARTY_OF_CHANGE = Denied "not_a_party_of_change" art 18: "须由街道党工委书记和有关单位各自表明意见", "The secretary and the units concerned each say for themselves";
        "由分会会长（书记）或有关单位的固定代表办理。", "The secretary, or the representative of a unit concerned, does this.";
    WORK_ITEM_NOT_FOUND = NotFound "branch_work_not_found": "没有该项分会工作", "No such item of the year's work";
        "核对标识后重试。", "Check the id.";
    WORK_ITEM_NOT_OPEN = Conflict "branch_work_not_open" art 18: "该项工作当前状态不允许此操作", "Not open in the present status of the item";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    NEED_NOT_FOUND = NotFound "branch_need_not_found": "没有该需求", "No such need";
        "核对标识后重试。", "Check the id.";
    NEED_NOT_OPEN = Conflict "branch_need_not_open" art 18: "该需求当前状态不允许此操作", "Not open in the present status of the need";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    NO_BRANCH_THERE = Conflict "no_branch_there" art 18: "该单位所在街道尚未设立分会", "The unit's street has no branch yet";
        "由秘书处先设立分会。", "The secretariat establishes it first.";
    MASS_ORGANISATION_NOT_FOUND = NotFound "mass_organisation_not_found": "没有该群众组织", "No such mass organisation";
        "核对标识后重试。", "Check the id.";
    MASS_ORGANISATION_EXISTS = Conflict "mass_organisation_exists" art 18: "该群众组织已登记", "The mass organisation is on file already";
        "调整已有的登记。", "Revise the one there is.";
}

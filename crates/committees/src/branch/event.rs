//! What happens: street branches.

gongjian_kernel::events! { EVENTS on "branch" art 18:
    LEADERSHIP_SET = "branch.leadership_set" "会长制已确定" "it was set who presides over a branch";
    ROTATION_LAID = "branch.rotation_laid" "轮值安排已更新" "the terms of a rotation were laid";
    ROTATION_CHANGE_PROPOSED = "branch_rotation.change_proposed" "轮值调整已提出" "a change of a rotation was proposed";
    ROTATION_CHANGE_CONSENTED = "branch_rotation.change_consented" "轮值调整已获一方同意" "a party consented to a change of a rotation";
    ROTATION_CHANGE_APPLIED = "branch_rotation.change_applied" "轮值调整已生效" "a change of a rotation took effect";
    ROTATION_CHANGE_DECLINED = "branch_rotation.change_declined" "轮值调整未获同意" "a change of a rotation was declined";
    HANDOVER_REPORTED = "branch_term.reported" "轮值交接报告已提交" "a term was reported on";
    WORK_PLANNED = "branch_work.planned" "分会工作已列入年度清单" "work of a branch was planned";
    WORK_REVISED = "branch_work.revised" "分会工作安排已调整" "planned work of a branch was revised";
    WORK_DONE = "branch_work.done" "分会工作已完成" "work of a branch was done";
    WORK_DROPPED = "branch_work.dropped" "分会工作已取消" "planned work of a branch was dropped";
    NEED_REPORTED = "branch_need.reported" "会员需求已反映" "a member told its branch what it needs";
    NEED_ACCEPTED = "branch_need.accepted" "会员需求已受理" "a branch took up what a member needs";
    NEED_MET = "branch_need.met" "会员需求已满足" "what a member needed was met";
    NEED_DECLINED = "branch_need.declined" "会员需求未予受理" "a branch declined what a member needs";
    NEED_WITHDRAWN = "branch_need.withdrawn" "会员需求已撤回" "a member took back what it needs";
    MASS_ORGANISATION_FILED = "mass_organisation.filed" "群众组织已登记" "a mass organisation was filed";
    MASS_ORGANISATION_REVISED = "mass_organisation.revised" "群众组织已变更" "a mass organisation was revised";
}

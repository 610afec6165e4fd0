//! What is refused about key projects and claims.

gongjian_kernel::faults! { FAULTS:
    KEY_PROJECT_NOT_FOUND = NotFound "key_project_not_found": "没有该重点项目", "No such key project";
        "核对重点项目标识后重试。", "Check the id of the key project.";
    CLAIM_NOT_FOUND = NotFound "project_claim_not_found": "没有该认领", "No such claim";
        "核对认领标识后重试。", "Check the id of the claim.";
    PLAN_ITEM_NOT_FOUND = Invalid "plan_item_not_found": "没有该计划项目", "No such item of a plan";
        "从已通过的年度计划中选择一项。", "Choose an item of an adopted annual plan.";
    NOT_A_KEY_ITEM = Conflict "not_a_key_item" art 17: "不是现行年度计划的重点项目", "It is no key item of an adopted plan";
        "只发布会员大会通过的年度计划中标明重点的项目。", "Publish what the plan that the general meeting adopted marks as key.";
    KEY_PROJECT_EXISTS = Conflict "key_project_exists" art 17: "该计划项目已发布", "The item is published already";
        "查看已发布的重点项目。", "Look at the key project that is there.";
    NOT_A_COUNCIL_UNIT = Conflict "not_a_council_unit" art 14: "年度工作项目由理事单位认领", "Council units claim key projects";
        "由本单位在任理事期间认领；其他会员可参与承办。", "Claim while the unit has its seat in the council; other members may join in the work.";
    CLAIMING_NOT_OPEN = Conflict "claiming_not_open" art 14: "不在认领期内", "Claims are not taken now";
        "在认领起止日期内办理，或请秘书处延长。", "Claim between the first and the last day, or ask the secretariat for more time.";
    SHARES_TAKEN = Conflict "shares_taken" art 14: "剩余份额不足", "Not so many shares are left";
        "减少份额，或认领其他项目。", "Claim fewer shares, or another project.";
    CLAIMED_ALREADY = Conflict "claimed_already" art 14: "本单位已认领该项目", "The unit has claimed it already";
        "撤回原认领后重新认领。", "Withdraw the claim and make another.";
    CLAIM_NOT_OPEN = Conflict "project_claim_not_open" art 14: "该认领不能这样办理", "This cannot be done with the claim now";
        "查看 allowed_actions。", "See allowed_actions.";
}

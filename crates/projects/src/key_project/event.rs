//! What happens: key projects and claims.

gongjian_kernel::events! { EVENTS on "key_project" art 17:
    KEY_PROJECT_PUBLISHED = "key_project.published" "重点项目已发布" "a key project was published";
    KEY_PROJECT_REVISED = "key_project.revised" "重点项目已调整" "a key project was revised";
}

gongjian_kernel::events! { CLAIM_EVENTS on "project_claim" art 14:
    CLAIM_MADE = "project_claim.made" "重点项目已认领" "a key project was claimed";
    CLAIM_CONFIRMED = "project_claim.confirmed" "认领已确认" "a claim was confirmed";
    CLAIM_DECLINED = "project_claim.declined" "认领未予确认" "a claim was declined";
    CLAIM_WITHDRAWN = "project_claim.withdrawn" "认领已撤回" "a claim was withdrawn";
    CLAIM_RELEASED = "project_claim.released" "认领已解除" "a claim was released";
}

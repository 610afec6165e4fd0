//! What happens to contributions.

gongjian_kernel::events! { CONTRIBUTION_EVENTS on "contribution" art 10:
    CONTRIBUTION_SUBMITTED = "contribution.submitted" "贡献已提交" "a contribution was made";
    CONTRIBUTION_ACKNOWLEDGED = "contribution.acknowledged" "贡献已收悉" "a contribution was acknowledged";
    CONTRIBUTION_WITHDRAWN = "contribution.withdrawn" "贡献已撤回" "a contribution was withdrawn";
}

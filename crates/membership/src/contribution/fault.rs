//! What is refused about contributions, and why.

gongjian_kernel::faults! { CONTRIBUTION_FAULTS:
    CONTRIBUTION_NOT_FOUND = NotFound "contribution_not_found": "没有该贡献", "No such contribution";
        "核对贡献标识后重试。", "Check the id of the contribution.";
    CONTRIBUTION_NOT_OPEN = Conflict "contribution_not_open" art 10: "贡献当前状态不允许此操作", "Not open in the present status of the contribution";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
}

//! What is refused about lines, and why.

gongjian_kernel::faults! { STANDING_FAULTS:
    STANDING_LINE_NOT_FOUND = NotFound "standing_line_not_found": "没有该履职记录", "No such line";
        "核对记录标识后重试。", "Check the id of the line.";
    STANDING_NOT_OPEN = Conflict "standing_not_open" art 10: "履职记录当前状态不允许此操作", "Not open in the present status of the line";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
}

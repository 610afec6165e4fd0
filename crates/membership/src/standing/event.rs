//! What is said about lines. That a line was entered is told by the event of its source.

gongjian_kernel::events! { STANDING_EVENTS on "standing_line" art 10:
    STANDING_DISPUTED = "standing.disputed" "履职记录有异议" "a line was disputed";
    STANDING_ANSWERED = "standing.answered" "履职记录异议已处理" "a dispute was answered";
}

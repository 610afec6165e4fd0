//! What the secretariat says about the form of a filing. That something was filed is told by the thing filed.

gongjian_kernel::events! { FILING_EVENTS on "filing" art 25:
    FILING_ACCEPTED = "filing.accepted" "备案已接收" "a filing was accepted";
    FILING_RETURNED = "filing.returned" "备案已退回补正" "a filing was returned for correction";
}

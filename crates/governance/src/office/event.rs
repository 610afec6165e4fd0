//! What happens to offices.

gongjian_kernel::events! { EVENTS on "office" art 12:
    OFFICE_GRANTED = "office.granted" "职务已产生" "an office was filled";
    OFFICE_ENDED = "office.ended" "职务已终止" "an office was ended";
    OFFICE_CORRECTED = "office.corrected" "任职记录已更正" "the record of an office was corrected";
    OFFICE_CHANGE_FILED = "office.change_filed" "职务变更已备案" "a change of office was filed";
}

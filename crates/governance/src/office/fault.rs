//! What is refused about offices.

gongjian_kernel::faults! { FAULTS:
    OFFICE_NOT_FOUND = NotFound "office_not_found": "没有该职务", "No such office";
        "核对职务标识后重试。", "Check the id of the office.";
    OFFICE_TAKEN = Conflict "office_taken" art 12: "该职务在此期间已有人担任", "The office is held in that time";
        "先终止或更正原任期；会长等职务各一人。", "End or correct the tenure that is there; an office of one seat has one holder.";
    TERM_TOO_LONG = Conflict "term_too_long" art 12: "年度执行副会长任期一年", "An annual vice-president holds office for one year";
        "任期至多一年；期满另行产生。", "Give a year at most; a successor is found for the next.";
    OFFICE_NEEDS_MEMBER = Conflict "office_needs_member" art 14: "该单位在任职之日不是会员单位", "The unit is no member on that day";
        "由在会单位担任；退会即终止。", "A member holds it; leaving the association ends it.";
    NOT_OF_THE_STREET = Conflict "not_of_the_street" art 18: "该单位不在本街道", "The unit does not lie in the street";
        "由辖区会员单位代表担任。", "A member unit of the street holds it.";
    DIRECTORS_OF_ONE_UNIT = Conflict "directors_of_one_unit" art 17: "两名主任不得来自同一单位", "Both directors come from one unit";
        "一名由牵头单位产生，一名由相关会员单位推荐。", "One comes from the lead unit, one is recommended by member units.";
    DECISION_NEEDED = Conflict "decision_needed" art 13: "该职务须有理事会决定", "The office rests on a decision of the council";
        "填写理事会决定，或本系统启用前的决定文件及其日期。", "Name the decision, or the document of one from before with its day.";
    OFFICE_NOT_GRANTED = Invalid "office_not_granted" art 25: "该职务不在此产生", "This office is not filled here";
        "固定代表、联络人由单位备案，专职工作人员由任职备案，分会会员单位会长经分会协商一致产生。", "Units file representatives and liaisons, staff are appointed, a branch agrees on who presides with its secretary.";
    OFFICE_OVER = Conflict "office_over" art 12: "该任期已届满", "The tenure is over";
        "查看现任职务。", "See the offices held now.";
    OWN_OFFICE = Conflict "own_office" art 25: "不能为本人办理任职", "Nobody grants himself an office";
        "由另一名有权人员办理。", "Somebody else who may must do it.";
    NOTHING_TO_FILE = Conflict "nothing_to_file" art 25: "没有待备案的职务变更", "There is no change to be filed";
        "查看待备案列表；同一变更只备案一次。", "See the list of changes; each is filed once.";
}

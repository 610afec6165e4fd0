//! What is refused: two-key consent.

gongjian_kernel::faults! { FAULTS:
    CONSENT_NOT_FOUND = NotFound "joint_consent_not_found": "没有该双签事项", "No such consent";
        "核对双签标识后重试。", "Check the id of the consent.";
    CONSENT_NOT_OPEN = Conflict "joint_consent_not_open" art 17: "双签当前状态不允许此操作", "Not open in the present status of the consent";
        "按 allowed_actions 中列出的操作办理；逾期的由理事会研究。", "Do one of allowed_actions; what is over time is the council's.";
    NO_TWO_KEYS = Conflict "no_two_keys" art 17: "该机构不实行双主任或双会长", "This body has no two keys";
        "专业研究委员会、实行双会长制的街道分会方可双签。", "Committees have two directors, some branches two presidents.";
    BODY_INCOMPLETE = Conflict "body_incomplete" art 17: "双主任或双会长缺任，须协商一致的事项不能办理", "A director or president is missing: what needs the consent of both is blocked";
        "补足任职并备案后再办理。", "Fill the office first.";
    KEY_TURNED = Conflict "key_turned" art 17: "该职务已签署意见", "This key has been turned";
        "一职一签，不得更改。", "One signature for each office, and it stays.";
    ONE_PERSON_BOTH_KEYS = Conflict "one_person_both_keys" art 17: "同一人不得签署双方意见", "One person does not turn both keys";
        "由另一位主任或会长签署。", "The other director or president signs.";
}

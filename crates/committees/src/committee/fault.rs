//! What is refused: professional committees.

gongjian_kernel::faults! { FAULTS:
    COMMITTEE_NOT_FOUND = NotFound "committee_not_found": "没有该专业研究委员会", "No such committee";
        "核对专委会标识后重试。", "Check the id of the committee.";
    COMMITTEE_INTO_ITSELF = Invalid "committee_into_itself" art 17: "不能并入自身", "A committee is not merged into itself";
        "填写另一个专委会。", "Name another committee.";
    ALREADY_APPLIED = Conflict "committee_application_pending" art 9: "该单位已有在办的申请", "The unit has an application there already";
        "等待在办申请的结果，或先撤回。", "Wait for it, or take it back.";
    APPLICATION_NOT_FOUND = NotFound "committee_application_not_found": "没有该申请", "No such application";
        "核对申请标识后重试。", "Check the id of the application.";
    APPLICATION_NOT_OPEN = Conflict "committee_application_not_open" art 9: "申请当前状态不允许此操作", "Not open in the present status of the application";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    OPINION_GIVEN = Conflict "director_opinion_given" art 17: "该主任已表明意见", "This director has said what he thinks";
        "两名主任各自表明意见，一职一次，一人一次。", "Each of the two directors decides once, for himself.";
    TOPIC_NOT_FOUND = NotFound "committee_topic_not_found": "没有该议题", "No such topic";
        "核对议题标识后重试。", "Check the id of the topic.";
    TOPIC_NOT_OPEN = Conflict "committee_topic_not_open" art 20: "议题当前状态不允许此操作", "Not open in the present status of the topic";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    NOT_THE_COUNCILS = Conflict "not_the_councils" art 20: "不属于理事会", "It is not the council's";
        "填写理事会会议的议程，或理事会的决议。", "Name an item of a meeting of the council, or a decision of it.";
}

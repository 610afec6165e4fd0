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
    EXCHANGE_NOT_FOUND = NotFound "exchange_event_not_found": "没有该交流活动", "No such exchange event";
        "核对活动标识后重试。", "Check the id of the event.";
    EXCHANGE_NOT_OPEN = Conflict "exchange_event_not_open" art 17: "活动当前状态不允许此操作", "Not open in the present status of the event";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    EXCHANGE_AHEAD = Conflict "exchange_event_ahead" art 17: "活动尚未开始", "The event has not begun yet";
        "活动开始后登记成果；不再举办的，取消活动。", "Enter its outcome once it has begun, or cancel it.";
    SIGN_UP_NOT_FOUND = NotFound "exchange_sign_up_not_found": "没有该报名", "No such sign-up";
        "核对报名标识后重试。", "Check the id of the sign-up.";
    SIGN_UP_OVER = Conflict "exchange_sign_up_over" art 17: "报名已截止", "Signing up is over";
        "联系专委会牵头单位，或参加其他活动。", "Ask the lead unit of the committee, or take part in another event.";
    EXCHANGE_FULL = Conflict "exchange_event_full" art 17: "名额已满", "Every place is taken";
        "待有单位取消报名后再报，或参加其他活动。", "Sign up once a place is free, or take part in another event.";
    SIGNED_UP_ALREADY = Conflict "exchange_signed_up_already" art 17: "本单位已报名", "The unit has signed up already";
        "一个单位报名一次；查看已有的报名。", "A unit signs up once; look at the sign-up that is there.";
    SIGN_UP_NOT_OPEN = Conflict "exchange_sign_up_not_open" art 17: "报名当前状态不允许此操作", "Not open in the present status of the sign-up";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    SERVICE_NOT_FOUND = NotFound "committee_service_not_found": "没有该专委会服务", "No such service of a committee";
        "核对服务标识后重试。", "Check the id of the service.";
    SERVICE_NOT_OPEN = Conflict "committee_service_not_open" art 17: "服务当前状态不允许此操作", "Not open in the present status of the service";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
    SERVICE_OVER = Conflict "committee_service_over" art 17: "该服务已终止或已过有效期", "The service is no longer offered";
        "查看专委会现有的服务。", "Look at what the committee offers now.";
    SERVICE_REQUEST_NOT_FOUND = NotFound "service_request_not_found": "没有该服务申请", "No such request for a service";
        "核对申请标识后重试。", "Check the id of the request.";
    SERVICE_REQUEST_NOT_OPEN = Conflict "service_request_not_open" art 17: "申请当前状态不允许此操作", "Not open in the present status of the request";
        "按 allowed_actions 中列出的操作办理。", "Do one of allowed_actions.";
}

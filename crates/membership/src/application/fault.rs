//! What is refused about applications, and why.

gongjian_kernel::faults! { APPLICATION_FAULTS:
    APPLICATION_NOT_FOUND = NotFound "application_not_found": "没有该入会申请", "No such application";
        "核对申请标识后重试。", "Check the id of the application.";
    UNKNOWN_TRACKING_CODE = Unauthenticated "unknown_tracking_code": "查询码无效", "The tracking code is not known";
        "核对申请时给出的查询码；遗失的，请联系秘书处。", "Check the code that was given out on applying; if it is lost, ask the secretariat.";
    // One answer for both, so that a stranger does not learn which of the two it is.
    APPLICATION_NOT_NEEDED = Conflict "application_not_needed" art 8: "该单位已在会，或已有申请正在办理", "The unit is a member, or an application of it is open";
        "凭查询码查看已有的申请，或联系秘书处。", "Look at the application with its tracking code, or ask the secretariat.";
    APPLICATION_CLOSED_TO_ACTION = Conflict "application_action_not_open" art 8: "申请在当前状态下不能办理此操作", "The application does not admit this now";
        "查看 allowed_actions 中可进行的操作。", "See allowed_actions for what is open.";
    CONSENT_MISSING = Conflict "consent_missing" art 9: "尚无该单位同意入会的记录", "The unit's consent is not on record";
        "入会自愿：由单位凭查询码确认，或登记其书面同意。", "Joining is free: let the unit confirm with its code, or enter its written consent.";
    TOO_MANY_APPLICATIONS = Limited "too_many_applications": "申请过于频繁", "Too many applications";
        "按 Retry-After 等待后重试，或联系秘书处。", "Wait as Retry-After says, or ask the secretariat.";
    APPLICATIONS_NOT_OPEN = Conflict "applications_not_open" art 8: "目前不受理网上申请", "Applications are not taken online now";
        "请联系秘书处。", "Ask the secretariat.";
}

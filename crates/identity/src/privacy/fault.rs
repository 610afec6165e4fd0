//! Refusals about personal data.

gongjian_kernel::faults! { FAULTS:
    NO_SUCH_PERSON = NotFound "no_such_person": "没有该人员", "No such person";
        "核对人员标识后重试。", "Check the id of the person.";
    NO_PHONE = Conflict "no_phone": "该人员未登记电话号码", "The person has no phone number on file";
        "请秘书处补充备案。", "Ask the secretariat to file it.";
    REVEAL_LIMIT = Limited "reveal_limit": "今日查看完整电话号码的次数已达上限", "No more phone numbers are shown to this account today";
        "次日再查看；确有需要的，由系统管理员调整个人信息保护配置。", "Come back tomorrow; the system administrator can change the privacy policy.";
    REQUEST_NOT_FOUND = NotFound "privacy_request_not_found": "没有该个人信息权利请求", "No such request about personal data";
        "核对请求标识后重试。", "Check the id of the request.";
    REQUEST_OPEN = Conflict "privacy_request_open": "已有同类请求正在办理", "A request of this kind is open already";
        "等待答复，或撤回后重新提出。", "Wait for the answer, or withdraw it and ask again.";
    REQUEST_CLOSED = Conflict "privacy_request_closed": "该请求已办结", "The request is closed";
        "查看答复；需要时重新提出。", "See the answer; ask again where needed.";
    OWN_REQUEST = Conflict "own_privacy_request": "不能答复本人提出的请求", "Nobody answers a request of his own";
        "由秘书处另一名工作人员答复。", "Somebody else of the secretariat must answer it.";
    HOLDS_OFFICE = Conflict "holds_office" art 25: "该人员现任备案职务或管理员，不能注销", "The person holds a filed office or administers the system";
        "先依第二十五条办理变更备案或终止任职、终止授权，再行注销。", "File the successor or end the appointment or grant first (Article 25).";
    NOTICE_OUTDATED = Conflict "notice_outdated": "该版本不是现行的个人信息处理规则", "This is not the present version of the notice";
        "阅读现行版本后再同意。", "Read the present version, then consent.";
    CONSENT_NOT_FOUND = NotFound "consent_not_found": "没有该同意记录", "No such consent";
        "在本人个人信息中查看同意记录。", "See your consents among your own data.";
}

//! What is refused about filings, and why.

gongjian_kernel::faults! { FILING_FAULTS:
    FILING_NOT_FOUND = NotFound "filing_not_found": "没有该备案", "No such filing";
        "核对备案标识后重试。", "Check the id of the filing.";
    FILING_CHECKED_ALREADY = Conflict "filing_checked_already" art 25: "该备案已办理形式审核", "The form of this filing was checked already";
        "已备案的无需再办；退回补正的由报备单位重新报备。", "Nothing is left to do; what was returned is filed again by whoever filed it.";
    SPEAKS_FOR_ANOTHER_UNIT = Conflict "speaks_for_another_unit" art 25: "该人员现为其他单位的固定代表或联络人", "The person is representative or liaison of another unit now";
        "先由该单位更换人员，再行报备。", "That unit files a successor first.";
    ONE_PERSON_FOR_EACH = Conflict "one_person_for_each" art 25: "固定代表和联络人应各为一人", "Representative and liaison are one person each";
        "另行指定一人。", "Designate somebody else.";
    CONTACT_VACANT = Conflict "contact_vacant" art 25: "目前无人担任", "Nobody holds it now";
        "无需终止；由单位报备新的人选。", "There is nothing to end; the unit files somebody.";
}

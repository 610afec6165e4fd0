//! What is refused about bodies.

gongjian_kernel::faults! { FAULTS:
    BODY_NOT_FOUND = NotFound "body_not_found": "没有该机构", "No such body";
        "核对机构标识后重试。", "Check the id of the body.";
    BODY_EXISTS = Conflict "body_exists" art 16: "该机构已设立", "The body exists already";
        "查看已设立的机构；一个街道一个分会，代码不重复。", "Look at the body that is there; a street has one branch, a code stands for one body.";
    COMMITTEE_NEEDS_COUNCIL = Conflict "committee_needs_council" art 17: "设置专业研究委员会须经理事会研究同意", "The council agrees to the set of committees";
        "填写理事会决定，或本系统启用前的决定文件及其日期。", "Name the decision, or the document of one from before with its day.";
}
